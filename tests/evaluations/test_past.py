"""Projects decided on paper before the system: they count once their batch is accepted, and are marked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from investreview.documents.contents import SampleNotice as NoticeContent
from investreview.evaluations.frame import frame_of
from investreview.evaluations.models import Due
from investreview.evaluations.records import records
from investreview.evaluations.selectors.due import project_of_code, projects_found
from investreview.evaluations.services.finding import Found, find_due
from investreview.evaluations.services.notices import draft_notices
from investreview.projects.models import Backfill, PastDecision, Project
from investreview.projects.past.rules import number_key
from investreview.projects.permissions import scope_of
from tests import world as worlds
from tests.evaluations.house import AT, acting, announced, happened, numbered, opened
from tests.world import World


def backfilled(world: World, name: str, *, state: str = "ACCEPTED", **changes: Any) -> PastDecision:
    """A project of the office's ledger, entered by one and, where accepted, checked by another."""
    batch = Backfill.objects.create(
        commission=world.commission,
        source="FORM",
        state=state,
        creation_key=f"batch-{name}",
        entered_by=world.officer,
        entered_at=AT,
        checked_by=world.officer2 if state == "ACCEPTED" else None,
        checked_at=AT if state == "ACCEPTED" else None,
    )
    project = Project.objects.create(
        commission=world.commission,
        enterprise=world.group,
        path=world.group.path,
        name=name,
        origin=Project.Origin.BACKFILLED,
        creation_key=f"past-{name}",
        created_by=world.officer,
        created_at=worlds.FOUNDED_AT,
    )
    number = f"连国资备〔2021〕{project.pk}号"
    told: dict[str, Any] = {
        "number": number,
        "number_key": number_key(number),
        "kind": "FIXED_ASSET",
        "nature": "MAIN",
        "route": "FILING",
        "outcome": "FILED",
        "amount_yuan": Decimal("20000000.00"),
        "decided_on": date(2021, 3, 1),
        "signer": "张××",
        "completed_on": date(2022, 5, 1),
    }
    return PastDecision.objects.create(
        backfill=batch,
        ordinal=1,
        project=project,
        commission=world.commission,
        enterprise=world.group,
        group=world.group,
        path=world.group.path,
        **(told | changes),
    )


def dues(world: World) -> list[tuple[str, date]]:
    find_due(world.commission, at=AT)
    return sorted((due.reason, due.due_on) for due in Due.objects.filter(dropped_at__isnull=True))


@pytest.mark.parametrize("state", ["CLEAN", "STORING", "WAITING"])
def test_a_batch_that_is_not_accepted_does_not_count(world: World, state: str) -> None:
    past = backfilled(world, "补录（示例）", state=state)
    assert find_due(world.commission, at=AT) == Found()
    assert records([past.project_id]) == {}


def test_an_accepted_one_is_due_like_any_other(world: World) -> None:
    backfilled(world, "补录（示例）")
    assert dues(world) == [("FIXED_ASSET", date(2023, 5, 1))]


def test_a_refused_one_never_is(world: World) -> None:
    past = backfilled(world, "不予备案（示例）", outcome="REFUSED", completed_on=None)
    happened(world, past.project, "TERMINATED", date(2023, 1, 1))
    assert dues(world) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"completed_on": None, "commissioned_on": date(2022, 7, 1)}, [("FIXED_ASSET", date(2023, 7, 1))]),
        (
            {"completed_on": date(2022, 9, 1), "commissioned_on": date(2022, 7, 1)},
            [("FIXED_ASSET", date(2023, 7, 1))],
        ),
        (
            {"kind": "EQUITY", "completed_on": None, "commissioned_on": date(2022, 7, 1)},
            [("EQUITY", date(2024, 1, 1))],
        ),
        (
            {"route": "ACQUISITION", "completed_on": None, "commissioned_on": date(2022, 7, 1)},
            [("ACQUISITION", date(2024, 1, 1))],
        ),
        ({"completed_on": None}, []),
        (
            {"actual_yuan": Decimal("24000000.00")},
            [("FIXED_ASSET", date(2023, 5, 1)), ("OVER_BUDGET", date(2022, 5, 1))],
        ),
        ({"actual_yuan": Decimal("23999999.99")}, [("FIXED_ASSET", date(2023, 5, 1))]),
    ],
)
def test_the_ledger_s_columns_tell_the_course(
    world: World, changes: dict[str, Any], expected: list[tuple[str, date]]
) -> None:
    backfilled(world, "补录（示例）", **changes)
    assert dues(world) == expected


def test_a_milestone_entered_later_stands_before_the_ledger(world: World) -> None:
    past = backfilled(world, "补录（示例）", actual_yuan=Decimal("24000000.00"))
    happened(world, past.project, "ACCEPTED", date(2022, 8, 1))
    happened(world, past.project, "COST", date(2022, 9, 1), actual="20000000.00")
    assert dues(world) == [("FIXED_ASSET", date(2023, 8, 1))]


@pytest.mark.parametrize(("route", "rule"), [("ACQUISITION", "ACQUISITION"), ("SPECIAL_REVIEW", "SPECIAL")])
def test_the_route_of_then_makes_it_mandatory(world: World, route: str, rule: str) -> None:
    backfilled(world, "补录（示例）", route=route, commissioned_on=date(2021, 5, 1))
    entry = frame_of(opened(world), AT.date())[0]
    assert [pick.rule for pick in entry.picks] == [rule]
    assert entry.is_backfilled


def test_it_is_marked_in_the_notice(world: World) -> None:
    past = backfilled(world, "补录（示例）")
    year = numbered(world, announced(world))
    row = year.rows.get()
    assert (row.code, row.project) == (past.number, past.project)
    notice = draft_notices(acting=acting(world.evaluation_officer), year_id=year.pk, at=AT)[0]
    content = notice.document.versions.latest("ordinal").parsed
    assert isinstance(content, NoticeContent)
    assert [one.name for one in content.attachment.projects] == ["补录（示例）（补录）"]


def test_it_is_found_by_its_old_number_however_written(world: World) -> None:
    past = backfilled(world, "补录（示例）")
    officer = scope_of(world.evaluation_officer, AT)
    for typed in (past.number, past.number.replace("〔", "[").replace("〕", "]"), f" {past.number} "):
        assert project_of_code(officer, typed) == past.project_id
    assert project_of_code(scope_of(world.officer, AT), past.number) is None
    assert [(one.name, one.is_backfilled) for one in projects_found(officer, "补录")] == [("补录（示例）", True)]
    assert projects_found(scope_of(world.draw_operator, AT), "补录") == ()
