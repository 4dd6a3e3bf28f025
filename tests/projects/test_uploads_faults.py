"""What goes wrong with a file in pieces: a full disk, a body that breaks off, what no page sends, too much at once."""

import errno
from pathlib import Path
from typing import Any

import pytest
from django.http import UnreadablePostError
from django.test import Client

from investreview.projects import unfinished
from investreview.projects.models import Case, MaterialVersion, StoredFile, UnfinishedUpload
from tests.projects.pages import signed_in
from tests.projects.pieces import BACKGROUND, CONTENT, PIECE, announced, received, sent, sent_to_the_end
from tests.world import World, drive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site", "media")]


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "draft")


def _full(*args: Any, **kwargs: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_disk_is_told_and_nothing_moves(
    drafter: Client, where: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("investreview.projects.unfinished.os.fsync", _full)
    answer = sent(drafter, where, PIECE)
    assert (answer.status_code, "存储空间不足" in answer.json()["line"], received()) == (503, True, PIECE)
    monkeypatch.undo()
    sent_to_the_end(drafter, where, PIECE)
    assert StoredFile.objects.get().size == len(CONTENT)


def test_full_store_keeps_the_whole_file_and_an_empty_piece_ends_it(
    drafter: Client, where: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("investreview.projects.storage.shutil.copyfileobj", _full)
        assert sent_to_the_end(drafter, where, PIECE).status_code == 503
    assert (received(), MaterialVersion.objects.count()) == (len(CONTENT), 0)
    assert sent(drafter, where, len(CONTENT), b"").json()["line"] == "已上传 M01，第 1 版。"


def test_disk_without_room_is_told_before_a_byte_is_sent(
    drafter: Client, case: Case, bytes_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfinished, "has_room_for", lambda size: False)
    answer = announced(drafter, case)
    assert (answer.status_code, "存储空间不足" in answer.json()["line"]) == (503, True)


def test_body_that_breaks_off_is_not_taken(
    world: World, drafter: Client, case: Case, where: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, *args: Any) -> bytes:
        raise UnreadablePostError("gone")

    monkeypatch.setattr("django.http.HttpRequest.read", broken)
    answer = sent(drafter, where, PIECE)
    assert (answer.status_code, "断开" in answer.json()["line"], received()) == (422, True, PIECE)


@pytest.mark.parametrize(
    "fields", [{"size": "x"}, {"mark": "SECRET"}, {"changed": ""}, {"slot": "M\x0001"}, {"name": ""}]
)
def test_announcement_that_no_page_makes_is_refused(drafter: Client, case: Case, fields: dict[str, str]) -> None:
    answer = announced(drafter, case, **fields)
    assert (answer.status_code, UnfinishedUpload.objects.count()) == (422, 0)


def test_slot_that_is_not_asked_for_is_refused(drafter: Client, case: Case) -> None:
    assert announced(drafter, case, slot="M99").status_code == 422


@pytest.mark.parametrize("query", ["", "?offset=x", "?offset=-1"])
def test_piece_without_a_place_is_refused(drafter: Client, where: dict[str, Any], query: str) -> None:
    address = f"{where['piece']}{query}"
    assert drafter.post(address, b"x", content_type="application/octet-stream", headers=BACKGROUND).status_code == 422


@pytest.mark.parametrize("limit", ["UNFINISHED_UPLOADS_A_PERSON", "UNFINISHED_BYTES_A_PERSON"])
def test_one_person_has_so_many_and_no_more(
    world: World, drafter: Client, case: Case, where: dict[str, Any], settings: Any, limit: str
) -> None:
    setattr(settings, limit, 1 if limit.startswith("UNFINISHED_UPLOADS") else len(CONTENT))
    answer = announced(drafter, case, slot="M03")
    assert (answer.status_code, case.number in answer.json()["line"]) == (422, True)
    assert announced(drafter, case).json()["received"] == PIECE
    assert announced(signed_in(world.group_releaser), case, slot="M03").status_code == 200
    sent_to_the_end(drafter, where, PIECE)
    assert announced(drafter, case, slot="M03").status_code == 200
