"""The pure rules of a case: what is allowed when, the clock, lateness, version codes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.workdays import WorkCalendar
from investreview.projects.rules import ALLOWED, Stop, Verb, is_allowed, lateness, read_clock, version_code
from investreview.projects.states import ENDED, OPEN, CaseState

# 2024: the May holiday is 1-5 May, 28 April and 11 May are worked.
CALENDAR = WorkCalendar(
    holidays=frozenset(date(2024, 5, day) for day in range(1, 6)),
    workdays=frozenset({date(2024, 4, 28), date(2024, 5, 11)}),
    estimated_from=date(2027, 1, 1),
)


def test_day_one_is_the_next_working_day_after_completeness() -> None:
    reading = read_clock(
        complete_on=date(2024, 7, 5), limit=10, stops=(), until=date(2024, 7, 8), calendar=CALENDAR
    )  # a Friday
    assert (reading.used, reading.left, reading.due_on) == (1, 9, date(2024, 7, 19))


@pytest.mark.parametrize(
    ("until", "used"), [(date(2024, 7, 5), 0), (date(2024, 7, 6), 0), (date(2024, 7, 7), 0), (date(2024, 7, 19), 10)]
)
def test_weekends_are_not_counted(until: date, used: int) -> None:
    assert read_clock(complete_on=date(2024, 7, 5), limit=10, stops=(), until=until, calendar=CALENDAR).used == used


def test_adjusted_working_days_are_counted_and_holidays_are_not() -> None:
    reading = read_clock(complete_on=date(2024, 4, 26), limit=10, stops=(), until=date(2024, 5, 6), calendar=CALENDAR)
    # 28, 29, 30 April and 6 May
    assert (reading.used, reading.due_on) == (4, date(2024, 5, 13))


def test_a_finished_stop_moves_the_deadline_by_its_working_days() -> None:
    stop = Stop(date(2024, 7, 8), date(2024, 7, 11))  # stands on 9, 10, 11
    reading = read_clock(
        complete_on=date(2024, 7, 5), limit=10, stops=(stop,), until=date(2024, 7, 12), calendar=CALENDAR
    )
    assert (reading.used, reading.due_on) == (2, date(2024, 7, 24))


def test_a_running_stop_has_no_deadline_and_uses_nothing() -> None:
    stop = Stop(date(2024, 7, 8), None)
    early = read_clock(complete_on=date(2024, 7, 5), limit=10, stops=(stop,), until=date(2024, 7, 9), calendar=CALENDAR)
    late = read_clock(complete_on=date(2024, 7, 5), limit=10, stops=(stop,), until=date(2024, 12, 9), calendar=CALENDAR)
    assert (early.used, early.due_on, early.is_standing) == (1, None, True)
    assert late.used == early.used


def test_overdue_shows_as_negative_days_left() -> None:
    reading = read_clock(complete_on=date(2024, 7, 5), limit=10, stops=(), until=date(2024, 7, 23), calendar=CALENDAR)
    assert reading.left == -2


@given(
    start=st.dates(date(2024, 1, 1), date(2024, 9, 1)),
    limit=st.integers(1, 20),
    gaps=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=3),
)
def test_on_the_deadline_exactly_the_limit_is_used(start: date, limit: int, gaps: list[tuple[int, int]]) -> None:
    stops, day = [], start
    for before, length in gaps:
        begin = day + timedelta(days=before)
        day = begin + timedelta(days=length)
        stops.append(Stop(begin, day))
    reading = read_clock(complete_on=start, limit=limit, stops=stops, until=start, calendar=CALENDAR)
    assert reading.due_on is not None
    if all(stop.until_on <= reading.due_on for stop in stops if stop.until_on):
        on_deadline = read_clock(complete_on=start, limit=limit, stops=stops, until=reading.due_on, calendar=CALENDAR)
        assert on_deadline.used == limit


RELEASED = date(2024, 7, 22)


@pytest.mark.parametrize(
    ("report_by", "is_late"), [(RELEASED, False), (RELEASED - timedelta(days=1), True), (None, False)]
)
def test_reporting_after_the_last_day_is_late(report_by: date | None, is_late: bool) -> None:
    found = lateness(released_on=RELEASED, report_by=report_by, contract_on=None, payment_on=None)
    assert found.is_late is is_late


@pytest.mark.parametrize(
    ("contract_on", "payment_on", "first"),
    [
        (RELEASED + timedelta(days=1), None, False),
        (RELEASED, None, True),
        (None, RELEASED, True),
        (RELEASED + timedelta(days=1), RELEASED - timedelta(days=3), True),
        (None, None, False),
    ],
)
def test_contract_or_payment_not_after_the_report_is_invested_first(
    contract_on: date | None, payment_on: date | None, first: bool
) -> None:
    found = lateness(released_on=RELEASED, report_by=None, contract_on=contract_on, payment_on=payment_on)
    assert found.is_invested_first is first


def test_states_are_open_or_ended() -> None:
    assert frozenset(CaseState) == OPEN | ENDED
    assert not OPEN & ENDED


TABLE = {
    Verb.SAVE: "DRAFT SUPPLEMENTING",
    Verb.DISCARD: "DRAFT",
    Verb.PLEDGE: "DRAFT SUPPLEMENTING",
    Verb.HAND_OVER: "DRAFT SUPPLEMENTING",
    Verb.SEND_TO_DRAFTER: "AWAITING_RELEASE",
    Verb.RELEASE: "AWAITING_RELEASE",
    Verb.CONFIRM: "CHECKING",
    Verb.SUPPLEMENT: "CHECKING REVIEWING",
    Verb.RETURN: "CHECKING REVIEWING SUPPLEMENTING AWAITING_RELEASE",
    Verb.PROPOSE: "REVIEWING",
    Verb.CHECK: "REVIEWING",
    Verb.COUNTERSIGN: "REVIEWING",
    Verb.CHECK_WORDING: "REVIEWING",
    Verb.RECORD_MEETING: "REVIEWING",
    Verb.SEND_BACK: "REVIEWING",
    Verb.SIGN: "REVIEWING",
    Verb.DEFER: "REVIEWING",
    Verb.RESUME: "DEFERRED",
    Verb.WITHDRAW: "DRAFT AWAITING_RELEASE CHECKING SUPPLEMENTING REVIEWING DEFERRED",
    Verb.BEGIN_PANEL: "REVIEWING",
    Verb.CONCLUDE_PANEL: "REVIEWING",
    Verb.ASK_REVISION: "REVIEWING",
    Verb.DELIVER: "FILED FILED_WITH_RISK REFUSED",
    Verb.ACKNOWLEDGE: "FILED FILED_WITH_RISK REFUSED",
    Verb.WITHDRAW_SIGNATURE: "FILED FILED_WITH_RISK REFUSED",
    Verb.BEGIN_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.CHECK_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.RETURN_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.RESUBMIT_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.DROP_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.SIGN_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.DELIVER_REMEDY: "FILED FILED_WITH_RISK REFUSED",
    Verb.PROPOSE_CORRECTION: "FILED FILED_WITH_RISK REFUSED",
    Verb.CONFIRM_CORRECTION: "FILED FILED_WITH_RISK REFUSED",
    Verb.REJECT_CORRECTION: "FILED FILED_WITH_RISK REFUSED",
    Verb.ASK_QUESTION: "CHECKING SUPPLEMENTING REVIEWING DEFERRED",
    Verb.ANSWER_QUESTION: "CHECKING SUPPLEMENTING REVIEWING DEFERRED FILED FILED_WITH_RISK REFUSED",
    Verb.INSTRUCT: "CHECKING SUPPLEMENTING REVIEWING DEFERRED FILED FILED_WITH_RISK REFUSED",
}


@pytest.mark.parametrize("verb", sorted(ALLOWED))
@pytest.mark.parametrize("state", sorted(CaseState))
def test_every_verb_is_allowed_in_its_states_only(verb: Verb, state: str) -> None:
    assert is_allowed(verb, state) is (state in TABLE[verb].split())


def test_no_verb_is_allowed_after_a_returned_withdrawn_or_discarded_end() -> None:
    for state in (CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.DISCARDED, CaseState.ENTERPRISE_DECIDED):
        assert not [verb for verb in ALLOWED if is_allowed(verb, state)]


def test_version_codes_differ_with_content_and_keep_their_shape() -> None:
    first, second = version_code("0" * 64, 1), version_code("1" * 64, 1)
    assert first != second
    assert version_code("0" * 64, 2).endswith("-02")
    assert len(first) == 7
    assert not set(first[:4]) & set("01IOil")
