import io
from datetime import date
from decimal import Decimal

import pytest

from investreview.core.tables import csv_text, open_table, reading
from tests.core.sheets import SHAPE, faults, read, refused

TEXT = '备案号,项目名称,投资额（万元）,批复日期\r\nBA-1,码头“𠮷”改造,"1,860",2023年5月6日\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    [row] = read(TEXT.encode(encoding), "台账.csv")

    assert row.values["name"] == "码头“𠮷”改造"
    assert (row.values["amount"], row.values["decided_on"]) == (Decimal("18600000.00"), date(2023, 5, 6))
    assert (row.place.sheet, row.at("amount").cell) == ("CSV", "C2")


def test_a_csv_in_gbk_is_read() -> None:
    [row] = read(TEXT.replace("“𠮷”", "").encode("gbk"), "台账.CSV")

    assert row.values["name"] == "码头改造"


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_a_csv_with_other_delimiters_is_read(delimiter: str) -> None:
    text = delimiter.join(("备案号", "项目名称", "投资额（万元）")) + "\n" + delimiter.join(("BA-1", "甲，乙", "1,860"))

    assert read(text.encode(), "台账.csv")[0].values["amount"] == Decimal("18600000.00")


def test_a_cell_of_several_lines_is_one_cell() -> None:
    text = '备案号,项目名称,投资额（万元）\nBA-1,"甲\n乙",1\nBA-2,丙,2\n'

    assert faults(text.encode(), "台账.csv") == [("B2", "text_newline")]


def test_a_formula_in_a_csv_is_refused_too() -> None:
    assert faults('备案号,项目名称,投资额（万元）\n"=""001""",名,1\n'.encode(), "台账.csv") == [("A2", "table_formula")]


@pytest.mark.parametrize(
    "content, code",
    [
        (b"\xff\xff\xff\x00abc", "table_not_text"),
        (b"a,b\0,c", "table_not_text"),
        ("a,b\0".encode("utf-16"), "table_not_text"),
        (b"\x81\xff\xff", "table_encoding"),
        (b"\xef\xbb\xbf\xff\xfe\xff", "table_encoding"),
        ('备案号,项目名称,投资额（万元）\n"BA-1,名'.encode(), "table_csv_broken"),
        ('备案号,项目名称,投资额（万元）\n"BA"-1,名,2'.encode(), "table_csv_broken"),
        (b"%PDF-1.7", "table_no_header"),
    ],
)
def test_what_is_no_csv_is_refused(content: bytes, code: str) -> None:
    assert refused(content, "台账.csv").code == code


def test_a_broken_csv_says_in_which_row() -> None:
    error = refused('备案号,项目名称,投资额（万元）\nBA-1,名,1\n"BA"-2,名,2'.encode(), "台账.csv")

    assert error.facts == {"row": 3}


def test_a_text_of_another_name_is_no_table() -> None:
    assert refused(TEXT.encode(), "台账.doc").code == "table_kind"


def test_a_csv_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FILE_BYTES", 1024**2)

    assert refused(b"a" * (1024**2 + 1), "台账.csv").code == "file_too_large"


def test_the_reader_of_csv_knows_no_numbers() -> None:
    assert {
        cell.kind.name for row in csv_text.rows_of(io.StringIO("a,1,2023-05-06")) for cell in row.cells.values()
    } == {"TEXT"}


def test_a_csv_says_how_far_it_has_been_read() -> None:
    text = "备案号,项目名称,投资额（万元）\n" + "BA-1,名,1\n" * 40
    with open_table(io.BytesIO(text.encode()), name="台账.csv", shape=SHAPE) as table:
        shares = [table.percent for _row in table.rows()]

    assert (shares[0] < 10, shares == sorted(shares), shares[-1]) == (True, True, 100)
