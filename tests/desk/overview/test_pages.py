"""The page and its lists: every number is the length of its list, for whom it is, what it costs, what it refuses."""

import re
from datetime import date

import pytest

from investreview.desk.overview.counting import total_yuan
from investreview.desk.overview.facts import FrameFact
from investreview.desk.overview.lists import LISTINGS, figure, listing
from investreview.desk.overview.page import overview_page
from investreview.evaluations.models import EvaluationYear
from investreview.journal.models import Entry
from tests.desk.overview.story import one_of_everything, page_of, reading_of
from tests.desk.people import auditor_of, browser
from tests.evaluations.house import furnished, opened
from tests.projects.past_ledgers import past
from tests.world import World, drive, wanted

COST = 8
"""Session, account, grants (4) and the frame (3); then each table that the page joins, once: commission, groups, years,
cases, stops, slips, calendar, the past, steps that wait, steps done, papers, panels, conditions, rule set, evaluation
year (15), and the frame of a published year. UX aims at 12 a page; this one answers for a whole commission."""
LIST_COST = 8


def rows_on(client, url: str) -> int:
    """The rows of a list, which tells its count in words too."""
    page = client.get(url).content.decode()
    count = page.count('<td class="ir-full">')
    assert f"共 {count} 项" in page
    return count


def test_every_number_is_the_length_of_its_list(world: World) -> None:
    one_of_everything(world)
    reading, client = reading_of(world.officer), browser(world.officer)
    counts = {key: figure(reading, key).count for key in LISTINGS}

    assert counts == counts | {
        "filed": 2, "second": 3, "passed": 1, "conditional": 1, "failed": 0, "on-paper-only": 1, "under-way": 2,
        "measured": 3, "measured-filed": 1, "measured-second": 2, "late": 1, "invested-first": 1,
    }  # fmt: skip
    assert {key: rows_on(client, figure(reading, key).url) for key in LISTINGS} == counts


def test_every_number_on_the_page_opens_a_list_of_that_length(world: World) -> None:
    one_of_everything(world)
    client = browser(world.officer)
    page = client.get("/overview/").content.decode()
    links = re.findall(r'<a[^>]* href="(/overview/lists/[^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)

    told = {}
    for url, text in links:
        number = re.search(r"(\d+)(?!.*\d)", re.sub(r"<[^>]+>|，待核对.*", "", text))
        if number and "工作日</a>" not in f"{text}</a>" and "measured" not in url:
            told[url.replace("&amp;", "&")] = int(number[1])
    assert len(told) > 20
    assert {url: rows_on(client, url) for url in told} == told


def test_the_sums_are_those_of_the_lists(world: World) -> None:
    one_of_everything(world)
    reading = reading_of(world.officer)
    page = overview_page(reading)
    assert page.filed_yuan == total_yuan(listing("filed").rows(reading))
    assert page.second_yuan == total_yuan(listing("second").rows(reading))


def test_a_group_narrows_every_number(world: World) -> None:
    one_of_everything(world)
    page = page_of(world.officer, group=str(world.other.pk))
    assert (page.filed.count, page.second.count, page.under_way.count) == (0, 1, 1)
    assert [row.line.group.name for row in page.groups] == [world.other.short_name]
    assert page.wish.scope_label == world.other.short_name


def test_another_commission_adds_nothing_and_cannot_be_asked_for(world: World, elsewhere: World) -> None:
    drive(elsewhere, "signed", plan=wanted(elsewhere, name="别处的项目（示例）"))
    drive(world, "signed")
    assert page_of(world.officer).filed.count == 1
    assert page_of(elsewhere.officer).filed.count == 1

    answer = browser(world.officer).get("/overview/", {"group": elsewhere.group.pk})
    assert (answer.status_code, "别处的项目" in answer.content.decode()) == (422, False)


def test_the_share_of_the_sample_by_number_and_amount(world: World) -> None:
    reading = reading_of(world.officer)
    reading.__dict__["evaluation_year"] = opened(furnished(world))
    reading.evaluation_year.rate_bps = 3000
    reading.__dict__["frame"] = tuple(
        FrameFact(number, f"P{number}", "项目（示例）", "甲集团", 10_000 * (number + 1), False, number < 3)
        for number in range(10)
    )
    sample = overview_page(reading).sample
    assert sample is not None
    assert (sample.picked.count, sample.frame.count) == (3, 10)
    assert (sample.by_number, sample.by_amount, sample.is_enough) == ("30.0%", "10.9%", True)

    reading.__dict__["frame"] = reading.frame[1:]
    assert overview_page(reading).sample.is_enough is False  # 2 of 9


def test_a_filter_that_cannot_be_followed_is_said_at_its_place(world: World) -> None:
    client = browser(world.officer)
    for query in ({"year": "1999"}, {"year": "x"}, {"part": "q5"}, {"group": "0"}, {"group": "1; DROP"}):
        answer = client.get("/overview/", query)
        assert (answer.status_code, "筛选条件不正确" in answer.content.decode()) == (422, True)
    assert client.get("/overview/lists/filed/", {"part": "q5"}).status_code == 422
    assert client.get("/overview/word/", {"part": "q5"}).status_code == 422
    assert not Entry.objects.filter(verb="overview.export").exists()


def test_the_filter_offers_the_years_with_data_and_begins_with_this_one(world: World) -> None:
    past(world, key="past:1", decided_on=date(2021, 3, 18))
    furnished(world)
    EvaluationYear.objects.filter(pk=opened(world).pk).update(year=2025)

    page = browser(world.officer).get("/overview/").content.decode()
    years = page.partition('name="year"')[2].partition("</select>")[0]
    assert re.findall(r'<option value="(\d{4})"( selected)?>', years) == [
        ("2025", ""),
        ("2024", " selected"),
        ("2021", ""),
    ]
    assert page_of(world.officer, year="2021").filed.count == 1


def test_a_year_without_anything_says_so(world: World) -> None:
    page = browser(world.officer).get("/overview/").content.decode()
    assert "所选期间和企业没有任何项目" in page
    assert "echarts" in page
    assert "data-chart" not in page


def test_a_list_there_is_not_is_not_found(world: World) -> None:
    client = browser(world.officer)
    assert [client.get(f"/overview/lists/{key}/").status_code for key in ("nothing", "step-nothing", "step-")] == [
        404
    ] * 3


def test_what_an_auditor_reads_is_noted_and_of_nobody_else(world: World) -> None:
    for user in (world.officer, auditor_of(world)):
        assert browser(user).get("/overview/").status_code == 200
        assert browser(user).get("/overview/lists/filed/").status_code == 200
    noted = Entry.objects.filter(verb="overview.read")
    assert [(one.chain, one.actor_name, one.subject_key) for one in noted] == [
        ("LYG:access", "审计员（示例）", "LYG-2024")
    ] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(world: World, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        drive(world, "signed", key=f"s{number}", plan=wanted(world))
        drive(world, "checked", key=f"c{number}", plan=wanted(world))
    client = browser(world.officer)
    client.get("/overview/")
    with django_assert_num_queries(COST):
        assert client.get("/overview/").status_code == 200
    with django_assert_num_queries(LIST_COST):
        assert client.get("/overview/lists/filed/").status_code == 200
