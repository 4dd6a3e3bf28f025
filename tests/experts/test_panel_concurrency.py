"""Two people at once on one seat, one place, one draw: exactly one effect, and each is told the truth."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from experts.models import Departure, OpinionSignature, Panel, ScoreSheet, Seat
from experts.services import ceremony, invitations, opinions, paper_sheets, rounds, sheets
from experts.services.departures import Reason
from experts.states import PanelState, ParticipationMode, SeatState, SheetState
from investreview.accounts.selectors import scope_of
from investreview.draws.kinds import Reader
from investreview.journal.models import Entry
from investreview.projects.services.common import lock_case
from tests.concurrency.crowd import at_once, codes
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, hall, scan
from tests.experts.pool import found_pool
from tests.world import found_world

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def heads_log(settings: Any, tmp_path: Path) -> None:
    settings.HEADS_LOG = tmp_path / "heads.log"


@pytest.fixture
def there(file_database: str) -> Hall:
    """In a database of the test's own, in which commits are real."""
    world = found_world()
    found_pool(world, 12)
    return hall(world)


def times(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def acting_at(there: Hall, who: Any, act: Callable[..., object], **facts: Any) -> Callable[[], object]:
    return partial(act, acting=there.by(who), case_id=there.case.pk, at=there.tick(), **facts)


def test_an_expert_confirms_while_declining(there: Hall) -> None:
    ceremonies.to_drawn(there)
    seat = ceremonies.reveal(there)
    own = {"user": seat.expert.user, "seat_id": seat.pk, "at": there.tick()}
    reason = Reason(SeatState.DECLINED, "另有安排（示例）")
    answers = at_once(
        [partial(invitations.confirm_own_seat, **own), partial(invitations.decline_own_seat, reason=reason, **own)]
    )
    seat.refresh_from_db()
    assert seat.state == SeatState.DECLINED  # whoever came first: a confirmed member may still decline
    assert set(codes(answers)) <= {"done", "experts_seat_left"}
    assert Departure.objects.filter(left_at__isnull=False).count() == 1


def test_eight_confirmations_confirm_once(there: Hall) -> None:
    ceremonies.to_drawn(there)
    seat = ceremonies.reveal(there)
    act = partial(invitations.confirm_own_seat, user=seat.expert.user, seat_id=seat.pk, at=there.tick())
    assert codes(at_once([act] * 8)) == {"done": 1, "experts_seat_confirmed": 7}
    assert (Seat.objects.get(pk=seat.pk).version, times("panel.confirm_seat")) == (2, 1)


def test_eight_signatures_on_one_sheet_sign_once(there: Hall) -> None:
    sittings.to_scoring(there)
    facts = {"version": None, "place": "1", "entry": sittings.entry(there)}
    act = acting_at(there, there.expert(1), sheets.sign_sheet, **facts)
    assert codes(at_once([act] * 8)) == {"done": 1, "experts_sheet_signed": 7}
    assert ScoreSheet.objects.filter(state=SheetState.SIGNED).count() == times("panel.sign_sheet") == 1


def test_five_members_sign_their_sheets_at_once(there: Hall) -> None:
    sittings.to_scoring(there)
    entry = sittings.entry(there)
    acts = [
        acting_at(there, there.expert(place), sheets.sign_sheet, version=None, place=place, entry=entry)
        for place in there.places()
    ]
    assert codes(at_once(acts)) == {"done": 5}
    assert ScoreSheet.objects.filter(state=SheetState.SIGNED).count() == 5


def test_all_members_sign_the_opinion_at_once_and_the_panel_concludes_once(there: Hall) -> None:
    sittings.to_opinion(there)
    acts = [
        acting_at(there, there.expert(place), opinions.sign_opinion, version=None, place=place)
        for place in there.places()
    ]
    assert codes(at_once(acts)) == {"done": 5}
    assert (there.panel.state, OpinionSignature.objects.count()) == (PanelState.CONCLUDED, 5)
    assert (times("panel.conclude"), times("case.conclude_panel"), times("draw.close")) == (1, 1, 1)


def test_two_secretaries_compare_and_reject_one_paper(there: Hall) -> None:
    ceremonies.to_drawn(there, mode=ParticipationMode.PAPER)
    for seat in ceremonies.reveal_all(there):
        ceremonies.confirm_by_telephone(there, seat.place)
    ceremonies.close_invitations(there)
    sittings.declare(there, 1, on_paper=True)
    sittings.enter_paper(there, 1)
    answers = at_once(
        [
            acting_at(there, "panel_secretary2", paper_sheets.compare_sheet, version=None, place="1"),
            acting_at(there, "panel_secretary2", paper_sheets.reject_sheet, place="1", reason="不符（示例）"),
        ]
    )
    assert codes(answers) == {"done": 1, "experts_nothing_to_compare": 1}
    assert times("panel.sign_sheet") + times("panel.reject_sheet") == 1


def test_one_case_is_frozen_once(there: Hall) -> None:
    act = acting_at(there, "draw_operator", ceremony.freeze_panel, version=None, setup=ceremonies.setup())
    assert codes(at_once([act] * 4)) == {"done": 1, "experts_panel_running": 3}
    assert (Panel.objects.count(), times("draw.freeze"), times("panel.freeze")) == (1, 1, 1)


def test_numbers_are_entered_outside_any_transaction_and_make_one_panel(there: Hall) -> None:
    ceremonies.freeze(there)
    ceremonies.announce(there)
    user = there.world.draw_supervisor
    numbers = {
        "user": user,
        "scope": scope_of(user, there.now),
        "case_id": there.case.pk,
        "fingerprint_tail": there.panel.draw.request_hash[-8:],
        "numbers": ceremonies.DIGITS,
        "read_by": Reader.WITNESS,
        "at": there.tick(),
    }
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ceremony.enter_panel_numbers(**numbers)
    assert codes(at_once([partial(ceremony.enter_panel_numbers, **numbers)] * 4)) == {"done": 4}
    act = acting_at(there, "draw_supervisor", ceremony.draw_panel, version=None)
    assert codes(at_once([act] * 4)) == {"done": 1, "experts_not_allowed_in_panel_state": 3}
    assert (times("draw.enter_numbers"), times("draw.conclude")) == (1, 1)
    assert there.panel.draw.members.count() == 5


def test_a_round_is_ordered_while_the_case_is_withdrawn(there: Hall) -> None:
    ceremonies.to_drawn(there)

    def end_with_the_case() -> None:
        with transaction.atomic():
            rounds.void_panel(lock_case(there.case.pk), "企业撤回办件", there.now)

    order = acting_at(
        there, "deputy", rounds.order_new_round, version=None, reason="另行组织（示例）", document=scan("批示（示例）")
    )
    answers = codes(at_once([order, end_with_the_case]))
    assert answers["done"] in (1, 2) and set(answers) <= {"done", "experts_no_running_panel"}
    assert (Panel.objects.count(), there.panel.state, times("panel.void"), times("draw.close")) == (
        1,
        PanelState.VOID,
        1,
        1,
    )
