import io
import stat
import struct
import zipfile
import zlib
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from investreview.core.errors import Invalid
from investreview.core.files import FileFacts, FileKind, directory, inspect_upload, office, pdf
from tests.core import samples

LIMIT = 500 * 1024 * 1024


def inspect(content: bytes, name: str, limit: int = LIMIT) -> FileFacts:
    return inspect_upload(io.BytesIO(content), name=name, limit=limit)


def shown(value: object) -> str | None:
    """A readable name for a parameter that holds the bytes of a file."""
    return f"{len(value)}-bytes" if isinstance(value, bytes) else None


def refused(content: bytes, name: str, limit: int = LIMIT) -> str:
    with pytest.raises(Invalid) as refusal:
        inspect(content, name, limit)
    return refusal.value.code


GOOD = {
    "可行性研究报告.pdf": (samples.written(samples.pdf(3)), FileKind.PDF, 3),
    "决议.PDF": (samples.written(samples.pdf()), FileKind.PDF, 1),
    "发票.ofd": (samples.packed(samples.ofd_parts()), FileKind.OFD, None),
    "报告.docx": (samples.packed(samples.docx_parts()), FileKind.DOCX, None),
    "测算.xlsx": (samples.packed(samples.xlsx_parts()), FileKind.XLSX, None),
    "纪要.wps": (samples.ole("WordDocument", "1Table"), FileKind.WPS, None),
    "表.et": (samples.ole("Workbook"), FileKind.ET, None),
    "扫描.jpg": (samples.picture("JPEG"), FileKind.JPG, None),
    "扫描.jpeg": (samples.picture("JPEG"), FileKind.JPG, None),
    "照片.png": (samples.picture("PNG"), FileKind.PNG, None),
    "图纸.zip": (samples.packed({"一层.dwg": b"AC1032", "夹/说明.txt": "说明"}), FileKind.ZIP, None),
    "存储.zip": (samples.packed({"一.pdf": samples.written(samples.pdf())}, zipfile.ZIP_STORED), FileKind.ZIP, None),
    "内含.zip": (samples.packed({"一.docx": samples.packed(samples.docx_parts())}), FileKind.ZIP, None),
}


@pytest.mark.parametrize("name", GOOD)
def test_inspect_upload_good_file_is_known(name: str) -> None:
    content, kind, pages = GOOD[name]

    facts = inspect(content, name)

    assert facts == FileFacts(kind=kind, size=len(content), sha256=sha256(content).hexdigest(), pages=pages)


def test_inspect_upload_leaves_the_file_at_its_beginning() -> None:
    file = SimpleUploadedFile("a.pdf", samples.written(samples.pdf()))

    inspect_upload(file, name="a.pdf", limit=LIMIT)

    assert file.tell() == 0


def test_inspect_upload_takes_a_file_that_django_put_on_disk() -> None:
    content = samples.packed(samples.docx_parts())
    with TemporaryUploadedFile("a.docx", "", len(content), None) as file:
        file.write(content)

        assert inspect_upload(file, name="a.docx", limit=LIMIT).kind == FileKind.DOCX


@pytest.mark.parametrize("size_over", [0, 1])
def test_inspect_upload_limit_is_the_largest_size_taken(size_over: int) -> None:
    content = samples.written(samples.pdf())

    if size_over:
        assert refused(content, "a.pdf", len(content) - 1) == "file_too_large"
    else:
        assert inspect(content, "a.pdf", len(content)).size == len(content)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (b"MZ\x90\0", "a.pdf", "file_kind_unknown"),
        (b"hello", "a.pdf", "file_kind_unknown"),
        (b"GIF89a", "a.png", "file_kind_unknown"),
        (b"<html>", "a.pdf", "file_kind_unknown"),
        (b"\n" + samples.written(samples.pdf()), "a.pdf", "file_pdf_not_at_start"),
        (b"PK\x05\x06" + b"\0" * 18, "a.zip", "file_archive_empty"),
        (samples.written(samples.pdf()), "a.docx", "file_extension_mismatch"),
        (samples.written(samples.pdf()), "a.pdf.exe", "file_extension_mismatch"),
        (samples.written(samples.pdf()), "a", "file_extension_mismatch"),
        (samples.written(samples.pdf()), "a\u202efdp.exe", "file_extension_mismatch"),
        (samples.picture("PNG"), "a.jpg", "file_extension_mismatch"),
        (samples.packed(samples.xlsx_parts()), "a.docx", "file_extension_mismatch"),
        (samples.packed({"a.txt": "a"}), "a.docx", "file_extension_mismatch"),
        (samples.packed(samples.docx_parts()), "a.zip", "file_extension_mismatch"),
        (samples.ole("WordDocument"), "a.doc", "file_extension_mismatch"),
        (samples.ole("Workbook"), "a.xls", "file_extension_mismatch"),
        (samples.ole("WordDocument"), "a.et", "file_extension_mismatch"),
    ],
    ids=shown,
)
def test_inspect_upload_content_decides_over_the_name(content: bytes, name: str, code: str) -> None:
    assert refused(content, name) == code


