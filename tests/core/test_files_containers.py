import io
import stat
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import (
    StreamObject,
)

from investreview.core.errors import Invalid
from investreview.core.files import FileKind, directory, office, pdf
from tests.core import samples
from tests.core.uploads import inspect, refused, shown


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"word/vbaProject.bin": b"x"}, "file_macros"),
        ({"word/activeX/activeX1.xml": "<a/>"}, "file_macros"),
        (
            {samples.CONTENT_TYPES: "<Types ct='application/vnd.ms-word.document.macroEnabled.main+xml'/>"},
            "file_macros",
        ),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}, "file_xml_entities"),
        ({"word/document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16")}, "file_xml_entities"),
        ({"word/document.xml": " " * (1024 * 1024 - 5) + "<!DOCTYPE a><a/>"}, "file_xml_entities"),
        (
            {"word/_rels/settings.xml.rels": samples.relations("attachedTemplate", "https://example.invalid/a.dotm")},
            "file_remote_part",
        ),
        ({"word/_rels/document.xml.rels": samples.relations("oleObject", "\\\\host\\a")}, "file_remote_part"),
        ({"word/_rels/document.xml.rels": "<Relationships>"}, "file_damaged"),
        ({"xl/workbook.xml": "<workbook/>"}, "file_kind_unknown_office"),
    ],
)
def test_inspect_upload_office_file_with_a_danger_is_refused(changes: dict[str, bytes | str], code: str) -> None:
    assert refused(samples.packed({**samples.docx_parts(), **changes}), "a.docx") == code


@pytest.mark.parametrize(
    "changes",
    [
        {"word/_rels/document.xml.rels": samples.relations("hyperlink", "https://example.invalid")},
        {"word/_rels/settings.xml.rels": samples.relations("attachedTemplate", "file:///C:/Users/a/Normal.dotm")},
        {"word/embeddings/oleObject1.bin": samples.ole("Equation Native")},
    ],
)
def test_inspect_upload_office_file_with_an_ordinary_oddity_is_taken(changes: dict[str, bytes | str]) -> None:
    assert inspect(samples.packed({**samples.docx_parts(), **changes}), "a.docx").kind == FileKind.DOCX


def test_inspect_upload_powerpoint_is_told_to_save_anew() -> None:
    parts = {samples.CONTENT_TYPES: "<Types/>", "_rels/.rels": samples.relations(), "ppt/presentation.xml": "<p/>"}

    assert refused(samples.packed(parts), "a.pptx") == "file_kind_unknown_office"


def test_inspect_upload_encrypted_ofd_is_refused() -> None:
    assert refused(samples.packed({**samples.ofd_parts(), "Encryptions.xml": "<E/>"}), "a.ofd") == "file_encrypted"


# --- ZIP ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:\\a.txt", "C:/a.txt", "..\\a.txt", "a\u202eb.txt", "a\nb.txt"],
)
def test_inspect_upload_zip_with_an_unsafe_name_is_refused(entry: str) -> None:
    assert refused(samples.packed({entry: "x"}), "a.zip") == "file_archive_unsafe_name"


def test_inspect_upload_zip_with_a_gbk_name_is_taken() -> None:
    marked = samples.packed({"AAAAAA.txt": "x"})
    content = marked.replace(b"AAAAAA", "誠港口".encode("gb18030"))

    assert inspect(content, "a.zip").kind == FileKind.ZIP


def test_inspect_upload_zip_with_a_nul_in_a_name_is_refused() -> None:
    assert refused(samples.packed({"aXb.txt": "x"}).replace(b"aXb", b"a\0b"), "a.zip") in {
        "file_archive_unsafe_name",
        "file_damaged",
    }


def test_inspect_upload_zip_with_a_link_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert refused(stream.getvalue(), "a.zip") == "file_archive_unsafe_name"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"a.exe": b"x"}, "file_archive_program"),
        ({"a.TXT.BAT": b"x"}, "file_archive_program"),
        ({"a.txt": b"MZ\x90\0\x03"}, "file_archive_program"),
        ({"a.txt": b"\x7fELF"}, "file_archive_program"),
        ({"a.zip": samples.packed({"a.txt": "x"})}, "file_archive_nested"),
        ({"a.txt": samples.packed({"a.txt": "x"})}, "file_archive_nested"),
        ({"a.rar": b"Rar!\x1a\x07\x01\0"}, "file_archive_nested"),
        ({"a.gz": b"\x1f\x8b\x08"}, "file_archive_nested"),
        ({"a.pdf": samples.pdf_with_action("Launch")}, "file_archive_entry"),
        ({"a.docx": samples.packed({**samples.docx_parts(), "word/vbaProject.bin": b""})}, "file_archive_entry"),
        ({"A.txt": "x", "a.txt": "y"}, "file_archive_duplicate"),
    ],
)
def test_inspect_upload_zip_with_a_dangerous_entry_is_refused(parts: dict[str, bytes | str], code: str) -> None:
    assert refused(samples.packed(parts), "a.zip") == code


