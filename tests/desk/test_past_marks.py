"""The past in the lists: counted with its mark, searched, filtered, paged, and on the desk of who checks it."""

import re
from pathlib import Path
from typing import Any

import pytest

from investreview.desk.selectors import case_list
from investreview.journal.models import Entry
from tests.desk.people import auditor_of, browser
from tests.projects.past_ledgers import entered, past
from tests.workflows.takeover_forms import entered as entered_takeover
from tests.workflows.takeover_forms import taken_over
from tests.world import World, drive, wanted

COST = 7


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def listed(answer: Any) -> list[str]:
    """The numbers of the rows, as they stand."""
    return re.findall(r'<div class="ir-hash">([^<]+)</div>', answer.content.decode())


@pytest.fixture
def rows(world: World) -> dict[str, str]:
    """A native case, one that was taken over, two past decisions, and one that waits for its check."""
    native = drive(world, "confirmed", plan=wanted(world, name="线上项目（示例）"))
    flight = taken_over(world)
    old = past(world, key="past:1", number="国资备〔2021〕3号")
    older = past(
        world,
        key="past:2",
        number="国资备〔2020〕9号",
        decided_on=old.decided_on.replace(year=2020),
        body="other",
        route="EXPERT_PANEL",
    )
    entered(world, world.officer, key="past:3", number="待核对号")
    return {"native": native.number, "flight": flight.number, "old": old.number, "older": older.number}


def test_the_list_counts_the_past_with_its_mark(world: World, rows: dict[str, str]) -> None:
    answer = browser(world.officer).get("/cases/")

    assert listed(answer) == [rows["flight"], rows["native"], rows["old"], rows["older"]]
    page = answer.content.decode()
    assert (page.count(">补录</span>"), page.count(">在途接续</span>")) == (2, 1)
    assert "二次论证后予以备案" in page
    assert "待核对号" not in page


@pytest.mark.parametrize(
    "who, seen",
    [
        ("deputy", ["flight", "native", "old", "older"]),
        ("document_officer", ["flight", "native", "old", "older"]),
        ("archivist", ["old", "older"]),
        ("law", []),
        ("group_drafter", ["flight", "native", "old"]),
        ("sub_drafter", ["flight", "old"]),
        ("sister_drafter", []),
        ("other_drafter", ["older"]),
    ],
)
def test_each_sees_the_past_of_their_reach(world: World, rows: dict[str, str], who: str, seen: list[str]) -> None:
    assert listed(browser(world.people[who]).get("/cases/")) == [rows[key] for key in seen]


def test_the_auditor_sees_it_and_another_commission_does_not(
    world: World, elsewhere: World, rows: dict[str, str]
) -> None:
    assert listed(browser(auditor_of(world)).get("/cases/")) == [
        rows[key] for key in ("flight", "native", "old", "older")
    ]
    assert listed(browser(elsewhere.officer).get("/cases/")) == []


@pytest.mark.parametrize(
    "query, seen",
    [
        ({"origin": "BACKFILLED"}, ["old", "older"]),
        ({"origin": "IN_FLIGHT"}, ["flight"]),
        ({"origin": "NATIVE"}, ["native"]),
        ({"q": "2020〕9"}, ["older"]),
        ({"q": "乙集团"}, ["older"]),
        ({"q": "泊位改造"}, ["old", "older"]),
        ({"state": "FILED"}, ["old"]),
        ({"state": "SECOND_REVIEWED"}, ["older"]),
        ({"state": "REVIEWING"}, ["flight", "native"]),
        ({"state": "REFUSED"}, []),
        ({"origin": "NONSENSE"}, []),
    ],
)
def test_filters_reach_the_past(world: World, rows: dict[str, str], query: dict[str, str], seen: list[str]) -> None:
    assert listed(browser(world.officer).get("/cases/", query)) == [rows[key] for key in seen]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_go_on_into_the_past_without_gap_or_repeat(
    world: World, rows: dict[str, str], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(case_list, "PAGE", size)
    client, url, seen = browser(world.officer), "/cases/", []
    for _page in range(6):
        answer = client.get(url)
        seen.append(listed(answer))
        onward = re.search(r'href="(\?[^"]*(?:before|past)=[^"]+)">下一页', answer.content.decode())
        if onward is None:
            break
        url = "/cases/" + onward[1].replace("&amp;", "&")

    every = [rows[key] for key in ("flight", "native", "old", "older")]
    assert [number for page in seen for number in page] == every
    assert [len(page) for page in seen] == [len(every[at : at + size]) for at in range(0, 4, size)]


@pytest.mark.parametrize("key", ["x", "2022-13-01_1", "2022-01-01_", "９９", "first", "2022-01-01_" + "9" * 30])
def test_the_list_survives_a_key_nobody_gave_out(world: World, key: str) -> None:
    assert browser(world.officer).get("/cases/", {"past": key}).status_code == 200


def test_a_past_row_leads_to_its_page_and_offers_no_act(world: World, rows: dict[str, str]) -> None:
    client = browser(world.officer)
    url = re.search(r'href="(/past/decisions/\d+/)"', client.get("/cases/").content.decode())
    assert url is not None

    page = client.get(url[1]).content.decode()
    assert "补录" in page
    assert "<form" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_what_an_auditor_reads_of_the_past_is_noted_and_of_nobody_else(world: World) -> None:
    decision = past(world)
    entry = entered_takeover(world, world.officer2)
    pages = (f"/past/batches/{decision.backfill_id}/", f"/past/decisions/{decision.pk}/", f"/takeovers/{entry.pk}/")

    for client in (browser(world.officer), browser(auditor_of(world))):
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]

    noted = Entry.objects.filter(verb="past.read").order_by("pk")
    assert [(each.chain, each.actor_name, each.subject_kind) for each in noted] == [
        ("LYG:access", "审计员（示例）", kind) for kind in ("backfill", "past", "takeover")
    ]


def test_what_others_entered_waits_on_my_desk_and_my_own_does_not(world: World) -> None:
    mine = entered(world, world.officer, key="past:1")
    theirs = entered(world, world.officer2, key="past:2", number="另一号")
    entry = entered_takeover(world, world.officer2)

    page = browser(world.officer).get("/").content.decode()
    assert f'/past/batches/{theirs.pk}/check/"' in page
    assert f'/takeovers/{entry.pk}/"' in page
    assert f'/past/batches/{mine.pk}/check/"' not in page
    assert "待核对的补录和接续" not in browser(world.deputy).get("/").content.decode()


def test_tasks_of_a_case_taken_over_are_marked_on_the_desk(world: World) -> None:
    taken_over(world)

    assert ">在途接续</span>" in browser(world.officer).get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_the_past(world: World, count: int, django_assert_num_queries: Any) -> None:
    drive(world, "checked")
    for number in range(count):
        past(world, key=f"past:{number}", number=f"第{number}号")
    client = browser(world.officer)
    client.get("/cases/")

    with django_assert_num_queries(COST):
        page = client.get("/cases/").content.decode()
    assert page.count("/past/decisions/") == count
