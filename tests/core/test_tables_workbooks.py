"""Workbooks that no person would make, and numbers and days as Excel really stores them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from investreview.core.tables import sheet_xml as scanning
from investreview.core.tables import workbook_xml
from tests.core.sheets import (
    MAIN,
    ROW,
    TITLES,
    book,
    faults,
    header_xml,
    inline,
    read,
    refused,
    shared_book,
    sheet_xml,
    with_parts,
)


def _one_row(cells: str, after: str = "", before: str = "", header: str = "") -> bytes:
    rows = f"{header or header_xml()}<row r='2'>{inline('A2', 'BA-1')}{inline('B2', '名')}{cells}</row>"
    return with_parts(book([TITLES, ROW]), sheet1=sheet_xml(rows, after, before))


@pytest.mark.parametrize(
    "stored, yuan",
    [
        ("1860", "18600000.00"),
        ("2999.999999", "29999999.99"),
        ("3000.0000000000005", "30000000.00"),
        ("1860.1000000000001", "18601000.00"),
        ("1.86E3", "18600000.00"),
        ("0", "0.00"),
    ],
)
def test_a_number_has_the_digits_that_excel_shows(stored: str, yuan: str) -> None:
    [row] = read(_one_row(f'<c r="C2"><v>{stored}</v></c>'))

    assert (row.faults, row.values["amount"]) == ((), Decimal(yuan))


@pytest.mark.parametrize(
    "stored, code",
    [
        ("2999.9999995", "money_too_precise"),
        ("2999.9999999995", "money_too_precise"),
        ("1E300", "money_too_large"),
        ("-0.01", "money_negative"),
    ],
)
def test_an_amount_is_never_rounded_on_its_way_through_excel(stored: str, code: str) -> None:
    assert faults(_one_row(f'<c r="C2"><v>{stored}</v></c>')) == [("C2", code)]


@pytest.mark.parametrize("stored", ["NaN", "INF", "1,5", "12abc", "1e999"])
def test_what_is_stored_as_a_number_and_is_none_is_damage(stored: str) -> None:
    assert refused(_one_row(f'<c r="C2"><v>{stored}</v></c>')).code == "file_damaged"


def _dated(serial: str, *, is_1904: bool = False) -> bytes:
    def change(made: Any, page: Any) -> None:
        if is_1904:
            made.epoch = __import__("openpyxl").utils.datetime.CALENDAR_MAC_1904
        page["D2"].number_format = "yyyy-mm-dd"

    made = book([TITLES, ROW], change)
    rows = (
        f"{header_xml()}<row r='2'>{inline('A2', 'BA-1')}{inline('B2', '名')}"
        f'<c r="C2"><v>1</v></c><c r="D2" s="1"><v>{serial}</v></c></row>'
    )
    return with_parts(made, sheet1=sheet_xml(rows))


@pytest.mark.parametrize(
    "serial, day",
    [
        ("32874", date(1990, 1, 1)),
        ("45052", date(2023, 5, 6)),
        ("45052.99998", date(2023, 5, 6)),
        ("73415", date(2100, 12, 31)),
    ],
)
def test_a_serial_number_is_its_day(serial: str, day: date) -> None:
    assert read(_dated(serial))[0].values["decided_on"] == day


@pytest.mark.parametrize("serial, day", [("31412", date(1990, 1, 1)), ("43590", date(2023, 5, 6))])
def test_a_workbook_that_counts_from_1904_does_so_here(serial: str, day: date) -> None:
    assert read(_dated(serial, is_1904=True))[0].values["decided_on"] == day


@pytest.mark.parametrize(
    "serial, code, given",
    [
        ("60", "date_does_not_exist", "1900-02-29"),
        ("59", "date_out_of_range", "1900-02-28"),
        ("61", "date_out_of_range", "1900-03-01"),
        ("32873", "date_out_of_range", "1989-12-31"),
        ("73416", "date_out_of_range", "2101-01-01"),
        ("0", "date_does_not_exist", "0"),
        ("-1", "date_does_not_exist", "-1"),
        ("2958466", "date_does_not_exist", "2958466"),
        ("1E20", "date_does_not_exist", "100000000000000000000"),
    ],
)
def test_a_serial_number_without_a_usable_day_is_told(serial: str, code: str, given: str) -> None:
    [row] = read(_dated(serial))
    [fault] = row.faults

    assert (fault.place.cell, fault.code, fault.facts["given"]) == ("D2", code, given)


@pytest.mark.parametrize(
    "number_format, is_date",
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy/m/d;@", True),
        ("mm-dd-yy", True),
        ("h:mm:ss", True),
        ('#,##0.00" yuan/day"', False),
        ("0.00_);[Red](0.00)", False),
        ("General", False),
        ("0.00E+00", False),
        (r"0.0\d", False),
    ],
)
def test_a_format_shows_a_date_or_it_does_not(number_format: str, is_date: bool) -> None:
    def change(_book: Any, page: Any) -> None:
        page["E2"] = 45052
        page["E2"].number_format = number_format

    expected = [("E2", "table_date_for_other" if is_date else "table_not_whole")]
    assert faults(book([TITLES, ROW], change)) == expected


def test_a_day_typed_as_a_number_or_a_text_stored_as_a_day_is_asked_about() -> None:
    content = book([TITLES, (date(2023, 1, 1), "名", 1, 45052, None, None)])

    assert faults(content) == [("A2", "table_date_for_other"), ("D2", "table_number_for_date")]


@pytest.mark.parametrize("stored, is_taken", [("123456789012345", True), ("1234567890123456", False)])
def test_a_number_as_text_is_taken_as_long_as_excel_keeps_its_digits(stored: str, is_taken: bool) -> None:
    cells = f'<c r="A2"><v>{stored}</v></c>{inline("B2", "名")}<c r="C2"><v>1</v></c>'
    content = with_parts(book([TITLES, ROW]), sheet1=sheet_xml(f"{header_xml()}<row r='2'>{cells}</row>"))

    if is_taken:
        assert read(content)[0].values["number"] == stored
    else:
        assert faults(content) == [("A2", "table_number_too_long")]


def test_shared_and_rich_and_escaped_texts_are_read_without_reading_aids() -> None:
    rich = (
        "<si><r><t>码</t></r><r><t xml:space='preserve'>头 </t></r><rPh sb='0' eb='1'><t>mǎtóu</t></rPh></si>"
        "<si><t>甲_x005F_x0041_乙</t></si>"
    )
    titles = "".join(f"<si><t>{title}</t></si>" for title in TITLES)
    shared = f'<sst xmlns="{MAIN}">{titles}{rich}</sst>'
    cells = "".join(f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCDEF"))
    row = '<c r="B2" t="s"><v>6</v></c><c r="A2" t="s"><v>7</v></c><c r="C2"><v>1</v></c>'
    rows = f"<row r='1'>{cells}</row><row r='2'>{row}</row>"
    [read_row] = read(with_parts(shared_book([TITLES]), sheet1=sheet_xml(rows), shared=shared))

    assert (read_row.values["name"], read_row.values["number"]) == ("码头", "甲_x0041_乙")


def test_texts_kept_in_one_table_are_read() -> None:
    assert faults(shared_book([TITLES, ROW])) == []


def test_a_control_character_in_a_cell_is_told() -> None:
    assert faults(_one_row(f"{inline('A2', 'a_x0007_b')}<c r='C2'><v>1</v></c>")) == [("A2", "text_control")]


def test_cells_without_addresses_follow_each_other() -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("BA-1", "名"))
    content = with_parts(book([TITLES, ROW]), sheet1=sheet_xml(f"{header_xml()}<row>{cells}<c><v>3</v></c></row>"))
    [row] = read(content)

    assert (row.place.row, row.values["amount"]) == (2, Decimal("30000.00"))


def test_one_cell_in_the_last_corner_costs_nothing() -> None:
    content = _one_row(f'<c r="C2"><v>1</v></c></row><row r="1048576">{inline("XFD1048576", "x")}')

    assert len(read(content)) == 1


@pytest.mark.parametrize("reference", ["XFE2", "A0", "2", "a2", "AAAA2", "A12345678"])
def test_an_address_outside_of_a_sheet_is_damage(reference: str) -> None:
    assert refused(_one_row(inline(reference, "x"))).code == "file_damaged"


def test_a_million_empty_rows_are_passed_over() -> None:
    empty = "".join(f'<row r="{number}" s="1" customHeight="1"/>' for number in range(3, 1_000_000))
    rows = f"{header_xml()}<row r='2'>{inline('A2', 'BA-1')}{inline('B2', '名')}<c r='C2'><v>1</v></c></row>{empty}"

    assert len(read(with_parts(book([TITLES, ROW]), sheet1=sheet_xml(rows)))) == 1


def test_rows_hidden_by_the_sheet_are_hidden() -> None:
    content = _one_row("<c r='C2'><v>1</v></c>", before='<sheetFormatPr zeroHeight="1"/>')

    assert faults(content) == [("2", "table_row_hidden")]


def test_a_sheet_that_unpacks_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SHEET_BYTES", 500)

    assert refused(_one_row("<c r='C2'><v>1</v></c>")).code == "table_too_large"


@pytest.mark.parametrize("name, limit", [("SHARED_CHARACTERS", 3), ("SHARED_TEXTS", 3), ("PART_BYTES", 100)])
def test_texts_and_parts_beyond_all_bounds_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, limit: int) -> None:
    content = shared_book([TITLES, ROW])
    monkeypatch.setattr(workbook_xml, name, limit)

    assert refused(content).code == "table_too_large"


@pytest.mark.parametrize(
    "part, text",
    [
        ("sheet1", "<worksheet><sheetData><row r='1'><c r='A1'>"),
        ("sheet1", "<worksheet><sheetData><row r='x'/></sheetData></worksheet>"),
        ("sheet1", sheet_xml("<row r='1'><c r='A1' t='s'><v>99</v></c></row>")),
        ("sheet1", sheet_xml("<row r='1'><c r='A1' s='x'><v>1</v></c></row>")),
        ("styles", "<styleSheet"),
        ("shared", "<sst"),
    ],
)
def test_broken_parts_are_damage(part: str, text: str) -> None:
    assert refused(with_parts(shared_book([TITLES, ROW]), **{part: text})).code == "file_damaged"


def test_a_document_type_is_refused_before_anything_is_read() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><worksheet/>'

    assert refused(with_parts(book([TITLES, ROW]), sheet1=bomb)).code == "file_xml_entities"
