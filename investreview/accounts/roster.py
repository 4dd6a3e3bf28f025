"""People from an office table: the columns, what a row means, and what is wrong with it. Nothing is written here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.names import normalise_username
from investreview.accounts.rules import ROLES_OF_AN_OFFICE, ROLES_OF_KIND
from investreview.accounts.services.grants import RoleOffer, require_offer_suits
from investreview.accounts.services.people import NewUser, require_new_user
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import ADMIN_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.tables import Fault, Place, TableRow, TableShape, choice, day, line
from investreview.core.tables.shape import Header
from investreview.registry.models import Commission, Enterprise, Office

MOST_PEOPLE = 200
KEPT_SECONDS = 2 * 3600
_SALT = "investreview.accounts.roster"
_SEPARATORS = str.maketrans("，,；;/ ", "、、、、、、")
KINDS = {
    "企业人员": User.Kind.ENTERPRISE.value,
    "国资委工作人员": User.Kind.STAFF.value,
    "审计监督人员": User.Kind.AUDITOR.value,
    "管理员": User.Kind.ADMIN.value,
}
ROSTER = TableShape(
    sheet="人员",
    max_rows=MOST_PEOPLE,
    columns=(
        line("full_name", "姓名", max_length=60, required=True, example="王××"),
        line(
            "username",
            "用户名",
            max_length=64,
            required=True,
            help=_("2至64位文字、数字或 . _ @ -；不区分大小写和全角半角，建立后不能修改。"),
            example="wangxx",
        ),
        choice("kind", "人员类别", options=KINDS, required=True, width=20, example="企业人员"),
        line(
            "enterprise",
            "所在企业",
            max_length=80,
            aliases=("企业",),
            width=22,
            help=_("企业人员必填，写系统中的现用简称；其他人员留空。"),
            example="港控集团",
        ),
        line(
            "office",
            "所在处室",
            max_length=40,
            aliases=("处室",),
            help=_("国资委工作人员的处室名称；会签人员必填。"),
            example="规划发展处",
        ),
        choice("is_seconded", "借调", options={"是": True, "否": False}, width=8, help=_("借调人员不得签发。")),
        line("phone", "电话", max_length=40, example="0518-00000000"),
        line("email", "电子邮箱", max_length=254, aliases=("邮箱",), width=26, example="name@example.cn"),
        line(
            "roles",
            "角色",
            max_length=120,
            width=26,
            help=_("授予在本人所在企业或者国资委上的角色，几个角色用顿号隔开；其他单位上的角色在人员页面授予。"),
            example="申报",
        ),
        day("valid_from", "起始日期", width=14, help=_("角色的起始日期，留空为导入当天。"), example="2024-08-07"),
        day("valid_until", "截止日期", width=14, help=_("含当日；审计监督必填，管理员留空。"), example="2024-12-31"),
    ),
)
_COLUMN_OF = {"role": "roles", "body": "enterprise"}


@dataclass(frozen=True)
class RosterPerson:
    """One row as accounts and roles understand it."""

    place: Place
    new: NewUser
    offers: tuple[RoleOffer, ...]


@dataclass(frozen=True)
class Roster:
    """A whole table: who would get an account, or everything that is wrong, in the order of the sheet."""

    people: tuple[RosterPerson, ...]
    faults: tuple[Fault, ...]


def read_roster(rows: Iterable[TableRow], *, commission: Commission, at: datetime) -> Roster:
    """What the rows say and what is wrong with them, checked as the services check it; nothing is changed."""
    found = list(rows)
    reader = _Reader(commission, at, _names_twice(found))
    people: list[RosterPerson] = []
    faults: list[Fault] = []
    for row in found:
        own = list(row.faults)
        if not own:
            try:
                people.append(reader.person(row))
            except Invalid as error:
                own.append(Fault.of(row.at(_COLUMN_OF.get(error.field or "", error.field or "")), error))
        faults += own
    return Roster(tuple(people), tuple(faults))


def _names_twice(rows: Iterable[TableRow]) -> frozenset[str]:
    names = Counter(normalise_username(row.values["username"] or "") for row in rows)
    return frozenset(name for name, count in names.items() if name and count > 1)


class _Reader:
    """Reads rows against one commission; its enterprises and offices are looked up once."""

    def __init__(self, commission: Commission, at: datetime, twice: frozenset[str]) -> None:
        self.commission = commission
        self.at = at
        self.twice = twice
        self.enterprises = {one.short_name: one for one in commission.enterprises.filter(dissolved_on__isnull=True)}
        self.offices = {one.name: one for one in commission.offices.all()}
        with translation.override("zh-hans"):
            self.roles = {str(role.label): role for role in Role}

    def person(self, row: TableRow) -> RosterPerson:
        """The row's person. Raises: Invalid at the field it speaks of."""
        values = row.values
        new = NewUser(
            username=values["username"],
            full_name=values["full_name"],
            kind=User.Kind(values["kind"]),
            phone=values["phone"] or "",
            email=values["email"] or "",
            enterprise=self._enterprise(values["enterprise"]),
            office=self._office(values["office"]),
            is_seconded=bool(values["is_seconded"]),
        )
        if normalise_username(new.username) in self.twice:
            raise Invalid("accounts_username_twice", field="username", given=new.username)
        user = require_new_user(self.commission, new)
        offers = tuple(self._offer(new, role, values) for role in self._roles(new, values["roles"]))
        for offer in offers:
            require_offer_suits(user, offer, self.at)
        if sum(offer.role in ADMIN_ROLES for offer in offers) > 1:
            raise Invalid("accounts_one_administration", field="roles", name=new.full_name)
        return RosterPerson(row.place, new, offers)

    def _enterprise(self, name: str | None) -> Enterprise | None:
        if name is None:
            return None
        if name not in self.enterprises:
            raise Invalid("accounts_enterprise_unknown", field="enterprise", given=name)
        return self.enterprises[name]

    def _office(self, name: str | None) -> Office | None:
        if name is None:
            return None
        if name not in self.offices:
            raise Invalid("accounts_office_unknown", field="office", given=name, names="、".join(self.offices) or "—")
        return self.offices[name]

    def _roles(self, new: NewUser, text: str | None) -> list[Role]:
        named = [part for part in (text or "").translate(_SEPARATORS).split("、") if part]
        for name in named:
            if name not in self.roles:
                suited = sorted(ROLES_OF_KIND[new.kind])
                with translation.override("zh-hans"):
                    names = "、".join(str(role.label) for role in suited)
                raise Invalid("accounts_role_unknown", field="roles", given=name, names=names or "—")
        return list(dict.fromkeys(self.roles[name] for name in named))

    def _offer(self, new: NewUser, role: Role, values: Mapping[str, Any]) -> RoleOffer:
        at_enterprise = role in ENTERPRISE_ROLES and new.enterprise is not None
        return RoleOffer(
            role=role,
            body=new.enterprise if at_enterprise and new.enterprise is not None else self.commission,
            valid_from=values["valid_from"] or legal_date(self.at),
            valid_until=values["valid_until"],
            office=new.office if role in ROLES_OF_AN_OFFICE else None,
        )


