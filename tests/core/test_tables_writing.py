import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from investreview.core.tables import Kind, OutColumn, Sheet, open_table, write_blank, write_csv, write_workbook
from investreview.core.tables.writing import sheet_name
from tests.core.sheets import ROW, SHAPE, TITLES

COLUMNS = (
    OutColumn("编号", width=20),
    OutColumn("金额（万元）", Kind.WAN),
    OutColumn("金额（元）", Kind.YUAN),
    OutColumn("日期", Kind.DAY),
    OutColumn("时间", Kind.MOMENT),
    OutColumn("数量", Kind.WHOLE),
    OutColumn("问题", Kind.FAULT, width=40),
)
VALUES = (
    "BA-1",
    Decimal("29999999.99"),
    Decimal("9999999999999.99"),
    date(2024, 7, 1),
    datetime(2024, 6, 30, 16, 30, tzinfo=UTC),
    7,
    "C2 空",
)


def _written(*rows: tuple[object, ...], caption: tuple[str, ...] = ()) -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_workbook(stream, [Sheet("台账", COLUMNS, rows, caption)])
    return openpyxl.load_workbook(stream)


def test_every_kind_of_value_is_written_as_what_it_is() -> None:
    page = _written(VALUES)["台账"]

    assert [cell.value for cell in page[1]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in page[2]] == [
        "BA-1",
        2999.999999,
        9999999999999.99,
        datetime(2024, 7, 1),
        datetime(2024, 7, 1, 0, 30),
        7,
        "C2 空",
    ]
    assert [cell.number_format for cell in page[2]] == [
        "@",
        "#,##0.00####",
        "#,##0.00",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
        "0",
        "@",
    ]


def test_nothing_is_an_empty_cell_and_yes_is_a_word() -> None:
    page = _written(("", None, None, None, None, True, None))["台账"]

    assert [cell.value for cell in page[2]] == [None, None, None, None, None, "是", None]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", '=HYPERLINK("http://x")'])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    cell = _written((text,))["台账"]["A2"]

    assert (cell.data_type, cell.value[0]) == ("s", "'")


@pytest.mark.parametrize("text", ["a\x07b", "a\x00b", "\u202egnp.exe", "https://example.test/", "𠮷", "a\ufffeb"])
def test_every_character_can_be_written_and_opened_again(text: str) -> None:
    cell = _written((text,))["台账"]["A2"]

    assert cell.hyperlink is None
    assert not {"\x07", "\x00", "\u202e", "\ufffe"} & set(cell.value)


def test_a_text_beyond_the_limit_of_a_cell_is_cut_with_a_mark() -> None:
    cell = _written(("长" * 40_000,))["台账"]["A2"]

    assert (len(cell.value), cell.value[-1]) == (32_767, "…")


def test_header_is_styled_frozen_and_repeated_below_the_caption() -> None:
    page = _written(VALUES, caption=("单位：万元", "=截至2024-07-01"))["台账"]

    assert [page["A1"].value, page["A2"].value] == ["单位：万元", "'=截至2024-07-01"]
    assert (page.freeze_panes, page.print_title_rows) == ("A4", "$3:$3")
    assert (page["A3"].font.b, page["A3"].fill.fgColor.rgb, page["G3"].fill.fgColor.rgb) == (
        True,
        "FF12355B",
        "FFB3261E",
    )
    assert [round(page.column_dimensions[letter].width) for letter in "AG"] == [21, 41]


@pytest.mark.parametrize("name, shown", [("a/b[1]:*?", "a b 1"), ("长" * 40, "长" * 31), ("''", "1")])
def test_a_sheet_gets_a_name_that_excel_takes(name: str, shown: str) -> None:
    assert sheet_name(name) == shown


def test_rows_do_not_pile_up_in_memory() -> None:
    def peak(count: int) -> int:
        rows: Iterator[tuple[object, ...]] = (VALUES for _ in range(count))
        tracemalloc.start()
        write_workbook(io.BytesIO(), [Sheet("台账", COLUMNS, rows)])
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) <= 1.5 * peak(1000)


def test_csv_is_what_excel_opens() -> None:
    stream = io.BytesIO()
    write_csv(stream, Sheet("台账", COLUMNS, [VALUES, ("=1", *[None] * 6)]))

    data = stream.getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["编号", "金额（万元）", "金额（元）", "日期", "时间", "数量", "问题"],
        ["BA-1", "2999.999999", "9999999999999.99", "2024-07-01", "2024-07-01 00:30", "7", "C2 空"],
        ["'=1", "", "", "", "", "", ""],
    ]


def test_the_blank_table_has_the_header_of_its_shape_and_lists_to_choose_from() -> None:
    stream = io.BytesIO()
    write_blank(stream, SHAPE)
    made = openpyxl.load_workbook(stream)
    page = made["台账"]

    assert [cell.value for cell in page[1]] == ["备案号*", "项目名称*", "投资额（万元）*", *TITLES[3:]]
    assert made.sheetnames == ["台账", "填写说明"]
    [offered] = page.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("F2:F51", '"固定资产投资,股权投资"')


def test_the_blank_table_filled_by_a_person_is_read_without_a_fault() -> None:
    stream = io.BytesIO()
    write_blank(stream, SHAPE)
    made = openpyxl.load_workbook(stream)
    for number, value in enumerate(ROW, 1):
        made["台账"].cell(2, number, value)
    filled = io.BytesIO()
    made.save(filled)
    with open_table(filled, name="台账.xlsx", shape=SHAPE) as reading:
        [row] = reading.rows()

    assert (row.faults, row.values["kind"]) == ((), "FIXED_ASSET")
