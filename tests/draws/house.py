"""A commission with everybody a ceremony needs, and a draw taken to any step by their hands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.draws import services
from investreview.draws.kinds import DrawOutcome, Reader
from investreview.draws.models import Draw, Wave
from investreview.draws.terms import ExcludedRow, Leaver, PoolRow, ProjectRow, RoundReason, SampleRule, SeatRule
from investreview.registry.models import Commission
from tests.accounts.factories import make_holder
from tests.registry.factories import make_commission

AT = datetime(2024, 8, 7, 9, 0, tzinfo=SHANGHAI)
SUBJECT = Subject("case", "LYG-2024-0009")
BALLS = (7, 3, 0, 4, 9, 1, 1, 6, 8, 2)
OTHER_BALLS = (7, 3, 0, 4, 9, 1, 1, 6, 8, 3)
PAPER = sha256(b"paper").hexdigest()
SEATS = (SeatRule("财务会计", 1), SeatRule("法律风险", 1), SeatRule("*", 3))
CANARY = "金丝雀"


def minutes(count: int) -> datetime:
    return AT + timedelta(minutes=count)


@dataclass
class House:
    """One commission and its people by what they do in a ceremony."""

    commission: Commission
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, key: str) -> User:
        if key in self.__dict__.get("people", {}):
            return self.people[key]
        raise AttributeError(key)

    def hand(self, who: str) -> dict[str, Any]:
        """``user`` and ``scope`` of somebody, as services take them."""
        return {"user": self.people[who], "scope": self.scope(who)}

    def scope(self, who: str) -> Scope:
        return scope_of(self.people[who], AT)


ROLES = {
    "operator": Role.DRAW_OPERATOR,
    "operator2": Role.DRAW_OPERATOR,
    "witness": Role.DRAW_SUPERVISOR,
    "witness2": Role.DRAW_SUPERVISOR,
    "secretary": Role.PANEL_SECRETARY,
    "keeper": Role.POOL_KEEPER,
    "head": Role.OFFICE_HEAD,
    "officer": Role.CASE_OFFICER,
    "director": Role.DIRECTOR,
    "auditor": Role.AUDITOR,
    "system_admin": Role.SYSTEM_ADMIN,
}


def found_house(code: str = "LYG") -> House:
    """A commission with one person for each role of a ceremony, two for each of its hands."""
    commission = make_commission(code)
    return House(commission, {key: make_holder(role, commission) for key, role in ROLES.items()})


def pool(size: int = 12, *, units: int = 0) -> list[PoolRow]:
    """People of whom a third fits finance, a third law, a third nothing in particular."""
    specs = (("财务会计",), ("法律风险",), ())
    return [
        PoolRow(f"E{no:03d}", f"{CANARY}{no}", specs[no % 3], f"单位{no % (units or size)}", {"phone": f"139{no:08d}"})
        for no in range(size)
    ]


def excluded(*numbers: int) -> list[ExcludedRow]:
    return [ExcludedRow(f"E{no:03d}", "EMPLOYER", f"HB-{no}") for no in numbers]


def freeze(house: House, **changes: Any) -> Draw:
    """A frozen panel of five out of twelve, two of whom are excluded."""
    given: dict[str, Any] = {
        "commission": house.commission,
        "subject": SUBJECT,
        "round": 1,
        "purpose": "PANEL",
        "rows": pool(),
        "seats": SEATS,
        "excluded": excluded(3, 7),
        "unit_cap": None,
        "at": AT,
        **house.hand("operator"),
    }
    return services.freeze_panel_draw(**{**given, **changes})


def announce(house: House, draw: Draw, at: datetime | None = None, who: str = "operator") -> Draw:
    return services.announce(draw_pk=draw.pk, at=at or minutes(5), **house.hand(who))


def enter(
    house: House, draw: Draw, numbers: Sequence[int] = BALLS, at: datetime | None = None, who: str = "witness"
) -> Draw:
    draw.refresh_from_db()
    return services.enter_numbers(
        draw_pk=draw.pk,
        fingerprint_tail=draw.request_hash[-8:],
        numbers=numbers,
        read_by=Reader.WITNESS,
        at=at or minutes(10),
        **house.hand(who),
    )


def conclude(draw: Draw, at: datetime | None = None) -> Draw:
    return services.conclude(draw_pk=draw.pk, at=at or minutes(11))


def announced(house: House, **changes: Any) -> Draw:
    return announce(house, freeze(house, **changes))


def drawn(house: House, **changes: Any) -> Draw:
    """A panel that stands; nobody is revealed."""
    draw = announced(house, **changes)
    enter(house, draw)
    return conclude(draw)


def reveal(house: House, draw: Draw, no: int, at: datetime | None = None) -> Any:
    services.ask_reveal(draw_pk=draw.pk, no=no, at=at or minutes(20), **house.hand("operator"))
    return services.confirm_reveal(draw_pk=draw.pk, no=no, at=at or minutes(21), **house.hand("witness"))


def present(draw: Draw) -> list[int]:
    """The numbers on the panel, in ticket order."""
    return list(draw.members.filter(left_wave=None).order_by("rank").values_list("no", flat=True))


def reveal_all(house: House, draw: Draw) -> None:
    for no in draw.members.filter(left_wave=None, reveal=None).order_by("rank").values_list("no", flat=True):
        reveal(house, draw, no)


def propose(house: House, draw: Draw, *numbers: int, at: datetime | None = None) -> Wave:
    left = [Leaver(no, "LEAVE", PAPER) for no in numbers]
    return services.propose_wave(draw_pk=draw.pk, left=left, at=at or minutes(30), **house.hand("operator"))


def record(house: House, wave: Wave, at: datetime | None = None, who: str = "witness") -> services.WaveOutcome:
    return services.record_wave(wave_pk=wave.pk, at=at or minutes(31), **house.hand(who))


def replace(house: House, draw: Draw, *numbers: int, at: datetime | None = None) -> services.WaveOutcome:
    return record(house, propose(house, draw, *numbers, at=at), at=at)


def close(house: House, draw: Draw, at: datetime | None = None, **changes: Any) -> Draw:
    given = {"outcome": DrawOutcome.COMPLETED, "at": at or minutes(60), **house.hand("secretary"), **changes}
    return services.close(draw_pk=draw.pk, **given)


def closed(house: House, **changes: Any) -> Draw:
    draw = drawn(house, **changes)
    reveal_all(house, draw)
    return close(house, draw)


def failed(house: House, draw: Draw, at: datetime | None = None) -> Draw:
    return close(house, draw, at, outcome=DrawOutcome.FAILED, reason="到会人数不足，专家组解散。")


def another_round(house: House) -> RoundReason:
    return RoundReason("上一轮专家组解散，经研究重新抽取。", house.director, PAPER)


def freeze_sample(house: House, **changes: Any) -> Draw:
    rows = [
        ProjectRow(f"XM-{no:04d}", f"企业{no % 4}", "大" if no % 3 else "小", 1000 + no, no % 9 == 0)
        for no in range(30)
    ]
    given: dict[str, Any] = {
        "commission": house.commission,
        "subject": Subject("evaluation-plan", "2024"),
        "round": 1,
        "purpose": "SAMPLE",
        "year": 2024,
        "rows": rows,
        "rule": SampleRule(3, 10, "all_systematic"),
        "at": AT,
        **house.hand("operator"),
    }
    return services.freeze_sample_draw(**{**given, **changes})


def export(house: House, draw: Draw, *, confidential: bool = False, who: str = "auditor") -> bytes:
    return services.export_evidence(draw_pk=draw.pk, confidential=confidential, at=minutes(90), **house.hand(who))