# --- PDF ---------------------------------------------------------------------------------------------------------


def test_inspect_upload_encrypted_pdf_is_refused() -> None:
    writer = samples.pdf()
    writer.encrypt("", "owner")

    assert refused(samples.written(writer), "a.pdf") == "file_encrypted"


def test_inspect_upload_pdf_with_script_is_refused() -> None:
    writer = samples.pdf()
    script = DictionaryObject({NameObject("/Names"): ArrayObject()})
    names = DictionaryObject({NameObject("/JavaScript"): writer._add_object(script)})
    writer.root_object[NameObject("/Names")] = writer._add_object(names)

    assert refused(samples.written(writer), "a.pdf") == "file_pdf_active"


@pytest.mark.parametrize(
    ("action", "entries"),
    [
        ("JavaScript", {"JS": "app.alert(1)"}),
        ("Launch", {"F": "cmd.exe"}),
        ("URI", {"URI": "http://example.invalid"}),
        ("SubmitForm", {"F": "http://example.invalid"}),
        ("ImportData", {}),
        ("GoToE", {}),
        ("Named", {"N": "Print"}),
    ],
)
def test_inspect_upload_pdf_that_acts_when_opened_is_refused(action: str, entries: dict[str, str]) -> None:
    assert refused(samples.pdf_with_action(action, **entries), "a.pdf") == "file_pdf_active"


def test_inspect_upload_pdf_that_opens_at_a_page_is_taken() -> None:
    writer = samples.pdf()
    page = writer.pages[0].indirect_reference
    writer.root_object[NameObject("/OpenAction")] = ArrayObject([page, NameObject("/Fit")])

    assert inspect(samples.written(writer), "a.pdf").pages == 1


def test_inspect_upload_pdf_with_a_link_is_taken() -> None:
    writer = samples.pdf()
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.invalid"))

    assert inspect(samples.written(writer), "a.pdf").pages == 1


def test_inspect_upload_pdf_with_a_script_on_a_page_in_an_object_stream_is_refused() -> None:
    writer = samples.pdf()
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(script)})

    assert refused(samples.written(writer), "a.pdf") == "file_pdf_active"


def test_inspect_upload_pdf_with_an_escaped_name_for_a_script_is_refused() -> None:
    content = samples.pdf_with_action("JavaScript", JS="1")
    escaped = content.replace(b"/JavaScript", b"/J#61vaScri#70t").replace(b"/JS", b"/#4aS")

    assert refused(escaped, "a.pdf") == "file_pdf_active"


@pytest.mark.parametrize("subtype", ["RichMedia", "Screen", "Movie", "3D"])
def test_inspect_upload_pdf_with_a_playing_annotation_is_refused(subtype: str) -> None:
    writer = samples.pdf()
    annotation = DictionaryObject({NameObject("/Subtype"): NameObject(f"/{subtype}")})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])

    assert refused(samples.written(writer), "a.pdf") == "file_pdf_active"


def test_inspect_upload_pdf_with_a_scripted_form_is_refused() -> None:
    writer = samples.pdf()
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)

    assert refused(samples.written(writer), "a.pdf") == "file_pdf_active"


def test_inspect_upload_pdf_with_another_file_in_it_is_refused() -> None:
    writer = samples.pdf()
    writer.add_attachment("a.txt", b"x")

    assert refused(samples.written(writer), "a.pdf") == "file_pdf_attachments"


def test_inspect_upload_pdf_without_pages_is_refused() -> None:
    assert refused(samples.written(samples.pdf(0)), "a.pdf") == "file_pdf_no_pages"


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n99999\n%%EOF"])
def test_inspect_upload_pdf_that_does_not_open_is_refused(content: bytes) -> None:
    assert refused(content, "a.pdf") == "file_damaged"


def test_inspect_upload_pdf_with_a_circle_of_pages_is_refused() -> None:
    writer = samples.pdf()
    pages = writer.root_object["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject([pages.indirect_reference])

    assert refused(samples.written(writer), "a.pdf") in {"file_damaged", "file_pdf_no_pages"}


def test_inspect_upload_pdf_nested_beyond_measure_is_refused() -> None:
    writer = samples.pdf()
    nested = ArrayObject([NumberObject(1)])
    for _ in range(150):
        nested = ArrayObject([nested])
    writer._add_object(nested)

    assert refused(samples.written(writer), "a.pdf") in {"file_pdf_too_complex", "file_damaged"}


@given(st.data())
def test_inspect_upload_pdf_with_broken_bytes_is_taken_or_refused(data: st.DataObject) -> None:
    content = bytearray(samples.written(samples.pdf(2)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(5, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        inspect(bytes(content), "a.pdf")
    except Invalid as refusal:
        assert refusal.code.startswith("file_")


# --- DOCX, XLSX, OFD ---------------------------------------------------------------------------------------------


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
