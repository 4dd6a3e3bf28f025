"""A scan of the commission's in pieces, before its form: it goes on where it broke and goes with its form once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.test import Client

from investreview.accounts.models import Substitution
from investreview.core import clock
from investreview.core.roles import Role
from investreview.demo.files import sample_pdf
from investreview.projects import unfinished
from investreview.projects.models import ArrivingScan, PastPaper
from investreview.projects.services.arriving import sweep_uploads
from tests.projects.pages import signed_in
from tests.projects.past_ledgers import ledger, row, stored
from tests.projects.pieces import BACKGROUND, PIECE, parts, sent, sent_to_the_end
from tests.world import START, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site", "media", "bytes_here")]
Capture = Callable[..., Any]
CONTENT = sample_pdf("示例", 10)
NAME = "国资备〔2022〕1号.pdf"


@pytest.fixture
def ledger_of_one(world: World) -> None:
    """A decision of the past without its scan."""
    stored(world.officer, ledger([row(1)]))


def announced(client: Client, content: bytes = CONTENT, **fields: Any) -> Any:
    said = {"name": NAME, "size": len(content), "changed": 1_720_000_000_000}
    return client.post("/scans/", said | fields, headers=BACKGROUND)


def whole(client: Client, content: bytes = CONTENT, **fields: Any) -> dict[str, Any]:
    """The answer to the announcement of a scan that is whole now."""
    where: dict[str, Any] = announced(client, content, **fields).json()
    assert sent_to_the_end(client, where, content=content).status_code == 200
    return where


def attached(client: Client, *keys: str) -> Any:
    return client.post("/past/papers/", {"papers-arrived": keys}, headers=BACKGROUND)


def test_scan_in_pieces_becomes_what_one_request_makes(
    archivist: Client, ledger_of_one: None, bytes_here: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    where = whole(archivist)

    with django_capture_on_commit_callbacks(execute=True):
        answer = attached(archivist, where["key"])

    assert (answer.status_code, answer.json()["line"]) == (200, "已挂接到 国资备〔2022〕1号。")
    paper = PastPaper.objects.get()
    assert (paper.name, paper.size, paper.page_count) == (NAME, len(CONTENT), 10)
    assert (ArrivingScan.objects.count(), parts(bytes_here)) == (0, [])


def test_announcing_again_says_where_to_go_on(archivist: Client) -> None:
    where = announced(archivist).json()
    sent(archivist, where, 0, CONTENT)

    again = announced(archivist).json()

    assert again == where | {"received": PIECE, "checksum": crc32(CONTENT[:PIECE])}
    assert ArrivingScan.objects.count() == 1


@pytest.mark.parametrize("fields", [{"size": len(CONTENT) + 1}, {"changed": 1}, {"name": "别的.pdf"}])
def test_another_file_is_another_scan(archivist: Client, fields: dict[str, Any]) -> None:
    first = announced(archivist).json()

    assert announced(archivist, **fields).json()["key"] != first["key"]


def test_scan_that_is_not_whole_does_not_go_with_its_form(archivist: Client, ledger_of_one: None) -> None:
    where = announced(archivist).json()
    sent(archivist, where, 0, CONTENT)

    answer = attached(archivist, where["key"])

    assert (answer.status_code, answer.json()["line"], PastPaper.objects.count()) == (422, "请选择文件。", 0)


def test_scan_whose_bytes_the_disk_lost_is_sent_anew(archivist: Client, ledger_of_one: None) -> None:
    where = whole(archivist)
    unfinished.place_of(ArrivingScan.objects.get().key).unlink()

    assert attached(archivist, where["key"]).status_code == 422
    assert announced(archivist).json()["received"] == 0


def test_scan_that_its_form_refuses_stays_to_be_sent_again(archivist: Client, ledger_of_one: None) -> None:
    where = whole(archivist, name="无.pdf")

    assert attached(archivist, where["key"]).status_code == 422
    assert announced(archivist, name="无.pdf").json()["received"] == len(CONTENT)


def test_scan_of_somebody_else_is_nobodys(world: World, archivist: Client, officer: Client) -> None:
    where = whole(archivist)

    assert attached(officer, where["key"]).status_code == 422
    assert sent(officer, where, 0, CONTENT).status_code == 404
    assert officer.post(where["discard"], headers=BACKGROUND).status_code == 404
    assert announced(officer).json()["key"] != where["key"]


@pytest.mark.parametrize("key", ["x", "", "00000000-0000-4000-8000-000000000000"])
def test_key_of_no_scan_is_no_file(archivist: Client, key: str) -> None:
    assert attached(archivist, key).json()["line"] == "请选择文件。"


def test_several_scans_go_with_one_form(archivist: Client, world: World) -> None:
    stored(world.officer, ledger([row(1), row(2)]))
    keys = [whole(archivist, name=f"国资备〔2022〕{number}号.pdf")["key"] for number in (1, 2)]

    assert attached(archivist, *keys).status_code == 200
    assert (PastPaper.objects.count(), ArrivingScan.objects.count()) == (2, 0)


@pytest.mark.parametrize("who", ["group_drafter", "deputy", "auditor", "expert"])
def test_nobody_else_sends_scans(world: World, who: str) -> None:
    person = world.people.get(who) or world.people["pool_keeper"]

    assert announced(signed_in(person)).status_code == 403
    assert ArrivingScan.objects.count() == 0


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 403)])
def test_substitute_sends_scans_as_long_as_the_role_is_lent(world: World, days: int, status: int) -> None:
    lent_until = clock.today() - timedelta(days=days)
    Substitution.objects.create(
        principal=world.people["document_officer"],
        substitute=world.deputy,
        substitute_is_seconded=False,
        role=Role.DOCUMENT_OFFICER,
        path="LYG/",
        valid_from=lent_until,
        valid_until=lent_until,
        authority_number="授权〔2024〕1号",
        recorded_by=world.officer,
        recorded_at=START,
    )
    deputy = signed_in(world.deputy)

    where = announced(deputy)
    assert where.status_code == status
    if status == 200:
        assert sent_to_the_end(deputy, where.json(), content=CONTENT).status_code == 200


@pytest.mark.parametrize(
    "fields", [{"size": 0}, {"size": 100 * 1024 * 1024 + 1}, {"size": "x"}, {"name": ""}, {"changed": ""}]
)
def test_announcement_that_is_refused_leaves_nothing(archivist: Client, fields: dict[str, Any]) -> None:
    assert announced(archivist, **fields).status_code == 422
    assert ArrivingScan.objects.count() == 0


@pytest.mark.parametrize("limit", ["UNFINISHED_UPLOADS_A_PERSON", "UNFINISHED_BYTES_A_PERSON"])
def test_one_person_has_so_many_and_no_more(archivist: Client, officer: Client, settings: Any, limit: str) -> None:
    setattr(settings, limit, 1 if limit.startswith("UNFINISHED_UPLOADS") else len(CONTENT))
    where = announced(archivist).json()

    answer = announced(archivist, name="又一个.pdf")

    assert (answer.status_code, "还没有登记的扫描件" in answer.json()["line"]) == (422, True)
    assert announced(officer).status_code == 200
    archivist.post(where["discard"], headers=BACKGROUND)
    assert announced(archivist, name="又一个.pdf").status_code == 200


def test_scan_that_no_form_took_is_swept_with_its_bytes(
    archivist: Client, bytes_here: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    whole(archivist)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_uploads(at=START + timedelta(days=7), machine_now=clock.machine_now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_uploads(at=START + timedelta(days=7, seconds=1), machine_now=clock.machine_now()) == 1
    assert (ArrivingScan.objects.count(), parts(bytes_here)) == (0, [])
