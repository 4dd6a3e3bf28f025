"""The draw of a year: frame, mandatory picks, method, numbers, publication."""

import json
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest

from investreview.core.errors import Forbidden, NotVisible, Stale
from investreview.draws import verify_draw as ird
from investreview.draws.services import export_evidence
from investreview.evaluations.drawn import drawn_facts
from investreview.evaluations.frame import frame_of, included
from investreview.evaluations.models import Due, EvaluationYear, FrameRow, MandatoryPick
from investreview.evaluations.services.finding import find_due
from investreview.evaluations.services.sampling import (
    announce_year,
    freeze_year,
)
from investreview.journal.models import Entry
from investreview.projects.permissions import scope_of
from tests.evaluations.house import (
    AT,
    BALLS,
    acting,
    announced,
    digest_of,
    finished,
    found_house,
    frozen,
    happened,
    numbered,
    opened,
    pictured,
    published,
    refused,
)
from tests.world import World


def test_the_pictured_frame_gives_seven_of_twenty_three(world: World) -> None:
    pictured(world)
    year = published(world)
    assert (year.frame_count, year.must_count, year.picked_count, year.method) == (23, 0, 7, "all_systematic")
    drawn = drawn_facts(year.draw)
    assert [(group.size, group.wanted) for group in drawn.groups] == [(23, 7)]
    assert drawn.floor == 7
    rows = list(year.rows.order_by("number"))
    assert [row.number for row in rows] == list(range(1, 24))
    assert list(dict.fromkeys(row.ent for row in rows)) == [
        "交控集团",
        "农商集团",
        "城控集团",
        "方洋控股集团",
        "港控集团",
        "能源集团",
        "金控集团",
    ]
    counts = Counter(row.ent for row in rows if row.is_picked)
    assert all(counts[name] <= 2 for name in counts) and sum(counts.values()) == 7


def test_the_evidence_is_reproduced_by_the_verifier(world: World) -> None:
    pictured(world)
    year = published(world)
    data = export_evidence(
        draw_pk=year.draw.pk,
        confidential=False,
        user=world.evaluation_officer,
        scope=scope_of(world.evaluation_officer, AT),
        at=AT,
    )
    evidence = json.loads(data)
    assert ird.verify(evidence) == []
    assert evidence["request"]["project"] == "2024"
    assert evidence["request"]["rule"] == {"num": 3, "den": 10, "method": "all_systematic"}
    assert evidence["snapshot"]["rows"][0]["ent"] == "交控集团"
    picked = {*evidence["result"]["sample"]["must"], *evidence["result"]["sample"]["random"]}
    assert set(year.rows.filter(is_picked=True).values_list("number", flat=True)) == picked


def test_must_projects_come_on_top(world: World) -> None:
    for number in range(9):
        finished(world, f"普通{number}（示例）")
    bought = finished(world, "收购（示例）", kind="EQUITY", accepted=None, is_acquisition=True)
    happened(world, bought, "CLOSED", date(2022, 3, 1))
    finished(world, "把关（示例）", route="SPECIAL_REVIEW")
    alerted = finished(world, "预警（示例）")
    happened(world, alerted, "ALERT", date(2024, 3, 1))
    happened(world, alerted, "LETTER", date(2024, 4, 1))
    costly = finished(world, "超投（示例）", yuan="10000000.00")
    happened(world, costly, "COST", date(2024, 4, 1), actual="12000000.00")
    year = published(world)
    must = {
        row.project.name: sorted(row.picks.values_list("rule", flat=True)) for row in year.rows.filter(is_must=True)
    }
    assert must == {
        "收购（示例）": ["ACQUISITION"],
        "把关（示例）": ["SPECIAL"],
        "预警（示例）": ["ALERT", "LETTER"],
        "超投（示例）": ["OVER_BUDGET"],
    }
    assert (year.frame_count, year.must_count, year.picked_count) == (13, 4, 4 + 3)
    assert year.rows.filter(is_must=True, is_picked=False).count() == 0
    assert MandatoryPick.objects.filter(citation="§8.2").count() == 5