def pack(rows: Sequence[TableRow], *, commission: Commission, user: User, about: Mapping[str, str]) -> str:
    """The rows as the page of the dry run carries them to the creation: signed, for this person, for two hours."""
    plain = [
        {"sheet": row.place.sheet, "row": row.place.row, "values": {key: _plain(row.values[key]) for key in row.values}}
        for row in rows
    ]
    columns = {number: column.key for number, column in rows[0].header.places.items()} if rows else {}
    content = {"commission": commission.code, "user": user.pk, "about": dict(about), "columns": columns, "rows": plain}
    return dumps(content, salt=_SALT, compress=True)


def unpack(packed: str, *, commission: Commission, user: User) -> tuple[list[TableRow], dict[str, str]]:
    """The rows of a dry run of this person, with what else was kept about the file.

    Raises: Invalid (accounts_roster_gone) for what is too old, another's or altered.
    """
    try:
        content = loads(packed, salt=_SALT, max_age=KEPT_SECONDS)
    except BadSignature:
        raise Invalid("accounts_roster_gone") from None
    if content["commission"] != commission.code or content["user"] != user.pk:
        raise Invalid("accounts_roster_gone")
    known = {column.key: column for column in ROSTER.columns}
    header = Header(0, {int(number): known[key] for number, key in content["columns"].items()}, ())
    return [_row(one, header) for one in content["rows"]], content["about"]


def _plain(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _row(plain: Mapping[str, Any], header: Header) -> TableRow:
    values = {
        key: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
        for key, value in plain["values"].items()
    }
    place = Place(plain["sheet"], plain["row"])
    return TableRow(place=place, typed={}, values=values, faults=(), header=header)
