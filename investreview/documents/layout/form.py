"""What all forms share: title, page head and foot, seal box."""

from reportlab.lib.units import mm

from investreview.documents.contents import FormContent
from investreview.documents.kinds import Mark
from investreview.documents.layout.fonts import ASCENT, Face, printable, width
from investreview.documents.layout.linebreak import break_lines
from investreview.documents.layout.page import GREY, Box, Page, Text, centred, flush_right
from investreview.documents.layout.setting import clusters_of, spread
from investreview.documents.layout.table import LEFT, RIGHT, Flow

TOP = 18 * mm
BOTTOM = 267 * mm
TITLE_SIZE = 22.0
TITLE_CENTRE = 24 * mm
HEAD_LINE = 12 * mm
FOOT_LINE = 288.5 * mm
SMALL = 8.0
SEAL_BOX = 26 * mm + 8
"""Height that a seal box takes below a table, its gap included."""


MARK_TEXTS = {Mark.PUBLIC: "公开", Mark.INTERNAL: "内部", Mark.TRADE_SECRET: "商业秘密", Mark.WORK_SECRET: "工作秘密"}


def mark_text(mark: Mark) -> str:
    """The mark as papers print it, whatever language the reader has chosen."""
    return MARK_TEXTS[mark]


def begin(content: FormContent, *, title_centre: float = TITLE_CENTRE) -> Flow:
    """A first page with its title; the flow stands below it."""
    page = Page()
    baseline = title_centre + (ASCENT - 0.5) * TITLE_SIZE
    page.add(centred((LEFT + RIGHT) / 2, baseline, content.title, Face.TITLE, TITLE_SIZE))
    return Flow([page], title_centre + 0.75 * TITLE_SIZE, BOTTOM, lambda _: TOP)


def under_title(flow: Flow, left: str, right: str) -> None:
    """One small line below the title: the number on the left, how many copies on the right."""
    baseline = flow.y + 9 + 5
    flow.page.add(
        fitted(LEFT, baseline, left, 11, (RIGHT - LEFT) * 0.55),
        flush_right(RIGHT, baseline, printable(right), Face.BODY, 11),
    )
    flow.y = baseline + 5


def fitted(x: float, baseline: float, text: str, size: float, room: float) -> Text:
    """The text on one line, narrowed where it is longer than ``room``."""
    shown = printable(text).replace("\n", " ")
    natural = max(width(shown, Face.BODY, size), 1.0)
    return Text(x, baseline, shown, Face.BODY, size, scale=100 * min(1.0, room / natural))


def paragraph(flow: Flow, text: str, *, size: float, leading: float, indent: float) -> None:
    """Running text across the type area, filled lines reaching its right edge."""
    clusters = clusters_of(printable(text).replace("\n", " "), Face.BODY, size)
    for line in break_lines(clusters, room=RIGHT - LEFT, indent=indent):
        flow.need(size * leading)
        baseline = flow.y + size * leading / 2 + (ASCENT - 0.5) * size
        flow.page.add(*spread(line, LEFT, baseline, size, cell=size))
        flow.y += size * leading


def seal_box(flow: Flow, text: str) -> None:
    """A dashed box for the stamp, on the right."""
    height, box_width = SEAL_BOX - 8, 58 * mm
    flow.need(SEAL_BOX)
    top = flow.y + 8
    flow.page.add(
        Box(RIGHT - box_width, top, box_width, height, weight=0.8, colour=GREY, dash=(3, 2)),
        centred(RIGHT - box_width / 2, top + height / 2 + 4, text, Face.BODY, 11, GREY),
    )
    flow.y = top + height


def finish(flow: Flow, content: FormContent) -> list[Page]:
    """The pages with mark, number and page number on each."""
    count = len(flow.pages)
    for ordinal, page in enumerate(flow.pages, start=1):
        page.add(
            Text(LEFT, HEAD_LINE, mark_text(content.mark), Face.HEI, 10.5),
            fitted(LEFT, FOOT_LINE, content.number, SMALL, 80 * mm),
            flush_right(RIGHT, FOOT_LINE, f"第{ordinal}页　共{count}页", Face.BODY, SMALL),
        )
    return flow.pages
