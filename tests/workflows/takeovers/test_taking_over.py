"""A case under way on paper goes on here: at every step, with its days, by two people, and then as every case."""

from datetime import date
from typing import Any

import pytest

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import noon
from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.documents.models import Document, IssuedNumber, Rendition
from investreview.documents.services import start_series
from investreview.journal.models import Entry
from investreview.projects.models import Case, Project
from investreview.projects.papers import approval_sheet
from investreview.projects.selectors import clock_of, measured_cases, visible_cases
from investreview.projects.services.checking import SupplementItem, request_supplement
from tests.desk.people import browser
from tests.workflows.takeover_forms import CHECK, PANEL, entered, panel_steps, step, taken_over
from tests.world import FOUNDER, START, World, later
from workflows.corrections import withdraw_signature
from workflows.engine import perform, recall
from workflows.models import WorkItem
from workflows.selectors import open_items


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def waiting(case: Case) -> list[tuple[str, str, str]]:
    """Node, role and office of every open step."""
    return [(item.node, item.role, item.office) for item in open_items(case).order_by("office")]


def test_a_case_goes_on_with_the_officers_opinion(world: World) -> None:
    case = taken_over(world)

    assert (case.state, case.route, case.round, case.officer) == ("REVIEWING", "FILING", 0, world.officer)
    assert waiting(case) == [("opinion", "CASE_OFFICER", "")]
    assert open_items(case).get().assignee == world.officer
    assert (case.project.origin, case.project.name) == (Project.Origin.IN_FLIGHT, "在途改造项目（示例）")
    assert (case.released_at, case.complete_at) == (noon(date(2024, 6, 19)), noon(date(2024, 6, 21)))
    assert case.incoming_papers.get().register_number == "收2024-118"


@pytest.mark.parametrize(
    "at, done, node",
    [
        ("check", 0, ("check", "OFFICE_HEAD", "")),
        ("sign", 1, ("sign", "DEPUTY_DIRECTOR", "")),
    ],
)
def test_a_filing_goes_on_at_every_step_of_its_chain(world: World, at: str, done: int, node: tuple[str, ...]) -> None:
    steps = step(1, "check", world.head, "2024-06-25") if done else {}
    case = taken_over(world, step=at, **CHECK, **steps)

    assert waiting(case) == [node]
    assert (case.round, case.chain_position, case.proposal) == (1, done, "FILE")
    assert case.head == (world.head if done else None)
    assert Document.objects.get(pk=case.letter_id).state == "DRAFT"


@pytest.mark.parametrize(
    "at, done, nodes",
    [
        ("check", 0, [("check", "OFFICE_HEAD", "")]),
        ("countersign", 1, [("countersign", "COUNTERSIGNER", office) for office in ("CQ", "CW", "FG")]),
        ("wording", 4, [("wording", "DOCUMENT_OFFICER", "")]),
        ("review", 5, [("check", "DEPUTY_DIRECTOR", "")]),
        ("sign", 6, [("sign", "DIRECTOR", "")]),
    ],
)
def test_a_second_review_goes_on_at_every_step_of_its_chain(
    world: World, at: str, done: int, nodes: list[tuple[str, ...]]
) -> None:
    fields = CHECK | PANEL | {"step": at, "complete_on": "2024-06-19"} | panel_steps(world, done)
    case = taken_over(world, **fields)
    case.refresh_from_db()

    assert waiting(case) == nodes
    assert (case.needs_panel, case.panel_conclusion, case.panels_begun) == (True, "CONDITIONAL", 1)
    assert case.panel_summary == {
        "held_on": "2024-06-20",
        "members_count": 5,
        "mean_hundredths": 8340,
        "conditions": ["落实用地", "控制负债"],
        "opinion_number": "论证〔2024〕3号",
        "members": ["专家甲", "专家乙", "专家丙", "专家丁", "专家戊"],
    }
    assert case.opinions.count() == done + 1


