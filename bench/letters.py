"""An official letter from its content to PDF bytes, beside the same strings set by a bare reportlab canvas."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.measure import interleave
from bench.table import Row, timed
from investreview.documents.contents import FundingSource, Letter, LockedField
from investreview.documents.layout.fonts import Face, font_name
from investreview.documents.layout.page import HEIGHT, Text
from investreview.documents.letter_facts import FilingTerms, LetterFacts
from investreview.documents.letter_templates import draft_filing_letter_with_risk
from investreview.documents.render import LAY_OUT, render_issued

GOAL = 3.0
NAME = "旗台作业区皮带机节能改造项目（示例）"
FACTS = LetterFacts(
    organ="连云港市人民政府国有资产监督管理委员会",
    organ_short="连云港市国资委",
    recipient="港控集团",
    project_name=NAME,
    report_title=f"关于{NAME}备案的报告",
    incoming_number="港控投〔2024〕31号",
    total_yuan=Decimal("18600000.00"),
    contact_office="规划发展处",
    contact_person="王××",
    contact_phone="0518-80633066",
)
TERMS = FilingTerms(
    implementer="由你公司所属港口分公司（示例）实施",
    funding=(FundingSource("自有资金", Decimal(11_160_000)), FundingSource("银行贷款", Decimal(7_440_000))),
    phases="项目不分期",
    plan="已列入你公司2024年度投资计划",
    valid_months=12,
    change_percent=20,
    quarterly_days=10,
    evaluation_months=12,
)
RISKS = ("收入预测依赖周边商业开业进度，请按季跟踪。", "系统供应商尚未确定，采购应当公开进行。")


def measure() -> Iterator[Row]:
    """One row: our letter against the bare pages."""
    letter = _letter()
    pages = [[mark for mark in page.marks if isinstance(mark, Text)] for page in LAY_OUT[letter.kind](letter)]
    yield timed(
        key="letter",
        figure=f"公函 PDF，{len(pages)} 页",
        goal=GOAL,
        pairs=interleave(lambda: render_issued(letter), lambda: _bare(pages)),
        baseline="reportlab canvas",
        note="the baseline draws the finished strings with the same fonts on as many pages, without any layout",
    )


def _letter() -> Letter:
    draft = draft_filing_letter_with_risk(FACTS, TERMS, risks=RISKS)
    return draft.filled(LockedField.FILING_NUMBER, "BA2024-0007").issued_as("连国资函〔2024〕38号", date(2024, 7, 16))


def _bare(pages: list[list[Text]]) -> bytes:
    """The same strings at the same places, and nothing else."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, initialFontName=font_name(Face.BODY))
    for page in pages:
        for mark in page:
            canvas.setFont(font_name(mark.face), mark.size)
            canvas.drawString(mark.x, HEIGHT - mark.y, mark.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
