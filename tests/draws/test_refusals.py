"""What a ceremony refuses: the wrong person, the wrong step, the wrong input; and nothing is left of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible
from investreview.core.messages import sentence
from investreview.core.subject import Subject
from investreview.draws import services
from investreview.draws.kinds import DrawOutcome, DrawState, Reader
from investreview.draws.models import Draw, LogEntry
from investreview.draws.rules import ALLOWED, Source, Verb, is_allowed
from investreview.draws.terms import ExcludedRow, Leaver, ProjectRow, SampleRule, SeatRule
from investreview.journal.models import Entry
from tests.draws import house as acts
from tests.draws.house import AT, BALLS, PAPER, House

pytestmark = pytest.mark.django_db


def code_of(act: Callable[[], object]) -> str:
    """The error's code; nothing of the act is left, and its sentence can be said in both languages."""
    before = (Entry.objects.count(), LogEntry.objects.count(), list(Draw.objects.order_by("pk").values()))
    with pytest.raises(DomainError) as refused:
        act()
    after = (Entry.objects.count(), LogEntry.objects.count(), list(Draw.objects.order_by("pk").values()))
    assert after == before
    assert sentence(refused.value, "zh-hans") != sentence(refused.value, "en")
    return refused.value.code


# Who may do what. Everybody who may not read the draw at all is answered as if there were none.

EVERYBODY = ("operator", "witness", "secretary", "keeper", "head", "officer", "director", "auditor", "system_admin")
READERS = {"operator", "witness", "secretary", "head", "director", "auditor"}


def allowed_to(act: Callable[[str], object]) -> set[str]:
    """Who is not refused for who they are; the act itself may still be refused."""
    may = set()
    for who in EVERYBODY:
        try:
            act(who)
        except (Forbidden, NotVisible) as error:
            assert isinstance(error, NotVisible) == (who not in READERS), (who, error.code)
        except Invalid:
            may.add(who)
        else:
            may.add(who)
    return may


def test_only_the_operator_freezes(house: House) -> None:
    for who in set(EVERYBODY) - {"operator"}:
        assert code_of(lambda who=who: acts.freeze(house, **house.hand(who))) == "draws_operator_only"
        assert code_of(lambda who=who: acts.freeze_sample(house, **house.hand(who))) == "draws_operator_only"


def test_only_the_operator_announces_withdraws_and_asks(house: House) -> None:
    drawn = acts.freeze(house)
    assert allowed_to(lambda who: acts.announce(house, drawn, who=who)) == {"operator"}
    assert allowed_to(lambda who: services.withdraw_freeze(draw_pk=drawn.pk, reason="x", at=AT, **house.hand(who))) == {
        "operator"
    }
    assert allowed_to(lambda who: services.ask_reveal(draw_pk=drawn.pk, no=1, at=AT, **house.hand(who))) == {"operator"}
    assert allowed_to(
        lambda who: services.propose_wave(draw_pk=drawn.pk, left=[Leaver(1, "LEAVE", PAPER)], at=AT, **house.hand(who))
    ) == {"operator"}


def test_only_the_supervisor_enters_and_confirms(house: House) -> None:
    draw = acts.drawn(house)
    no = acts.present(draw)[0]
    assert allowed_to(lambda who: acts.enter(house, draw, who=who)) == {"witness"}
    services.ask_reveal(draw_pk=draw.pk, no=no, at=AT, **house.hand("operator"))
    assert allowed_to(lambda who: services.confirm_reveal(draw_pk=draw.pk, no=no, at=AT, **house.hand(who))) == {
        "witness"
    }
    wave = acts.propose(house, draw, no)
    assert allowed_to(lambda who: acts.record(house, wave, who=who)) == {"witness"}


