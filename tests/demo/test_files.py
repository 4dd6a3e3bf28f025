"""The sample papers are what their names say."""

import io

from openpyxl import load_workbook

from investreview.core.files import FileKind
from investreview.demo.files import sample_xlsx
from tests.core.uploads import inspect


def test_sample_table_is_a_workbook_that_says_it_is_an_example() -> None:
    content = sample_xlsx("M10 <测算> & 表")
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    assert sheet["A1"].value == "M10 <测算> & 表（示例，内容为虚构）"
    assert inspect(content, "表.xlsx").kind is FileKind.XLSX
    assert sample_xlsx("M10 <测算> & 表") == content
