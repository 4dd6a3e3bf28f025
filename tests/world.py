"""A founded commission with its people and groups, for tests that need the whole house; built through the services.

``found_world`` gives the city commission (LYG) with two groups, one with two sister subsidiaries; ``found_other`` a
second commission beside it. ``drive`` takes a case to a step by the hands of the demonstration.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.conf import settings

from investreview.accounts.models import User
from investreview.accounts.services import NewUser, RoleOffer, found_role, found_user
from investreview.core.actor import Actor
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.kinds import NumberMode
from investreview.documents.services import open_series
from investreview.projects.models import Case
from investreview.projects.services.drafts import CommitmentInput, PhaseInput
from investreview.registry.models import Commission, Enterprise, Office
from investreview.registry.services import (
    found_commission,
    found_enterprise,
    found_office,
    register_organisation,
    seed_calendar,
)
from investreview.rulebook.services import load_rule_set, put_in_force_at_founding
from tests.states import kept

FOUNDER = Actor(id="founder", name="开办人（示例）")
FOUNDED_AT = datetime(2024, 1, 2, 9, tzinfo=SHANGHAI)
START = datetime(2024, 7, 1, 9, tzinfo=SHANGHAI)
RULES = Path(settings.BASE_DIR) / "investreview" / "rulebook" / "rulesets" / "2024-lyg.yaml"
PASSWORD = "Test-pass-2024"
OFFICES = (
    ("GH", "规划发展处", Office.Kind.BUSINESS),
    ("CW", "财务监管处", Office.Kind.FINANCE),
    ("CQ", "产权管理处", Office.Kind.PROPERTY),
    ("FG", "法规处", Office.Kind.LAW),
    ("BG", "办公室", Office.Kind.DOCUMENT),
    ("JJ", "派驻纪检监察组", Office.Kind.DISCIPLINE),
)
SERIES = (
    ("JS", "JS{year}-{n:04d}"),
    ("BZ", "BZ{year}-{n:04d}"),
    ("BA", "BA{year}-{n:04d}"),
    ("EL", "EL{year}-{n:04d}"),
    ("HAN", "国资函〔{year}〕{n}号"),
    ("LZ", "LZ{year}-{n:04d}"),
)
STAFF = {
    "officer": (Role.CASE_OFFICER, "GH"),
    "officer2": (Role.CASE_OFFICER, "GH"),
    "head": (Role.OFFICE_HEAD, "GH"),
    "finance": (Role.COUNTERSIGNER, "CW"),
    "property": (Role.COUNTERSIGNER, "CQ"),
    "law": (Role.COUNTERSIGNER, "FG"),
    "document_officer": (Role.DOCUMENT_OFFICER, "BG"),
    "deputy": (Role.DEPUTY_DIRECTOR, ""),
    "deputy2": (Role.DEPUTY_DIRECTOR, ""),
    "director": (Role.DIRECTOR, ""),
    "draw_operator": (Role.DRAW_OPERATOR, "GH"),
    "draw_supervisor": (Role.DRAW_SUPERVISOR, "JJ"),
    "discipline": (Role.COUNTERSIGNER, "JJ"),
    "panel_secretary": (Role.PANEL_SECRETARY, "GH"),
    "panel_secretary2": (Role.PANEL_SECRETARY, "BG"),
    "pool_keeper": (Role.POOL_KEEPER, "GH"),
    "rule_keeper": (Role.RULE_KEEPER, "FG"),
    "archivist": (Role.ARCHIVIST, "BG"),
}
ADMINS = {
    "system_admin": Role.SYSTEM_ADMIN,
    "security_admin": Role.SECURITY_ADMIN,
    "audit_admin": Role.AUDIT_ADMIN,
}
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass
class World:
    """One commission with everybody by what they do, enterprises by a short key."""

    commission: Commission
    people: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Enterprise] = field(default_factory=dict)

    def __getattr__(self, key: str) -> Any:
        for shelf in ("people", "bodies"):
            found = self.__dict__.get(shelf, {})
            if key in found:
                return found[key]
        raise AttributeError(key)


def credit_code(number: int) -> str:
    """A valid, obviously artificial unified social credit code."""
    body = f"91320700MA{number:07d}"
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return body + _ALPHABET[(31 - total % 31) % 31]


def found_world(code: str = "LYG", *, names: str = "", rules: bytes = b"") -> World:
    """The commission ``code`` with offices, calendar of 2024, series, rules in force, groups and people.

    ``names`` is put into every name, so that a canary of one commission can be told from another's; ``rules`` are
    the bytes of another rule set than that of 2024.
    """
    return kept(lambda: _found_world(code, names, rules), "world", code, names, rules)


def _found_world(code: str, names: str, rules: bytes) -> World:
    offset = sum(map(ord, code)) * 100
    commission = found_commission(
        code=code,
        name=f"{code}市人民政府国有资产监督管理委员会（示例）",
        short_name=f"{code}市国资委（示例）",
        city=f"{code}市",
        contact_phone="0518-80633066",
        case_prefix=code,
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    world = World(commission)
    for office_code, name, kind in OFFICES:
        found_office(commission=commission, code=office_code, name=name, kind=kind, actor=FOUNDER, at=FOUNDED_AT)
    seed_calendar(commission=commission, first_year=2024, last_year=2025, actor=FOUNDER, at=FOUNDED_AT)
    for series, label in SERIES:
        open_series(
            commission=code,
            code=series,
            label=label,
            mode=NumberMode.OWN_SERIES,
            first_year=2024,
            first=1,
            actor=FOUNDER,
            at=FOUNDED_AT,
        )
    rule_set = load_rule_set(commission=commission, content=rules or RULES.read_bytes(), actor=FOUNDER, at=FOUNDED_AT)
    put_in_force_at_founding(rule_set=rule_set, actor=FOUNDER, at=FOUNDED_AT)
    _found_bodies(world, names, offset)
    _found_people(world, names)
    return world


def _found_bodies(world: World, names: str, offset: int) -> None:
    for number, (key, parent, short_name) in enumerate(
        (
            ("group", None, "甲集团"),
            ("sub", "group", "甲一公司"),
            ("sister", "group", "甲二公司"),
            ("other", None, "乙集团"),
        )
    ):
        legal = register_organisation(
            name=f"{names}{short_name}有限公司（示例）",
            credit_code=credit_code(offset + number),
            valid_from=date(2000, 1, 1),
        )
        world.bodies[key] = found_enterprise(
            commission=world.commission,
            organisation=legal,
            short_name=f"{names}{short_name}",
            parent=world.bodies[parent] if parent else None,
            founded_on=date(2000, 1, 1),
            named_since=date(2000, 1, 1),
            actor=FOUNDER,
            at=FOUNDED_AT,
        )
        world.commission.refresh_from_db()


def _found_people(world: World, names: str) -> None:
    code = world.commission.code
    for key, (role, office_code) in STAFF.items():
        office = Office.objects.filter(commission=world.commission, code=office_code).first()
        user = _account(world, key, names, User.Kind.STAFF, office=office)
        _hold(user, role, world.commission, office if role is Role.COUNTERSIGNER else None)
    for key, role in ADMINS.items():
        _hold(_account(world, key, names, User.Kind.ADMIN), role, world.commission)
    for body in ("group", "sub", "sister", "other"):
        for part, role in (("drafter", Role.ENTERPRISE_DRAFTER), ("releaser", Role.ENTERPRISE_RELEASER)):
            if part == "releaser" and body in ("sub", "sister"):
                continue
            user = _account(world, f"{body}_{part}", names, User.Kind.ENTERPRISE, enterprise=world.bodies[body])
            _hold(user, role, world.bodies[body])
    assert User.objects.filter(commission=world.commission).count() == len(world.people), code


def _account(
    world: World,
    key: str,
    names: str,
    kind: User.Kind,
    *,
    enterprise: Enterprise | None = None,
    office: Office | None = None,
) -> User:
    username = f"{world.commission.code}.{key}".lower()
    user = found_user(
        commission=world.commission,
        new=NewUser(
            username=username,
            full_name=f"{names}{key}",
            kind=kind,
            email=f"{username}@example.test",
            enterprise=enterprise,
            office=office,
        ),
        one_time_password=PASSWORD,
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    world.people[key] = user
    return user


def _hold(user: User, role: Role, body: Commission | Enterprise, office: Office | None = None) -> None:
    found_role(
        user=user,
        offer=RoleOffer(role=role, body=body, office=office, valid_from=FOUNDED_AT.date()),
        actor=FOUNDER,
        at=FOUNDED_AT,
    )


def rules_with_chain(*steps: dict[str, Any], limits: Mapping[str, int] = MappingProxyType({})) -> bytes:
    """The rule set of 2024 with another signing chain for filings; ``limits`` of panels are other ones."""
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    for key, value in limits.items():
        rules["panel"]["limits"][key]["value"] = value
    for chain in rules["chains"]:
        if "FILING" in chain["routes"]:
            chain["steps"] = list(steps)
    return yaml.safe_dump(rules, allow_unicode=True).encode()


def later(days: int, hour: int = 9, *, base: datetime = START) -> datetime:
    """``days`` calendar days after the start of the tests' story, at an hour of Shanghai."""
    return (base + timedelta(days=days)).replace(hour=hour)