def test_the_two_hands_and_the_secretary_close_and_disclose(house: House) -> None:
    draw = acts.drawn(house)
    close = {"outcome": DrawOutcome.COMPLETED, "at": AT}
    assert allowed_to(lambda who: services.close(draw_pk=draw.pk, **close, **house.hand(who))) == {
        "operator",
        "witness",
        "secretary",
    }
    assert allowed_to(lambda who: services.disclose(draw_pk=draw.pk, at=AT, **house.hand(who))) == {
        "operator",
        "witness",
        "secretary",
    }


def test_the_confidential_evidence_goes_to_the_hands_and_the_auditor_the_public_one_to_all_readers(
    house: House,
) -> None:
    draw = acts.failed(house, acts.drawn(house))
    assert allowed_to(lambda who: acts.export(house, draw, who=who)) == READERS
    assert allowed_to(lambda who: acts.export(house, draw, confidential=True, who=who)) == {
        "operator",
        "witness",
        "auditor",
    }


def test_people_of_another_commission_know_of_nothing(house: House) -> None:
    other = acts.found_house("XZ")
    frozen, drawn = acts.freeze(house), acts.drawn(house, subject=Subject("case", "2"))
    no = acts.present(drawn)[0]
    assert {
        code_of(lambda: acts.announce(other, frozen)),
        code_of(lambda: acts.enter(other, drawn)),
        code_of(lambda: services.ask_reveal(draw_pk=drawn.pk, no=no, at=AT, **other.hand("operator"))),
        code_of(lambda: acts.export(other, drawn)),
        code_of(lambda: services.withdraw_freeze(draw_pk=frozen.pk, reason="x", at=AT, **other.hand("operator"))),
        code_of(lambda: services.announce(draw_pk=0, at=AT, **house.hand("operator"))),
    } == {"draws_not_visible"}
    assert code_of(lambda: acts.freeze(house, commission=other.commission)) == "draws_operator_only"


def test_a_scope_of_somebody_else_is_a_fault_of_the_program(house: House) -> None:
    with pytest.raises(ValueError, match="somebody else"):
        acts.freeze(house, scope=house.scope("operator2"))


# Two people on every draw, whichever role else they hold.


def hold_both(house: House, who: str) -> dict[str, Any]:
    """The person with the grants of operator and supervisor, as if the rules of roles had failed."""
    scope = house.scope(who)
    grants = (*house.scope("operator").grants, *house.scope("witness").grants)
    return {"user": house.people[who], "scope": replace(scope, grants=grants)}


def test_whoever_froze_or_announced_does_not_witness(house: House) -> None:
    draw = acts.announce(house, acts.freeze(house), who="operator2")
    entering = {"fingerprint_tail": draw.request_hash[-8:], "numbers": BALLS, "read_by": Reader.WITNESS}
    for who in ("operator", "operator2"):
        both = hold_both(house, who)
        assert code_of(lambda both=both: services.enter_numbers(draw_pk=draw.pk, at=AT, **entering, **both)) == (
            "draws_two_people"
        )


def test_whoever_witnessed_does_not_operate_and_the_other_way_round(house: House) -> None:
    draw = acts.drawn(house)
    first, second = acts.present(draw)[:2]
    witness, operator = hold_both(house, "witness"), hold_both(house, "operator")
    asked = {"draw_pk": draw.pk, "no": first, "at": AT}
    assert code_of(lambda: services.ask_reveal(**asked, **witness)) == "draws_two_people"
    services.ask_reveal(**asked, **house.hand("operator2"))
    assert code_of(lambda: services.confirm_reveal(**asked, **operator)) == "draws_two_people"
    assert code_of(lambda: services.confirm_reveal(**asked, **hold_both(house, "operator2"))) == "draws_two_people"
    services.confirm_reveal(**asked, **house.hand("witness2"))
    again = {"draw_pk": draw.pk, "no": second, "at": AT}
    assert code_of(lambda: services.ask_reveal(**again, **hold_both(house, "witness2"))) == "draws_two_people"
    wave = acts.propose(house, draw, first)
    assert code_of(lambda: services.record_wave(wave_pk=wave.pk, at=AT, **operator)) == "draws_two_people"
    left = [Leaver(first, "LEAVE", PAPER)]
    services.cancel_wave(wave_pk=wave.pk, at=AT, **house.hand("operator"))
    assert code_of(lambda: services.propose_wave(draw_pk=draw.pk, left=left, at=AT, **witness)) == "draws_two_people"


