"""A file in pieces: it goes on where it broke, nobody else knows of it, and it becomes what one request makes of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings as configured
from django.test import Client

from investreview.accounts.models import RoleMembership
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.journal.models import Entry
from investreview.projects import unfinished
from investreview.projects.freezing import current_form_code
from investreview.projects.models import Case, MaterialVersion, StoredFile, UnfinishedUpload
from investreview.projects.services import materials
from investreview.projects.services.uploads import take_piece
from tests.projects.pages import content_of, materials_url, signed_in, uploaded
from tests.projects.pieces import BACKGROUND, CONTENT, PIECE, announced, parts, received, sent, sent_to_the_end
from tests.world import START, World, drive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site", "media")]
Capture = Callable[..., Any]


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "draft")


# What it becomes.


def test_pieces_become_what_one_request_makes(
    world: World,
    drafter: Client,
    case: Case,
    where: dict[str, Any],
    bytes_here: Path,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = sent_to_the_end(drafter, where, PIECE)
    assert (answer.status_code, answer.json()) == (200, {"received": len(CONTENT), "line": "已上传 M01，第 1 版。"})
    other = drive(world, "draft", key="2", name="另一个项目（示例）")
    form = {"act": "upload", "slot": "M01", "M01-mark": "INTERNAL", "M01-file": uploaded("备案报告.pdf", CONTENT)}
    assert drafter.post(materials_url(other), form).status_code == 302
    one, two = MaterialVersion.objects.select_related("file").order_by("pk")
    alike = ("name", "kind", "size", "sha256", "page_count", "mark", "uploaded_by_id", "uploaded_at", "is_of_panel")
    assert [getattr(one.file, name) for name in alike] == [getattr(two.file, name) for name in alike]
    facts = [Entry.objects.filter(subject_key=each.number).latest("pk") for each in (case, other)]
    assert (facts[0].verb, facts[0].facts) == (facts[1].verb, facts[1].facts)
    assert (parts(bytes_here), unfinished_on(drafter, case)) == ([], False)
    assert content_of(drafter.get(f"/files/{one.file_id}/")) == CONTENT


def unfinished_on(client: Client, case: Case) -> bool:
    return "未传完的文件" in client.get(materials_url(case)).content.decode()


def test_last_piece_sent_twice_makes_one_material(drafter: Client, case: Case, where: dict[str, Any]) -> None:
    first = sent_to_the_end(drafter, where, PIECE)
    entries = Entry.objects.count()
    again = sent(drafter, where, 2 * PIECE)
    assert (again.status_code, again.json()) == (200, first.json())
    assert (MaterialVersion.objects.count(), StoredFile.objects.count(), Entry.objects.count()) == (1, 1, entries)


def test_file_sent_once_more_begins_anew_and_stays_one_version(
    drafter: Client, case: Case, where: dict[str, Any]
) -> None:
    sent_to_the_end(drafter, where, PIECE)
    again = announced(drafter, case).json()
    assert (again["received"], again["piece"] == where["piece"]) == (0, False)
    assert sent_to_the_end(drafter, again).json()["line"] == "已上传 M01，第 1 版。"
    assert MaterialVersion.objects.count() == 1


def test_file_with_a_fault_is_told_and_gone(
    drafter: Client, case: Case, bytes_here: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    broken = b"%PDF-1.4 broken" + b"\0" * 2 * PIECE
    where = announced(drafter, case, broken).json()
    with django_capture_on_commit_callbacks(execute=True):
        answer = sent_to_the_end(drafter, where, content=broken)
    assert answer.status_code == 422
    assert "文件打不开或不完整" in answer.json()["line"]
    assert (UnfinishedUpload.objects.count(), StoredFile.objects.count(), parts(bytes_here)) == (0, 0, [])
    assert sent(drafter, where, 0, broken).status_code == 404


def test_stamped_form_in_pieces_carries_its_code(drafter: Client, case: Case, bytes_here: Path) -> None:
    code = current_form_code(case)
    old = announced(drafter, case, slot="M02", form_code="AAAA-01")
    assert (old.status_code, "不一致" in old.json()["line"]) == (422, True)
    where = announced(drafter, case, slot="M02", form_code=code.lower()).json()
    sent_to_the_end(drafter, where)
    assert MaterialVersion.objects.get().version_code == code


# Where it goes on.


def test_announcing_again_says_where_to_go_on(drafter: Client, case: Case, where: dict[str, Any]) -> None:
    again = announced(drafter, case).json()
    assert again == where | {"received": PIECE, "checksum": crc32(CONTENT[:PIECE])}
    assert UnfinishedUpload.objects.count() == 1


@pytest.mark.parametrize("fields", [{"slot": "M03"}, {"size": len(CONTENT) + 1}, {"changed": 1}, {"name": "新.pdf"}])
def test_another_file_or_slot_is_another_upload(
    drafter: Client, case: Case, where: dict[str, Any], fields: dict[str, Any]
) -> None:
    other = announced(drafter, case, **fields).json()
    assert (other["received"], other["piece"] == where["piece"]) == (0, False)


@pytest.mark.parametrize("offset", [0, 1, PIECE - 1, PIECE + 1, 2 * PIECE])
def test_piece_that_does_not_follow_is_told_the_right_place(
    drafter: Client, where: dict[str, Any], bytes_here: Path, offset: int
) -> None:
    answer = sent(drafter, where, offset)
    assert (answer.status_code, answer.json()["received"], received()) == (409, PIECE, PIECE)
    assert unfinished.place_of(UnfinishedUpload.objects.get().key).read_bytes() == CONTENT[:PIECE]


def test_empty_piece_asks_and_changes_nothing(drafter: Client, where: dict[str, Any]) -> None:
    assert sent(drafter, where, PIECE, b"").json() == {"received": PIECE}
    assert received() == PIECE


def test_what_the_disk_has_lost_was_not_received(drafter: Client, case: Case, where: dict[str, Any]) -> None:
    unfinished.place_of(UnfinishedUpload.objects.get().key).unlink()
    assert sent(drafter, where, PIECE).json()["received"] == 0
    unfinished.place_of(UnfinishedUpload.objects.get().key).write_bytes(b"x")
    assert announced(drafter, case).json() == where | {"received": 0, "checksum": 0}
    assert sent_to_the_end(drafter, where).json()["line"] == "已上传 M01，第 1 版。"


def test_what_a_dead_process_left_behind_is_overwritten(drafter: Client, where: dict[str, Any]) -> None:
    with unfinished.place_of(UnfinishedUpload.objects.get().key).open("ab") as file:
        file.write(b"half a piece whose row was never written")
    sent_to_the_end(drafter, where, PIECE)
    assert StoredFile.objects.get().size == len(CONTENT)


# Whose it is.

STRANGERS = ["group_releaser", "sub_drafter", "sister_drafter", "other_drafter", "officer", "system_admin"]


@pytest.mark.parametrize("person", STRANGERS)
def test_unfinished_file_is_nobody_elses(world: World, case: Case, where: dict[str, Any], person: str) -> None:
    client = signed_in(world.people[person])
    answers = [sent(client, where, PIECE), client.post(where["discard"], headers=BACKGROUND)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert received() == PIECE
    assert "未传完的文件" not in client.get(materials_url(case)).content.decode()


def test_address_with_another_case_or_slot_does_not_exist(
    world: World, drafter: Client, case: Case, where: dict[str, Any]
) -> None:
    other = drive(world, "draft", key="2", name="另一个项目（示例）")
    for wrong in (where["piece"].replace(case.number, other.number), where["piece"].replace("M01", "M03")):
        assert [sent(drafter, {"piece": wrong}, PIECE).status_code] == [404]
    assert received() == PIECE


def test_stranger_is_asked_to_sign_in(client: Client, where: dict[str, Any]) -> None:
    assert sent(client, where, PIECE).status_code == 302
    assert received() == PIECE


def test_rights_taken_away_in_between_count_at_once(world: World, drafter: Client, where: dict[str, Any]) -> None:
    RoleMembership.objects.filter(user=world.group_drafter).update(valid_until=(START - timedelta(days=1)).date())
    answer = sent(drafter, where, PIECE)
    assert (answer.status_code in {403, 404}, set(answer.json())) == (True, {"line"})
    assert (received(), MaterialVersion.objects.count()) == (PIECE, 0)


def test_case_that_moved_on_takes_no_piece_and_goes_on_later(
    world: World, drafter: Client, case: Case, where: dict[str, Any]
) -> None:
    hands.gather_materials(case, world.group_drafter, START)
    versions = MaterialVersion.objects.count()
    hands.hand_over(case, world.group_drafter, START)
    for answer in (sent(drafter, where, PIECE), announced(drafter, case)):
        assert (answer.status_code, set(answer.json())) == (422, {"line"})
    assert (received(), MaterialVersion.objects.count()) == (PIECE, versions)


def test_case_that_moves_on_during_the_last_piece_keeps_the_file(
    world: World, drafter: Client, case: Case, where: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from investreview.projects.services import uploads

    def moved_on(acting: Any, case_id: int) -> Case:
        hands.gather_materials(case, world.group_drafter, START)
        hands.hand_over(case, world.group_drafter, START)
        monkeypatch.undo()
        return materials.lock_writable(acting, case_id)

    sent(drafter, where, PIECE)
    monkeypatch.setattr(uploads, "lock_writable", moved_on)
    answer = sent(drafter, where, 2 * PIECE)
    assert (answer.status_code, "不在可以进行这项操作的环节" in answer.json()["line"]) == (422, True)
    assert (received(), UnfinishedUpload.objects.get().version) == (len(CONTENT), None)


# How large it is.


def test_more_than_was_announced_is_refused(drafter: Client, case: Case, bytes_here: Path) -> None:
    where = announced(drafter, case, size=PIECE - 1).json()
    answer = sent(drafter, where, 0)
    assert (answer.status_code, f"{PIECE - 1} 字节" in answer.json()["line"], received()) == (422, True, 0)


def test_less_than_was_announced_never_becomes_a_material(drafter: Client, case: Case, bytes_here: Path) -> None:
    where = announced(drafter, case, size=len(CONTENT) + 1).json()
    assert sent_to_the_end(drafter, where).json() == {"received": len(CONTENT)}
    assert (received(), MaterialVersion.objects.count()) == (len(CONTENT), 0)


@pytest.mark.parametrize(("size", "told"), [(0, "空"), (500 * 1024 * 1024 + 1, "超过 500 MB"), (2**49, "MB")])
def test_announced_size_is_judged_before_a_byte_is_sent(drafter: Client, case: Case, size: int, told: str) -> None:
    answer = announced(drafter, case, size=size)
    assert (answer.status_code, told in answer.json()["line"]) == (422, True)
    assert UnfinishedUpload.objects.count() == 0


def test_piece_longer_than_a_piece_is_refused(drafter: Client, where: dict[str, Any], settings: Any) -> None:
    settings.UPLOAD_PIECE_BYTES = PIECE - 1
    answer = sent(drafter, where, PIECE)
    assert (answer.status_code, received()) == (422, PIECE)


class Blocks:
    """A body that is never whole in memory and remembers how it was read."""

    def __init__(self, length: int) -> None:
        self.left, self.asked = length, []  # type: ignore[var-annotated]

    def read(self, size: int, /) -> bytes:
        self.asked.append(size)
        block = min(size, self.left)
        self.left -= block
        return bytes(block)


def test_piece_passes_through_in_blocks(
    world: World, drafter: Client, case: Case, bytes_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    length = configured.UPLOAD_PIECE_BYTES
    announced(drafter, case, size=2 * length)
    written: list[int] = []
    taken = unfinished.crc32
    monkeypatch.setattr(unfinished, "crc32", lambda block, sum: written.append(len(block)) or taken(block, sum))
    body, upload = Blocks(length), UnfinishedUpload.objects.get()
    progress = take_piece(
        acting=hands.acting(world.group_drafter, START),
        case=hands.fresh(case),
        slot="M01",
        key=upload.key,
        offset=0,
        stream=body,
        at=START,
    )
    assert (progress.received, max(body.asked), max(written)) == (length, unfinished.BLOCK, unfinished.BLOCK)
    assert sum(written) == length


# On the page.


def test_page_lists_what_is_unfinished_and_gives_it_up_without_a_script(
    drafter: Client, case: Case, where: dict[str, Any], bytes_here: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    for address in (materials_url(case), f"/cases/{case.number}/investment/"):
        page = drafter.get(address).content.decode()
        assert ("备案报告.pdf" in page, f'action="{where["discard"]}"' in page) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        answer = drafter.post(where["discard"], follow=True)
    assert "已放弃“备案报告.pdf”未传完的部分" in answer.content.decode()
    assert (UnfinishedUpload.objects.count(), parts(bytes_here)) == (0, [])
    assert drafter.post(where["discard"]).status_code == 404
    assert drafter.post(announced(drafter, case).json()["discard"], headers=BACKGROUND).status_code == 200


def test_small_files_still_come_in_one_request(drafter: Client, case: Case, bytes_here: Path) -> None:
    form = {"act": "upload", "slot": "M01", "M01-mark": "INTERNAL", "M01-file": uploaded("小.pdf", sample_pdf("小"))}
    assert drafter.post(materials_url(case), form, headers=BACKGROUND).json() == {"line": "已上传 M01，第 1 版。"}
    assert (UnfinishedUpload.objects.count(), parts(bytes_here)) == (0, [])


def test_frozen_case_tells_a_small_file_in_one_line_too(world: World, drafter: Client) -> None:
    case = drive(world, "released")
    answer = drafter.post(materials_url(case), {"act": "upload", "slot": "M01"}, headers=BACKGROUND)
    assert (answer.status_code, set(answer.json())) == (422, {"line"})
