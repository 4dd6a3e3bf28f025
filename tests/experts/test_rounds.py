"""There is no redraw: another panel needs the leader's written reason, or a failure that was revised."""

import pytest

from experts.models import Panel, Seat
from experts.services import rounds
from experts.services.rounds import REVISED, void_panel
from experts.states import PanelState, SeatState
from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.draws.kinds import DrawOutcome, DrawState
from investreview.draws.models import Draw
from investreview.draws.selectors import verdict
from investreview.notices.models import Notice
from investreview.projects.models import ClockStop
from investreview.projects.services.checking import confirm_completeness
from investreview.projects.services.common import lock_case
from investreview.projects.services.panels import ask_revision
from investreview.projects.services.releases import hand_over, release, withdraw
from investreview.projects.states import CaseState, PanelConclusion
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, hall, refused, scan
from tests.world import later

REASON = "候补不足，另行组织（示例）"


def withdraw_case(there: Hall) -> None:
    """The group takes its case back; the engine ends the panel in the same transaction."""
    withdraw(
        acting=there.by("group_releaser"),
        case_id=there.case.pk,
        version=there.fresh().version,
        reason="项目暂停（示例）",
        at=there.tick(),
    )
    void_panel(lock_case(there.case.pk), "企业撤回办件", there.now)


def revise(there: Hall) -> None:
    """After the failure: the officer asks, the group hands in anew, the officer confirms."""
    ask_revision(
        acting=there.by("officer"),
        case_id=there.case.pk,
        version=there.fresh().version,
        reason="按论证意见修改（示例）",
        at=there.tick(),
    )
    hands.replace_material(there.case, there.world.group_drafter, "M05", there.tick())
    case = there.fresh()
    drafter = there.by("group_drafter")
    hand_over(acting=drafter, case_id=case.pk, version=case.version, at=there.tick())
    releaser = there.by("group_releaser")
    release(acting=releaser, case_id=case.pk, version=there.fresh().version, at=there.tick())
    officer = there.by("officer")
    confirm_completeness(acting=officer, case_id=case.pk, version=there.fresh().version, at=there.tick())


def fail(there: Hall) -> None:
    sittings.to_concluded(there, final=lambda place: {"total": 50})


def test_after_a_failure_the_revised_case_has_a_panel_without_the_old_members(there: Hall) -> None:
    fail(there)
    old = sittings.experts_of(there)
    assert there.fresh().panel_conclusion == PanelConclusion.FAIL
    revise(there)
    assert there.fresh().awaits_panel
    second = ceremonies.freeze(there, meets_at=later(40, 14))
    assert (second.round, second.round_reason) == (2, REVISED)
    assert (second.draw.subject_key, second.draw.round) == (f"{there.case.number}-R1", 1)
    assert set(second.exclusions.values_list("expert", "code")) == {(one.pk, "EARLIER_PANEL") for one in old}
    ceremonies.announce(there)
    ceremonies.enter_numbers(there)
    ceremonies.draw(there)
    new = {seat.expert for seat in ceremonies.reveal_all(there)}
    assert (len(new), new & old) == (5, set())
    stops = ClockStop.objects.filter(case=there.case).order_by("pk")
    assert [(stop.reason, stop.until_on is None) for stop in stops] == [
        ("PANEL", False),
        ("SUPPLEMENT", False),
        ("PANEL", True),
    ]


def test_a_passed_case_has_no_second_panel(there: Hall) -> None:
    sittings.to_concluded(there)
    assert refused(ceremonies.freeze, there) == "experts_panel_not_due"


def test_a_failed_case_has_no_second_panel_before_it_is_revised(there: Hall) -> None:
    fail(there)
    assert refused(ceremonies.freeze, there) == "experts_panel_not_due"


