"""Agendas and their packs: order, papers, contents with page numbers, the background, and who is let in."""

from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from reportlab.lib.pagesizes import A3, landscape
from reportlab.pdfgen.canvas import Canvas

from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.demo import hands
from investreview.documents.kinds import Mark
from investreview.documents.packing import PackCover, PackMatter, PackPaper, write_pack
from investreview.journal.models import Entry
from investreview.projects.models import Agenda, AgendaItem, MeetingPack
from investreview.projects.services.agendas import add_case, choose_papers, create_agenda, move_item_up, order_pack
from investreview.projects.services.packs import MAXIMUM_ATTEMPTS, fail_pack, make_pack
from tests.desk.people import browser
from tests.desk.sharing import founded
from tests.states import kept
from tests.world import World, drive, later, wanted

NOW = later(12)


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def agenda(world: World) -> Agenda:
    return kept(lambda: _agenda(world), "agenda")


def _agenda(world: World) -> Agenda:
    made = create(world)
    for number in (1, 2):
        case = drive(world, "checked", key=str(number), plan=wanted(world, name=f"第{number}件（示例）"))
        add_case(acting=hands.acting(world.officer, NOW), agenda_id=made.pk, number=case.number, at=NOW)
    made.refresh_from_db()
    return made


def create(world: World, who: str = "document_officer") -> Agenda:
    return create_agenda(
        acting=hands.acting(world.people[who], NOW),
        commission=world.commission,
        name="主任办公会2024年第16次会议",
        held_on=NOW.date(),
        key=str(uuid4()),
        at=NOW,
    )


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def test_pack_has_contents_and_numbers_that_run_through(world: World, agenda: Agenda) -> None:
    officer = hands.acting(world.officer, NOW)
    second = agenda.items.last()
    study = second.case.materials.filter(is_current=True, file__kind="PDF").first().file
    table = second.case.materials.filter(is_current=True).exclude(file__kind="PDF").first()
    files = {study.pk} | ({table.file_id} if table is not None else set())
    choose_papers(acting=officer, agenda_id=agenda.pk, item_id=second.pk, files=files, at=NOW)
    move_item_up(acting=officer, agenda_id=agenda.pk, item_id=second.pk, at=NOW)
    assert agenda.items.values_list("case_id", flat=True).first() == second.case_id
    expected = 5 + (table is not None)
    pack = make_pack(order_pack(acting=officer, agenda_id=agenda.pk, at=NOW).pk, at=NOW)
    assert (pack.state, pack.papers_done, pack.papers_total) == ("DONE", expected, expected)
    answer = browser(world.deputy).get(f"/agendas/packs/{pack.pk}/")
    pages = texts(b"".join(answer.streaming_content))
    assert len(pages) == pack.page_count
    assert "主任办公会2024年第16次会议" in pages[0] and "—" not in pages[0]
    assert [f"— {number} —" in page for number, page in enumerate(pages[1:], start=2)] == [True] * (len(pages) - 1)
    assert "第2件（示例）" in pages[1].split("第1件（示例）")[0]
    assert "呈批表" in pages[2] and Entry.objects.filter(verb="agenda.download").count() == 1
    assert make_pack(pack.pk, at=NOW).done_at == pack.done_at


def test_what_cannot_be_read_is_listed_and_other_sizes_are_stamped() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=landscape(A3))
    canvas.drawString(100, 100, "drawing")
    canvas.save()
    papers = (
        PackPaper("图纸", buffer.getvalue),
        PackPaper("坏文件", lambda: b"%PDF-1.4 broken"),
        PackPaper("测算表.xlsx", None),
    )
    out, heard = BytesIO(), []
    cover = PackCover("某市国资委", "会议", NOW.date(), Mark.INTERNAL)
    count = write_pack(out, cover=cover, matters=[PackMatter("项目", papers)], on_paper=heard.append)
    pages = texts(out.getvalue())
    assert (count, heard) == (3, [1, 2, 3])
    assert "坏文件（文件不能并入，另附）" in pages[1] and "测算表.xlsx（另附，未并入）" in pages[1]
    assert "drawing" in pages[2] and "— 3 —" in pages[2]


def test_one_pack_at_a_time_and_a_failing_one_says_so(world: World, agenda: Agenda) -> None:
    officer = hands.acting(world.officer, NOW)
    first = order_pack(acting=officer, agenda_id=agenda.pk, at=NOW)
    assert order_pack(acting=officer, agenda_id=agenda.pk, at=NOW) == first
    MeetingPack.objects.filter(pk=first.pk).update(attempts=MAXIMUM_ATTEMPTS)
    assert fail_pack(first.pk, error=Invalid("projects_file_gone"), at=NOW).state == "FAILED"
    page = browser(world.officer).get(f"/agendas/{agenda.pk}/").content.decode()
    assert "没有汇编成功（projects_file_gone）" in page
    assert order_pack(acting=officer, agenda_id=agenda.pk, at=NOW) != first


def test_put_together_on_the_page_with_its_unhappy_paths(world: World) -> None:
    office = browser(world.document_officer)
    assert office.post("/agendas/", {"name": "", "held_on": "x", "key": str(uuid4())}).status_code == 422
    made = office.post("/agendas/", {"name": "党委会", "held_on": NOW.date().isoformat(), "key": str(uuid4())})
    url = made["Location"]
    assert office.post(url, {"act": "order"}).status_code == 422
    case = drive(world, "checked", key="considered")
    early = drive(world, "released", key="early", body="other")
    answer = office.post(url, {"act": "add", "number": early.number})
    assert answer.status_code == 422 and "已有拟办意见的办件" in answer.content.decode()
    for _press in range(2):
        assert office.post(url, {"act": "add", "number": case.number}).status_code == 302
    item = AgendaItem.objects.get()
    assert office.post(url, {"act": "choose", "item": item.pk, "files": ["999999"]}).status_code == 422
    assert office.post(url, {"act": "remove", "item": item.pk}).status_code == 302
    assert [entry.verb for entry in Entry.objects.filter(subject_kind="agenda").order_by("pk")] == [
        "agenda.create",
        "agenda.add",
        "agenda.remove",
    ]


def test_leaders_read_and_others_are_kept_out(world: World, agenda: Agenda) -> None:
    everybody = ("director", "finance", "sub_drafter")
    assert [browser(world.people[who]).get("/agendas/").status_code for who in everybody] == [200, 403, 403]
    url = f"/agendas/{agenda.pk}/"
    assert [browser(world.people[who]).get(url).status_code for who in ("director", "finance")] == [200, 404]
    assert browser(world.director).post(url, {"act": "order"}).status_code == 403
    with pytest.raises(Forbidden):
        create(world, "deputy")
    with pytest.raises(NotVisible):
        add_case(acting=hands.acting(world.officer, NOW), agenda_id=10**6, number="LYG-2024-0001", at=NOW)


def test_pages_cost_the_same_with_one_and_with_two(world: World, agenda: Agenda, django_assert_num_queries) -> None:
    reader = browser(world.director)
    reader.get("/rules/")
    with django_assert_num_queries(9):
        reader.get(f"/agendas/{agenda.pk}/")
    agenda.items.last().delete()
    with django_assert_num_queries(9):
        reader.get(f"/agendas/{agenda.pk}/")
