"""The letter format (信函格式) of GB/T 9704-2012: red mark, double rules above and below, number flush right."""

from reportlab.lib.units import mm

from investreview.documents.contents import Letter
from investreview.documents.layout import official
from investreview.documents.layout.fonts import ASCENT, Face, printable, width
from investreview.documents.layout.official import LEFT, RIGHT, SIZE
from investreview.documents.layout.page import RED, Page, Rule, Text

MARK_SIZE, MARK_TOP, MARK_SPREAD = 31.7, 30 * mm, 164 * mm
RULE_LEFT, RULE_RIGHT = 20 * mm, 190 * mm
RULE_BELOW_MARK, LOWER_RULE = 4 * mm, 277 * mm
THICK, GAP, THIN = 2.6, 1.9, 0.85
TITLE_CENTRE = 81.75 * mm


def lay_out(letter: Letter) -> list[Page]:
    """The letter's pages, without watermark or codes."""
    first = Page()
    head_bottom = _draw_head(first, letter)
    cursor = official.Cursor([first], 0)
    official.draw_title(cursor, letter, centre=TITLE_CENTRE)
    official.draw_body(cursor, official.body_lines(letter), closing=official.closing_size(letter))
    official.draw_closing(cursor, letter)
    _draw_number(first, letter, head_bottom)
    for number, page in enumerate(cursor.pages[1:], start=2):
        official.draw_page_number(page, number)
    return cursor.pages


def _draw_head(page: Page, letter: Letter) -> float:
    """Red mark and both double rules stand; returns the lower edge of the upper one."""
    organ = printable(letter.organ).replace("\n", "")
    ink_bottom = official.draw_mark(page, organ, size=MARK_SIZE, ink_top=MARK_TOP, room=MARK_SPREAD)
    top = ink_bottom + RULE_BELOW_MARK
    lower_edge = top + THICK + GAP + THIN
    page.add(
        Rule(RULE_LEFT, top + THICK / 2, RULE_RIGHT, top + THICK / 2, THICK, RED),
        Rule(RULE_LEFT, lower_edge - THIN / 2, RULE_RIGHT, lower_edge - THIN / 2, THIN, RED),
        Rule(RULE_LEFT, LOWER_RULE - THICK / 2, RULE_RIGHT, LOWER_RULE - THICK / 2, THICK, RED),
        Rule(
            RULE_LEFT,
            LOWER_RULE - THICK - GAP - THIN / 2,
            RULE_RIGHT,
            LOWER_RULE - THICK - GAP - THIN / 2,
            THIN,
            RED,
        ),
    )
    return float(lower_edge)


def _draw_number(page: Page, letter: Letter, rule_bottom: float) -> None:
    number = printable(letter.number or official.PENDING_NUMBER).replace("\n", "")
    baseline = rule_bottom + SIZE * 7 / 8 + ASCENT * SIZE
    natural = width(number, Face.BODY, SIZE)
    scale = min(1.0, (RIGHT - LEFT) / natural)
    page.add(Text(RIGHT - natural * scale, baseline, number, Face.BODY, SIZE, scale=scale * 100))
