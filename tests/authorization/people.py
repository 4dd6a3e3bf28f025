"""Everybody who asks: the people of two commissions, auditors in three conditions, a substitute, somebody gone."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from investreview.accounts.middleware import LAST_SEEN
from investreview.accounts.models import RoleMembership, Substitution, User
from investreview.accounts.services import (
    Authority,
    NewUser,
    RoleOffer,
    confirm_grant,
    deactivate_user,
    found_role,
    found_user,
    grant_role,
    record_substitution,
)
from investreview.core.roles import Role
from tests.authorization.canaries import person_canary
from tests.authorization.experts import found_experts
from tests.world import FOUNDED_AT, FOUNDER, PASSWORD, START, World, found_world, later, rules_with_chain

OWN = ("sub_drafter", "group_drafter", "group_releaser")
SISTER = ("sister_drafter",)
OTHER = ("other_drafter", "other_releaser")
STAFF = ("officer", "officer2", "head", "finance", "law", "document_officer", "deputy", "director")
PANEL_HANDS = ("draw_operator", "draw_supervisor", "panel_secretary", "discipline")
KEEPERS = ("rule_keeper", "pool_keeper", "evaluation_officer", "archivist", "substitute")
AUDITORS = ("auditor", "auditor_expired", "auditor_unconfirmed")
ADMINS = ("system_admin", "security_admin", "audit_admin")
ELSEWHERE = tuple(f"zb_{who}" for who in ("group_releaser", "officer", "document_officer", "auditor", *ADMINS))
OUTSIDE = ("deactivated", "anonymous")
EVERYBODY = (*OWN, *SISTER, *OTHER, *STAFF, *PANEL_HANDS, "expert", *KEEPERS, *AUDITORS, *ADMINS, *ELSEWHERE, *OUTSIDE)
SIGNED_IN = EVERYBODY[: -len(OUTSIDE)]

_ON_EVERY_PANEL = {"open_panels": 99, "same_group_panels": 99}
"""The same five experts sit on every panel, so that the expert of the matrix does."""
COUNTERSIGNED = rules_with_chain(
    {"key": "check", "kind": "CHECK", "role": "OFFICE_HEAD", "limit_days": 2, "citation": "§5.1"},
    {
        "key": "countersign",
        "kind": "COUNTERSIGN",
        "role": "COUNTERSIGNER",
        "offices": ["FINANCE"],
        "limit_days": 3,
        "citation": "§5.3",
    },
    {"key": "wording", "kind": "WORDING", "role": "DOCUMENT_OFFICER", "limit_days": 2, "citation": "§5.3"},
    {"key": "sign", "kind": "SIGN", "role": "DEPUTY_DIRECTOR", "limit_days": 2, "citation": "§5.1"},
    limits=_ON_EVERY_PANEL,
)


@dataclass
class Cast:
    """Two commissions, everybody by name, and the rights that are confirmed, revoked and ended by the tests."""

    home: World
    elsewhere: World
    users: dict[str, User] = field(default_factory=dict)
    waiting: RoleMembership | None = None
    substitution: Substitution | None = None

    def user(self, who: str) -> User:
        """The account of somebody who has one."""
        return self.users[who]


def found_cast() -> Cast:
    """LYG with the offices that sign, ZB beside it, and everybody of EVERYBODY who has an account."""
    home, elsewhere = found_world("LYG", rules=COUNTERSIGNED), found_world("ZB", names="金丝雀", rules=COUNTERSIGNED)
    cast = Cast(home, elsewhere)
    cast.users = dict(home.people) | {f"zb_{who}": user for who, user in elsewhere.people.items()}
    for who in (*SISTER, *OTHER):
        _rename(cast.users[who], person_canary(who.split("_")[0]))
    _auditors(cast)
    cast.users["officer3"] = _another(home, "officer3", User.Kind.STAFF, Role.CASE_OFFICER)
    home.people["evaluation_officer"] = _another(home, "evaluation_officer", User.Kind.STAFF, Role.EVALUATION_OFFICER)
    cast.users["evaluation_officer"] = home.people["evaluation_officer"]
    _stand_in(cast)
    cast.users["expert"] = found_experts(home)
    gone = _another(home, "deactivated", User.Kind.STAFF, Role.CASE_OFFICER)
    cast.users["deactivated"] = gone
    return cast


def sign_in(cast: Cast) -> dict[str, Client]:
    """A browser of everybody; the deactivated officer was signed in when the account was closed."""
    clients = {who: _browser(cast.users.get(who)) for who in EVERYBODY}
    deactivate_user(user=cast.users["deactivated"], reason="调离", by=cast.user("security_admin"), at=later(1))
    return clients


def _browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[LAST_SEEN] = int((timezone.now() + timedelta(hours=1)).timestamp())  # no request writes it anew
        session.save()
    return client


def _rename(user: User, name: str) -> None:
    user.full_name = name
    user.save(update_fields=["full_name"])


def _another(world: World, key: str, kind: User.Kind, role: Role | None = None) -> User:
    username = f"{world.commission.code}.{key}".lower()
    user = found_user(
        commission=world.commission,
        new=NewUser(username=username, full_name=key, kind=kind, email=f"{username}@example.test"),
        one_time_password=PASSWORD,
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.refresh_from_db()
    if role is not None:
        offer = RoleOffer(role=role, body=world.commission, valid_from=FOUNDED_AT.date())
        found_role(user=user, offer=offer, actor=FOUNDER, at=FOUNDED_AT)
    return user


def _auditors(cast: Cast) -> None:
    """One whose time runs, one whose time is over, one who waits for the second confirmation."""
    for who in AUDITORS:
        last_day = date(2024, 7, 3) if who == "auditor_expired" else date(2024, 12, 31)
        cast.users[who] = _audit(cast, cast.home, who, last_day)
    cast.users["zb_auditor"] = _audit(cast, cast.elsewhere, "auditor", date(2024, 12, 31))
    _rename(cast.users["auditor"], person_canary("auditor"))


def _audit(cast: Cast, world: World, who: str, last_day: date) -> User:
    user = _another(world, who, User.Kind.AUDITOR)
    offer = RoleOffer(Role.AUDITOR, world.commission, START.date(), last_day)
    membership = grant_role(user=user, offer=offer, by=world.security_admin, at=START)
    if who == "auditor_unconfirmed":
        cast.waiting = membership
    else:
        confirm_grant(membership=membership, by=world.audit_admin, at=START)
    return user


def _stand_in(cast: Cast) -> None:
    """Somebody of the staff without a role of their own acts for the deputy director this month."""
    cast.users["substitute"] = _another(cast.home, "substitute", User.Kind.STAFF)
    authority = Authority(
        role=Role.DEPUTY_DIRECTOR,
        path=cast.home.commission.path,
        valid_from=START.date(),
        valid_until=date(2024, 7, 31),
        number="委授〔2024〕1号",
    )
    cast.substitution = record_substitution(
        principal=cast.user("deputy"),
        substitute=cast.user("substitute"),
        authority=authority,
        by=cast.user("security_admin"),
        at=START,
    )
