"""What official papers after GB/T 9704-2012 share: the grid of 22 lines × 28 characters, red mark, title, sign-off."""

from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont
from reportlab.lib.units import mm

from investreview.documents.contents import Letter, Locked, Paragraph
from investreview.documents.layout.fonts import ASCENT, Face, font_path, printable, width
from investreview.documents.layout.linebreak import Line, break_lines
from investreview.documents.layout.page import GREY, RED, WIDTH, Box, Page, Text, centred, flush_right
from investreview.documents.layout.setting import clusters_of, spread
from investreview.documents.layout.titles import break_title

LEFT, RIGHT = 28 * mm, 184 * mm
TOP, BOTTOM = 37 * mm, 262 * mm
LINES, CHARACTERS = 22, 28
PITCH = (BOTTOM - TOP) / LINES
CELL = (RIGHT - LEFT) / CHARACTERS
SIZE = 16.0
SQUEEZE = 0.45
"""Points by which a gap may shrink so that a closing mark still fits its line."""

TITLE_SIZE, TITLE_LEAD = 22.0, 1.5 * 22
TITLE_CHARACTERS, TITLE_LINES_IN_FULL = 19, 6
SEAL = 40 * mm
PAGE_NUMBER_SIZE, PAGE_NUMBER_CENTRE = 14.0, 271.5 * mm

PENDING_FIELD = "＿＿＿＿"
PENDING_NUMBER = "（发文字号签发时编列）"
PENDING_DATE = "　　年　月　日"


@dataclass
class Cursor:
    """The next free grid line: the last of ``pages``, line ``line`` of 22."""

    pages: list[Page]
    line: int

    def take(self) -> tuple[Page, float]:
        """The page and baseline of the next line, which is used up."""
        if self.line >= LINES:
            self.turn()
        self.line += 1
        return self.pages[-1], line_baseline(self.line - 1)

    def turn(self) -> None:
        """A new page is begun."""
        self.pages.append(Page())
        self.line = 0


def line_baseline(line: int) -> float:
    """The baseline of grid line ``line`` (from 0), the characters centred in their line."""
    return float(TOP + PITCH * (line + 0.5) + (ASCENT - 0.5) * SIZE)


def draw_mark(page: Page, text: str, *, size: float, ink_top: float, room: float) -> float:
    """The red mark stands spread over ``room``, its ink beginning at ``ink_top``; returns where its ink ends."""
    above, below = _ink(text)
    cell = min(room / max(len(text), 1), size * 1.35)
    scale = min(1.0, 0.985 * cell / size)
    baseline = ink_top + above * size
    space = cell / scale - size
    start = WIDTH / 2 - (cell * len(text) - space * scale) / 2 - _lean(text) * size * scale
    page.add(Text(start, baseline, text, Face.TITLE, size, space, scale * 100, RED))
    return float(baseline + below * size)


@lru_cache(maxsize=64)
def _ink(text: str) -> tuple[float, float]:
    """Height of the ink above and depth below the baseline, for size 1: of this very string, not of the face."""
    face = ImageFont.truetype(str(font_path(Face.TITLE)), 1000)
    _, top, _, bottom = face.getbbox(text, anchor="ls")
    return -top / 1000, bottom / 1000


@lru_cache(maxsize=64)
def _lean(text: str) -> float:
    """How far the ink's middle lies right of the string's middle, for size 1: from its outer characters."""
    face = ImageFont.truetype(str(font_path(Face.TITLE)), 1000)
    left = face.getbbox(text[:1], anchor="ls")[0]
    right = 1000 - face.getbbox(text[-1:], anchor="ls")[2]
    return float(left - right) / 2000 if text else 0.0


def draw_title(cursor: Cursor, letter: Letter, *, centre: float) -> None:
    """The title stands from ``centre`` down, and the cursor on the line of the recipient: a blank line between."""
    text = printable("".join(s.value if isinstance(s, Locked) else s.text for s in letter.headline))
    lines = break_title(text, TITLE_CHARACTERS)
    size, lead = (TITLE_SIZE, TITLE_LEAD) if len(lines) <= TITLE_LINES_IN_FULL else (SIZE, PITCH)
    if size == SIZE:
        lines = break_title(text, CHARACTERS - 2)
    for line in lines:
        if centre > BOTTOM - PITCH / 2:
            cursor.turn()
            centre = TOP + PITCH / 2
        baseline = centre + (ASCENT - 0.5) * size
        cursor.pages[-1].add(centred((LEFT + RIGHT) / 2, baseline, line, Face.TITLE, size))
        centre += lead
    last_centre = centre - lead
    while TOP + PITCH * (cursor.line + 0.5) < last_centre + 1.75 * PITCH:
        cursor.line += 1


def draw_body(cursor: Cursor, lines: list[Line], *, closing: int) -> None:
    """The lines stand on the grid; a page begins early where the sign-off would come to stand alone."""
    breaks_before = _forced_break(cursor.line, lines, closing)
    for i, line in enumerate(lines):
        if i == breaks_before:
            cursor.turn()
        page, baseline = cursor.take()
        page.add(*spread(line, LEFT, baseline, SIZE, cell=CELL))