def test_a_signed_reply_waits_for_its_delivery_and_is_delivered(world: World) -> None:
    start_series(
        commission="LYG",
        series="HAN",
        year=2024,
        first=38,
        reason="纸面登记簿已编至第37号",
        scope=_scope(world.document_officer),
        actor=FOUNDER,
        at=START,
    )
    start_series(
        commission="LYG",
        series="BA",
        year=2024,
        first=8,
        reason="同上",
        scope=_scope(world.document_officer),
        actor=FOUNDER,
        at=START,
    )
    signed = {"document_number": "国资函〔2024〕37号", "filing_number": "BA2024-0007", "step": "deliver"}
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")
    case = taken_over(world, key="d", **(CHECK | signed | steps))

    assert (case.state, case.document_number, case.filing_number) == ("FILED", "国资函〔2024〕37号", "BA2024-0007")
    assert (case.signer, case.head, case.officer) == (world.deputy, world.head, world.officer)
    assert waiting(case) == [("deliver", "DOCUMENT_OFFICER", "")]
    letter = Document.objects.get(pk=case.letter_id)
    assert (letter.state, letter.number, letter.signer_name) == ("NUMBERED", "国资函〔2024〕37号", "deputy")
    assert not Rendition.objects.filter(document=letter).exists()
    assert "以签发件扫描件为准" in letter.issued_version.content
    assert set(IssuedNumber.objects.values_list("text", flat=True)) == {"国资函〔2024〕37号", "BA2024-0007"}

    page = browser(world.deputy).get(f"/cases/{case.number}/")
    assert (page.status_code, "撤回签发" in page.content.decode()) == (200, False), "signed on paper, not here"
    with pytest.raises(DomainError, match="workflows_nothing_to_withdraw"):
        withdraw_signature(record_id=case.pk, user=world.deputy, at=later(2), version=case.version, reason="误签")
    hands.deliver(case, world.document_officer, later(2))
    hands.acknowledge(case, world.group_releaser, later(3))
    case.refresh_from_db()
    assert case.acknowledged_at is not None
    assert waiting(case) == []


@pytest.mark.parametrize(("at", "done", "status"), [("check", 0, 404), ("countersign", 1, 200), ("sign", 6, 200)])
def test_an_office_reads_a_case_taken_over_once_it_was_asked(world: World, at: str, done: int, status: int) -> None:
    fields = CHECK | PANEL | {"step": at, "complete_on": "2024-06-19"} | panel_steps(world, done)
    case = taken_over(world, **fields)
    assert browser(world.law).get(f"/cases/{case.number}/").status_code == status


def _scope(user: User) -> Any:
    return scope_of(user, START)


def test_from_the_opinion_on_everything_is_as_it_always_is(world: World) -> None:
    case = taken_over(world)

    hands.propose(case, world.officer, later(1), risks=[])
    hands.check(case, world.head, later(2))
    hands.sign(case, world.deputy, later(3))
    hands.deliver(case, world.document_officer, later(4))
    hands.acknowledge(case, world.group_releaser, later(5))

    case.refresh_from_db()
    assert (case.state, waiting(case)) == ("FILED", [])
    assert case.filing_number == "BA2024-0001"
    nodes = WorkItem.objects.filter(case=case).order_by("id").values_list("node", "act")
    assert nodes[0] == ("taken_over", "take_over_case")
    assert [node for node, _act in nodes][1:] == ["opinion", "check", "sign", "deliver", "acknowledge"]


def test_the_clock_counts_the_stated_days(world: World) -> None:
    case = taken_over(world)

    reading = clock_of(case, date(2024, 7, 1))
    assert reading is not None
    assert (reading.limit, reading.used, reading.due_on) == (10, 5, date(2024, 7, 8))
    assert (case.elapsed_days, case.taken_over_on) == (4, date(2024, 6, 28))


def test_the_clock_of_a_signed_case_stands_at_the_stated_days(world: World) -> None:
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")
    numbers = {"document_number": "旧函〔2024〕3号", "filing_number": "旧备2024-3", "elapsed_days": "3"}
    case = taken_over(world, step="deliver", **(CHECK | steps | numbers))

    reading = clock_of(case, date(2024, 7, 10))
    assert reading is not None
    assert reading.used == 3
    assert not IssuedNumber.objects.exists()