def test_a_new_round_needs_the_leaders_reason_and_document(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal_all(there)
    assert refused(ceremonies.order_round, there, " ") == "projects_reason_needed"
    ceremonies.order_round(there, REASON)
    first = there.panel
    assert (first.state, first.void_reason, first.voided_by) == (PanelState.VOID, REASON, there.world.deputy)
    assert (first.draw.state, first.draw.outcome) == (DrawState.CLOSED, DrawOutcome.FAILED)
    assert verdict(first.draw) == []
    assert set(Seat.objects.filter(panel=first).values_list("state", flat=True)) == {SeatState.CANCELLED}
    assert Notice.objects.filter(dedupe_key__endswith=":cancelled").count() == 5
    second = ceremonies.freeze(there, round_reason=REASON)
    assert (second.round, second.round_reason, second.draw.round) == (2, REASON, 2)
    assert (second.draw.round_reason, second.draw.round_leader) == (REASON, there.world.deputy)
    assert first.void_document is not None
    assert second.draw.round_document_sha256 == first.void_document.sha256


def test_a_reason_that_the_leader_did_not_record_is_refused(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.order_round(there, REASON)
    with pytest.raises(DomainError) as caught:
        ceremonies.freeze(there, round_reason="人选不理想")
    assert (caught.value.code, caught.value.facts) == ("experts_round_reason_differs", {"recorded": REASON})
    assert ceremonies.freeze(there).round_reason == REASON


@pytest.mark.parametrize("who", ["director", "head", "officer", "draw_operator", "draw_supervisor", "group_releaser"])
def test_only_the_deputy_director_orders_another_round(there: Hall, who: str) -> None:
    ceremonies.to_drawn(there)
    code = refused(
        rounds.order_new_round,
        acting=there.by(who),
        case_id=there.case.pk,
        version=None,
        reason=REASON,
        document=scan(),
        at=there.tick(),
    )
    assert code == "projects_role_missing"


def test_without_a_running_panel_there_is_nothing_to_order_anew(there: Hall) -> None:
    assert refused(ceremonies.order_round, there) == "experts_no_running_panel"


def test_a_panel_ends_with_its_withdrawn_case(there: Hall) -> None:
    sittings.to_scoring(there)
    withdraw_case(there)
    panel = there.panel
    assert (panel.state, panel.void_reason, panel.voided_by) == (PanelState.VOID, "企业撤回办件", None)
    assert (panel.draw.outcome, there.fresh().state) == (DrawOutcome.FAILED, CaseState.WITHDRAWN)
    assert set(Seat.objects.filter(panel=panel).values_list("state", flat=True)) == {SeatState.CANCELLED}
    assert ClockStop.objects.filter(case=there.case, until_on__isnull=True).count() == 0
    assert refused(ceremonies.freeze, there) == "projects_not_allowed_in_state"


def test_a_case_without_a_panel_is_withdrawn_as_ever(there: Hall) -> None:
    withdraw_case(there)
    assert (Panel.objects.count(), there.fresh().state) == (0, CaseState.WITHDRAWN)


def test_a_freeze_that_was_never_announced_is_withdrawn_by_the_next(there: Hall) -> None:
    ceremonies.freeze(there)
    ceremonies.order_round(there, REASON)
    assert there.panel.draw.state == DrawState.FROZEN
    second = ceremonies.freeze(there)
    assert list(Draw.objects.order_by("pk").values_list("state", "round")) == [("WITHDRAWN", 1), ("FROZEN", 1)]
    assert (second.round, second.round_reason) == (2, REASON)


def test_an_announced_draw_is_drawn_before_the_chain_goes_on(there: Hall) -> None:
    ceremonies.freeze(there)
    ceremonies.announce(there)
    ceremonies.order_round(there, REASON)
    assert refused(ceremonies.freeze, there) == "experts_ceremony_unfinished"
    finish = {"acting": there.by("draw_supervisor"), "case_id": there.case.pk}
    assert refused(rounds.finish_void_draw, **finish, at=there.tick()) == "experts_no_void_draw"
    ceremonies.enter_numbers(there)
    assert refused(ceremonies.freeze, there) == "experts_ceremony_unfinished"
    operator = {"acting": there.by("draw_operator"), "case_id": there.case.pk}
    assert refused(rounds.finish_void_draw, **operator, at=there.tick()) == "projects_role_missing"
    rounds.finish_void_draw(**finish, at=there.tick())
    assert (there.panel.draw.outcome, verdict(there.panel.draw)) == (DrawOutcome.FAILED, [])
    assert refused(rounds.finish_void_draw, **finish, at=there.tick()) == "experts_no_void_draw"
    assert ceremonies.freeze(there).draw.round == 2


def test_another_case_has_rounds_of_its_own(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.order_round(there, REASON)
    second = hall(there.world, key="second")
    second.now = there.now
    assert ceremonies.freeze(second).draw.round == 1