def body_lines(letter: Letter) -> list[Line]:
    """Recipient and paragraphs, broken to the grid."""
    room = RIGHT - LEFT
    recipient = clusters_of(_one_line(letter.recipient + "："), Face.BODY, SIZE, cell=CELL)
    lines = break_lines(recipient, room=room, squeeze=SQUEEZE)
    for paragraph in letter.paragraphs:
        clusters = []
        for text, face in _faced(paragraph):
            clusters.extend(clusters_of(_one_line(text), face, SIZE, cell=CELL))
        lines.extend(break_lines(clusters, room=room, indent=2 * CELL, squeeze=SQUEEZE))
    return lines


def indented_lines(text: str) -> list[Line]:
    """A text of its own (contact, list of attachments), indented by two characters; nothing for no text."""
    if not text:
        return []
    clusters = clusters_of(_one_line(text), Face.BODY, SIZE, cell=CELL)
    return break_lines(clusters, room=RIGHT - LEFT, indent=2 * CELL, squeeze=SQUEEZE)


def _one_line(text: str) -> str:
    return printable(text).replace("\n", " ")


def _faced(paragraph: Paragraph) -> list[tuple[str, Face]]:
    """The paragraph as heading in its level's face, and text in 仿宋; one whole sentence is text, not a heading."""
    text = "".join((s.value or PENDING_FIELD) if isinstance(s, Locked) else s.text for s in paragraph.segments)
    face = {1: Face.HEI, 2: Face.KAI}.get(paragraph.level)
    heading, stop, rest = text.partition("。")
    if face is None or (stop and not rest):
        return [(text, Face.BODY)]
    return [(heading, face), (stop + rest, Face.BODY)]


def closing_size(letter: Letter) -> int:
    """Grid lines of the sign-off: two blank, body's name, date, and under the seal the contact."""
    contact = indented_lines(letter.contact)
    return 4 + (1 + len(contact) if contact else 0)


def _forced_break(start: int, body: list[Line], closing: int) -> int:
    """Before which body line a page must begin so that the sign-off has two lines of text with it; -1 for none."""
    total = start + len(body)
    on_last = (total - 1) % LINES + 1
    is_first_page = total <= LINES
    if on_last + min(closing, LINES - 4) <= LINES and (is_first_page or on_last >= 2):
        return -1
    return max(1, len(body) - _lines_to_keep(body))


def _lines_to_keep(body: list[Line]) -> int:
    """How many lines go over with the sign-off: the last paragraphs, from two to five lines."""
    ends = [i for i, line in enumerate(body) if line.is_last]
    for end in reversed(ends[:-1]):
        count = len(body) - 1 - end
        if count >= 2:
            return min(count, 5)
    return 2


def draw_closing(cursor: Cursor, letter: Letter) -> None:
    """Name of the body and date stand centred on each other in the box of the seal, the contact below."""
    cursor.line += 2
    page, name_baseline = cursor.take()
    _, date_baseline = cursor.take()
    dated = letter_date(letter)
    name = _one_line(letter.organ_short)
    name_width, date_width = width(name, Face.BODY, SIZE), width(dated, Face.BODY, SIZE)
    middle = RIGHT - 4 * CELL - date_width / 2
    if middle + name_width / 2 > RIGHT - 2 * CELL:
        middle = RIGHT - 2 * CELL - name_width / 2
    centre = (name_baseline + date_baseline) / 2 - (ASCENT - 0.5) * SIZE
    page.add(
        Box(middle - SEAL / 2, centre - SEAL / 2, SEAL, SEAL, weight=0.8, colour=GREY, dash=(3, 2)),
        centred(middle, name_baseline, name, Face.BODY, SIZE),
        centred(middle, date_baseline, dated, Face.BODY, SIZE),
        centred(middle, centre + SEAL / 2 - 9, "（印章）", Face.BODY, 10.5, GREY),
    )
    cursor.line += 1
    for line in indented_lines(letter.contact):
        page, baseline = cursor.take()
        page.add(*spread(line, LEFT, baseline, SIZE, cell=CELL))


def letter_date(letter: Letter) -> str:
    """The date as it is printed, or the blank that the signature fills."""
    on = letter.dated_on
    return f"{on.year}年{on.month}月{on.day}日" if on else PENDING_DATE


def draw_page_number(page: Page, number: int) -> None:
    """— 2 — at the outer edge, below the type area."""
    text = f"— {number} —"
    baseline = PAGE_NUMBER_CENTRE + (ASCENT - 0.5) * PAGE_NUMBER_SIZE
    if number % 2:
        page.add(flush_right(RIGHT - PAGE_NUMBER_SIZE, baseline, text, Face.BODY, PAGE_NUMBER_SIZE))
    else:
        page.add(Text(LEFT + PAGE_NUMBER_SIZE, baseline, text, Face.BODY, PAGE_NUMBER_SIZE))
