"""Pure rules of a case: which act is allowed when, what the clock says, what was reported late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from investreview.core.workdays import WorkCalendar


class Verb(StrEnum):
    """The acts on a case; each writes one journal entry of this name."""

    CREATE = "case.create"
    SAVE = "case.save"
    PLEDGE = "case.pledge"
    DISCARD = "case.discard"
    HAND_OVER = "case.hand_over"
    SEND_TO_DRAFTER = "case.send_to_drafter"
    RELEASE = "case.release"
    CONFIRM = "case.confirm_completeness"
    SUPPLEMENT = "case.request_supplement"
    RETURN = "case.return"
    PROPOSE = "case.propose"
    CHECK = "case.check"
    COUNTERSIGN = "case.countersign"
    CHECK_WORDING = "case.check_wording"
    RECORD_MEETING = "case.record_meeting"
    SEND_BACK = "case.send_back"
    SIGN = "case.sign"
    DEFER = "case.defer"
    RESUME = "case.resume"
    WITHDRAW = "case.withdraw"
    DELIVER = "case.deliver"
    ACKNOWLEDGE = "case.acknowledge"
    BEGIN_PANEL = "case.begin_panel"
    CONCLUDE_PANEL = "case.conclude_panel"
    ASK_REVISION = "case.ask_revision"
    RECALL = "case.recall"
    TRANSFER = "case.transfer"
    CLAIM = "case.claim"
    GIVE_BACK = "case.give_back"
    CIRCULATE = "case.circulate"
    READ_CIRCULATED = "case.read_circulated"
    URGE = "case.urge"
    TAKE_OVER = "case.take_over"
    WITHDRAW_SIGNATURE = "case.withdraw_signature"
    BEGIN_REMEDY = "case.begin_remedy"
    CHECK_REMEDY = "case.check_remedy"
    RETURN_REMEDY = "case.return_remedy"
    RESUBMIT_REMEDY = "case.resubmit_remedy"
    DROP_REMEDY = "case.drop_remedy"
    SIGN_REMEDY = "case.sign_remedy"
    DELIVER_REMEDY = "case.deliver_remedy"
    PROPOSE_CORRECTION = "case.propose_correction"
    CONFIRM_CORRECTION = "case.confirm_correction"
    REJECT_CORRECTION = "case.reject_correction"
    ASK_QUESTION = "case.ask_question"
    ANSWER_QUESTION = "case.answer_question"
    INSTRUCT = "case.instruct"
    REPORT_INSTRUCTION = "case.report_instruction"
    ACCEPT_INSTRUCTION = "case.accept_instruction"
    RETURN_INSTRUCTION = "case.return_instruction"
    REASSIGN_INSTRUCTION = "case.reassign_instruction"


_AT_COMMISSION = frozenset({"CHECKING", "REVIEWING"})
_DECIDED = frozenset({"FILED", "FILED_WITH_RISK", "REFUSED"})

ALLOWED: dict[Verb, frozenset[str]] = {
    Verb.SAVE: frozenset({"DRAFT", "SUPPLEMENTING"}),
    Verb.PLEDGE: frozenset({"DRAFT", "SUPPLEMENTING"}),
    Verb.DISCARD: frozenset({"DRAFT"}),
    Verb.HAND_OVER: frozenset({"DRAFT", "SUPPLEMENTING"}),
    Verb.SEND_TO_DRAFTER: frozenset({"AWAITING_RELEASE"}),
    Verb.RELEASE: frozenset({"AWAITING_RELEASE"}),
    Verb.CONFIRM: frozenset({"CHECKING"}),
    Verb.SUPPLEMENT: _AT_COMMISSION,
    Verb.RETURN: _AT_COMMISSION | {"SUPPLEMENTING", "AWAITING_RELEASE"},
    Verb.PROPOSE: frozenset({"REVIEWING"}),
    Verb.CHECK: frozenset({"REVIEWING"}),
    Verb.COUNTERSIGN: frozenset({"REVIEWING"}),
    Verb.CHECK_WORDING: frozenset({"REVIEWING"}),
    Verb.RECORD_MEETING: frozenset({"REVIEWING"}),
    Verb.SEND_BACK: frozenset({"REVIEWING"}),
    Verb.SIGN: frozenset({"REVIEWING"}),
    Verb.DEFER: frozenset({"REVIEWING"}),
    Verb.RESUME: frozenset({"DEFERRED"}),
    Verb.WITHDRAW: frozenset({"DRAFT", "AWAITING_RELEASE", "CHECKING", "SUPPLEMENTING", "REVIEWING", "DEFERRED"}),
    Verb.BEGIN_PANEL: frozenset({"REVIEWING"}),
    Verb.CONCLUDE_PANEL: frozenset({"REVIEWING"}),
    Verb.ASK_REVISION: frozenset({"REVIEWING"}),
    Verb.DELIVER: _DECIDED,
    Verb.ACKNOWLEDGE: _DECIDED,
    Verb.WITHDRAW_SIGNATURE: _DECIDED,
    Verb.BEGIN_REMEDY: _DECIDED,
    Verb.CHECK_REMEDY: _DECIDED,
    Verb.RETURN_REMEDY: _DECIDED,
    Verb.RESUBMIT_REMEDY: _DECIDED,
    Verb.DROP_REMEDY: _DECIDED,
    Verb.SIGN_REMEDY: _DECIDED,
    Verb.DELIVER_REMEDY: _DECIDED,
    Verb.PROPOSE_CORRECTION: _DECIDED,
    Verb.CONFIRM_CORRECTION: _DECIDED,
    Verb.REJECT_CORRECTION: _DECIDED,
    Verb.ASK_QUESTION: _AT_COMMISSION | {"SUPPLEMENTING", "DEFERRED"},
    Verb.ANSWER_QUESTION: _AT_COMMISSION | {"SUPPLEMENTING", "DEFERRED"} | _DECIDED,
    Verb.INSTRUCT: _AT_COMMISSION | {"SUPPLEMENTING", "DEFERRED"} | _DECIDED,
}


def is_allowed(verb: Verb, state: str) -> bool:
    """Whether ``verb`` may be done to a case in ``state`` (DOMAIN §5, moves inside a case)."""
    return state in ALLOWED[verb]


@dataclass(frozen=True)
class Stop:
    """The clock stood after ``from_on`` up to and including ``until_on``; None while it still stands."""

    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class ClockReading:
    """What the whole clock shows on one day, in working days; ``due_on`` is None while it stands."""

    limit: int
    used: int
    due_on: date | None
    is_standing: bool
    is_estimated: bool

    @property
    def left(self) -> int:
        """Working days left; negative when overdue."""
        return self.limit - self.used


def read_clock(
    *, complete_on: date, limit: int, stops: Iterable[Stop], until: date, calendar: WorkCalendar, elapsed: int = 0
) -> ClockReading:
    """The whole clock on ``until``; day 1 is the next working day after the confirmation of completeness.

    A case that was taken over has used ``elapsed`` days, as two people signed, up to ``complete_on``.
    Units: working days of the commission's calendar. Rule: DOMAIN §4, Clock; §16.
    """
    stops = tuple(stops)
    stood = sum(
        calendar.count(max(stop.from_on, complete_on), min(stop.until_on or until, until))
        for stop in stops
        if stop.from_on < until and (stop.until_on or until) > complete_on
    )
    standing = any(stop.until_on is None for stop in stops)
    used = elapsed + (max(calendar.count(complete_on, until) - stood, 0) if until > complete_on else 0)
    due_on = None if standing else _deadline(complete_on, limit - elapsed, stops, calendar)
    return ClockReading(
        limit=limit,
        used=used,
        due_on=due_on,
        is_standing=standing,
        is_estimated=due_on is not None and calendar.is_estimated(due_on),
    )


def _deadline(complete_on: date, limit: int, stops: tuple[Stop, ...], calendar: WorkCalendar) -> date:
    """The last day of what is left; of a clock that was overdue when it was taken over, the day it had run out."""
    day, left = complete_on, limit
    if left <= 0:
        return _working_day_before(day, -left, calendar)
    if not stops:
        return calendar.add(day, left)
    while left > 0:
        day = calendar.add(day, 1)
        if not any(stop.until_on is not None and stop.from_on < day <= stop.until_on for stop in stops):
            left -= 1
    return day


def _working_day_before(day: date, days: int, calendar: WorkCalendar) -> date:
    """The working day that lies ``days`` working days before ``day``; of 0, the last one up to ``day`` itself."""
    while True:
        if calendar.is_working_day(day):
            if days == 0:
                return day
            days -= 1
        day -= timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """How a report compares with its dates (DOMAIN §4, Reporting on time)."""

    is_late: bool
    is_invested_first: bool


def lateness(
    *, released_on: date, report_by: date | None, contract_on: date | None, payment_on: date | None
) -> Lateness:
    """Late after ``report_by``; invested first when contract or first payment is not after the report.

    The report is the first release: what is supplemented afterwards makes it complete, not later (DOMAIN §4).
    """
    return Lateness(
        is_late=report_by is not None and released_on > report_by,
        is_invested_first=any(day is not None and day <= released_on for day in (contract_on, payment_on)),
    )


def version_code(sha256: str, ordinal: int) -> str:
    """The code on each page of a printed form, e.g. ``7K2M-01``: four unmistakable characters and the version."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    value = int(sha256[:16], 16)
    letters = ""
    for _ in range(4):
        value, rest = divmod(value, len(alphabet))
        letters += alphabet[rest]
    return f"{letters}-{ordinal:02d}"