def wanted(
    world: World, *, body: str = "group", name: str = "改造项目（示例）", yuan: str = "18600000.00", **fields: Any
) -> hands.Wanted:
    """What a main-business, planned, fixed-asset project of ``yuan`` declares; ``fields`` overrides."""
    total = Decimal(yuan)
    enterprise = world.bodies[body]
    facts: dict[str, Any] = {
        "kind": "FIXED_ASSET",
        "nature": "MAIN",
        "main_business": "主业",
        "summary": "建设内容（示例）。",
        "plan_status": "IN_PLAN",
        "plan_row": "1",
        "own_funds_yuan": total,
        "report_number": "甲投〔2024〕1号",
        "decided_on": date(2024, 6, 24),
        "contract_on": date(2024, 10, 8),
        "payment_on": date(2024, 10, 18),
        "contact_name": "联系人（示例）",
        "contact_phone": "0518-00000000",
    }
    return hands.Wanted(
        enterprise=enterprise,
        name=name,
        fields=facts | fields,
        phases=(PhaseInput("全部", total),),
        commitments=(CommitmentInput(enterprise_id=enterprise.pk, cash_yuan=total),),
    )


STEPS = ("draft", "handed_over", "released", "confirmed", "proposed", "checked", "signed", "delivered", "acknowledged")