# Each step in its state only.


def test_no_verb_leads_back_and_none_draws_again() -> None:
    states = [state.value for state in DrawState]
    table = {verb: [state for state in states if is_allowed(verb, state)] for verb in ALLOWED}
    at_work = ["DRAWN", "WAVE"]
    assert table == {
        Verb.WITHDRAW: ["FROZEN"],
        Verb.ANNOUNCE: ["FROZEN"],
        Verb.ENTER_NUMBERS: ["ANNOUNCED"],
        Verb.CONCLUDE: ["ENTROPY"],
        Verb.ASK_REVEAL: at_work,
        Verb.REVEAL: at_work,
        Verb.PROPOSE_WAVE: at_work,
        Verb.CANCEL_WAVE: at_work,
        Verb.COUNTERSIGN_WAVE: at_work,
        Verb.RECORD_WAVE: at_work,
        Verb.CLOSE: at_work,
        Verb.DISCLOSE: ["CLOSED", "INFEASIBLE"],
    }


def test_every_step_is_refused_in_every_other_state(house: House) -> None:
    steps: dict[str, Callable[[Draw], object]] = {
        "withdraw": lambda draw: services.withdraw_freeze(
            draw_pk=draw.pk, reason="笔误", at=AT, **house.hand("operator")
        ),
        "announce": lambda draw: acts.announce(house, draw),
        "conclude": lambda draw: acts.conclude(draw),
        "ask": lambda draw: services.ask_reveal(draw_pk=draw.pk, no=1, at=AT, **house.hand("operator")),
        "confirm": lambda draw: services.confirm_reveal(draw_pk=draw.pk, no=1, at=AT, **house.hand("witness")),
        "propose": lambda draw: acts.propose(house, draw, 1),
        "close": lambda draw: acts.close(house, draw),
        "disclose": lambda draw: services.disclose(draw_pk=draw.pk, at=AT, **house.hand("secretary")),
    }
    after_freeze = {"conclude", "ask", "confirm", "propose", "close", "disclose"}
    after_announcement = {"withdraw", "announce", *after_freeze}
    draw = acts.freeze(house)
    _all_refused(steps, draw, after_freeze)
    assert code_of(lambda: acts.enter(house, draw)) == "draws_not_allowed_in_state"
    _all_refused(steps, acts.announce(house, draw), after_announcement)
    acts.enter(house, draw)
    _all_refused(steps, draw, after_announcement - {"conclude"})
    acts.conclude(draw)
    _all_refused(steps, draw, {"withdraw", "announce", "disclose"})
    acts.failed(house, draw)
    _all_refused(steps, draw, after_announcement - {"conclude", "disclose"})
    services.disclose(draw_pk=draw.pk, at=AT, **house.hand("secretary"))
    _all_refused(steps, draw, after_announcement - {"conclude"})
    withdrawn = acts.freeze(house, subject=Subject("case", "2"))
    steps["withdraw"](withdrawn)
    _all_refused(steps, withdrawn, after_announcement)


def _all_refused(steps: dict[str, Callable[[Draw], object]], draw: Draw, names: set[str]) -> None:
    draw.refresh_from_db()
    codes = {name: code_of(lambda name=name: steps[name](draw)) for name in names}
    assert codes == dict.fromkeys(names, "draws_not_allowed_in_state")