def test_forty_projects_are_drawn_by_enterprise(world: World) -> None:
    for number in range(20):
        finished(world, f"甲{number}（示例）")
    for number in range(20):
        finished(world, f"乙{number}（示例）", body="other")
    year = published(world)
    assert (year.method, year.picked_count) == ("ent_systematic", 12)
    assert Counter(year.rows.filter(is_picked=True).values_list("ent", flat=True)) == {"甲集团": 6, "乙集团": 6}


def test_a_subsidiary_s_project_counts_for_its_group(world: World) -> None:
    finished(world, "子公司（示例）", body="sub")
    year = frozen(world)
    row = year.rows.get()
    assert (row.ent, row.group, row.path) == ("甲集团", world.group, world.sub.path)


def test_the_freeze_takes_what_is_due_and_the_next_year_does_not_see_it(world: World) -> None:
    pictured(world)
    year = published(world)
    assert set(Due.objects.values_list("taken_by", flat=True)) == {year.pk}
    finished(world, "新到期（示例）", accepted=date(2024, 1, 10))
    following = opened(world, AT + timedelta(days=365))
    assert [entry.name for entry in frame_of(following, date(2025, 7, 19))] == ["新到期（示例）"]


def test_what_comes_due_after_the_year_waits_for_the_next_frame(world: World) -> None:
    finished(world, "年内（示例）", accepted=date(2023, 12, 31))
    finished(world, "跨年（示例）", accepted=date(2024, 1, 1))
    year = opened(world)
    late = AT.replace(year=2025, month=1, day=5)
    find_due(world.commission, at=late)
    assert [entry.name for entry in frame_of(year, late.date())] == ["年内（示例）"]


@pytest.mark.parametrize(("picked_in", "rules"), [(None, ["UNSAMPLED"]), (2024, []), (2025, []), (2026, [])])
def test_an_enterprise_passed_over_for_three_years_has_its_largest_project_in(
    world: World, picked_in: int | None, rules: list[str]
) -> None:
    for number in range(3):
        at = AT.replace(year=2024 + number)
        for body in ("group", "other"):
            finished(world, f"{body}{number}（示例）", body=body, accepted=date(2023 + number, 6, 1))
        past = numbered(world, announced(world, at), at=at)
        past.rows.filter(ent="甲集团").update(is_picked=past.year == picked_in)
        past.rows.filter(ent="乙集团").update(is_picked=True)
    for name, yuan in (("小（示例）", "11000000.00"), ("大（示例）", "22000000.00")):
        finished(world, name, yuan=yuan, accepted=date(2026, 6, 1))
    finished(world, "乙（示例）", body="other", yuan="99000000.00", accepted=date(2026, 6, 1))
    at = AT.replace(year=2027)
    picks = {entry.name: [pick.rule for pick in entry.picks] for entry in frame_of(opened(world, at), at.date())}
    assert picks == {"大（示例）": rules, "小（示例）": [], "乙（示例）": []}


def test_an_empty_frame_is_not_frozen(world: World) -> None:
    year = opened(world)
    with refused("evaluations_frame_empty"):
        freeze_year(acting=acting(world.draw_operator), year_id=year.pk, version=1, digest=digest_of(year), at=AT)


def test_a_frame_that_changed_since_the_page_is_not_frozen(world: World) -> None:
    finished(world, "一（示例）")
    year = opened(world)
    seen = digest_of(year)
    other = finished(world, "二（示例）")
    find_due(world.commission, at=AT)
    with refused("evaluations_frame_changed", Stale):
        freeze_year(acting=acting(world.draw_operator), year_id=year.pk, version=1, digest=seen, at=AT)
    Due.objects.exclude(project=other).delete()
    with refused("evaluations_frame_changed", Stale):
        freeze_year(acting=acting(world.draw_operator), year_id=year.pk, version=1, digest=seen, at=AT)
    assert FrameRow.objects.count() == 0


def test_a_stale_page_freezes_nothing(world: World) -> None:
    finished(world, "一（示例）")
    year = opened(world)
    EvaluationYear.objects.update(version=2)
    with refused("core_stale", Stale):
        freeze_year(acting=acting(world.draw_operator), year_id=year.pk, version=1, digest=digest_of(year), at=AT)


