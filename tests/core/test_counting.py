"""Counts beside tabs and ways: exact up to 999, then 999+; nothing to count is none."""

import pytest
from django.db.models import QuerySet

from investreview.accounts.models import User
from investreview.core import counting
from investreview.core.templatetags.ir import MOST_COUNTED, counted
from tests.world import World, found_world


@pytest.fixture
def world(db: None) -> World:
    return found_world()


def asked(world: World, rows: QuerySet[User]) -> int:
    found = User.objects.filter(pk=world.officer.pk).annotate(found=counting.count_of(rows)).values_list("found")
    return int(found.get()[0])


def test_rows_are_counted_and_none_is_nought(world: World) -> None:
    assert asked(world, User.objects.all()) == User.objects.count()
    assert asked(world, User.objects.none()) == 0


def test_counting_stops_one_above_the_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    assert asked(world, User.objects.all()) == 3


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (MOST_COUNTED, "999"), (MOST_COUNTED + 1, "999+")])
def test_above_the_most_a_plus_is_said(count: int, said: str) -> None:
    assert counted(count) == said
