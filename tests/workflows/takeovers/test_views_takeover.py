"""The pages of a take-over: type it, compare it, see it on the case."""

from typing import Any

import pytest
from django.test import Client

from investreview.journal.models import Entry
from investreview.projects.models import Case, Takeover
from tests.projects.pages import content_of, error_beside
from tests.projects.pages import typed as shown
from tests.workflows.doors import scan, set_time, signed_in
from tests.workflows.takeover_forms import CHECK, entered, step, taken_over, typed
from tests.world import START, World
from workflows.taking_over import accept_takeover

TAKEOVERS = 5


@pytest.fixture(autouse=True)
def noon(settings: Any, tmp_path: Any, world: World) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    set_time(START.replace(hour=12))


def sent(world: World, client: Client, **fields: Any) -> Any:
    """The 接续单 as a browser sends it."""
    html = client.get("/takeovers/new/").content.decode()
    return client.post("/takeovers/new/", shown(html) | typed(world) | {"papers": [scan("案卷.pdf")]} | fields)


def test_a_case_is_entered_compared_and_goes_on(world: World) -> None:
    answer = sent(world, signed_in(world.officer2), step="sign", **CHECK, **step(1, "check", world.head, "2024-06-25"))
    entry = Takeover.objects.get()
    assert answer["Location"] == f"/takeovers/{entry.pk}/"
    own = signed_in(world.officer2).get(answer["Location"]).content.decode()
    assert ("由您录入，须由另一人核对" in own, 'value="agree"' in own) == (True, False)

    other = signed_in(world.officer)
    page = other.get(answer["Location"]).content.decode()
    assert 'value="agree"' in page
    told = (
        "收2024-118",
        "建议予以备案。",
        "案卷.pdf",
        "甲一公司",
        "1,860.00 万元 = 18,600,000.00 元",
        "审核 · head · 2024-06-25",
    )
    assert {text for text in told if text not in page} == set()
    assert not {text for text in (">on<", f">{world.sub.pk}<", f">{world.officer.pk}<") if text in page}
    done = other.post(answer["Location"], {"decision": "agree"})

    case = Case.objects.get()
    assert done["Location"] == f"/cases/{case.number}/"
    told = other.get(done["Location"]).content.decode()
    assert "在途接续" in told
    assert "已用 4 个工作日" in told
    assert "接续前线下办理" in told
    assert "officer2录入，officer核对" in told


def test_the_enterprise_reads_that_the_case_was_taken_over_without_persons(world: World) -> None:
    case = taken_over(world, step="check", **CHECK)
    page = signed_in(world.sub_drafter).get(f"/cases/{case.number}/").content.decode()

    assert "已用 4 个工作日" in page
    assert not {text for text in ("officer2", "接续单和扫描件", "建议予以备案") if text in page}


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("name", "", "请填写项目名称"),
        ("total_yuan", "x", "金额"),
        ("step", "wrong", "选择"),
        ("officer", "", "必填"),
        ("elapsed_days", "-1", "数字"),
        ("released_on", "2024-02-30", "日历上没有"),
        ("summary", " ", "必填"),
        ("papers", "", "请选择文件"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    world: World, field: str, value: str, said: str
) -> None:
    answer = sent(world, signed_in(world.officer), **{field: value})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert error_beside(html, f"id_{field}")
    assert shown(html)["paper_number"] == "收2024-118"
    assert not Takeover.objects.exists()


@pytest.mark.parametrize(
    "fields, field",
    [
        ({"proposal": "FILE"}, "proposed_on"),
        ({"proposed_on": "2024-06-24"}, "proposal"),
        ({"panel_conclusion": "PASS"}, "panel_held_on"),
        ({"panel_members": "5"}, "panel_conclusion"),
        ({"step_1_key": "check"}, "step_1_who"),
        ({"step_2_on": "2024-06-24"}, "step_2_key"),
    ],
)
def test_what_belongs_together_is_asked_together(world: World, fields: dict[str, str], field: str) -> None:
    answer = sent(world, signed_in(world.officer), **fields)

    assert (answer.status_code, bool(error_beside(answer.content.decode(), f"id_{field}"))) == (422, True)


def test_a_page_sent_twice_enters_one(world: World) -> None:
    client = signed_in(world.officer)
    html = client.get("/takeovers/new/").content.decode()
    form = shown(html) | typed(world)

    first = client.post("/takeovers/new/", form | {"papers": [scan("案卷.pdf")]})
    second = client.post("/takeovers/new/", form | {"papers": [scan("案卷.pdf")]})

    assert first["Location"] == second["Location"]
    assert Takeover.objects.count() == 1


