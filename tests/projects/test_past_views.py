"""The pages of the past as people use them: type or send, read what is wrong, compare, attach, take away."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.core import clock
from investreview.projects.models import Backfill, PastDecision, PastPaper
from tests.core import samples
from tests.projects.pages import error_beside, signed_in, typed
from tests.projects.past_ledgers import (
    NOON,
    answered,
    entered,
    past,
    still,
    uploaded,
)
from tests.world import World

PAGES = ("/past/", "/past/new/", "/past/import/", "/past/papers/", "/past/template/")


@pytest.fixture(autouse=True)
def site(own_site: None, media: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", still(NOON))


def filled(world: World, html: str, **fields: Any) -> dict[str, Any]:
    """The form of one entry as a clerk fills it."""
    usual = {
        "name": "泊位改造项目（示例）",
        "enterprise": world.sub.pk,
        "number": "国资备〔2021〕3号",
        "kind": "FIXED_ASSET",
        "nature": "MAIN",
        "route": "FILING",
        "outcome": "FILED",
        "amount_yuan": "1860",
        "decided_on": "2021-05-06",
        "signer": "李××",
        "papers": [uploaded()],
    }
    return typed(html) | usual | fields


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("who", ["officer", "archivist"])
def test_pages_open_for_who_enters(world: World, who: str, url: str) -> None:
    assert answered(signed_in(world.people[who]), url) == 200


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("who", ["deputy", "document_officer", "law", "group_releaser", "system_admin", "rule_keeper"])
def test_pages_are_closed_to_others(world: World, who: str, url: str) -> None:
    assert answered(signed_in(world.people[who]), url) == 403


def test_the_head_reads_batches_and_enters_none(world: World) -> None:
    backfill = entered(world, world.officer)
    head = signed_in(world.head)

    assert [answered(head, url) for url in ("/past/", f"/past/batches/{backfill.pk}/", "/past/export/")] == [200] * 3
    assert [answered(head, url) for url in ("/past/new/", "/past/import/", f"/past/batches/{backfill.pk}/check/")] == [
        403
    ] * 3


def test_a_stranger_signs_in_first(world: World) -> None:
    backfill = entered(world, world.officer)

    for url in (*PAGES, "/past/export/", f"/past/batches/{backfill.pk}/", "/past/decisions/1/", "/past/papers/1/"):
        assert Client().get(url)["Location"].startswith("/sign-in/")


def test_another_commission_is_answered_like_an_unknown_address(world: World, elsewhere: World) -> None:
    decision = past(world)
    waiting = entered(world, world.officer, key="past:2", number="另一号")
    client = signed_in(elsewhere.officer)
    reads = [
        f"/past/batches/{waiting.pk}/{part}" for part in ("", "progress/", "faults/", "source/", "check/", "correct/")
    ]
    reads += [f"/past/decisions/{decision.pk}/", f"/past/papers/{decision.papers.get().pk}/"]

    assert {url: answered(client, url) for url in reads} == dict.fromkeys(reads, 404)
    writes = [f"/past/batches/{waiting.pk}/{part}/" for part in ("store", "discard", "retry", "check", "correct")]
    assert {url: client.post(url, {"version": 2}).status_code for url in writes} == dict.fromkeys(writes, 404)
    assert "示例）" not in client.get("/past/").content.decode().split("<main", 1)[1]


def test_one_project_is_entered_checked_and_read(world: World, officer: Client, archivist: Client) -> None:
    answer = officer.post("/past/new/", filled(world, officer.get("/past/new/").content.decode()))
    backfill = Backfill.objects.get()
    assert answer["Location"] == f"/past/batches/{backfill.pk}/"
    assert "须由另一人核对" in officer.get(answer["Location"]).content.decode()

    page = archivist.get(f"/past/batches/{backfill.pk}/check/").content.decode()
    decision = PastDecision.objects.get()
    assert "国资备〔2021〕3号" in page
    assert f'/past/papers/{PastPaper.objects.get().pk}/"' in page
    backfill.refresh_from_db()
    done = archivist.post(
        f"/past/batches/{backfill.pk}/check/",
        {"decision": "accept", "version": backfill.version, "compared": [decision.pk]},
    )
    assert done["Location"] == f"/past/batches/{backfill.pk}/"

    read = signed_in(world.deputy).get(f"/past/decisions/{decision.pk}/").content.decode()
    assert "补录" in read
    assert "李××" in read
    assert "archivist" in read


def test_the_enterprise_reads_its_decision_without_persons_and_scans(world: World) -> None:
    decision = past(world)
    page = signed_in(world.sub_drafter).get(f"/past/decisions/{decision.pk}/").content.decode()

    assert "补录" in page
    assert not {text for text in ("李××", "officer", "archivist", "复函.pdf") if text in page}
    assert answered(signed_in(world.sub_drafter), f"/past/papers/{decision.papers.get().pk}/") == 404
    assert answered(signed_in(world.sister_drafter), f"/past/decisions/{decision.pk}/") == 404


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("name", "", "请填写项目名称"),
        ("enterprise", "", "请选择企业"),
        ("number", " ", "请填写原备案号"),
        ("kind", "X", "请选择"),
        ("amount_yuan", "29,999,999.995元", "两位小数"),
        ("amount_yuan", "", "必填"),
        ("decided_on", "2021-02-30", "日历上没有"),
        ("decided_on", "2024-07-02", "在今天之后"),
        ("signer", "甲\u202e乙", "U+202E"),
        ("papers", "", "请选择文件"),
        ("papers", SimpleUploadedFile("a.docx", samples.packed(samples.docx_parts())), "不是扫描件"),
        ("papers", SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "打不开或不完整"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    world: World, officer: Client, field: str, value: Any, said: str
) -> None:
    form = filled(world, officer.get("/past/new/").content.decode(), **{field: value})

    answer = officer.post("/past/new/", form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in error_beside(page, f"id_{field}")
    assert (typed(page)["note"], typed(page)["site"]) == ("", "")
    assert not Backfill.objects.exists()


def test_a_number_that_is_taken_is_told_at_its_field(world: World, officer: Client) -> None:
    entered(world, world.officer2, number="国资备〔2021〕3号")

    answer = officer.post("/past/new/", filled(world, officer.get("/past/new/").content.decode()))

    assert "已经有了" in error_beside(answer.content.decode(), "id_number")


def test_a_page_sent_twice_enters_one_project(world: World, officer: Client) -> None:
    html = officer.get("/past/new/").content.decode()

    first = officer.post("/past/new/", filled(world, html))
    second = officer.post("/past/new/", filled(world, html, papers=[uploaded()]))

    assert first["Location"] == second["Location"]
    assert PastDecision.objects.count() == 1


def test_a_returned_entry_is_corrected_on_its_page(world: World, officer: Client, archivist: Client) -> None:
    backfill = entered(world, world.officer)
    archivist.get(f"/past/batches/{backfill.pk}/check/")
    backfill.refresh_from_db()
    archivist.post(
        f"/past/batches/{backfill.pk}/check/",
        {"decision": "return", "version": backfill.version, "reason": "签发人写错"},
    )
    url = f"/past/batches/{backfill.pk}/correct/"
    html = officer.get(url).content.decode()
    assert "签发人写错" in html
    form = typed(html)
    assert (form["signer"], form["amount_yuan"], form["decided_on"]) == ("李××", "1860", "2021-05-06")

    assert officer.post(url, form | {"signer": "王××"})["Location"] == f"/past/batches/{backfill.pk}/"
    assert PastDecision.objects.get().signer == "王××"
    stale = officer.post(url, form | {"signer": "赵××"})
    assert (stale.status_code, PastDecision.objects.get().signer) == (422, "王××")
