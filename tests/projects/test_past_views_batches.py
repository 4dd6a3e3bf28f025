"""The pages of ledgers, scans and exports as people use them: try, write, give up, take away."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.core import clock
from investreview.journal.models import Entry
from investreview.projects.models import Backfill, PastDecision, PastPaper
from investreview.projects.past.services.working import work_on
from tests.core import samples
from tests.projects.pages import content_of, error_beside, signed_in, typed
from tests.projects.past_ledgers import (
    NOON,
    accepted,
    answered,
    csv_ledger,
    entered,
    ledger,
    past,
    row,
    sent,
    still,
    stored,
    uploaded,
)
from tests.world import World


@pytest.fixture(autouse=True)
def site(own_site: None, media: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", still(NOON))


def sheet_of(answer: Any, name: str = "备案台账") -> Any:
    """The sheet of a workbook that was sent."""
    return openpyxl.load_workbook(io.BytesIO(content_of(answer)))[name]


def test_a_ledger_is_tried_written_checked_and_counted(world: World, officer: Client, archivist: Client) -> None:
    form = typed(officer.get("/past/import/").content.decode())
    answer = officer.post("/past/import/", form | {"file": ledger([row(1), row(2)])})
    backfill = Backfill.objects.get()
    url = f"/past/batches/{backfill.pk}/"
    assert answer["Location"] == url
    assert "hx-get" in officer.get(url).content.decode()

    work_on(backfill.pk, clock=still())
    assert "什么都没有写入" in officer.get(url).content.decode()
    backfill.refresh_from_db()
    officer.post(f"{url}store/", {"version": backfill.version})
    assert not PastDecision.objects.exists()
    work_on(backfill.pk, clock=still())
    backfill.refresh_from_db()
    assert "历史项目2（示例）" in officer.get(url).content.decode()

    archivist.get(f"{url}check/")
    backfill.refresh_from_db()
    ids = list(PastDecision.objects.values_list("pk", flat=True))
    part = archivist.post(f"{url}check/", {"decision": "accept", "version": backfill.version, "compared": ids[:1]})
    assert part.status_code == 422
    assert f'value="{ids[0]}" id="compared-{ids[0]}" required checked' in part.content.decode()
    archivist.post(f"{url}check/", {"decision": "accept", "version": backfill.version, "compared": ids})
    backfill.refresh_from_db()
    assert backfill.state == "ACCEPTED"


def test_faults_are_listed_and_can_be_taken_away_beside_their_rows(world: World, officer: Client) -> None:
    backfill = sent(world.officer, ledger([row(1), row(2, group="丙集团", amount_yuan="=1+1"), row(3, kind="收购")]))

    page = officer.get(f"/past/batches/{backfill.pk}/").content.decode()
    assert "“备案台账”第 3 行 C 列（监管企业）" in page
    assert "发现 3 处问题" in page

    sheet = sheet_of(officer.get(f"/past/batches/{backfill.pk}/faults/"))
    assert [sheet.cell(number, 1).value for number in (2, 3)] == ["国资备〔2022〕2号", "国资备〔2022〕3号"]
    assert [sheet.cell(number, 20).value for number in (1, 3)] == [
        "待改正之处",
        "“备案台账”第 4 行 E 列（投资类别） “收购”不在可选的内容之中；"
        "可以填写：固定资产投资、股权投资、无形资产投资、基金投资。",
    ]


def test_the_corrected_rows_can_be_sent_as_they_were_taken_away(world: World, officer: Client) -> None:
    backfill = sent(world.officer, ledger([row(1), row(2, group="丙集团")]))
    book = openpyxl.load_workbook(io.BytesIO(content_of(officer.get(f"/past/batches/{backfill.pk}/faults/"))))
    book["备案台账"]["C2"] = "甲集团"
    stream = io.BytesIO()
    book.save(stream)

    again = sent(world.officer, SimpleUploadedFile("改.xlsx", stream.getvalue()), key="ledger:2")

    assert (again.state, again.row_count, again.ignored) == ("CLEAN", 1, ["待改正之处"])


@pytest.mark.parametrize(
    "file, said",
    [
        (SimpleUploadedFile("a.xls", samples.ole("Workbook")), "另存为 .xlsx"),
        (SimpleUploadedFile("a.csv", b"\x81\xff\xff"), "无法识别"),
        (ledger([], change=lambda page: page.delete_rows(1)), "没有找到表头"),
        ("", "请选择文件"),
    ],
)
def test_a_file_that_is_no_ledger_is_told_at_once(world: World, officer: Client, file: Any, said: str) -> None:
    form = typed(officer.get("/past/import/").content.decode())

    answer = officer.post("/past/import/", form | {"file": file})

    assert answer.status_code == 422
    assert said in error_beside(answer.content.decode(), "id_file")
    assert not Backfill.objects.exists()


def test_a_gbk_csv_is_sent_on_the_page(world: World, officer: Client) -> None:
    form = typed(officer.get("/past/import/").content.decode())
    officer.post("/past/import/", form | {"file": csv_ledger([row(1)], "gbk")})

    assert work_on(Backfill.objects.get().pk, clock=still()) == "CLEAN"


def test_progress_is_asked_until_the_work_is_done(world: World, officer: Client) -> None:
    form = typed(officer.get("/past/import/").content.decode())
    officer.post("/past/import/", form | {"file": ledger([row(1)])})
    backfill = Backfill.objects.get()
    Backfill.objects.update(rows_done=250, percent=31)
    url = f"/past/batches/{backfill.pk}/progress/"

    asked = officer.get(url)
    assert 'value="31"' in asked.content.decode()
    assert ("hx-get" in asked.content.decode(), "HX-Refresh" in asked) == (True, False)
    work_on(backfill.pk, clock=still())
    done = officer.get(url)
    assert ("hx-get" in done.content.decode(), done["HX-Refresh"]) == (False, "true")


def test_the_source_and_a_scan_leave_as_attachments_and_are_noted(world: World, officer: Client) -> None:
    backfill = stored(world.officer, ledger([row(1)]))
    decision = past(world, number="另一号")

    source = officer.get(f"/past/batches/{backfill.pk}/source/")
    assert source["Content-Disposition"].startswith("attachment")
    assert content_of(source)[:2] == b"PK"
    paper = officer.get(f"/past/papers/{decision.papers.get().pk}/")
    assert (paper["Content-Type"], content_of(paper)[:5]) == ("application/octet-stream", b"%PDF-")
    noted = Entry.objects.filter(verb="file.download").order_by("pk")
    assert [(each.chain, each.facts["name"]) for each in noted] == [
        ("LYG:access", "备案台账.xlsx"),
        ("LYG:access", "复函.pdf"),
    ]


def test_a_typed_entry_has_no_ledger_to_take_away(world: World, officer: Client) -> None:
    assert answered(officer, f"/past/batches/{entered(world, world.officer2).pk}/source/") == 422


def test_scans_are_attached_several_at_once(world: World, officer: Client) -> None:
    stored(world.officer, ledger([row(1), row(2)]))
    files = [uploaded("一", "国资备〔2022〕1号.pdf"), uploaded("二", "国资备〔2022〕2号.pdf"), uploaded("三", "无.pdf")]

    answer = officer.post("/past/papers/", {"papers": files})

    assert answer.status_code == 422
    assert answer.content.decode().count("已挂接") == 2
    assert "没有与文件名“无.pdf”同号的补录项目" in answer.content.decode()
    assert PastPaper.objects.count() == 2
    assert (
        "已有同一文件"
        in officer.post("/past/papers/", {"papers": uploaded("一", "国资备〔2022〕1号.pdf")}).content.decode()
    )


def test_scan_sent_in_the_background_is_answered_in_one_line(world: World, officer: Client) -> None:
    stored(world.officer, ledger([row(1)]))

    def told(*files: object) -> tuple[int, str]:
        answer = officer.post("/past/papers/", {"papers": list(files)}, headers={"X-Background": "upload"})
        return answer.status_code, answer.json()["line"]

    assert told(uploaded("一", "国资备〔2022〕1号.pdf")) == (200, "已挂接到 国资备〔2022〕1号。")
    assert told(uploaded("一", "国资备〔2022〕1号.pdf")) == (200, "国资备〔2022〕1号 已有同一文件。")
    status, line = told(uploaded("三", "无.pdf"))
    assert (status, "没有与文件名“无.pdf”同号的补录项目" in line) == (422, True)
    assert told() == (422, "请选择文件。")


def test_no_file_at_all_is_told(officer: Client) -> None:
    answer = officer.post("/past/papers/", {})

    assert (answer.status_code, error_beside(answer.content.decode(), "id_papers")) == (422, "请选择文件。")


def test_the_export_has_the_columns_of_the_ledger_and_the_mark(world: World) -> None:
    past(world, number="=1+1", name="导出项目（示例）")
    accepted(stored(world.officer, ledger([row(1)])), world.archivist)
    entered(world, world.officer2, key="past:3", number="待核对")

    sheet = sheet_of(signed_in(world.document_officer).get("/past/export/"))

    assert [cell.value for cell in sheet[1]][:1] == ["补录项目：LYG"]
    titles = [cell.value for cell in sheet[3]]
    assert titles[:4] == ["原备案号", "项目名称", "监管企业", "投资主体"]
    assert titles[-4:] == ["来源", "录入人", "核对人", "核对时间"]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
    assert [(line[0], line[8], line[-4], line[-3], line[-2]) for line in rows] == [
        ("'=1+1", 1860, "补录", "officer", "archivist"),
        ("国资备〔2022〕1号", 1860.5, "补录", "officer", "archivist"),
    ]
    assert Entry.objects.get(verb="past.export").chain == "LYG:access"


@pytest.mark.parametrize("who", ["group_drafter", "law", "system_admin", "audit_admin"])
def test_nobody_else_exports(world: World, who: str) -> None:
    assert answered(signed_in(world.people[who]), "/past/export/") == 403


def test_a_batch_is_given_up_from_its_page(world: World, officer: Client) -> None:
    backfill = stored(world.officer, ledger([row(1)]))

    officer.post(f"/past/batches/{backfill.pk}/discard/", {"version": backfill.version})
    work_on(backfill.pk, clock=still())

    backfill.refresh_from_db()
    assert (backfill.state, PastDecision.objects.count()) == ("DISCARDED", 0)


@pytest.mark.parametrize("part", ["store", "discard", "retry"])
def test_an_act_of_another_state_says_so_and_changes_nothing(world: World, officer: Client, part: str) -> None:
    backfill = past(world).backfill
    backfill.refresh_from_db()

    answer = officer.post(f"/past/batches/{backfill.pk}/{part}/", {"version": backfill.version}, follow=True)

    assert 'class="ir-note ir-bad"' in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert Backfill.objects.get().state == "ACCEPTED"


def test_a_stale_act_is_refused(world: World, officer: Client) -> None:
    backfill = stored(world.officer, ledger([row(1)]))

    assert officer.post(f"/past/batches/{backfill.pk}/discard/", {"version": 1}).status_code == 409


@pytest.mark.parametrize("method", ["get", "put", "delete"])
@pytest.mark.parametrize("part", ["store", "discard", "retry"])
def test_acts_are_posted(world: World, officer: Client, method: str, part: str) -> None:
    backfill = entered(world, world.officer)

    assert getattr(officer, method)(f"/past/batches/{backfill.pk}/{part}/").status_code == 405


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=9999999999999999999", "before=٣"])
def test_the_list_survives_a_key_nobody_gave_out(officer: Client, query: str) -> None:
    assert officer.get(f"/past/?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many_rows(
    world: World, officer: Client, count: int, django_assert_num_queries: Any
) -> None:
    backfill = stored(world.officer2, ledger([row(number) for number in range(1, count + 1)]))
    for number in range(count):
        entered(world, world.officer2, key=f"past:{number}", number=f"第{number}号")
    officer.get("/past/")
    officer.get(f"/past/batches/{backfill.pk}/check/")

    pages = {"/past/": 5, f"/past/batches/{backfill.pk}/": 5, f"/past/batches/{backfill.pk}/check/": 10}
    for url, queries in pages.items():
        with django_assert_num_queries(queries):
            assert officer.get(url).status_code == 200
