"""The people of the demonstration: who they are, with accounts and roles given by the security administrator."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import yaml

from investreview.accounts.models import User
from investreview.accounts.services import NewUser, RoleOffer, change_password, confirm_grant, create_user, grant_role
from investreview.core.roles import Role
from investreview.registry.models import Commission, Enterprise, Office

DATA = Path(__file__).resolve().parent / "data"
ONE_TIME_PASSWORD = "Shouci-denglu-2024"  # noqa: S105 - changed by everybody below
PASSWORD = "Shifan-2024-Lianyungang"  # noqa: S105 - printed for everybody, refused in production


@dataclass
class Cast:
    """Everybody by what they do; groups by their short name."""

    commission: Commission
    people: dict[str, User] = field(default_factory=dict)
    drafters: dict[str, User] = field(default_factory=dict)
    releasers: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, key: str) -> User:
        return self.people[key]


def enterprise_named(short_name: str) -> Enterprise:
    """The enterprise with this registered short name."""
    return Enterprise.objects.select_related("commission", "organisation").get(short_name=short_name)


def hire(commission: Commission, *, security: User, confirmer: User, at: datetime) -> Cast:
    """Everybody of ``people.yaml`` has an account with the demonstration password and their role.

    The auditor's role, limited in time, is granted by one administrator and confirmed by another (DOMAIN §1).
    """
    for line in _lines(commission):
        user = create_user(
            commission=commission,
            new=NewUser(
                username=line.username,
                full_name=line.name,
                kind=line.kind,
                enterprise=line.enterprise,
                office=line.office,
            ),
            one_time_password=ONE_TIME_PASSWORD,
            by=security,
            at=at,
        )
        change_password(user=user, old_password=ONE_TIME_PASSWORD, new_password=PASSWORD, at=at)
        countersigns = line.office if line.role is Role.COUNTERSIGNER else None
        offer = RoleOffer(
            role=line.role,
            body=line.enterprise or commission,
            office=countersigns,
            valid_from=at.date(),
            valid_until=date(at.year, 12, 31) if line.role is Role.AUDITOR else None,
        )
        membership = grant_role(user=user, offer=offer, by=security, at=at)
        if line.role is Role.AUDITOR:
            confirm_grant(membership=membership, by=confirmer, at=at)
    return known(commission)


def known(commission: Commission) -> Cast:
    """The people who were hired, found again by their user names."""
    cast = Cast(commission)
    for line in _lines(commission):
        line.shelf(cast)[line.key] = User.objects.get(username=line.username)
    return cast


@dataclass(frozen=True)
class _Line:
    key: str
    username: str
    name: str
    kind: User.Kind
    role: Role
    shelf: Callable[[Cast], dict[str, User]]
    office: Office | None = None
    enterprise: Enterprise | None = None


def _lines(commission: Commission) -> Iterator[_Line]:
    data: dict[str, Any] = yaml.safe_load((DATA / "people.yaml").read_text(encoding="utf-8"))
    offices = {office.code: office for office in Office.objects.filter(commission=commission)}
    for line in data["commission"]:
        yield _Line(
            key=line["key"],
            username=line["username"],
            name=line["name"],
            kind=User.Kind(line.get("kind", User.Kind.STAFF)),
            role=Role(line["role"]),
            shelf=attrgetter("people"),
            office=offices[line["office"]] if "office" in line else None,
        )
    for short_name, pair in data["enterprises"].items():
        for key, role in (("drafter", Role.ENTERPRISE_DRAFTER), ("releaser", Role.ENTERPRISE_RELEASER)):
            if key in pair:
                yield _Line(
                    key=short_name,
                    username=pair[key][0],
                    name=pair[key][1],
                    kind=User.Kind.ENTERPRISE,
                    role=role,
                    shelf=attrgetter(f"{key}s"),
                    enterprise=enterprise_named(short_name),
                )
