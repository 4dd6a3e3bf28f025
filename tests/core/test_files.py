import zipfile
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
    TextStringObject,
)

from investreview.core.errors import Invalid
from investreview.core.files import FileFacts, FileKind, inspect_upload
from tests.core import samples
from tests.core.uploads import LIMIT, inspect, refused, shown

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
        (b"hello", "a.pdf", "file_kind_unreadable"),
        (b"GIF89a", "a.png", "file_kind_unknown"),
        (b"<html>", "a.pdf", "file_kind_unreadable"),
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
