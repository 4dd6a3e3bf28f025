"""Two beats at once, and sealers beside people who act: each thing happens once, the chain has no gap."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db.models import Count

from investreview.core.clock import legal_date
from investreview.demo import hands
from investreview.journal.heads import read_heads
from investreview.journal.models import Seal, Unsealed
from investreview.journal.services import seal, verify
from investreview.notices.models import Notice
from investreview.projects.models import Case
from investreview.projects.services import checking, countersigning, deciding
from tests.concurrency import acts
from tests.concurrency.acts import open_steps, times_in_journal
from tests.concurrency.crowd import at_once, codes
from tests.workflows.test_chain import LONG_CHAIN
from tests.world import World, drive, found_world, later
from workflows.models import Escalation, WorkItem
from workflows.tasks import sweep

pytestmark = pytest.mark.both_databases


def _two_beats(day: int) -> None:
    """Two beats sweep the same moment; nothing is left for a third."""
    at_once([partial(sweep, later(day))] * 2)
    assert sweep(later(day)) == 0


def test_two_beats_remind_and_escalate_once(world: World) -> None:
    case = drive(world, "checked")
    _two_beats(20)
    told = Escalation.objects.filter(case=case).values("item", "level", "clock").annotate(times=Count("pk"))
    assert {line["times"] for line in told} == {1}
    assert {(line["level"], line["clock"]) for line in told} >= {
        ("REMINDED", "STEP"),
        ("HEAD", "STEP"),
        ("LEADER", "STEP"),
    }
    assert times_in_journal(case, "case.escalate") == Escalation.objects.count()
    reminder = Escalation.objects.get(level="REMINDED", clock="STEP")
    notices = Notice.objects.filter(dedupe_key=f"escalation:{reminder.pk}").values_list("user__username", flat=True)
    assert sorted(notices) == ["lyg.deputy", "lyg.deputy2"]


def _deferred(world: World) -> Case:
    case = drive(world, "checked")
    hands.act(case, "sign", world.deputy, deciding.defer, later(8), reason="等待批复。", until=date(2024, 7, 20))
    return case


def test_two_beats_resume_a_deferred_case_once(world: World) -> None:
    case = _deferred(world)
    assert open_steps(case) == [("deferral", "")]
    _two_beats(19)
    assert (open_steps(case), hands.fresh(case).state) == ([("sign", "")], "REVIEWING")
    assert times_in_journal(case, "case.resume") == 1
    assert WorkItem.objects.filter(case=case, node="sign", state=WorkItem.State.OPEN).count() == 1


def test_the_officer_and_a_beat_resume_one_case_once(world: World) -> None:
    case = _deferred(world)
    resume = acts.performing(case, "deferral", world.officer, deciding.resume)
    person, _beat = at_once([resume, partial(sweep, later(19))])
    assert codes([person]) in ({"done": 1}, {"workflows_done_by_other": 1})
    assert (open_steps(case), times_in_journal(case, "case.resume")) == ([("sign", "")], 1)


def test_two_beats_return_an_unanswered_supplement_once(world: World) -> None:
    case = drive(world, "released")
    asked = (checking.SupplementItem("M07", "请补充。"),)
    hands.act(case, "check_completeness", world.officer, checking.request_supplement, later(3), items=asked)
    due_on = hands.fresh(case).supplement_due_on
    assert due_on is not None
    _two_beats((due_on - legal_date(later(0))).days + 1)
    assert (hands.fresh(case).state, open_steps(case)) == ("RETURNED", [])
    assert times_in_journal(case, "case.return") == 1


def test_two_beats_close_an_unanswered_consultation_once(file_database: str) -> None:
    case = drive(found_world(rules=LONG_CHAIN), "checked")
    _two_beats(15)
    assert open_steps(case) == [("wording", "")]
    assert sorted(line["office"] for line in hands.fresh(case).unanswered) == ["CW", "FG"]


def test_an_office_that_answers_as_its_time_ends_is_counted_once(file_database: str) -> None:
    world = found_world(rules=LONG_CHAIN)
    case = drive(world, "checked")
    answer = acts.performing(
        case, "countersign", world.law, countersigning.countersign, office="FG", outcome="NO_OBJECTION", text="无异议。"
    )
    at_once([answer, partial(sweep, later(15))])
    present = hands.fresh(case)
    unanswered = [line["office"] for line in present.unanswered]
    answered = list(present.opinions.filter(role="COUNTERSIGNER").values_list("office", flat=True))
    assert sorted(unanswered + answered) == ["CW", "FG"]
    assert open_steps(case) == [("wording", "")]


def test_sealers_beside_people_who_act_leave_no_gap(world: World, heads_log: Path) -> None:
    cases = [drive(world, "checked", key=str(n), name=f"改造项目{n}（示例）") for n in range(3)]
    at_once([*(acts.signing(case, world.deputy) for case in cases), *[partial(seal, limit=5)] * 3])
    seal()
    report = verify("LYG", read_heads(heads_log))
    assert (report.is_whole, report.unsealed_count, Unsealed.objects.count()) == (True, 0, 0)
    seals = list(Seal.objects.filter(chain="LYG").order_by("seq").values_list("seq", flat=True))
    assert seals == list(range(1, len(seals) + 1))
    assert report.checked_count == len(seals)
