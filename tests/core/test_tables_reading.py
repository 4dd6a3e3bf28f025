import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.core.tables import Fault, Place, open_table
from tests.core import samples
from tests.core.sheets import ROW, SHAPE, TITLES, book, faults, read, refused


def test_rows_of_a_workbook_are_read_as_typed_values() -> None:
    [row] = read(book([TITLES, ("BA-1", "码头改造", 1860.5, date(2023, 5, 6), 24, "股权投资")]))

    assert row.values == {
        "number": "BA-1",
        "name": "码头改造",
        "amount": Decimal("18605000.00"),
        "decided_on": date(2023, 5, 6),
        "term": 24,
        "kind": "EQUITY",
    }
    assert row.faults == ()
    assert (row.place.row, row.at("amount").cell, row.at("amount").title) == (2, "C2", "投资额（万元）")
    assert row.typed["amount"] == "1860.5"


def test_lines_above_the_header_and_columns_of_others_are_passed_over() -> None:
    rows = [("市国资委备案台账", None, None), (None,), ("序号", *TITLES, "备注"), (1, *ROW, "x")]
    with open_table(io.BytesIO(book(rows)), name="台账.xlsx", shape=SHAPE) as reading:
        [row] = reading.rows()

    assert (reading.header.row, reading.ignored, reading.sheet) == (3, ("序号", "备注"), "台账")
    assert row.place.row == 4
    assert row.faults == ()


def test_a_row_that_is_only_numbered_is_no_row() -> None:
    assert [row.place.row for row in read(book([("序号", *TITLES), (1,), (2, *ROW), (3, None, " \u3000")]))] == [3]


@pytest.mark.parametrize("title", ["名称", " 项 目 名 称 ", "项目名称*", "項目名称"])
def test_title_is_known_by_alias_and_whatever_its_blanks_but_not_by_other_characters(title: str) -> None:
    titles = [title if each == "项目名称" else each for each in TITLES]

    if title == "項目名称":
        assert refused(book([titles, ROW])).facts == {"titles": "项目名称", "row": 1}
    else:
        assert read(book([titles, ROW]))[0].values["name"] == "码头改造"


def test_half_width_brackets_in_a_title_are_the_same_title() -> None:
    titles = [each.replace("（", "(").replace("）", ")") for each in TITLES]

    assert faults(book([titles, ROW])) == []


def test_missing_titles_are_told_all_at_once() -> None:
    error = refused(book([("备案号", "类别"), ("BA-1", "股权投资")]))

    assert (error.code, error.facts["titles"]) == ("table_titles_missing", "项目名称、投资额（万元）")


def test_duplicate_titles_are_told_with_their_columns() -> None:
    error = refused(book([(*TITLES, "名称", "备案号"), (*ROW, "x", "y")]))

    assert error.code == "table_title_twice"
    assert error.facts == {"titles": "备案号（A、H）、项目名称（B、G）", "row": 1}


def test_duplicate_titles_that_nobody_reads_do_not_matter() -> None:
    assert faults(book([(*TITLES, "备注", "备注"), (*ROW, "x", "y")])) == []


def test_a_table_without_header_says_what_it_should_hold() -> None:
    error = refused(book([ROW] * 40))

    assert error.code == "table_no_header"
    assert error.facts == {"sheet": "台账", "titles": "备案号、项目名称、投资额（万元）"}


def test_a_header_below_thirty_lines_is_not_looked_for() -> None:
    above = [("说明",)] * 29

    assert faults(book([*above, TITLES, ROW])) == []
    assert refused(book([("说明",), *above, TITLES, ROW])).code == "table_no_header"


def test_every_fault_of_a_row_is_told_with_its_cell() -> None:
    row = (None, "名", "12.345678901", "2023-02-30", 601, "收购")

    assert faults(book([TITLES, ROW, row])) == [
        ("A3", "table_cell_empty"),
        ("C3", "money_too_precise"),
        ("D3", "date_does_not_exist"),
        ("E3", "table_not_whole"),
        ("F3", "table_not_a_choice"),
    ]


def test_a_fault_says_where_and_what() -> None:
    [row] = read(book([TITLES, ("BA-1", "名", -5, None, None, None)]))
    [fault] = row.faults

    assert str(fault.place) == "“台账”第 2 行 C 列（投资额（万元））"
    assert "-5" in sentence(fault.error, "zh-hans")
    assert row.values["amount"] is None


def test_a_fault_survives_being_kept_as_json() -> None:
    facts = {"given": "x", "limit": 3, "day": date(2024, 2, 29), "amount": Decimal("1.50")}
    fault = Fault.of(Place("台账", 7, "C", "投资额"), Invalid("date_out_of_range", citation="§1", **facts))

    again = Fault.from_plain(fault.as_plain())

    assert again == Fault(fault.place, fault.code, facts | {"amount": "1.50"}, "§1")


