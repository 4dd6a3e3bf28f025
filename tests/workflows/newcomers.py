"""People who join a founded commission or enterprise, each with one role."""

from investreview.accounts.models import User
from investreview.accounts.services import NewUser, RoleOffer, found_role, found_user
from investreview.core.roles import Role
from tests.world import FOUNDED_AT, FOUNDER, PASSWORD, World


def new_person(world: World, name: str, role: Role, body: object) -> User:
    """An active person of the commission or of an enterprise, who holds the role on it."""
    is_staff = body == world.commission
    user = found_user(
        commission=world.commission,
        new=NewUser(
            username=f"lyg.{name}",
            full_name=name,
            kind=User.Kind.STAFF if is_staff else User.Kind.ENTERPRISE,
            enterprise=None if is_staff else body,
        ),
        one_time_password=PASSWORD,
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    give_role(user, role, body)
    return user


def give_role(user: User, role: Role, body: object) -> None:
    """The person holds one more role, on the body."""
    offer = RoleOffer(role=role, body=body, valid_from=FOUNDED_AT.date())
    found_role(user=user, offer=offer, actor=FOUNDER, at=FOUNDED_AT)