@pytest.mark.parametrize("who", ["evaluation_officer", "draw_supervisor", "head", "director", "officer"])
def test_only_the_operator_freezes_and_announces(world: World, who: str) -> None:
    finished(world, "一（示例）")
    year = opened(world)
    with pytest.raises(Forbidden):
        freeze_year(acting=acting(world.people[who]), year_id=year.pk, version=1, digest=digest_of(year), at=AT)
    year = frozen(world)
    with pytest.raises(Forbidden):
        announce_year(acting=acting(world.people[who]), year_id=year.pk, at=AT)


@pytest.mark.parametrize("who", ["evaluation_officer", "draw_operator", "head", "director"])
def test_only_the_supervisor_enters_the_numbers(world: World, who: str) -> None:
    finished(world, "一（示例）")
    year = announced(world)
    user = world.people[who]
    with pytest.raises(Forbidden):
        numbered(world, year, user=user, scope=scope_of(user, AT))
    assert EvaluationYear.objects.get(pk=year.pk).state == "FROZEN"


def test_one_person_is_never_both_hands(world: World) -> None:
    from tests import world as worlds

    worlds._hold(world.draw_operator, worlds.Role.DRAW_SUPERVISOR, world.commission)
    finished(world, "一（示例）")
    year = announced(world)
    with refused("draws_two_people", Forbidden):
        numbered(world, year, user=world.draw_operator, scope=scope_of(world.draw_operator, AT))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fingerprint_tail": "00000000"}, "draws_tail_differs"),
        ({"numbers": BALLS[:9]}, "draws_numbers_count"),
        ({"numbers": (*BALLS[:9], 10)}, "draws_number_bounds"),
    ],
)
def test_wrong_numbers_are_refused_and_nothing_is_drawn(world: World, change: dict[str, object], code: str) -> None:
    finished(world, "一（示例）")
    year = announced(world)
    with refused(code):
        numbered(world, year, **change)
    assert EvaluationYear.objects.get(pk=year.pk).state == "FROZEN"


def test_the_journal_tells_of_each_act_once(world: World) -> None:
    pictured(world)
    published(world)
    verbs = list(
        Entry.objects.filter(subject_kind="evaluation", subject_key="LYG-2024")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert verbs == [
        "evaluation.find_due",
        "evaluation.open_year",
        "draw.freeze",
        "evaluation.freeze",
        "draw.announce",
        "draw.enter_numbers",
        "draw.conclude",
        "evaluation.publish",
    ]


def test_another_commission_draws_its_own(world: World) -> None:
    other = found_house("GY", names="外")
    finished(world, "本委（示例）")
    finished(other, "外委（示例）")
    year = frozen(world)
    with refused("draws_not_visible", NotVisible):
        announce_year(acting=acting(other.draw_operator), year_id=year.pk, at=AT)
    assert [row.project.name for row in year.rows.all()] == ["本委（示例）"]


def test_the_shares_are_those_of_the_rows(world: World) -> None:
    pictured(world)
    year = published(world)
    amounts = dict(year.rows.values_list("number", "amount_yuan"))
    picked = set(year.rows.filter(is_picked=True).values_list("number", flat=True))
    assert year.picked_yuan == sum(amounts[number] for number in picked)
    assert year.frame_yuan == sum(amounts.values())
    assert Fraction(year.picked_count, year.frame_count) == Fraction(7, 23)


def test_left_out_projects_are_not_drawn_and_stay_due(world: World) -> None:
    from investreview.evaluations.services.years import leave_out

    pictured(world)
    year = opened(world)
    gone = included(frame_of(year, AT.date()))[0]
    leave_out(
        acting=acting(world.evaluation_officer),
        year_id=year.pk,
        version=year.version,
        project_id=gone.project_id,
        reason="已由审计机关评价",
        at=AT,
    )
    year = published(world)
    assert year.frame_count == 22
    assert list(Due.objects.filter(taken_by__isnull=True).values_list("project", flat=True)) == [gone.project_id]
