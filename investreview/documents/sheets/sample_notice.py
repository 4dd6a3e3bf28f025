"""The usual format with red head (普通格式, 文件) of GB/T 9704-2012, its attachment and 版记: 后评价抽查通知."""

from collections.abc import Sequence
from decimal import Decimal

from reportlab.lib.units import mm

from investreview.core.money import format_wan
from investreview.documents.contents import SampleNotice, SampleRecord
from investreview.documents.layout import blocks, form, official
from investreview.documents.layout.fonts import ASCENT, Face, printable
from investreview.documents.layout.linebreak import Line
from investreview.documents.layout.official import BOTTOM, CELL, LEFT, PITCH, RIGHT, SIZE, TOP
from investreview.documents.layout.page import RED, Page, Rule, Text, centred, flush_right
from investreview.documents.layout.table import Align, Flow, Row
from investreview.documents.layout.titles import break_title

MARK_SIZE, MARK_SPREAD = 27.8, 154 * mm
MARK_TOP = TOP + 35 * mm
HEAD_RULE = 1.7
ATTACHMENT_TOP, ATTACHMENT_TITLE = 30 * mm, 20.0
SHARE_COLUMNS = (52 * mm, 24 * mm, 30 * mm, 24 * mm, 26 * mm)
LIST_COLUMNS = (14 * mm, 40 * mm, 76 * mm, 26 * mm)
ISSUE_HEIGHT, ISSUE_SIZE, ISSUE_RULE = 9 * mm, 14.0, 1.0


def lay_out(notice: SampleNotice) -> list[Page]:
    """The notice's pages, then its attachment, 版记 at the foot of the last."""
    first = Page()
    rule = _draw_head(first, notice)
    cursor = official.Cursor([first], 0)
    official.draw_title(cursor, notice, centre=rule + 2.2 * PITCH)
    official.draw_body(cursor, _lines(notice), closing=official.closing_size(notice))
    official.draw_closing(cursor, notice)
    pages = [*cursor.pages, *_attachment(notice)]
    for number, page in enumerate(pages, start=1):
        official.draw_page_number(page, number)
    return pages


def _draw_head(page: Page, notice: SampleNotice) -> float:
    """Mark, number and single rule stand; returns where the rule ends."""
    organ = printable(notice.organ).replace("\n", "") + "文件"
    ink_bottom = official.draw_mark(page, organ, size=MARK_SIZE, ink_top=MARK_TOP, room=MARK_SPREAD)
    number = printable(notice.number or official.PENDING_NUMBER).replace("\n", "")
    baseline = ink_bottom + 2 * PITCH + ASCENT * SIZE
    rule = baseline + (1 - ASCENT) * SIZE + 4 * mm
    page.add(
        centred((LEFT + RIGHT) / 2, baseline, number, Face.BODY, SIZE),
        Rule(LEFT, rule, RIGHT, rule, HEAD_RULE, RED),
    )
    return float(rule + HEAD_RULE / 2)


def _lines(notice: SampleNotice) -> list[Line]:
    blank = Line((), 0.0, RIGHT - LEFT, is_last=True)
    return [*official.body_lines(notice), blank, *official.indented_lines(f"附件：{notice.attachment.title}")]


def _attachment(notice: SampleNotice) -> list[Page]:
    record = notice.attachment
    page = Page()
    baseline = ATTACHMENT_TOP + PITCH / 2 + (ASCENT - 0.5) * SIZE
    page.add(Text(LEFT, baseline, "附件", Face.HEI, SIZE))
    flow = Flow([page], ATTACHMENT_TOP + 1.2 * PITCH, BOTTOM, lambda _: ATTACHMENT_TOP)
    for line in break_title(printable(record.title), 22):
        baseline = flow.y + PITCH / 2 + (ASCENT - 0.5) * ATTACHMENT_TITLE
        flow.page.add(centred((LEFT + RIGHT) / 2, baseline, line, Face.TITLE, ATTACHMENT_TITLE))
        flow.y += PITCH
    sections = blocks.Sections(flow)
    _shares(sections, record)
    _projects(sections, record)
    sections.sentences("抽取方法与核验", record.method, keep=ISSUE_HEIGHT + PITCH / 2)
    _draw_issue(flow, notice)
    return flow.pages


def _shares(sections: blocks.Sections, record: SampleRecord) -> None:
    """What the sample was drawn from, by enterprise; the totals foot."""
    aligns = (Align.LEFT, Align.CENTRE, Align.RIGHT, Align.CENTRE, Align.RIGHT)
    rows = [
        blocks.line(
            (
                one.enterprise,
                str(one.frame_count),
                _wan(one.frame_yuan),
                str(one.picked_count),
                _wan(one.picked_yuan),
            ),
            SHARE_COLUMNS,
            aligns,
        )
        for one in record.shares
    ]
    total = (
        "合计",
        str(sum(one.frame_count for one in record.shares)),
        _wan(sum((one.frame_yuan for one in record.shares), Decimal(0))),
        str(sum(one.picked_count for one in record.shares)),
        _wan(sum((one.picked_yuan for one in record.shares), Decimal(0))),
    )
    rows.append(blocks.total(total, SHARE_COLUMNS, aligns))
    rows.append(_share_row(record))
    day = record.counted_on
    title = f"抽样范围（统计至{day.year}年{day.month}月{day.day}日，金额单位：万元）"
    head = blocks.table_head(("企业", "项目数", "投资额", "抽取数", "抽取额"), SHARE_COLUMNS)
    sections.rows(title, rows, head=head)


def _share_row(record: SampleRecord) -> Row:
    texts = ("抽取比例", f"{record.by_number}（按项目数）", f"{record.by_amount}（按投资额）")
    widths = (SHARE_COLUMNS[0], sum(SHARE_COLUMNS[1:3]), sum(SHARE_COLUMNS[3:]))
    return blocks.line(texts, widths, (Align.LEFT, Align.CENTRE, Align.CENTRE))


def _projects(sections: blocks.Sections, record: SampleRecord) -> None:
    names, aligns = ("序号", "企业", "项目名称", "投资额"), (Align.CENTRE, Align.LEFT, Align.LEFT, Align.RIGHT)
    lines: list[Sequence[str]] = [
        (
            str(i),
            one.enterprise,
            f"{one.name}（必查：{one.occasion}）" if one.occasion else one.name,
            _wan(one.amount_yuan),
        )
        for i, one in enumerate(record.projects, start=1)
    ]
    sections.table("抽取名单", names, LIST_COLUMNS, aligns, lines)


def _wan(amount: Decimal) -> str:
    """16,400: 万元 with decimals only where the amount has them."""
    return format_wan(amount).removesuffix(".00")


def _draw_issue(flow: Flow, notice: SampleNotice) -> None:
    """版记: 印发机关 and date between two rules, at the foot of the last page."""
    flow.need(ISSUE_HEIGHT + PITCH / 2)
    top, bottom = BOTTOM - ISSUE_HEIGHT, BOTTOM
    baseline = top + ISSUE_HEIGHT / 2 + (ASCENT - 0.5) * ISSUE_SIZE
    issuer = form.fitted(LEFT + ISSUE_SIZE, baseline, notice.attachment.issuer, ISSUE_SIZE, (RIGHT - LEFT) * 0.55)
    dated = f"{official.letter_date(notice)}印发"
    flow.page.add(
        Rule(LEFT, top, RIGHT, top, ISSUE_RULE),
        Rule(LEFT, bottom, RIGHT, bottom, ISSUE_RULE),
        issuer,
        flush_right(RIGHT - CELL, baseline, dated, Face.BODY, ISSUE_SIZE),
    )
