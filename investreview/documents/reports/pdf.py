"""A report as PDF, laid out like the office's forms."""

from typing import IO

from investreview.core.clock import legal_date
from investreview.core.dates import in_chinese
from investreview.documents.layout import blocks, form
from investreview.documents.layout.page import Page, to_pdf
from investreview.documents.layout.table import LEFT, RIGHT, Flow, Row, first_height
from investreview.documents.layout.table import Align as CellAlign
from investreview.documents.reports.content import Report, ReportSection, ReportTable

WIDTH = RIGHT - LEFT
LINE_SIZE, LINE_PITCH = 10.5, 15.0
UNDER_TITLE = 6.0
SIGNED = 50.0


def write_pdf(file: IO[bytes], *, report: Report) -> None:
    """The report is in ``file``; the same report gives the same bytes."""
    file.write(to_pdf(lay_out(report), title=report.title, author=report.organ, subject=""))


def lay_out(report: Report) -> list[Page]:
    """The report's pages: title, what it covers, the sections, the body that made it with the day."""
    flow = form.begin(report)
    flow.y += UNDER_TITLE
    for line in report.lines:
        flow.y += LINE_PITCH
        flow.page.add(form.fitted(LEFT, flow.y, line, LINE_SIZE, WIDTH))
    flow.y += UNDER_TITLE
    sections = blocks.Sections(flow)
    for section in report.sections:
        _section(flow, sections, section)
    _sign_off(flow, report)
    return form.finish(flow, report)


def _sign_off(flow: Flow, report: Report) -> None:
    """The body and the day, at the right below the last section."""
    flow.need(SIGNED)
    made_on = legal_date(report.made_at)
    for text in (report.organ, in_chinese(made_on)):
        flow.y += LINE_PITCH + 6
        flow.page.add(form.fitted_right(flow.y, text, 12, WIDTH))


def _section(flow: Flow, sections: blocks.Sections, section: ReportSection) -> None:
    table = section.table
    if table is None:
        sections.prose(section.title, section.paragraphs)
        return
    keep = blocks.NOTE_HEIGHT if section.remark else 0.0
    rows, head = _rows(table), blocks.table_head([column.title for column in table.columns], _widths(table))
    if section.paragraphs:
        sections.prose(section.title, section.paragraphs, keep=first_height(rows, head, 0.0))
        flow.rows(rows, head=head, keep=keep)
    else:
        sections.rows(section.title, rows, head=head, keep=keep)
    if section.remark:
        blocks.note(flow, section.remark)


def _rows(table: ReportTable) -> list[Row]:
    widths = _widths(table)
    aligns = [CellAlign(column.align.value) for column in table.columns]
    return [blocks.line(row, widths, aligns) for row in table.rows]


def _widths(table: ReportTable) -> list[float]:
    whole = sum(column.share for column in table.columns)
    return [WIDTH * column.share / whole for column in table.columns]