def test_opinions_given_on_paper_stand_under_their_names_and_days(world: World) -> None:
    case = taken_over(world, step="sign", **CHECK, **step(1, "check", world.head, "2024-06-25", "同意"))

    rows = case.opinions.order_by("id").values_list("step", "author__full_name", "at", "decided_via", "text")
    assert list(rows) == [
        ("propose", "officer", noon(date(2024, 6, 24)), "TAKEN_OVER", "建议予以备案。"),
        ("check", "head", noon(date(2024, 6, 25), 1), "TAKEN_OVER", "同意"),
    ]


def test_the_approval_sheet_says_that_the_case_was_taken_over(world: World) -> None:
    case = taken_over(world, step="sign", **CHECK, **step(1, "check", world.head, "2024-06-25", "同意"))

    sheet = approval_sheet(case, code="X", on=date(2024, 7, 1))
    assert sheet.deadline == "全程\n7月8日（在途接续，截至2024-06-28已用4个工作日）"
    assert [(each.who, each.said_on) for each in sheet.opinions] == [
        ("经办 officer", date(2024, 6, 24)),
        ("处长 head", date(2024, 6, 25)),
    ]


def test_routing_stands_in_the_case_without_a_submission_and_outside_of_statistics(world: World) -> None:
    case = taken_over(world)

    record = case.routings.get()
    assert (record.occasion, record.submission, record.route, record.rule_set) == (
        "CONFIRMED",
        None,
        "FILING",
        case.rule_set,
    )
    assert not measured_cases(Case.objects.all()).exists()


def test_the_enterprise_sees_its_case_from_then_on(world: World, elsewhere: World) -> None:
    case = taken_over(world)

    readers = ("sub_drafter", "group_releaser", "sister_drafter", "other_drafter", "officer", "archivist")
    sees = {who: visible_cases(_scope(world.people[who])).filter(pk=case.pk).exists() for who in readers}
    assert sees == {
        "sub_drafter": True,
        "group_releaser": True,
        "sister_drafter": False,
        "other_drafter": False,
        "officer": True,
        "archivist": False,
    }
    assert not visible_cases(_scope(elsewhere.officer)).exists()


def test_two_people_stand_in_the_journal(world: World) -> None:
    case = taken_over(world)

    entry = Entry.objects.get(verb="case.take_over")
    assert (entry.subject_key, entry.actor_name, entry.facts["entered_by"]) == (case.number, "head", "officer2")
    assert (entry.facts["elapsed_days"], entry.facts["as_of_on"], len(entry.facts["scans"])) == (4, "2024-06-28", 1)
    assert Entry.objects.filter(verb="takeover.enter").count() == 1


def test_a_take_over_cannot_be_recalled(world: World) -> None:
    case = taken_over(world)
    item = WorkItem.objects.get(case=case, node="taken_over")

    with pytest.raises(DomainError, match="projects_recall_impossible"):
        recall(task_id=item.task_id, user=world.head, at=later(1))


def test_the_enterprise_may_be_asked_to_supplement_what_was_taken_over(world: World) -> None:
    case = taken_over(world)
    item = open_items(case).get()
    perform(
        task_id=item.task_id,
        user=world.officer,
        at=later(1),
        version=case.version,
        service=request_supplement,
        facts={"items": (SupplementItem("M01", "补交备案报告"),)},
    )

    case.refresh_from_db()
    assert case.state == "SUPPLEMENTING"
    assert waiting(case) == [("revise", "ENTERPRISE_DRAFTER", "")]
    assert clock_of(case, date(2024, 7, 8)).is_standing  # type: ignore[union-attr]


def test_five_working_days_are_as_many_as_went_by(world: World) -> None:
    assert taken_over(world, elapsed_days="5").elapsed_days == 5


def test_scans_of_the_case_file_are_kept(world: World) -> None:
    assert [paper.name for paper in entered(world, world.officer2).papers.all()] == ["案卷.pdf"]
