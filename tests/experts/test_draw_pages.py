"""All draws, their evidence, the check of the chain, the leader's new round, and who reads a panel's papers."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from experts.models import Panel
from experts.states import PanelState
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document
from investreview.draws import verify_draw
from investreview.draws.models import Draw
from investreview.journal.models import Entry
from tests.browser.house import _let_auditor_in
from tests.experts import ceremonies
from tests.experts import engine_rooms as rooms
from tests.experts.doors import browser, opened, scan, text
from tests.experts.halls import Hall
from workflows.models import WorkItem

LIST = "/experts/draws/"
READERS = {
    "draw_operator": 200,
    "draw_supervisor": 200,
    "panel_secretary": 200,
    "head": 200,
    "deputy": 200,
    "director": 200,
    "officer": 404,
    "finance": 404,
    "discipline": 404,
    "document_officer": 404,
    "archivist": 404,
    "pool_keeper": 404,
    "group_drafter": 404,
    "system_admin": 404,
}


def page(there: Hall, tail: str = "") -> str:
    return f"{LIST}{there.panel.draw_id}/{tail}"


@pytest.mark.parametrize("who", READERS)
def test_who_reads_a_draw_by_number(there: Hall, who: str) -> None:
    rooms.to_drawn(there)
    name = ceremonies.reveal(there).expert.name
    answer = opened(there, who, page(there))
    assert answer.status_code == READERS[who]
    assert name not in answer.content.decode()


def test_the_list_shows_every_draw_once(there: Hall, django_assert_num_queries: Any) -> None:
    rooms.to_drawn(there)
    shown = opened(there, "head", LIST).context["page"]
    assert [(line.number, line.round, line.is_ended) for line in shown.lines] == [(there.panel.draw.number, 1, False)]
    assert (shown.announced_count, shown.later_round_count, shown.may_check) == (1, 0, False)
    client = browser(there, "head")
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(LIST)


def test_evidence_leaves_only_once_the_draw_has_ended(there: Hall) -> None:
    rooms.to_drawn(there)
    assert "关闭后可下载" in text(there, "draw_operator", page(there))
    for who, print_ in (("draw_operator", "public"), ("draw_operator", "confidential"), ("head", "public")):
        assert opened(there, who, page(there, f"evidence/{print_}/")).status_code == 422


def test_evidence_is_reproduced_by_the_verifier_and_names_are_for_few(there: Hall, tmp_path: Any, capsys: Any) -> None:
    rooms.to_concluded(there)
    draw = there.panel.draw
    public = opened(there, "head", page(there, "evidence/public/"))
    file = tmp_path / f"{draw.number}.json"
    file.write_bytes(public.content)
    assert public["Content-Disposition"] == f'attachment; filename="{draw.number}.json"'
    assert verify_draw.main([str(file), "--request", draw.request_hash]) == 0
    assert "REPRODUCED" in capsys.readouterr().out
    assert not any(seat.expert.name in public.content.decode() for seat in there.panel.seats.select_related("expert"))
    answers = {
        who: opened(there, who, page(there, "evidence/confidential/")).status_code
        for who in ("draw_operator", "draw_supervisor", "panel_secretary", "head", "officer")
    }
    assert answers == {
        "draw_operator": 200,
        "draw_supervisor": 200,
        "panel_secretary": 403,
        "head": 403,
        "officer": 404,
    }
    assert Entry.objects.filter(verb="draw.export", chain="LYG:access").count() == 3


def test_the_verifier_is_the_file_that_draws(there: Hall) -> None:
    rooms.to_drawn(there)
    answer = opened(there, "head", f"{LIST}verify_draw.py")
    assert b"".join(answer.streaming_content) == Path(verify_draw.__file__).read_bytes()
    answer.close()


def test_disclosing_is_said_once(there: Hall) -> None:
    rooms.to_concluded(there)
    client = browser(there, "draw_supervisor")
    for _press in range(2):
        assert client.post(f"/experts/panels/{there.panel.pk}/disclose/").status_code == 302
    assert there.panel.draw.state == "DISCLOSED"


def test_the_chain_is_checked_by_the_auditor(there: Hall) -> None:
    _let_auditor_in(there.world)
    rooms.to_concluded(there)
    answer = browser(there, "auditor").post(f"{LIST}check/")
    [(commission, result)] = answer.context["found"]
    assert (commission, result.is_whole) == (there.world.commission, True)
    assert [(one.seq, one.is_ended, one.faults) for one in result.checked] == [(1, True, ())]
    assert browser(there, "head").post(f"{LIST}check/").status_code == 403


def test_a_draw_that_is_gone_or_altered_is_found(there: Hall) -> None:
    _let_auditor_in(there.world)
    rooms.to_drawn(there)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE draws_drawchain SET last_seq = 2")
    [(_commission, result)] = browser(there, "auditor").post(f"{LIST}check/").context["found"]
    assert [fault.split(" ")[0] for fault in result.faults] == ["链"]
    assert result.is_whole is False


def test_the_leader_orders_a_new_round_with_a_document(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    address = f"/cases/{there.case.number}/new-round/"
    assert {who: opened(there, who, address).status_code for who in ("officer", "head", "director")} == {
        "officer": 403,
        "head": 403,
        "director": 403,
    }
    assert opened(there, "draw_operator", address).status_code == 404
    client = browser(there, "deputy")
    version = client.get(address).context["form"]["version"].value()
    empty = client.post(address, {"version": version, "reason": "候补不足（示例）"})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["document"])
    for _press in range(2):
        typed = {"version": version, "reason": "候补不足（示例）", "document": scan()}
        assert client.post(address, typed).status_code == 302
    assert Panel.objects.get(case=there.case).state == PanelState.VOID
    assert WorkItem.objects.get(case=there.case, state="OPEN").node == "freeze_draw"
    rooms.freeze(there)
    assert "候补不足（示例）" in text(there, "draw_operator")


def test_a_stale_order_comes_back_with_the_reason(there: Hall) -> None:
    rooms.to_drawn(there)
    client = browser(there, "deputy")
    typed = {"version": "1", "reason": "候补不足（示例）", "document": scan()}
    answer = client.post(f"/cases/{there.case.number}/new-round/", typed)
    assert answer.status_code == 409
    assert answer.context["form"]["version"].value() == str(there.fresh().version)
    assert answer.context["form"]["reason"].value() == "候补不足（示例）"


def test_a_void_draw_with_numbers_is_finished_by_the_supervisor(there: Hall) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    ceremonies.enter_numbers(there)
    ceremonies.order_round(there)
    client = browser(there, "draw_supervisor")
    address = f"/experts/panels/{there.panel.pk}/"
    assert [form.name for form in client.get(address).context["view"].acts] == ["finish-void"]
    assert client.post(f"{address}finish-void/").status_code == 302
    assert Draw.objects.get().outcome == "FAILED"


PAPERS = {
    DocumentKind.DRAW_SEAL_SHEET: {"draw_operator", "draw_supervisor", "panel_secretary", "officer", "head", "deputy"},
    DocumentKind.DRAW_RECORD: {"draw_operator", "draw_supervisor", "panel_secretary", "archivist"},
    DocumentKind.DRAW_RECORD_PUBLIC: {"draw_operator", "draw_supervisor", "panel_secretary", "officer", "head"},
    DocumentKind.PANEL_OPINION: {"officer", "head", "deputy", "director"},
}


@pytest.mark.parametrize("kind", PAPERS)
def test_each_paper_has_its_readers(there: Hall, kind: DocumentKind) -> None:
    rooms.to_concluded(there)
    paper = Document.objects.filter(kind=kind).latest("pk")
    asked = ("draw_operator", "draw_supervisor", "panel_secretary", "officer", "head", "archivist", "group_drafter")
    found = {who for who in asked if opened(there, who, f"/documents/{paper.pk}/").status_code == 200}
    assert found - {"archivist"} == PAPERS[kind] & set(asked) - {"archivist"}
    expert = there.seat(1).expert.user
    assert expert is not None and opened(there, expert, f"/documents/{paper.pk}/").status_code == 404


def test_the_deputy_finds_the_order_on_the_page_of_the_case(there: Hall) -> None:
    address = f"/cases/{there.case.number}/"
    assert "另行组织专家组" not in text(there, "deputy", address)
    rooms.to_drawn(there)
    assert f"{address}new-round/" in text(there, "deputy", address)
    assert f"{address}new-round/" not in text(there, "officer", address)