# What is asked of the input.


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": [*acts.pool(), acts.pool()[0]]}, "draws_pool_id_twice"),
        ({"rows": [replace(acts.pool()[0], name=" "), *acts.pool()[1:]]}, "draws_row_incomplete"),
        ({"rows": [replace(acts.pool()[0], unit=""), *acts.pool()[1:]]}, "draws_row_incomplete"),
        ({"rows": [replace(acts.pool()[0], stable_id=""), *acts.pool()[1:]]}, "draws_row_incomplete"),
        ({"rows": [replace(acts.pool()[0], name="\ud800"), *acts.pool()[1:]]}, "draws_text_not_storable"),
        ({"rows": [replace(acts.pool()[0], spec=("\0",)), *acts.pool()[1:]]}, "draws_text_not_storable"),
        ({"seats": [SeatRule("*", 1), SeatRule("*", 2)]}, "draws_seats_twice"),
        ({"seats": [SeatRule("*", 0)]}, "draws_seats_none"),
        ({"seats": [SeatRule("*", 3), SeatRule("财务会计", -1)]}, "draws_seats_none"),
        ({"seats": []}, "draws_seats_none"),
        ({"unit_cap": 0}, "draws_cap"),
        ({"excluded": acts.excluded(3, 3)}, "draws_excluded_twice"),
        ({"excluded": acts.excluded(99)}, "draws_excluded_unknown"),
        ({"excluded": [ExcludedRow("E003", "", "HB-1")]}, "draws_row_incomplete"),
        ({"hash_name": "md6"}, "draws_hash_unknown"),
        ({"sources": []}, "draws_sources"),
        ({"sources": [Source("system", "x", 1, 0, 9)]}, "draws_sources"),
        ({"sources": [Source("a", "x", 0, 0, 9)]}, "draws_sources"),
        ({"sources": [Source("a", "x", 1, 9, 0)]}, "draws_sources"),
        ({"sources": [Source("a", "x", 1, 0, 9), Source("a", "y", 1, 0, 9)]}, "draws_sources"),
        ({"round": 2}, "draws_round_not_next"),
    ],
)
def test_a_pool_that_cannot_be_drawn_from_is_not_frozen(house: House, changes: dict[str, Any], code: str) -> None:
    assert code_of(lambda: acts.freeze(house, **changes)) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": []}, "draws_frame_empty"),
        ({"rows": [ProjectRow("X", "E", "B", 1, False)] * 2}, "draws_project_twice"),
        ({"rows": [ProjectRow("X", "", "B", 1, False)]}, "draws_row_incomplete"),
        ({"rule": SampleRule(0, 10, "cell_ceil")}, "draws_rule"),
        ({"rule": SampleRule(11, 10, "cell_ceil")}, "draws_rule"),
        ({"rule": SampleRule(3, 10, "by_hand")}, "draws_rule"),
        ({"hash_name": "md6"}, "draws_hash_unknown"),
    ],
)
def test_a_frame_that_cannot_be_sampled_is_not_frozen(house: House, changes: dict[str, Any], code: str) -> None:
    assert code_of(lambda: acts.freeze_sample(house, **changes)) == code


