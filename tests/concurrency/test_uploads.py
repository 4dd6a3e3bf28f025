"""Two tabs send the same file at once: every byte is taken once, and the file becomes one material."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from investreview.projects import unfinished
from investreview.projects.models import Case, MaterialVersion, StoredFile, UnfinishedUpload
from investreview.projects.services.arriving import sweep_uploads
from tests.concurrency.acts import times_in_journal
from tests.concurrency.crowd import at_once
from tests.projects.pieces import BACKGROUND, CONTENT, PIECE, announced, sent, sent_to_the_end
from tests.workflows.doors import set_time, signed_in
from tests.world import World, drive, later

pytestmark = pytest.mark.both_databases
TABS = 4


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    settings.UNFINISHED_ROOT, settings.MEDIA_ROOT = tmp_path / "unfinished", tmp_path / "media"
    return tmp_path


@pytest.fixture
def case(world: World) -> Case:
    set_time(later(1))
    return drive(world, "draft")


@pytest.fixture
def tabs(world: World, case: Case) -> list[Client]:
    client = signed_in(world.group_drafter)
    tabs = [Client() for _ in range(TABS)]
    for tab in tabs:
        tab.cookies = client.cookies.copy()
    return tabs


def outcome(folders: Path) -> tuple[int, int, list[bytes], list[Path]]:
    """Versions, files, what lies in the store, what is left of the pieces."""
    stored = [place.read_bytes() for place in (folders / "media" / "materials").rglob("*.pdf")]
    return MaterialVersion.objects.count(), StoredFile.objects.count(), stored, list((folders / "unfinished").glob("*"))


def test_tabs_that_announce_one_file_begin_one_upload(case: Case, tabs: list[Client]) -> None:
    answers = at_once([partial(announced, tab, case) for tab in tabs])
    assert {answer.status_code for answer in answers} == {200}
    assert (len({answer.json()["piece"] for answer in answers}), UnfinishedUpload.objects.count()) == (1, 1)


def test_each_piece_is_taken_from_one_tab(case: Case, tabs: list[Client], folders: Path) -> None:
    where = announced(tabs[0], case).json()
    for offset in (0, PIECE):
        answers = at_once([partial(sent, tab, where, offset) for tab in tabs])
        assert sorted(answer.status_code for answer in answers) == [200, *[409] * (TABS - 1)]
        assert {answer.json()["received"] for answer in answers} == {offset + PIECE}
    key = UnfinishedUpload.objects.get().key
    assert unfinished.place_of(key).read_bytes() == CONTENT[: 2 * PIECE]


def test_last_piece_from_every_tab_makes_one_material(case: Case, tabs: list[Client], folders: Path) -> None:
    where = announced(tabs[0], case).json()
    for offset in (0, PIECE):
        sent(tabs[0], where, offset)
    before = times_in_journal(case, "case.save")
    answers = at_once([partial(sent, tab, where, 2 * PIECE) for tab in tabs])
    told = {(answer.status_code, answer.json().get("line")) for answer in answers}
    assert told <= {(200, "已上传 M01，第 1 版。"), (409, told_elsewhere())}
    assert (200, "已上传 M01，第 1 版。") in told
    assert outcome(folders) == (1, 1, [CONTENT], [])
    assert times_in_journal(case, "case.save") == before + 1
    again = at_once([partial(sent, tab, where, len(CONTENT), b"") for tab in tabs])
    assert {answer.json()["line"] for answer in again} == {"已上传 M01，第 1 版。"}
    assert outcome(folders) == (1, 1, [CONTENT], [])


def told_elsewhere() -> str:
    """What a tab is told whose piece another tab has sent."""
    return f"服务器已收到 {len(CONTENT)} 字节，从那里继续。"


def test_tabs_that_send_everything_beside_each_other_end_with_one_file(
    case: Case, tabs: list[Client], folders: Path
) -> None:
    def whole(tab: Client) -> str:
        where, offset = announced(tab, case).json(), 0
        while True:
            answer = sent(tab, where, offset)
            if "line" in answer.json() and answer.status_code == 200:
                return str(answer.json()["line"])
            assert answer.status_code in {200, 409}
            offset = answer.json()["received"]

    assert set(at_once([partial(whole, tab) for tab in tabs[:2]])) == {"已上传 M01，第 1 版。"}
    versions, files, stored, left = outcome(folders)
    assert (versions, files, set(stored), left) == (1, 1, {CONTENT}, [])


def test_limit_holds_for_announcements_at_once(case: Case, tabs: list[Client], settings: Any) -> None:
    settings.UNFINISHED_UPLOADS_A_PERSON = 2
    answers = at_once([partial(announced, tab, case, name=f"{n}.pdf") for n, tab in enumerate(tabs)])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 422, 422]
    assert UnfinishedUpload.objects.count() == 2


def test_giving_up_beside_the_last_piece_leaves_all_or_nothing(case: Case, tabs: list[Client], folders: Path) -> None:
    where = announced(tabs[0], case).json()
    for offset in (0, PIECE):
        sent(tabs[0], where, offset)
    last, gone = at_once(
        [partial(sent, tabs[0], where, 2 * PIECE), partial(tabs[1].post, where["discard"], headers=BACKGROUND)]
    )
    versions, files, _stored, left = outcome(folders)
    assert (versions, files, left) == ((1, 1, []) if last.status_code == 200 else (0, 0, []))
    assert (last.status_code, gone.status_code) in {(200, 404), (404, 200)}


def test_sweep_beside_a_piece_takes_all_or_nothing(case: Case, tabs: list[Client], folders: Path) -> None:
    where = announced(tabs[0], case).json()
    sent(tabs[0], where, 0)
    sweep = partial(sweep_uploads, at=later(9), machine_now=later(0))
    set_time(later(9))
    piece, _count = at_once([partial(sent, tabs[0], where, PIECE), sweep])
    left = UnfinishedUpload.objects.first()
    if piece.status_code == 200:
        assert left is not None and sent_to_the_end(tabs[0], where, 2 * PIECE).status_code == 200
    else:
        assert (piece.status_code, left, list((folders / "unfinished").glob("*"))) == (404, None, [])
