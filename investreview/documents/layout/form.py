"""What all forms share: title, page head and foot, seal box."""

from datetime import date
from typing import Protocol

from reportlab.lib.units import mm

from investreview.documents.kinds import Mark
from investreview.documents.layout.fonts import ASCENT, Face, printable, width
from investreview.documents.layout.linebreak import Line, break_lines
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
SEAL_SIDE = 40 * mm
SECTION_GAP, SECTION_LINE, SECTION_SIZE = 8.0, 18.0, 12.5


MARK_TEXTS = {Mark.PUBLIC: "公开", Mark.INTERNAL: "内部", Mark.TRADE_SECRET: "商业秘密", Mark.WORK_SECRET: "工作秘密"}


class Paper(Protocol):
    """What every form brings: its title, its mark, its number."""

    @property
    def title(self) -> str:
        """What stands above the first page."""

    @property
    def mark(self) -> Mark:
        """Who may see it."""

    @property
    def number(self) -> str:
        """What stands at the foot of each page."""


def mark_text(mark: Mark) -> str:
    """The mark as papers print it, whatever language the reader has chosen."""
    return MARK_TEXTS[mark]


def begin(content: Paper, *, title_centre: float = TITLE_CENTRE) -> Flow:
    """A first page with its title; the flow stands below it."""
    page = Page()
    baseline = title_centre + (ASCENT - 0.5) * TITLE_SIZE
    page.add(centred((LEFT + RIGHT) / 2, baseline, content.title, Face.TITLE, TITLE_SIZE))
    return Flow([page], title_centre + 0.75 * TITLE_SIZE, BOTTOM, lambda _: TOP)


def under_title(flow: Flow, left: str, right: str) -> None:
    """One small line below the title: the number on the left, how many copies or when on the right."""
    baseline = flow.y + 9 + 5
    share = min((RIGHT - LEFT) * 0.55, width(printable(left), Face.BODY, 11))
    flow.page.add(
        fitted(LEFT, baseline, left, 11, share),
        fitted_right(baseline, right, 11, RIGHT - LEFT - share - 11),
    )
    flow.y = baseline + 5


def fitted(x: float, baseline: float, text: str, size: float, room: float) -> Text:
    """The text on one line, narrowed where it is longer than ``room``."""
    shown = printable(text).replace("\n", " ")
    natural = max(width(shown, Face.BODY, size), 1.0)
    return Text(x, baseline, shown, Face.BODY, size, scale=100 * min(1.0, room / natural))


def fitted_right(baseline: float, text: str, size: float, room: float) -> Text:
    """The text on one line ending at the right edge, narrowed where it is longer than ``room``."""
    taken = min(room, width(printable(text).replace("\n", " "), Face.BODY, size))
    return fitted(RIGHT - taken, baseline, text, size, taken)


def section(flow: Flow, text: str, *, keep: float) -> None:
    """The heading of a section, on one page with ``keep`` points of what follows."""
    flow.keep(SECTION_GAP + SECTION_LINE + keep)
    flow.need(SECTION_GAP + SECTION_LINE)
    flow.y += SECTION_GAP
    baseline = flow.y + SECTION_LINE / 2 + (ASCENT - 0.5) * SECTION_SIZE
    flow.page.add(Text(LEFT, baseline, text, Face.HEI, SECTION_SIZE))
    flow.y += SECTION_LINE


def lines_of(text: str, *, size: float, indent: float) -> list[Line]:
    """Running text broken to the type area."""
    clusters = clusters_of(printable(text).replace("\n", " "), Face.BODY, size)
    return break_lines(clusters, room=RIGHT - LEFT, indent=indent)


def paragraph(flow: Flow, text: str, *, size: float, leading: float, indent: float, keep: float | None = None) -> None:
    """Running text across the type area, filled lines reaching its right edge.

    With ``keep`` it stands on one page with so many points of what follows, where a page is high enough.
    """
    lines = lines_of(text, size=size, indent=indent)
    if keep is not None:
        flow.keep(len(lines) * size * leading + keep)
    for line in lines:
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


def sign_off(flow: Flow, organ: str, on: date | None) -> None:
    """Name and date of the body, centred on each other inside the dashed box of the seal."""
    flow.need(SEAL_SIDE + 12)
    top = flow.y + 12
    middle = RIGHT - 35 * mm
    dated = f"{on.year}年{on.month}月{on.day}日" if on else "　　年　月　日"
    name = printable(organ).replace("\n", " ")
    middle = min(middle, RIGHT - width(name, Face.BODY, 14) / 2)
    first = top + SEAL_SIDE / 2 - 11 + (ASCENT - 0.5) * 14
    flow.page.add(
        Box(middle - SEAL_SIDE / 2, top, SEAL_SIDE, SEAL_SIDE, weight=0.8, colour=GREY, dash=(3, 2)),
        centred(middle, first, name, Face.BODY, 14),
        centred(middle, first + 24, dated, Face.BODY, 14),
        centred(middle, top + SEAL_SIDE - 9, "（印章）", Face.BODY, 10.5, GREY),
    )
    flow.y = top + SEAL_SIDE


def finish(flow: Flow, content: Paper, *, foot: str = "") -> list[Page]:
    """The pages with mark, number (or ``foot``) and page number on each."""
    count = len(flow.pages)
    for ordinal, page in enumerate(flow.pages, start=1):
        page.add(
            Text(LEFT, HEAD_LINE, mark_text(content.mark), Face.HEI, 10.5),
            fitted(LEFT, FOOT_LINE, foot or content.number, SMALL, 80 * mm),
            flush_right(RIGHT, FOOT_LINE, f"第{ordinal}页　共{count}页", Face.BODY, SMALL),
        )
    return flow.pages
