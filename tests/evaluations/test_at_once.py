"""Two at once, each on its own connection: two beats, two freezes, two entries of numbers, two signatures."""

import pytest

from investreview.draws.models import Draw
from investreview.evaluations.models import Due, EvaluationYear, FrameRow, SampleNotice
from investreview.evaluations.services.finding import Found, find_due
from investreview.evaluations.services.notices import draft_notices, sign_notice
from investreview.evaluations.services.sampling import freeze_year
from investreview.evaluations.services.years import open_year
from investreview.journal.models import Entry
from investreview.projects.models import Project
from tests.accounts.threads import at_once
from tests.evaluations.house import AT, acting, announced, digest_of, finished, found_house, happened, numbered, opened
from tests.evaluations.test_notices import through
from tests.world import World

pytestmark = pytest.mark.both_databases


@pytest.fixture
def house(file_database: str) -> World:
    world = found_house()
    for number in range(6):
        finished(world, f"第{number}个（示例）")
    return world


def test_two_beats_find_each_reason_once(house: World) -> None:
    found = at_once([lambda: find_due(house.commission, at=AT)] * 4)
    assert sorted(found, key=str) == sorted([Found(), Found(), Found(), Found(new=6)], key=str)
    assert Due.objects.count() == 6
    assert Entry.objects.filter(verb="evaluation.find_due").count() == 1


def test_a_year_opened_twice_is_one(house: World) -> None:
    officer = acting(house.evaluation_officer)
    opened_by = at_once([lambda: open_year(acting=officer, commission=house.commission, year=2024, at=AT).pk] * 3)
    assert len(set(opened_by)) == 1 == EvaluationYear.objects.count()


def test_a_frame_is_frozen_once(house: World) -> None:
    year, operator = opened(house), acting(house.draw_operator)

    digest = digest_of(year)

    def freeze() -> object:
        return freeze_year(acting=operator, year_id=year.pk, version=None, digest=digest, at=AT).state

    frozen = at_once([freeze] * 4)
    assert sorted(frozen) == ["FROZEN", *["evaluations_wrong_state"] * 3]
    assert (Draw.objects.count(), FrameRow.objects.count()) == (1, 6)


def test_numbers_sent_many_times_at_once_draw_one_sample(house: World) -> None:
    year = announced(house)
    drawn = at_once([lambda: numbered(house, year).picked_count] * 6)
    assert drawn == [2] * 6
    assert FrameRow.objects.filter(is_picked=True).count() == 2
    assert Entry.objects.filter(verb="evaluation.publish").count() == 1


def test_a_notice_is_signed_once(house: World) -> None:
    happened(house, Project.objects.earliest("pk"), "ALERT", AT.date())
    year = numbered(house, announced(house))
    officer = acting(house.evaluation_officer)
    drafted = at_once([lambda: len(draft_notices(acting=officer, year_id=year.pk, at=AT))] * 3)
    assert drafted == [1, 1, 1]
    notice = through(house, SampleNotice.objects.get(), "CHECKED")
    leader = acting(house.deputy)

    def sign() -> object:
        return sign_notice(acting=leader, notice_id=notice.pk, version=notice.version, at=AT).number

    assert sorted(at_once([sign] * 3)) == ["core_stale", "core_stale", "国资〔2024〕27号"]