def test_inspect_upload_zip_entry_that_only_begins_like_a_program_is_taken() -> None:
    assert inspect(samples.packed({"a.txt": "MZ 是两个字母"}), "a.zip").kind == FileKind.ZIP


@pytest.mark.parametrize(
    ("method", "code"), [(zipfile.ZIP_BZIP2, "file_archive_method"), (zipfile.ZIP_LZMA, "file_archive_method")]
)
def test_inspect_upload_zip_with_another_compression_is_refused(method: int, code: str) -> None:
    assert refused(samples.packed({"a.txt": "x"}, method), "a.zip") == code


def test_inspect_upload_zip_bomb_is_refused() -> None:
    assert refused(samples.packed({"a.txt": b"\0" * (60 * 1024**2)}), "a.zip") == "file_archive_bomb"


def test_inspect_upload_small_dense_zip_is_taken() -> None:
    assert inspect(samples.packed({"a.txt": b"\0" * (10 * 1024**2)}), "a.zip").kind == FileKind.ZIP


def test_inspect_upload_zip_with_too_many_entries_is_refused() -> None:
    content = samples.packed({f"{number}.txt": "" for number in range(10_001)}, zipfile.ZIP_STORED)

    assert refused(content, "a.zip") == "file_archive_too_many"


def test_inspect_upload_encrypted_zip_is_refused() -> None:
    content = bytearray(samples.packed({"a.txt": "x"}))
    directory = content.rfind(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1

    assert refused(bytes(content), "a.zip") == "file_encrypted"


def test_inspect_upload_zip_whose_entries_overlap_is_refused() -> None:
    content = bytearray(samples.packed({"a.txt": "x" * 100, "b.txt": "x" * 100}, zipfile.ZIP_STORED))
    second = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, 10)

    assert refused(bytes(content), "a.zip") == "file_archive_bomb"


def test_inspect_upload_zip_that_promises_less_than_it_holds_is_refused() -> None:
    content = bytearray(samples.packed({"a.txt": "x" * 1000}))
    directory = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 10)

    assert refused(bytes(content), "a.zip") == "file_damaged"


def test_inspect_upload_zip_with_a_wrong_checksum_is_refused() -> None:
    content = samples.packed({"a.txt": b"AAAAAAAA"}, zipfile.ZIP_STORED).replace(b"AAAAAAAA", b"AAAABAAA")

    assert refused(content, "a.zip") == "file_damaged"


def test_inspect_upload_cut_zip_is_refused() -> None:
    assert refused(samples.packed({"a.txt": "x"})[:-30], "a.zip") == "file_damaged"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.written(samples.pdf()) + samples.packed({"a.txt": "x"}), "a.pdf"),
        (samples.picture("JPEG") + samples.packed({"a.txt": "x"}), "a.jpg"),
        (samples.packed({"b.txt": "y"}) + samples.packed({"a.txt": "x"}), "a.zip"),
        (samples.packed({"a.txt": "x"}) + b"%PDF-1.7", "a.zip"),
    ],
    ids=shown,
)
def test_inspect_upload_two_files_in_one_are_refused(content: bytes, name: str) -> None:
    assert refused(content, name) in {"file_polyglot", "file_damaged"}


@given(st.data())
def test_inspect_upload_office_file_with_broken_bytes_is_taken_or_refused(data: st.DataObject) -> None:
    content = bytearray(samples.packed(samples.docx_parts()))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        inspect(bytes(content), "a.docx")
    except Invalid as refusal:
        assert refusal.code.startswith("file_")


# --- WPS, ET -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (samples.ole("WordDocument", "Macros"), "file_macros"),
        (samples.ole("Workbook", "_VBA_PROJECT_CUR"), "file_macros"),
        (samples.ole("EncryptedPackage", "EncryptionInfo"), "file_encrypted"),
        (samples.ole("PowerPoint Document"), "file_kind_unknown_office"),
        (samples.ole("a", "b", "c", "d", "e", "f", "WordDocument", "Macros"), "file_macros"),
        (samples.ole("WordDocument")[:600], "file_damaged"),
        (samples.ole("WordDocument")[:40], "file_damaged"),
    ],
    ids=shown,
)
def test_inspect_upload_old_office_file_with_a_danger_is_refused(content: bytes, code: str) -> None:
    assert refused(content, "a.wps") == code


