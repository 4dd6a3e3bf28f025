"""The inbox: pages lose and double nothing, filters narrow, several lines are claimed or read at once, exports."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from investreview.demo import hands
from investreview.desk.inbox import views
from investreview.journal.models import Entry
from tests.desk.many import more_cases
from tests.desk.people import browser
from tests.world import World, drive, later, wanted
from workflows.circulating import circulate
from workflows.models import Circulation, WorkItem

_NUMBER = re.compile(r'<div class="ir-hash">(LYG-[0-9-]+)</div>')


def numbers(client: Client, url: str) -> tuple[list[str], str]:
    """The numbers on a page, and the address of the next one."""
    page = client.get(url).content.decode()
    more = re.search(r'href="\?([^"]*after=[^"]*)"', page)
    return _NUMBER.findall(page), "/?" + more[1].replace("&amp;", "&") if more else ""


@pytest.mark.parametrize("sort", ["due", "arrived", "amount"])
def test_pages_lose_and_double_nothing_where_deadlines_tie_or_are_none(
    world: World, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    more_cases(drive(world, "released"), 6)
    items = list(WorkItem.objects.filter(state="OPEN").order_by("pk"))
    for item, day in zip(items, (9, 9, 9, None, None, 2, 9), strict=True):
        item.due_on = later(day).date() if day else None
        item.save()
    client, url, seen = browser(world.officer), f"/?tab=claim&sort={sort}", []
    while url:
        found, url = numbers(client, url)
        assert 1 <= len(found) <= 2
        seen += found
    assert sorted(seen) == sorted(item.case.number for item in items)
    if sort == "due":
        order = {item.case.number: item.due_on or later(999).date() for item in items}
        assert [order[number] for number in seen] == sorted(order.values())


@pytest.mark.parametrize("place", ["x", "9_9_9", "2024-01-01_1_99999999999999999999", "9999-12-31_0_" + "9" * 80])
def test_a_place_that_nobody_gave_out_is_the_beginning_or_the_end(world: World, place: str) -> None:
    case = drive(world, "released")
    found, _next = numbers(browser(world.officer), f"/?tab=claim&after={place}")
    assert found in ([case.number], [])


def test_filters_narrow_by_text_route_group_and_step_and_say_what_is_wrong(world: World) -> None:
    case = drive(world, "released")
    drive(world, "released", key="2", body="other", plan=wanted(world, body="other", name="另一项目（示例）"))
    client = browser(world.officer)
    group = f"group={world.bodies['group'].pk}"
    for narrow in ("q=改造", f"q={case.number}", group):
        assert numbers(client, f"/?tab=claim&{narrow}")[0] == [case.number]
    assert len(numbers(client, "/?tab=claim&route=FILING&step=check_completeness")[0]) == 2
    assert numbers(client, "/?tab=claim&step=sign")[0] == []
    page = client.get("/?tab=claim&step=nonsense").content.decode()
    assert "ir-error" in page


def test_several_are_claimed_and_what_another_has_says_so(world: World) -> None:
    first = drive(world, "released")
    more_cases(first, 2)
    tasks = list(WorkItem.objects.filter(state="OPEN").values_list("task_id", flat=True))
    other = browser(world.officer2)
    other.post("/inbox/claims/", {"one": tasks[0], "items": tasks[1:]})
    assert WorkItem.objects.filter(assignee=world.officer2).count() == 1
    answer = browser(world.officer).post("/inbox/claims/", {"items": tasks, "query": "tab=claim&q=改造"}, follow=True)
    page = answer.content.decode()
    assert "已认领 2 项" in page
    assert f"本环节已由{world.officer2.full_name}认领" in page
    assert answer.redirect_chain[0][0].startswith("/?tab=claim&q=")
    assert "没有选择事项" in other.post("/inbox/claims/", {"items": ["x"]}, follow=True).content.decode()


def test_what_is_circulated_is_marked_read_by_its_reader_alone(world: World) -> None:
    case = drive(world, "confirmed")
    circulate(case_id=case.pk, user=world.officer, readers=[world.deputy.pk], note="请阅", at=later(4))
    sent = Circulation.objects.get()
    deputy = browser(world.deputy)
    assert "请阅" in deputy.get("/").content.decode()
    browser(world.director).post("/inbox/readings/", {"items": [sent.pk]})
    sent.refresh_from_db()
    assert sent.read_at is None
    assert "已阅 1 项" in deputy.post("/inbox/readings/", {"items": [sent.pk]}, follow=True).content.decode()
    assert 'class="ir-tag ir-green">已阅' in deputy.get("/?tab=circulated").content.decode()


def test_the_export_holds_the_narrowed_list_with_its_filter_and_no_formula(world: World) -> None:
    drive(world, "released", plan=wanted(world, name="=cmd()（示例）"))
    drive(world, "released", key="2", plan=wanted(world, name="另一项目（示例）"))
    answer = browser(world.officer).get("/inbox/export/?tab=claim&q=cmd")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "筛选条件：项目名称或编号：cmd" in lines[1][0]
    assert lines[3][:2] == ["项目", "编号"]
    assert [line[0] for line in lines[4:]] == ["'=cmd()（示例）"]
    assert lines[4][4] == 1860
    entry = Entry.objects.get(verb="inbox.export")
    assert (entry.facts["tab"], entry.facts["count"], entry.actor_name) == ("claim", 1, world.officer.full_name)


def test_done_by_a_substitute_stands_with_both_names(world: World) -> None:
    case = drive(world, "checked")
    WorkItem.objects.filter(case=case, node="check").update(done_by=world.director, done_for=world.head)
    for who in ("director", "head"):
        page = browser(world.people[who]).get("/?tab=done").content.decode()
        assert f"{world.director.full_name}（代{world.head.full_name}）" in page


def test_the_enterprise_sees_how_its_project_stands_and_reminds_once(world: World) -> None:
    case = drive(world, "released")
    drafter = browser(world.group_drafter)
    page = drafter.get("/").content.decode()
    assert "ir-lamp-red" in page
    assert "可以催办" in page
    assert world.commission.contact_phone in page
    url = f"/cases/{case.number}/reminder/"
    assert f'href="{url}"' in page
    assert drafter.post(url, {"note": "合同在即"}).status_code == 302
    page = drafter.get("/").content.decode()
    assert "起可以再次催办" in page
    assert f'href="{url}"' not in page
    assert drafter.post(url, {"note": ""}).status_code == 422
    assert browser(world.officer).get(url).status_code == 403


def test_the_pages_beside_a_step_ask_and_refuse(world: World) -> None:
    case = drive(world, "released")
    task = hands.task_of(case, "check_completeness")
    officer = browser(world.officer)
    assert officer.post(f"/tasks/{task}/claim/").status_code == 302
    assert officer.post(f"/tasks/{task}/return/", {"reason": ""}).status_code == 422
    assert officer.post(f"/tasks/{task}/return/", {"reason": "出差"}).status_code == 302
    assert officer.get(f"/cases/{case.number}/circulation/").status_code == 200
    assert officer.post(f"/cases/{case.number}/circulation/", {"readers": []}).status_code == 422
    sent = officer.post(f"/cases/{case.number}/circulation/", {"readers": [world.head.pk], "note": "请阅"})
    assert sent.status_code == 302
    assert browser(world.group_drafter).get(f"/cases/{case.number}/circulation/").status_code == 403