def drive(
    world: World, to: str, *, key: str = "1", body: str = "group", plan: hands.Wanted | None = None, **fields: Any
) -> Case:
    """A case that has come to ``to`` (one of STEPS), each step by its person, two days apart."""
    code = world.commission.code
    if plan is not None:
        return _drive(world, to, key, body, plan)
    return kept(lambda: _drive(world, to, key, body, wanted(world, body=body, **fields)), code, to, key, body, fields)


def _drive(world: World, to: str, key: str, body: str, plan: hands.Wanted) -> Case:
    group = "other" if body == "other" else "group"
    drafter, releaser = world.people[f"{body}_drafter"], world.people[f"{group}_releaser"]
    case = hands.draft(plan, drafter, f"{world.commission.code}-{key}", later(0))
    acts = {
        "handed_over": lambda at: (hands.gather_materials(case, drafter, at), hands.hand_over(case, drafter, at)),
        "released": lambda at: hands.release(case, releaser, at),
        "confirmed": lambda at: hands.confirm(case, world.officer, at),
        "proposed": lambda at: hands.propose(case, world.officer, at, risks=[]),
        "checked": lambda at: hands.check(case, world.head, at),
        "signed": lambda at: hands.sign(case, world.deputy, at),
        "delivered": lambda at: hands.deliver(case, world.document_officer, at),
        "acknowledged": lambda at: hands.acknowledge(case, releaser, at),
    }
    for number, step in enumerate(STEPS[1 : STEPS.index(to) + 1], 1):
        acts[step](later(number))
    return hands.fresh(case)