def test_inspect_upload_old_office_file_whose_directory_runs_in_a_circle_is_refused() -> None:
    content = bytearray(samples.ole("a", "b", "c", "d", "e", "f", "WordDocument"))
    struct.pack_into("<I", content, 512 + 4 * 2, 1)

    assert refused(bytes(content), "a.wps") == "file_damaged"


# --- pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (samples.png_header(30_000, 30_000), "a.png", "file_image_too_large"),
        (samples.png_header(9_000, 9_000), "a.png", "file_image_too_large"),
        (samples.png_header(20_001, 10), "a.png", "file_image_too_large"),
        (samples.png_header(10, 10), "a.png", "file_damaged"),
        (samples.picture("PNG")[:60], "a.png", "file_damaged"),
        (samples.picture("JPEG", (800, 800))[:400], "a.jpg", "file_damaged"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "file_damaged"),
    ],
    ids=shown,
)
def test_inspect_upload_picture_too_large_or_broken_is_refused(content: bytes, name: str, code: str) -> None:
    assert refused(content, name) == code


# --- bounds ------------------------------------------------------------------------------------------------------


def test_inspect_upload_pdf_with_too_many_objects_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "OBJECT_LIMIT", 2)

    assert refused(samples.written(samples.pdf(3)), "a.pdf") == "file_pdf_too_complex"


def test_inspect_upload_pdf_that_takes_too_long_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", -1.0)

    assert refused(samples.written(samples.pdf()), "a.pdf") == "file_pdf_too_complex"


def test_inspect_upload_pdf_streams_do_not_pile_up(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "HELD_BYTES", 0)
    writer = samples.pdf()
    writer._add_object(StreamObject())
    stream = StreamObject()
    stream.set_data(b"x" * 1000)
    writer._add_object(stream)

    assert inspect(samples.written(writer), "a.pdf").pages == 1


def test_inspect_upload_pdf_object_that_unpacks_beyond_measure_is_refused() -> None:
    packed = zlib.compress(b"1 0 null" + b" " * 76_000_000, 1)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    content = b"%PDF-1.7\n"
    places = []
    for number, part in ((2, stream), (3, b"<</Type/Catalog/Pages 1 0 R>>")):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, part)
    rows = [(0, 0, 0), (2, 2, 0), (1, places[0], 0), (1, places[1], 0), (1, len(content), 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    start = len(content)
    content += b"4 0 obj<</Type/XRef/W[1 4 1]/Size 5/Root 3 0 R/Length %d>>stream\n%s\nendstream endobj\n" % (
        len(table),
        table,
    )
    content += b"startxref\n%d\n%%%%EOF" % start

    assert refused(content, "a.pdf") == "file_pdf_too_complex"


def test_inspect_upload_zip_with_an_endless_directory_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(directory, "DIRECTORY_BYTES", 10)

    assert refused(samples.packed({"a.txt": "x"}), "a.zip") == "file_archive_too_many"


def test_inspect_upload_zip_without_entries_but_with_a_beginning_is_refused() -> None:
    assert refused(b"PK\x03\x04" + b"PK\x05\x06" + b"\0" * 18, "a.zip") in {"file_archive_empty", "file_damaged"}


def test_inspect_upload_zip_with_a_name_in_an_unknown_encoding_is_taken() -> None:
    content = samples.packed({"AAA.txt": "x"}).replace(b"AAA", b"\xff\xff\xff")

    assert inspect(content, "a.zip").kind == FileKind.ZIP


def test_inspect_upload_zip_with_folders_is_taken() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.mkdir("图纸")
        archive.writestr("图纸/一.txt", "x")

    assert inspect(stream.getvalue(), "a.zip").kind == FileKind.ZIP


def test_inspect_upload_office_file_with_endless_relations_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(office, "KEPT_LIMIT", 5)

    assert refused(samples.packed(samples.docx_parts()), "a.docx") == "file_damaged"


def test_inspect_upload_old_office_file_with_an_odd_sector_size_is_refused() -> None:
    content = bytearray(samples.ole("WordDocument"))
    content[30] = 7

    assert refused(bytes(content), "a.wps") == "file_damaged"


def test_inspect_upload_old_office_file_whose_table_is_elsewhere_is_refused() -> None:
    content = bytearray(samples.ole("WordDocument"))
    struct.pack_into("<I", content, 44, 0)

    assert refused(bytes(content), "a.wps") == "file_damaged"
