"""The served demonstration leaves work at the steps of the sample and of a ledger, and its list of accounts says so."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.clock import SHANGHAI
from investreview.demo.build import FOUNDED_AT, NOW, _play, part_of
from investreview.demo.cast import PASSWORD, Cast
from investreview.demo.counties import new_counties
from investreview.demo.past_script import LedgerRefused, PastStory
from investreview.demo.sample_script import SampleStory
from investreview.evaluations.frame import frame_of, included
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.projects.models import Backfill, PastDecision
from investreview.registry.models import Commission
from tests.evaluations.house import finished, found_house, happened
from tests.world import World

DRAWN = date(2024, 7, 19)
SAMPLE: dict[str, Any] = {
    "milestones": DRAWN - timedelta(days=30),
    "prepared": DRAWN - timedelta(days=11),
    "drawn": DRAWN,
    "signed": DRAWN + timedelta(days=3),
    "delivered": DRAWN + timedelta(days=4),
    "acknowledged": DRAWN + timedelta(days=5),
    "balls": "2708144963",
    "waiting": ["DELIVERED", "CHECKED"],
}
LEDGER: dict[str, Any] = {
    "file": "台账（示例）.xlsx",
    "by": "officer",
    "sent": DRAWN,
    "scanned": DRAWN,
    "projects": [
        {
            "number": "国资备〔2021〕1号",
            "group": "甲集团",
            "name": "一（示例）",
            "amount": 1480.5,
            "decided": date(2021, 3, 1),
        },
        {
            "number": "国资备〔2021〕2号",
            "group": "乙集团",
            "name": "二（示例）",
            "amount": 16400,
            "decided": date(2021, 4, 1),
        },
    ],
}


@pytest.fixture(autouse=True)
def heads_log(settings, tmp_path: Path) -> None:
    settings.HEADS_LOG = tmp_path / "heads.log"


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 8, 7, 9, tzinfo=SHANGHAI))
    return found_house()


def cast_of(world: World) -> Cast:
    return Cast(world.commission, people=world.people)


def play(story: PastStory | SampleStory) -> None:
    for event in story.events():
        event.run()


def test_each_of_the_last_notices_waits_at_its_step(world: World) -> None:
    for body in ("group", "other"):
        happened(world, finished(world, f"{body}（示例）", body=body), "ALERT", date(2024, 3, 1))
    play(SampleStory(SAMPLE, [], cast_of(world), 0, leaves_work=True))
    assert list(SampleNotice.objects.order_by("pk").values_list("state", flat=True)) == ["SIGNED", "HANDED_IN"]
    assert "补录与后评价待办：用印送达（甲集团 2024年度后评价抽查通知）" in part_of(world.document_officer)
    assert "补录与后评价待办：审核（乙集团 2024年度后评价抽查通知）" in part_of(world.head)
    assert "待办" not in part_of(world.deputy)


def test_a_ledger_without_its_second_person_waits_for_one(world: World) -> None:
    story = PastStory(LEDGER, cast_of(world), 0)
    assert not story.is_begun()
    play(story)
    assert story.is_begun()
    batch = Backfill.objects.get()
    assert (batch.state, batch.row_count, batch.entered_by) == ("WAITING", 2, world.officer)
    assert [row.papers.count() for row in PastDecision.objects.all()] == [1, 1]
    assert "补录与后评价待办：核对补录台账（台账（示例）.xlsx）" in part_of(world.archivist)
    assert "待办" not in part_of(world.officer), "not for whoever entered it"


def test_it_counts_once_the_second_person_has_compared_it(world: World) -> None:
    play(PastStory(LEDGER | {"checked_by": "archivist", "checked": DRAWN}, cast_of(world), 0))
    batch = Backfill.objects.get()
    assert (batch.state, batch.checked_by) == ("ACCEPTED", world.archivist)
    assert sorted(PastDecision.objects.values_list("amount_yuan", flat=True)) == [14_805_000, 164_000_000]


def test_a_ledger_with_a_fault_is_not_passed_over(world: World) -> None:
    wrong = [LEDGER["projects"][0] | {"group": "没有的集团（示例）"}]
    with pytest.raises(LedgerRefused, match=r"FAULTY.*past_body_unknown"):
        play(PastStory(LEDGER | {"projects": wrong}, cast_of(world), 0))


COUNTIES = {
    "LYGDH": ("OPEN", None, "核对抽样方法并封存范围", "draw_operator", "dh.zhao"),
    "LYGGY": ("FROZEN", "FROZEN", "宣布封存摘要", "draw_operator", "gy.zhao"),
    "LYGGN": ("FROZEN", "ANNOUNCED", "录入摸出的十个数字", "draw_supervisor", "gn.ji"),
    "LYGGU": ("PUBLISHED", "DISCLOSED", "起草抽查通知", "evaluation_officer", "gu.ping"),
}


def test_each_county_waits_at_another_step_of_its_sample(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    _play(new_counties(FOUNDED_AT))

    years = EvaluationYear.objects.select_related("commission", "draw").order_by("commission__code")
    found = {year.commission.code: (year.state, year.draw.state if year.draw else None) for year in years}
    assert found == {code: line[:2] for code, line in sorted(COUNTIES.items())}
    people = User.objects.filter(commission__code__in=COUNTIES).order_by("pk")
    shown = {person.username: part for person in people if (part := part_of(person))}
    assert sorted(shown) == sorted(line[4] for line in COUNTIES.values()), "of a county only who has something to do"
    for code, (_state, _draw, step, _key, username) in COUNTIES.items():
        assert f"{step}（2024年度后评价抽样）" in shown[username], code
    assert all(person.check_password(PASSWORD) for person in people[:2])
    assert shown["gu.ping"].startswith("赣榆区国资办（示例）投资监管科")
    assert set(Commission.objects.filter(name__contains="示例").values_list("code", flat=True)) == set(COUNTIES)
    dh = years.get(commission__code="LYGDH")
    assert (dh.method, bool(dh.method_reason), len(included(frame_of(dh, NOW.date())))) == ("ent_systematic", True, 9)
    assert new_counties(FOUNDED_AT) == [], "nothing comes twice"
