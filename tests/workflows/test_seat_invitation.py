"""An expert before the papers open: invitation, answer, declaration; and who finds nothing at these addresses."""

import pytest

from experts.models import ConflictDeclaration, Departure
from investreview.accounts.models import User
from investreview.journal.models import Entry
from tests.desk.people import auditor_of, browser
from tests.workflows.panel_stages import PROJECT, Stage, staged

OTHERS = (
    "group_drafter", "officer", "head", "deputy", "draw_operator", "draw_supervisor", "panel_secretary",
    "pool_keeper", "security_admin", "audit_admin", "system_admin",
)  # fmt: skip
STRANGE = ("confirm", "decline", "declaration", "sheet", "correction", "inquiries")


@pytest.fixture
def stage(db: None) -> Stage:
    return staged(until="invited")


def url(stage: Stage, place: int, act: str = "") -> str:
    return f"/experts/seats/{stage.seat(place).pk}/" + (f"{act}/" if act else "")


def read(user: User, address: str) -> str:
    page = browser(user).get(address)
    assert page.status_code == 200
    return page.content.decode()


def main_of(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_an_invitation_tells_neither_project_nor_enterprise_nor_case(stage: Stage) -> None:
    expert = stage.expert(1)
    for address in (url(stage, 1), "/experts/seats/"):
        text = read(expert, address)
        assert [word for word in (PROJECT, "甲集团", stage.case.number, "45,000,000") if word in text] == []
    shown = read(expert, url(stage, 1))
    assert [word for word in ("市国资委三楼会议室（示例）", "半天", "按劳务标准表") if word not in shown] == []


@pytest.mark.parametrize("who", OTHERS)
def test_a_seat_does_not_exist_for_others(stage: Stage, who: str) -> None:
    client = browser(stage.world.people[who] if who in stage.world.people else getattr(stage.world, who))
    answers = {client.get(url(stage, 1)).status_code, client.get("/experts/seats/").status_code}
    answers |= {client.post(url(stage, 1, act)).status_code for act in STRANGE}
    assert answers == {404}


def test_a_seat_does_not_exist_for_another_expert_or_the_auditor(stage: Stage) -> None:
    for user in (stage.expert(2), auditor_of(stage.world)):
        client = browser(user)
        answers = {client.get(url(stage, 1)).status_code, client.get(url(stage, 1, "summary")).status_code}
        answers |= {client.post(url(stage, 1, act)).status_code for act in STRANGE}
        assert answers == {404}


def test_nobody_signed_in_is_led_to_the_sign_in(stage: Stage) -> None:
    answer = browser(None).get(url(stage, 1))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={url(stage, 1)}")


def test_confirming_twice_confirms_once(stage: Stage) -> None:
    client = browser(stage.expert(1))
    answers = [client.post(url(stage, 1, "confirm")).status_code for _ in range(2)]
    entries = Entry.objects.filter(verb="panel.confirm_seat").count()
    assert (answers, stage.seat(1).state, entries) == ([302, 302], "CONFIRMED", 1)


def test_declining_needs_a_reason_and_keeps_what_was_typed(stage: Stage) -> None:
    client = browser(stage.expert(1))
    page = client.post(url(stage, 1, "decline"), {"kind": "RECUSED", "reason": ""})
    text = page.content.decode()
    assert (page.status_code, "请填写事由" in text, Departure.objects.count()) == (422, True, 0)
    assert page.context["decline"]["kind"].value() == "RECUSED"


def test_declining_leaves_the_seat_and_the_page_says_so(stage: Stage) -> None:
    seat, user = stage.seat(1), stage.expert(1)
    client = browser(user)
    answer = client.post(f"/experts/seats/{seat.pk}/decline/", {"kind": "DECLINED", "reason": "出差（示例）"})
    seat.refresh_from_db()
    page = client.get(f"/experts/seats/{seat.pk}/").content.decode()
    assert (answer.status_code, seat.state) == (302, "DECLINED")
    assert ("这次邀请已经结束" in page, PROJECT in page) == (True, False)


def test_parties_stand_by_name_and_papers_stay_shut_until_the_declaration(stage: Stage) -> None:
    client = browser(stage.expert(1))
    client.post(url(stage, 1, "confirm"))
    page = client.get(url(stage, 1))
    text = page.content.decode()
    assert ("甲一公司有限公司（示例）" in text, "M05" in main_of(text)) == (True, False)
    assert (page.context["part"], len(page.context["statements"])) == ("declare", 8)
    assert client.get(url(stage, 1, "summary")).status_code == 403


@pytest.mark.parametrize(
    ("typed", "told"),
    [({}, "请选择一项"), ({"has_conflict": "SOME", "statement": " "}, "请说明")],
)
def test_a_declaration_that_says_too_little_is_refused(stage: Stage, typed: dict[str, str], told: str) -> None:
    client = browser(stage.expert(1))
    client.post(url(stage, 1, "confirm"))
    page = client.post(url(stage, 1, "declaration"), typed)
    assert (page.status_code, told in page.content.decode()) == (422, True)
    assert ConflictDeclaration.objects.count() == 0


def test_a_conflict_leaves_the_seat_at_once_while_the_panel_is_not_seated(stage: Stage) -> None:
    seat, client = stage.seat(1), browser(stage.expert(1))
    client.post(url(stage, 1, "confirm"))
    typed = {"has_conflict": "SOME", "statement": "配偶任职于甲一公司（示例）"}
    answer = client.post(f"/experts/seats/{seat.pk}/declaration/", typed)
    seat.refresh_from_db()
    assert (answer.status_code, seat.state) == (302, "RECUSED")


def test_after_the_declaration_the_papers_wait_for_the_whole_panel(stage: Stage) -> None:
    client = browser(stage.expert(1))
    client.post(url(stage, 1, "confirm"))
    client.post(url(stage, 1, "declaration"), {"has_conflict": "NONE"})
    page = client.get(url(stage, 1))
    assert (page.context["part"], "M05" in main_of(page.content.decode())) == ("waiting", False)


def test_the_home_of_an_expert_is_the_desk_of_seats(stage: Stage) -> None:
    answer = browser(stage.expert(1)).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/experts/seats/")


def test_large_type_is_remembered_and_goes_back_only_to_our_own_pages(stage: Stage) -> None:
    client = browser(stage.expert(1))
    on = client.post("/experts/seats/large-type/", {"next": url(stage, 1)})
    assert (on.headers["Location"], 'class="ir-big"' in client.get(url(stage, 1)).content.decode()) == (
        url(stage, 1),
        True,
    )
    off = client.post("/experts/seats/large-type/", {"next": "https://elsewhere.example/"})
    assert (off.headers["Location"], 'class="ir-big"' in client.get(url(stage, 1)).content.decode()) == ("/", False)