@pytest.mark.parametrize("rows, count", [(50, 50), (51, 0)])
def test_rows_are_limited(rows: int, count: int) -> None:
    content = book([TITLES, *[ROW] * rows])

    if count:
        assert len(read(content)) == count
    else:
        assert (refused(content).code, refused(content).facts) == ("table_too_many_rows", {"limit": 50})


def test_formula_is_refused_even_where_it_has_a_value() -> None:
    def change(_book: Any, page: Any) -> None:
        page["C2"] = "=1000+860"
        page["H2"] = "=1+1"

    assert faults(book([TITLES, ROW], change)) == [("C2", "table_formula")]


def test_error_value_and_truth_value_are_refused() -> None:
    def change(_book: Any, page: Any) -> None:
        page["A2"], page["B2"] = "#N/A", True
        page["A2"].data_type = "e"

    assert faults(book([TITLES, ROW], change)) == [("A2", "table_error_value"), ("B2", "table_boolean")]


def test_hidden_row_that_holds_something_is_told_and_an_empty_one_is_not() -> None:
    def change(_book: Any, page: Any) -> None:
        page.row_dimensions[3].hidden = True
        page.row_dimensions[5].hidden = True

    assert faults(book([TITLES, ROW, ROW, ROW], change)) == [("3", "table_row_hidden")]


def test_hidden_column_is_told_once_where_it_is_read() -> None:
    def change(_book: Any, page: Any) -> None:
        page.column_dimensions["B"].hidden = True
        page.column_dimensions["K"].hidden = True

    assert faults(book([TITLES, ROW], change)) == [("B1", "table_column_hidden")]


@pytest.mark.parametrize(
    "merged, told",
    [
        ("A1:F1", []),
        ("F2:G2", ["F2"]),
        ("A2:A3", ["A2"]),
        ("D3:D4", ["D3"]),
        ("F3:H3", ["F3"]),
        ("H3:J4", []),
    ],
)
def test_merged_cells_are_told_from_the_header_down(merged: str, told: list[str]) -> None:
    def change(_book: Any, page: Any) -> None:
        page.merge_cells(merged)

    found = faults(book([("台账",), TITLES, ROW, ROW], change))

    assert [place for place, code in found if code == "table_merged"] == told


def test_the_named_sheet_is_read_among_several() -> None:
    def change(made: Any, _page: Any) -> None:
        made.create_sheet("填写说明", 0)["A1"] = "备案号"

    assert len(read(book([TITLES, ROW], change))) == 1


def test_the_only_visible_sheet_is_read_whatever_it_is_called() -> None:
    def change(made: Any, _page: Any) -> None:
        made.create_sheet("旧").sheet_state = "hidden"

    assert len(read(book([TITLES, ROW], change, sheet="Sheet1"))) == 1


def test_several_sheets_of_other_names_are_not_guessed_at() -> None:
    def change(made: Any, _page: Any) -> None:
        made.create_sheet("2022年")

    error = refused(book([TITLES, ROW], change, sheet="2023年"))

    assert (error.code, error.facts) == ("table_sheet_unknown", {"sheet": "台账", "found": "2023年、2022年"})


def test_a_hidden_sheet_is_not_read_in_silence() -> None:
    def change(made: Any, page: Any) -> None:
        made.create_sheet("别的")
        page.sheet_state = "hidden"

    assert refused(book([TITLES, ROW], change)).code == "table_sheet_hidden"


def test_time_of_day_belongs_to_its_day() -> None:
    [row] = read(book([TITLES, (*ROW[:3], datetime(2023, 5, 6, 23, 59, 59), None, None)]))

    assert row.values["decided_on"] == date(2023, 5, 6)


def test_text_that_our_writer_guarded_is_read_as_it_was() -> None:
    [row] = read(book([TITLES, ("'=BA-1", "'名", 1, None, None, None)]))

    assert (row.values["number"], row.values["name"]) == ("=BA-1", "'名")


@pytest.mark.parametrize(
    "content, name, code",
    [
        (samples.ole("Workbook"), "台账.xls", "table_kind"),
        (samples.packed(samples.docx_parts()), "台账.docx", "table_kind"),
        (samples.packed(samples.docx_parts()), "台账.xlsx", "file_extension_mismatch"),
        (samples.packed({"a.txt": "x"}), "台账.zip", "table_kind"),
        (samples.packed(samples.xlsx_parts()), "台账.xlsx", "file_damaged"),
        (samples.written(samples.pdf()), "台账.pdf", "table_kind"),
        (b"", "台账.csv", "file_empty"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, name: str, code: str) -> None:
    assert refused(content, name).code == code
