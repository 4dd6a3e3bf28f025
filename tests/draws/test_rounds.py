"""There is no redraw: one draw a round, another round only after a failed one with a leader's reason."""

from dataclasses import replace

import pytest

from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.draws import services
from investreview.draws.models import Draw
from tests.draws import house as acts
from tests.draws.house import AT, House, minutes

pytestmark = pytest.mark.django_db


def code_of_freeze(house: House, **changes: object) -> str:
    count = Draw.objects.count()
    with pytest.raises(Invalid) as refused:
        acts.freeze(house, **changes)
    assert Draw.objects.count() == count
    return refused.value.code


def test_a_round_is_frozen_once(house: House) -> None:
    acts.freeze(house)
    assert code_of_freeze(house) == "draws_already_drawn"


def test_another_purpose_another_subject_and_another_commission_have_their_own_rounds(house: House) -> None:
    acts.freeze(house)
    acts.freeze(house, purpose="TEAM")
    acts.freeze(house, subject=Subject("case", "LYG-2024-0010"))
    acts.freeze(house, subject=Subject("inspection", acts.SUBJECT.key))
    acts.freeze(acts.found_house("XZ"))
    assert Draw.objects.filter(round=1).count() == 5


def test_a_freeze_withdrawn_before_the_request_leaves_its_row_and_no_gap(house: House) -> None:
    first = acts.freeze(house)
    withdrawn = services.withdraw_freeze(
        draw_pk=first.pk, reason="漏列回避。", at=minutes(1), **house.hand("operator2")
    )
    assert (withdrawn.state, withdrawn.withdrawal_reason, withdrawn.withdrawn_by) == (
        "WITHDRAWN",
        "漏列回避。",
        house.operator2,
    )
    again = acts.announce(house, acts.freeze(house))
    assert (again.seq, again.number, Draw.objects.count()) == (1, "LYG-CQ-2024-0001", 2)


def test_what_was_announced_is_never_withdrawn(house: House) -> None:
    draw = acts.announced(house)
    with pytest.raises(Invalid) as refused:
        services.withdraw_freeze(draw_pk=draw.pk, reason="后悔。", at=AT, **house.hand("operator"))
    assert refused.value.code == "draws_not_allowed_in_state"


@pytest.mark.parametrize("step", ["frozen", "announced", "drawn", "completed"])
def test_no_round_follows_one_that_has_not_failed(house: House, step: str) -> None:
    {"frozen": acts.freeze, "announced": acts.announced, "drawn": acts.drawn, "completed": acts.closed}[step](house)
    assert code_of_freeze(house, round=2, round_reason=acts.another_round(house)) == "draws_round_not_failed"


def test_a_round_after_a_failed_one_needs_a_leader_a_reason_and_its_document(house: House) -> None:
    acts.failed(house, acts.drawn(house))
    reason = acts.another_round(house)
    assert code_of_freeze(house, round=2) == "draws_round_reason_needed"
    assert code_of_freeze(house, round=2, round_reason=replace(reason, text=" ")) == "text_empty"
    assert code_of_freeze(house, round=2, round_reason=replace(reason, leader=house.head)) == "draws_round_leader"
    assert code_of_freeze(house, round=2, round_reason=replace(reason, document_sha256="")) == "draws_document_hash"
    assert code_of_freeze(house, round=1, round_reason=reason) == "draws_already_drawn"
    assert code_of_freeze(house, round=3, round_reason=reason) == "draws_round_not_next"
    second = acts.freeze(house, round=2, round_reason=reason)
    assert (second.round, second.round_reason, second.round_leader) == (2, reason.text, house.director)


def test_a_leader_of_another_commission_decides_nothing_here(house: House) -> None:
    acts.failed(house, acts.drawn(house))
    reason = replace(acts.another_round(house), leader=acts.found_house("XZ").director)
    assert code_of_freeze(house, round=2, round_reason=reason) == "draws_round_leader"


def test_the_first_round_takes_no_reason(house: House) -> None:
    assert code_of_freeze(house, round_reason=acts.another_round(house)) == "draws_first_round_has_no_reason"


def test_a_round_that_could_not_be_filled_may_be_followed(house: House) -> None:
    draw = acts.drawn(house, rows=acts.pool(5), excluded=[])
    acts.reveal_all(house, draw)
    assert not acts.replace(house, draw, acts.present(draw)[0]).is_filled
    reason = acts.another_round(house)
    assert acts.freeze(house, round=2, round_reason=reason).state == "FROZEN"


def test_a_disclosed_failure_may_be_followed_too(house: House) -> None:
    draw = acts.failed(house, acts.drawn(house))
    services.disclose(draw_pk=draw.pk, at=minutes(70), **house.hand("operator"))
    assert acts.freeze(house, round=2, round_reason=acts.another_round(house)).round == 2