def test_what_the_rules_refuse_is_told_on_the_page_of_the_second_person(world: World) -> None:
    entry = entered(world, world.officer2, route="EXPERT_PANEL")

    answer = signed_in(world.officer).post(f"/takeovers/{entry.pk}/", {"decision": "agree"})

    assert answer.status_code == 422
    assert "本项目应走“备案”" in answer.content.decode()
    assert not Case.objects.exists()


def test_one_that_differs_is_marked_with_its_reason(world: World) -> None:
    entry = entered(world, world.officer2)
    client = signed_in(world.head)

    assert client.post(f"/takeovers/{entry.pk}/", {"decision": "differ", "reason": " "}).status_code == 422
    client.post(f"/takeovers/{entry.pk}/", {"decision": "differ", "reason": "天数不符"})

    assert "天数不符" in client.get(f"/takeovers/{entry.pk}/").content.decode()
    assert "核对不符" in client.get("/takeovers/").content.decode()


@pytest.mark.parametrize("decision", ["", "maybe"])
def test_neither_answer_is_no_answer(world: World, decision: str) -> None:
    entry = entered(world, world.officer2)

    assert signed_in(world.officer).post(f"/takeovers/{entry.pk}/", {"decision": decision}).status_code == 422


@pytest.mark.parametrize(
    "who, statuses",
    [
        ("officer", (200, 200, 200)),
        ("head", (200, 403, 200)),
        ("archivist", (403, 403, 404)),
        ("deputy", (403, 403, 404)),
        ("document_officer", (403, 403, 404)),
        ("sub_drafter", (403, 403, 404)),
        ("system_admin", (403, 403, 404)),
    ],
)
def test_pages_are_for_who_enters_or_compares(world: World, who: str, statuses: tuple[int, ...]) -> None:
    entry = entered(world, world.officer2)
    client = signed_in(world.people[who])
    urls = ("/takeovers/", "/takeovers/new/", f"/takeovers/{entry.pk}/")

    assert tuple(client.get(url).status_code for url in urls) == statuses
    paper = client.get(f"/takeovers/papers/{entry.papers.get().pk}/")
    paper.close()
    assert paper.status_code == statuses[2]


@pytest.mark.parametrize(
    "who, before, after",
    [
        ("deputy", 404, 200),
        ("director", 404, 200),
        ("document_officer", 404, 200),
        ("finance", 404, 404),
        ("archivist", 404, 404),
        ("group_releaser", 404, 404),
    ],
)
def test_who_decides_on_the_case_reads_its_sheet_once_it_goes_on(
    world: World, who: str, before: int, after: int
) -> None:
    entry = entered(world, world.officer2)
    client, url = signed_in(world.people[who]), f"/takeovers/{entry.pk}/"
    assert client.get(url).status_code == before

    accept_takeover(takeover_id=entry.pk, user=world.head, at=START)

    assert client.get(url).status_code == after
    if after == 200:
        assert client.post(url, {"decision": "agree"}).status_code == 403
        assert f'href="{url}"' in client.get(f"/cases/{Case.objects.get().number}/").content.decode()


def test_another_commission_finds_nothing(world: World, elsewhere: World) -> None:
    entry = entered(world, world.officer2)
    client = signed_in(elsewhere.officer)

    assert client.get(f"/takeovers/{entry.pk}/").status_code == 404
    assert client.post(f"/takeovers/{entry.pk}/", {"decision": "agree"}).status_code == 404
    assert client.get(f"/takeovers/papers/{entry.papers.get().pk}/").status_code == 404
    assert entry.name not in client.get("/takeovers/").content.decode()


def test_a_scan_leaves_as_attachment_and_is_noted(world: World) -> None:
    entry = entered(world, world.officer2)

    answer = signed_in(world.officer).get(f"/takeovers/papers/{entry.papers.get().pk}/")

    assert (answer["Content-Disposition"][:10], content_of(answer)[:5]) == ("attachment", b"%PDF-")
    assert Entry.objects.get(verb="file.download").chain == "LYG:access"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(world: World, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        entered(world, world.officer2, key=f"takeover:{number}", paper_number=f"收2024-{number}")
    client = signed_in(world.officer)
    client.get("/takeovers/")

    with django_assert_num_queries(TAKEOVERS):
        assert client.get("/takeovers/").status_code == 200
