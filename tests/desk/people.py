"""Who looks at the pages besides the people of the world: an auditor, a substitute, and everybody's browser."""

from datetime import date

from django.test import Client

from investreview.accounts.models import User
from investreview.accounts.services import (
    Authority,
    NewUser,
    RoleOffer,
    confirm_grant,
    found_user,
    grant_role,
    record_substitution,
)
from investreview.core.roles import Role
from tests.world import FOUNDED_AT, FOUNDER, PASSWORD, START, World


def browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def auditor_of(world: World) -> User:
    """An auditor of the whole commission, granted by one and confirmed by another."""
    code = world.commission.code.lower()
    user = found_user(
        commission=world.commission,
        new=NewUser(username=f"{code}.auditor", full_name="审计员（示例）", kind=User.Kind.AUDITOR),
        one_time_password=PASSWORD,
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    offer = RoleOffer(Role.AUDITOR, world.commission, START.date(), date(2024, 12, 31))
    membership = grant_role(user=user, offer=offer, by=world.security_admin, at=START)
    confirm_grant(membership=membership, by=world.audit_admin, at=START)
    user.refresh_from_db()
    return user


def let_stand_in(world: World, substitute: User, principal: User, role: Role, **limits: object) -> None:
    """``substitute`` may act for ``principal`` in July 2024."""
    authority = Authority(
        role=role,
        path=world.commission.path,
        valid_from=START.date(),
        valid_until=date(2024, 7, 31),
        number="委授〔2024〕1号",
        **limits,
    )
    record_substitution(
        principal=principal, substitute=substitute, authority=authority, by=world.security_admin, at=START
    )
