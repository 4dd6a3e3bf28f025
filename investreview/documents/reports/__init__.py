"""Reports (专报): figures and lists for reading, neither numbered nor kept; one content as Word and as PDF."""

from investreview.documents.reports.content import Align, Report, ReportColumn, ReportSection, ReportTable
from investreview.documents.reports.pdf import write_pdf
from investreview.documents.reports.word import write_word

__all__ = ["Align", "Report", "ReportColumn", "ReportSection", "ReportTable", "write_pdf", "write_word"]
