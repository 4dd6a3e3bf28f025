import io
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph

from investreview.core.errors import Invalid
from investreview.core.text import clean_block, clean_line, excel_cell, pdf_markup, visible

any_text = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港口集团（示例）", "港口集团（示例）"),
        ("  两端空白\u3000", "两端空白"),
        ("cafe\u0301", "caf\u00e9"),
        ("𠮷𡚒𪚥㐂", "𠮷𡚒𪚥㐂"),  # four bytes, GB18030
        ("葛\U000e0100城", "葛\U000e0100城"),  # ideographic variant
        ("\ue000", "\ue000"),  # private use: older GB18030 names
    ],
)
def test_clean_line_keeps_what_a_name_may_hold(text: str, expected: str) -> None:
    assert clean_line(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        (" \u3000\u00a0", "text_empty"),
        ("a\0b", "text_unstorable"),
        ("a\ud800b", "text_unstorable"),
        ("a\nb", "text_newline"),
        ("a\r\nb", "text_newline"),
        ("a\u2028b", "text_newline"),
        ("a\x85b", "text_newline"),
        ("a\tb", "text_control"),
        ("a\x07b", "text_control"),
        ("a\x7fb", "text_control"),
        ("a\u202eb", "text_invisible"),
        ("a\u2066b", "text_invisible"),
        ("a\u200bb", "text_invisible"),
        ("a\ufeffb", "text_invisible"),
        ("a\u00adb", "text_invisible"),
        ("a\u3164b", "text_invisible"),
        ("a\U000e0041b", "text_invisible"),
        ("字" * 201, "text_too_long"),
    ],
)
def test_clean_line_other_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_line(text)

    assert refusal.value.code == code


def test_clean_line_longest_is_kept() -> None:
    assert clean_line("字" * 200) == "字" * 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("\n\n一  \n\n二\n\n", "一  \n\n二".replace("  ", "")),
        ("  缩进", "  缩进"),
        ("表\t格", "表\t格"),
        ("a\u202eb", "a\u202eb"),
        ("𠮷", "𠮷"),
    ],
)
def test_clean_block_normalises_lines_and_keeps_the_text(text: str, expected: str) -> None:
    assert clean_block(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        (" \n\t\n", "text_empty"),
        ("\u200b\n\u3164", "text_empty"),
        ("a\0", "text_unstorable"),
        ("a\udfffb", "text_unstorable"),
        ("a\x07", "text_control"),
        ("字" * 20_001, "text_too_long"),
        ("字" * 1_000_000, "text_too_long"),
    ],
)
def test_clean_block_other_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_block(text)

    assert refusal.value.code == code


@given(any_text)
def test_clean_line_result_is_storable_and_stable(text: str) -> None:
    try:
        line = clean_line(text)
    except Invalid:
        return
    line.encode()
    assert clean_line(line) == line == unicodedata.normalize("NFC", line)


@given(any_text)
def test_clean_block_result_is_storable_and_stable(text: str) -> None:
    try:
        block = clean_block(text)
    except Invalid:
        return
    block.encode()
    assert clean_block(block) == block


def test_visible_writes_out_what_cannot_be_seen() -> None:
    assert visible("a\u202eb\0\ud800\n") == "a‹U+202E›b‹U+0000›‹U+D800›\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>粗", "&lt;b&gt;粗"),
        ("A & B", "A &amp; B"),
        ("&lt;", "&amp;lt;"),
        ("一\r\n二", "一<br/>二"),
        ("a\u202eb", "a‹U+202E›b"),
    ],
)
def test_pdf_markup_escapes(text: str, expected: str) -> None:
    assert pdf_markup(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<b>没有关闭",
        '<img src="/etc/passwd"/>',
        '<img src="http://127.0.0.1:9/x.png" width="1" height="1"/>',
        "</para><para>",
        "<a href='x'>y</a>",
        "<!-- -->",
        "<?xml ?>",
        "<![CDATA[x]]>",
        "&#60;b&#62;",
        "&unknown;",
    ],
)
def test_pdf_markup_is_printed_literally_by_reportlab(text: str) -> None:
    paragraph = Paragraph(pdf_markup(text), getSampleStyleSheet()["Normal"])

    assert "".join(fragment.text for fragment in paragraph.frags) == text


@given(any_text)
def test_pdf_markup_any_text_makes_a_paragraph(text: str) -> None:
    paragraph = Paragraph(pdf_markup(text), getSampleStyleSheet()["Normal"])

    assert not any(getattr(fragment, "cbDefn", None) for fragment in paragraph.frags)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+5", "'+5"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("港口", "港口"),
        ("a\x07b", "a‹U+0007›b"),
        ("a\ud800", "a‹U+D800›"),
        ("一\r\n二", "一\n二"),
        (5, 5),
        (Decimal("1.10"), Decimal("1.10")),
        (True, True),
        (None, None),
        (date(2024, 8, 7), date(2024, 8, 7)),
        (datetime(2024, 8, 7, 1, 0, tzinfo=UTC), datetime(2024, 8, 7, 9, 0)),
        (datetime(2024, 8, 7, 9, 0), datetime(2024, 8, 7, 9, 0)),
    ],
)
def test_excel_cell_known_values(value: object, expected: object) -> None:
    assert excel_cell(value) == expected


def test_excel_cell_longest_text_is_marked_as_cut() -> None:
    text = excel_cell("字" * 40_000)

    assert isinstance(text, str)
    assert (len(text), text[-1]) == (32_767, "…")


@given(any_text)
def test_excel_cell_any_text_is_stored_as_text(text: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = excel_cell(text)
    stream = io.BytesIO()
    book.save(stream)

    assert book.active["A1"].data_type in {"s", "n"}
