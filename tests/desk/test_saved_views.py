"""Saved views: kept, opened by themselves, shared with the office, and nobody else's to change."""

from investreview.desk.models import SavedView
from investreview.journal.models import Entry
from tests.desk.people import browser
from tests.world import World

QUERY = "tab=claim&q=管廊&sort=amount"


def save(world: World, who: str, **naming: str) -> SavedView:
    answer = browser(world.people[who]).post("/inbox/views/new/", {"query": QUERY, "name": "管廊", **naming})
    assert answer.status_code == 302
    return SavedView.objects.get(owner=world.people[who])


def test_a_view_keeps_the_filter_and_the_same_name_takes_its_place(world: World) -> None:
    save(world, "officer")
    view = save(world, "officer", is_default="on")
    assert (view.tab, view.values) == ("claim", {"q": "管廊", "sort": "amount"})
    page = browser(world.officer).get("/").content.decode()
    assert 'value="管廊"' in page
    assert "显示全部" in page
    assert 'value="管廊"' not in browser(world.officer).get("/?tab=mine").content.decode()
    assert Entry.objects.filter(verb="view.save").count() == 2


def test_a_shared_view_reaches_the_office_and_no_other(world: World) -> None:
    save(world, "officer", is_shared="on")
    asked = ("officer", "officer2", "law", "group_drafter", "deputy")
    shown = [who for who in asked if "管廊" in browser(world.people[who]).get("/").content.decode()]
    assert shown == ["officer", "officer2"]


def test_only_the_owner_changes_and_deletes(world: World) -> None:
    view = save(world, "officer", is_shared="on")
    other, owner = browser(world.officer2), browser(world.officer)
    assert other.get(f"/inbox/views/{view.pk}/").status_code == 404
    assert other.post(f"/inbox/views/{view.pk}/deletion/").status_code == 404
    assert owner.post(f"/inbox/views/{view.pk}/", {"name": " "}).status_code == 422
    assert owner.post(f"/inbox/views/{view.pk}/", {"name": "新名"}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("新名", False)
    assert owner.post(f"/inbox/views/{view.pk}/deletion/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_name_is_needed_and_a_taken_one_is_refused(world: World) -> None:
    view = save(world, "officer")
    owner = browser(world.officer)
    assert owner.post("/inbox/views/new/", {"query": QUERY, "name": ""}).status_code == 422
    owner.post("/inbox/views/new/", {"query": QUERY, "name": "二号"})
    page = owner.post(f"/inbox/views/{view.pk}/", {"name": "二号"})
    assert page.status_code == 422
    assert "您已有名为“二号”的视图" in page.content.decode()