def test_a_shortage_is_told_exactly_before_the_freeze(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        acts.freeze(house, seats=[SeatRule("财务会计", 4), SeatRule("*", 1)])
    assert (refused.value.code, refused.value.facts) == (
        "draws_seats_short",
        {"seats": "财务会计", "need": 4, "have": 3},
    )
    acts.freeze(house, seats=[SeatRule("财务会计", 3), SeatRule("*", 1)])


def test_a_shortage_under_the_cap_is_told_exactly_before_the_freeze(house: House) -> None:
    rows = acts.pool(12, units=4)
    with pytest.raises(Invalid) as refused:
        acts.freeze(house, rows=rows, excluded=[], unit_cap=1, seats=[SeatRule("*", 5)])
    assert (refused.value.code, refused.value.facts) == (
        "draws_seats_short_under_cap",
        {"seats": "*", "need": 5, "have": 4, "cap": 1},
    )
    acts.freeze(house, rows=rows, excluded=[], unit_cap=1, seats=[SeatRule("*", 4)])


@pytest.mark.parametrize("tail", ["", "0" * 8, "x"])
def test_the_witness_compares_the_last_eight_digits_with_the_paper(house: House, tail: str) -> None:
    draw = acts.announced(house)
    entering = {"numbers": BALLS, "read_by": Reader.OPERATOR, "at": AT, **house.hand("witness")}

    def enter(typed: str) -> Draw:
        return services.enter_numbers(draw_pk=draw.pk, fingerprint_tail=typed, **entering)

    assert code_of(lambda: enter(tail)) == "draws_tail_differs"
    assert code_of(lambda: enter(draw.request_hash[-7:])) == "draws_tail_differs"
    right = draw.request_hash[-8:].upper()
    assert enter(f" {right[:4]} {right[4:]} ").state == "ENTROPY"


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        (BALLS[:-1], "draws_numbers_count"),
        ((*BALLS, 1), "draws_numbers_count"),
        ((), "draws_numbers_count"),
        ((*BALLS[:-1], 10), "draws_number_bounds"),
        ((*BALLS[:-1], -1), "draws_number_bounds"),
        ((*BALLS[:-1], True), "draws_number_bounds"),
        ((*BALLS[:-1], "1"), "draws_number_bounds"),
        ((*BALLS[:-1], 1.0), "draws_number_bounds"),
    ],
)
def test_exactly_ten_single_digits_are_entered(house: House, numbers: Any, code: str) -> None:
    draw = acts.announced(house)
    assert code_of(lambda: acts.enter(house, draw, numbers)) == code


def test_other_sources_are_spelled_after_their_own_rules(house: House) -> None:
    sources = [
        Source("lottery", "双色球第2024091期", 3, 1, 33, is_ascending=True),
        Source("dice", "两粒骰子", 2, 1, 6),
    ]
    draw = acts.announced(house, sources=sources)
    assert code_of(lambda: acts.enter(house, draw, (9, 1, 33, 7, 1))) == "draws_number_bounds"
    draw = acts.enter(house, draw, (9, 1, 33, 6, 1))
    assert bytes(draw.public_values).decode() == '[["lottery","1.9.33./"],["dice","6.1./"]]'
    assert acts.conclude(draw).state == "DRAWN"


def test_a_photograph_is_a_hash(house: House) -> None:
    draw = acts.announced(house)
    entering = {"fingerprint_tail": draw.request_hash[-8:], "numbers": BALLS, "read_by": Reader.WITNESS, "at": AT}
    hand = house.hand("witness")
    assert code_of(lambda: services.enter_numbers(draw_pk=draw.pk, photo_sha256="photo.jpg", **entering, **hand)) == (
        "draws_document_hash"
    )
    assert services.enter_numbers(draw_pk=draw.pk, photo_sha256=PAPER, **entering, **hand).photo_sha256 == PAPER


def test_the_evidence_stays_closed_until_the_draw_is(house: House) -> None:
    draw = acts.freeze(house)
    for step in (acts.announce, acts.enter):
        assert code_of(lambda: acts.export(house, draw)) == "draws_evidence_sealed"
        step(house, draw)
    acts.conclude(draw)
    assert code_of(lambda: acts.export(house, draw, confidential=True)) == "draws_evidence_sealed"


def test_completed_needs_every_name_failed_a_reason_and_infeasible_is_nobodys_choice(house: House) -> None:
    draw = acts.drawn(house)
    assert code_of(lambda: acts.close(house, draw)) == "draws_not_all_revealed"
    assert code_of(lambda: acts.close(house, draw, outcome=DrawOutcome.FAILED)) == "text_empty"
    assert code_of(lambda: acts.close(house, draw, outcome=DrawOutcome.INFEASIBLE)) == "draws_close_outcome"
    acts.reveal_all(house, draw)
    wave = acts.propose(house, draw, acts.present(draw)[0])
    assert code_of(lambda: acts.close(house, draw)) == "draws_wave_waits"
    services.cancel_wave(wave_pk=wave.pk, at=AT, **house.hand("witness"))
    assert acts.close(house, draw).outcome == "COMPLETED"
