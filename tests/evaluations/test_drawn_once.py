"""A sample is drawn once: repeated, interrupted, withdrawn in time, or refused by the database."""

import pytest
from django.db import IntegrityError, transaction

from investreview.core.errors import Invalid, Stale
from investreview.draws.services import conclude
from investreview.evaluations.models import Due, EvaluationYear
from investreview.evaluations.services.sampling import conclude_year, freeze_year, withdraw_freeze
from investreview.evaluations.tasks import publish_drawn
from investreview.journal.models import Entry
from investreview.projects.permissions import scope_of
from tests.evaluations.house import (
    AT,
    BALLS,
    acting,
    announced,
    digest_of,
    finished,
    frozen,
    numbered,
    pictured,
    published,
    refused,
)
from tests.world import World


def test_the_numbers_are_entered_once(world: World) -> None:
    pictured(world)
    year = published(world)
    before = list(year.rows.filter(is_picked=True).values_list("number", flat=True))
    numbered(world, year)
    with refused("draws_numbers_differ", Stale):
        numbered(world, year, numbers=tuple(reversed(BALLS)))
    assert list(year.rows.filter(is_picked=True).values_list("number", flat=True)) == before
    assert Entry.objects.filter(verb="evaluation.publish").count() == 1


def test_a_crash_after_the_numbers_ends_in_the_same_sample(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pictured(world)
    year = announced(world)

    def die(**_: object) -> None:
        raise SystemExit("killed")

    monkeypatch.setattr("investreview.evaluations.services.sampling.conclude_year", die)
    with pytest.raises(SystemExit):
        numbered(world, year)
    monkeypatch.undo()
    assert publish_drawn(at=AT) == 1
    assert publish_drawn(at=AT) == 0
    year.refresh_from_db()
    assert (year.state, year.picked_count) == ("PUBLISHED", 7)


def test_a_draw_that_others_concluded_is_published(world: World) -> None:
    from investreview.draws.services import enter_numbers

    pictured(world)
    year = announced(world)
    year = EvaluationYear.objects.select_related("draw").get(pk=year.pk)
    enter_numbers(
        draw_pk=year.draw.pk,
        fingerprint_tail=year.draw.request_hash[-8:],
        numbers=BALLS,
        read_by="OPERATOR",
        user=world.draw_supervisor,
        scope=scope_of(world.draw_supervisor, AT),
        at=AT,
    )
    conclude(draw_pk=year.draw.pk, at=AT)
    assert publish_drawn(at=AT) == 1
    assert EvaluationYear.objects.get(pk=year.pk).picked_count == 7


def test_nothing_is_concluded_before_the_numbers(world: World) -> None:
    finished(world, "一（示例）")
    year = announced(world)
    with pytest.raises(Invalid):
        conclude_year(year_id=year.pk, at=AT)
    assert publish_drawn(at=AT) == 0


def test_a_freeze_is_withdrawn_before_the_announcement_only(world: World) -> None:
    pictured(world)
    year = frozen(world)
    operator = acting(world.draw_operator)
    year = withdraw_freeze(acting=operator, year_id=year.pk, version=year.version, reason="范围有误", at=AT)
    assert (year.state, year.draw, year.frame_count, year.rows.filter(number__isnull=False).count()) == (
        "OPEN",
        None,
        None,
        0,
    )
    assert Due.objects.filter(taken_by__isnull=False).count() == 0
    again = announced(world)
    with refused("draws_not_allowed_in_state"):
        withdraw_freeze(acting=operator, year_id=again.pk, version=None, reason="晚了", at=AT)
    assert numbered(world, again).picked_count == 7


def test_a_second_draw_of_a_year_is_impossible(world: World) -> None:
    pictured(world)
    year = published(world)
    with refused("evaluations_wrong_state"):
        freeze_year(acting=acting(world.draw_operator), year_id=year.pk, version=None, digest=digest_of(year), at=AT)


def test_the_database_refuses_a_sample_below_its_share(world: World) -> None:
    pictured(world)
    year = published(world)
    for count in (6, 24):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationYear.objects.filter(pk=year.pk).update(picked_count=count)
    for wrong in (
        {"rate_bps": 2999},
        {"rate_bps": None},
        {"picked_count": None},
        {"picked_yuan": None},
        {"frame_count": None},
        {"must_count": None},
        {"published_at": None},
        {"draw": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationYear.objects.filter(pk=year.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        year.rows.filter(number=1).update(number=None, is_picked=True)
