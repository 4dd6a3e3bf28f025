"""Files of a case on a page and all of them as one archive."""

import hashlib
import io
import zipfile

import pytest
from django.urls import reverse

from investreview.core.errors import Invalid
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.projects import archiving
from investreview.projects.models import Case, StoredFile
from tests.desk.people import browser
from tests.world import World, drive, later


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "proposed", key="asked")


def archive_of(world: World, case: Case, who: str = "officer") -> zipfile.ZipFile:
    answer = browser(world.people[who]).get(reverse("projects:archive", args=[case.number]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_archive_holds_every_file_once_with_a_list_of_its_hashes(world: World, case: Case) -> None:
    opened = archive_of(world, case)
    *names, manifest = opened.namelist()
    assert opened.testzip() is None
    assert manifest == "清单.txt"
    assert len(names) == StoredFile.objects.filter(case=case, fills__isnull=False).distinct().count()
    listed = opened.read(manifest).decode("utf-8-sig")
    assert all(f"{hashlib.sha256(opened.read(name)).hexdigest()}" in listed and name in listed for name in names)
    assert not any("/" in name or ".." in name for name in names)


def test_archive_is_noted_with_what_it_held(world: World, case: Case) -> None:
    names = archive_of(world, case, "group_drafter").namelist()
    entry = Entry.objects.get(verb="case.download_materials")
    assert (entry.chain, entry.subject_key) == ("LYG:access", case.number)
    assert [each["name"] for each in entry.facts["files"]] == names[:-1]


def test_archive_marks_a_file_whose_bytes_have_changed(world: World, case: Case, tmp_path) -> None:
    [first, *_] = packed = archiving.files_to_pack(case)
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-other")
    changed = (archiving.Packed(first.name, first.stored, other), *packed[1:])
    opened = zipfile.ZipFile(io.BytesIO(b"".join(archiving.archive_pieces(case, changed, at=later(6)))))
    assert f"与上传时的校验值 {first.stored.sha256} 不一致" in opened.read("清单.txt").decode()


def test_archive_gives_files_of_one_name_names_of_their_own(world: World, case: Case) -> None:
    stored = StoredFile(name="A.pdf")
    taken: set[str] = set()
    assert [archiving._unique("M01-01-", each, taken) for each in (stored, StoredFile(name="a.PDF"))] == [
        "M01-01-A.pdf",
        "M01-01-a-2.PDF",
    ]


def test_archive_that_would_be_too_large_is_refused_with_what_to_do(world: World, case: Case) -> None:
    stored = StoredFile.objects.filter(case=case, fills__isnull=False).first()
    StoredFile.objects.filter(pk=stored.pk).update(size=archiving.SIZE_LIMIT + 1)
    with pytest.raises(Invalid) as refused:
        archiving.files_to_pack(case)
    assert refused.value.code == "projects_archive_too_large"


def test_archive_of_a_strangers_case_does_not_exist(world: World, case: Case) -> None:
    for who in ("other_drafter", "sister_drafter", "system_admin"):
        assert browser(world.people[who]).get(reverse("projects:archive", args=[case.number])).status_code == 404


def test_preview_shows_a_pdf_with_the_viewer_and_its_content_runs_nothing(world: World, case: Case) -> None:
    stored = StoredFile.objects.filter(case=case, kind="PDF", fills__isnull=False).first()
    client = browser(world.officer)
    page = client.get(reverse("projects:preview", args=[stored.pk]) + "?page=3").content.decode()
    assert "vendor/pdfjs/pdf.min.js" in page
    assert 'data-pdf-start="3"' in page
    content = client.get(reverse("projects:content", args=[stored.pk]))
    assert (content["Content-Type"], content["Content-Disposition"]) == ("application/pdf", "inline")
    assert {"default-src 'none'", "sandbox"} <= set(content["Content-Security-Policy"].split("; "))
    assert hashlib.sha256(b"".join(content.streaming_content)).hexdigest() == stored.sha256
    content.close()
    assert Entry.objects.filter(verb="file.preview", subject_key=str(stored.pk)).count() == 1


def test_what_no_page_shows_is_offered_for_download_only(world: World, case: Case) -> None:
    stored = StoredFile.objects.filter(case=case, fills__isnull=False).first()
    StoredFile.objects.filter(pk=stored.pk).update(kind="ZIP")
    client = browser(world.officer)
    page = client.get(reverse("projects:preview", args=[stored.pk])).content.decode()
    assert "这个文件不能在网页中预览，请下载后打开。" in page
    assert "pdf.min.js" not in page
    assert client.get(reverse("projects:content", args=[stored.pk])).status_code == 422


def test_preview_keeps_what_is_the_commissions_own(world: World) -> None:
    case = drive(world, "checked", key="checked")
    hands.print_sheet(case, world.officer, later(6))
    hands.enter_paper(case, world.officer, world.deputy, later(6).date(), later(7))
    scan = StoredFile.objects.filter(case=case, fills__isnull=True).first()
    for name in ("preview", "content"):
        url = reverse(f"projects:{name}", args=[scan.pk])
        assert [status_of(world, who, url) for who in ("officer", "group_drafter")] == [200, 404]


def status_of(world: World, who: str, url: str) -> int:
    response = browser(world.people[who]).get(url)
    response.close()
    return response.status_code
