"""Who is there before any row is counted: the founded commission of the demonstration, and bodies for the skew.

``GRANTED`` subsidiaries of one group are those of the person with 200 grants; one more group has 60 % of the rows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from guardian.models import UserObjectPermission

from investreview.accounts.models import User
from investreview.accounts.permissions import CODENAMES
from investreview.accounts.services import NewUser, RoleOffer, change_password, found_role, found_user
from investreview.core import clock
from investreview.core.actor import Actor
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.demo.cast import PASSWORD, Cast, hire
from investreview.desk.founding import found
from investreview.registry.models import Enterprise
from investreview.registry.services import found_enterprise, register_organisation

FOUNDED_AT = datetime(2024, 1, 2, 9, tzinfo=SHANGHAI)
NOW = datetime(2024, 8, 7, 9, tzinfo=SHANGHAI)
FOUNDING_FILE = Path(settings.BASE_DIR) / "docs" / "founding" / "lianyungang.yaml"
ACTOR = Actor(id="bench", name="性能测量（示例）")
GRANTED = 200
OTHERS = 60
FIRST_DAY = date(2010, 1, 1)


@dataclass(frozen=True)
class World:
    """The cast, the person with many grants, and the bodies that rows belong to."""

    cast: Cast
    holder: User
    granted: tuple[Enterprise, ...]
    large: Enterprise
    others: tuple[Enterprise, ...]


def build() -> World:
    """The default database holds the commission, its people, the bodies and the 200 grants; its clock stands still."""
    clock.start_demonstration(NOW)
    cast = _cast()
    above = _body(cast, "基准集团", None)
    granted = tuple(_body(cast, f"基准{number:03d}公司", above) for number in range(GRANTED))
    beside = _body(cast, "旁列集团", None)
    others = tuple(_body(cast, f"旁列{number:03d}公司", beside) for number in range(OTHERS))
    return World(cast, _holder(cast, above, granted), granted, _body(cast, "大集团", None), others)


def _cast() -> Cast:
    founding = found(FOUNDING_FILE, at=FOUNDED_AT)
    for person in founding.administrators.values():
        first = founding.one_time_passwords[person.username]
        change_password(user=person, old_password=first, new_password=PASSWORD, at=FOUNDED_AT)
    people = founding.administrators
    security, confirmer = people[Role.SECURITY_ADMIN], people[Role.AUDIT_ADMIN]
    return hire(founding.commission, security=security, confirmer=confirmer, at=FOUNDED_AT)


def _body(cast: Cast, short_name: str, parent: Enterprise | None) -> Enterprise:
    legal = register_organisation(name=f"{short_name}（示例）", credit_code="", valid_from=FIRST_DAY)
    return found_enterprise(
        commission=cast.commission,
        organisation=legal,
        short_name=short_name,
        parent=parent,
        founded_on=FIRST_DAY,
        named_since=FIRST_DAY,
        actor=ACTOR,
        at=FOUNDED_AT,
    )


def _holder(cast: Cast, above: Enterprise, granted: tuple[Enterprise, ...]) -> User:
    """One person with 200 grants of ours, and the same 200 as guardian's own rows for viewflow's stock queue."""
    new = NewUser(username="bench.holder", full_name="万××", kind=User.Kind.ENTERPRISE, enterprise=above)
    user = found_user(
        commission=cast.commission, new=new, one_time_password=PASSWORD + "-1", actor=ACTOR, at=FOUNDED_AT
    )
    for body in granted:
        offer = RoleOffer(role=Role.ENTERPRISE_DRAFTER, body=body, office=None, valid_from=FOUNDED_AT.date())
        found_role(user=user, offer=offer, actor=ACTOR, at=FOUNDED_AT)
    kind = ContentType.objects.get_for_model(Enterprise)
    permission = kind.permission_set.get(codename=CODENAMES[Role.ENTERPRISE_DRAFTER])
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(user=user, permission=permission, content_type=kind, object_pk=str(body.pk))
        for body in granted
    )
    return user
