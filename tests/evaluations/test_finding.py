"""The nightly job: the same set whatever day it runs, how often, or from how many beats; over the new year too."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from investreview.core.clock import SHANGHAI
from investreview.evaluations import tasks
from investreview.evaluations.models import Due
from investreview.evaluations.services.finding import PIECE, Found, find_due
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.services.milestones import withdraw_milestone
from investreview.registry.services import found_commission
from tests.evaluations.house import AT, acting, finished, found_house, happened, opened
from tests.world import FOUNDED_AT, FOUNDER, World

Row = tuple[str, str, date, date | None, bool]


def at(year: int, month: int, day: int, hour: int = 2) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def rows() -> set[Row]:
    return {
        (due.project.name, due.reason, due.due_on, due.late_on, due.dropped_at is None)
        for due in Due.objects.select_related("project")
    }


def portfolio(world: World) -> None:
    """Projects that come due on days around the new year of 2025."""
    finished(world, "早建成（示例）", accepted=date(2022, 6, 30))
    finished(world, "除夕满期（示例）", accepted=date(2023, 12, 31))
    finished(world, "元旦满期（示例）", accepted=date(2024, 1, 1))
    equity = finished(world, "股权（示例）", kind="EQUITY", accepted=None)
    happened(world, equity, "CLOSED", date(2023, 5, 9))
    ended = finished(world, "终止（示例）", accepted=None)
    happened(world, ended, "TERMINATED", date(2025, 1, 1))
    finished(world, "明年（示例）", accepted=date(2024, 12, 31))


def test_each_project_is_found_on_its_day(world: World) -> None:
    portfolio(world)
    found = find_due(world.commission, at=at(2024, 12, 31))
    assert found == Found(new=2)
    assert {(name, reason) for name, reason, *_ in rows()} == {
        ("早建成（示例）", "FIXED_ASSET"),
        ("除夕满期（示例）", "FIXED_ASSET"),
    }
    assert find_due(world.commission, at=at(2025, 1, 1)) == Found(new=3)
    assert find_due(world.commission, at=at(2025, 1, 1)) == Found()


@pytest.mark.parametrize("hour", [0, 23])
def test_the_day_is_that_of_shanghai(world: World, hour: int) -> None:
    finished(world, "元旦满期（示例）", accepted=date(2024, 1, 1))
    before = datetime(2024, 12, 31, 15, 59, tzinfo=SHANGHAI).replace(hour=hour)
    assert find_due(world.commission, at=before) == Found()
    assert find_due(world.commission, at=at(2025, 1, 1, 0)) == Found(new=1)


def test_the_job_of_any_later_day_gives_the_same_set(world: World) -> None:
    portfolio(world)
    last = at(2025, 1, 20)
    find_due(world.commission, at=last)
    expected = rows()
    for rhythm in (1, 7, 30):
        Due.objects.all().delete()
        day = at(2024, 12, 10)
        while day < last:
            find_due(world.commission, at=day)
            day += timedelta(days=rhythm)
        find_due(world.commission, at=last)
        assert rows() == expected, rhythm
    assert len(expected) == 5


def test_found_again_nothing_is_written_and_nobody_told(world: World) -> None:
    portfolio(world)
    find_due(world.commission, at=AT)
    entries, notices = Entry.objects.count(), Notice.objects.count()
    find_due(world.commission, at=AT + timedelta(days=1))
    assert (Entry.objects.count(), Notice.objects.count()) == (entries, notices)
    assert Notice.objects.filter(user=world.evaluation_officer).count() == 1


def test_one_row_a_project_and_reason(world: World) -> None:
    project = finished(world, "亏损（示例）")
    happened(world, project, "LOSS", date(2023, 3, 1))
    happened(world, project, "LOSS", date(2024, 3, 1))
    find_due(world.commission, at=AT)
    assert sorted(Due.objects.values_list("reason", "basis_on")) == [
        ("FIXED_ASSET", date(2022, 6, 30)),
        ("LOSS", date(2023, 3, 1)),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        due = Due.objects.get(reason="LOSS")
        due.pk = None
        due.save(force_insert=True)


def test_a_withdrawn_milestone_takes_its_reason_along_and_back_again(world: World) -> None:
    project = finished(world, "误登（示例）", accepted=None)
    wrong = happened(world, project, "TERMINATED", date(2024, 2, 1))
    find_due(world.commission, at=AT)
    withdraw_milestone(acting=acting(world.evaluation_officer), milestone_id=wrong.pk, reason="误登", at=AT)
    assert find_due(world.commission, at=AT) == Found(dropped=1)
    assert find_due(world.commission, at=AT) == Found()
    happened(world, project, "TERMINATED", date(2024, 3, 1))
    assert find_due(world.commission, at=AT) == Found(new=1)
    assert [(due.basis_on, due.dropped_at) for due in Due.objects.all()] == [(date(2024, 3, 1), None)]


def test_a_corrected_milestone_moves_the_day(world: World) -> None:
    project = finished(world, "改期（示例）")
    find_due(world.commission, at=AT)
    happened(world, project, "OPERATING", date(2022, 3, 1))
    assert find_due(world.commission, at=AT) == Found(moved=1)
    assert Due.objects.get().due_on == date(2023, 3, 1)


def test_an_undecided_project_is_never_due(world: World) -> None:
    project = finished(world, "已退回（示例）")
    project.cases.update(state="RETURNED", end_reason="未按期补正")
    assert find_due(world.commission, at=AT) == Found()


def test_many_projects_are_found_in_pieces(world: World, django_assert_max_num_queries) -> None:
    for number in range(PIECE + 5):
        finished(world, f"第{number}个（示例）")
    assert find_due(world.commission, at=AT) == Found(new=PIECE + 5)
    with django_assert_max_num_queries(20):
        assert find_due(world.commission, at=AT) == Found()


def test_another_commission_finds_its_own(world: World) -> None:
    other = found_house("GY", names="外")
    finished(world, "本委（示例）")
    finished(other, "外委（示例）")
    find_due(other.commission, at=AT)
    assert [due.project.name for due in Due.objects.all()] == ["外委（示例）"]
    assert Due.objects.get().commission == other.commission


def test_the_job_goes_on_where_one_commission_has_no_rules(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found_commission(
        code="AA",
        name="无规则国资委（示例）",
        short_name="无规则（示例）",
        city="某市",
        contact_phone="",
        case_prefix="AA",
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    other = found_house("GY", names="外")
    finished(other, "外委（示例）")
    monkeypatch.setattr("investreview.core.clock.now", lambda: AT)
    tasks.find_all_due()
    assert [due.commission.code for due in Due.objects.all()] == ["GY"]


def test_what_a_frame_has_taken_stays_as_it_was(world: World) -> None:
    project = finished(world, "已列入（示例）")
    year = opened(world)
    Due.objects.update(taken_by=year)
    happened(world, project, "OPERATING", date(2021, 3, 1))
    project.milestones.filter(kind="ACCEPTED").delete()
    assert find_due(world.commission, at=AT) == Found()
    assert Due.objects.get().basis_on == date(2022, 6, 30)
