"""Text of people made safe for names, pages, PDF and Excel. Rare characters (GB18030, 4 bytes) are kept."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from investreview.core.characters import code_point, is_invisible, is_unstorable, visible
from investreview.core.clock import SHANGHAI
from investreview.core.errors import Invalid
from investreview.core.filenames import safe_filename

__all__ = ["clean_block", "clean_line", "excel_cell", "pdf_markup", "safe_filename", "visible", "xml_text"]

LINE_LENGTH = 200
BLOCK_LENGTH = 20_000
EXCEL_CELL_LENGTH = 32_767

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean_line(text: str, *, max_length: int = LINE_LENGTH) -> str:
    """One line for a name or subject: NFC, without outer blanks, nothing invisible in it.

    Raises: Invalid (text_empty, text_unstorable, text_newline, text_control, text_invisible, text_too_long).
    """
    line = unicodedata.normalize("NFC", text).strip()
    for character in line:
        if is_unstorable(character):
            raise Invalid("text_unstorable")
        if _NEWLINES.match(character) or character == "\n":
            raise Invalid("text_newline")
        if unicodedata.category(character) == "Cc":
            raise Invalid("text_control", character=code_point(character))
        if is_invisible(character):
            raise Invalid("text_invisible", character=code_point(character))
    return _sized(line, max_length)


def clean_block(text: str, *, max_length: int = BLOCK_LENGTH) -> str:
    """Several lines for an opinion or reason: NFC, lines end in ``\\n``, without blanks at the ends of lines.

    Invisible characters stay (pages and PDF show them escaped); control characters other than tab are refused.
    Raises: Invalid (text_empty, text_unstorable, text_control, text_too_long).
    """
    block = _NEWLINES.sub("\n", unicodedata.normalize("NFC", text))
    for character in block:
        if is_unstorable(character):
            raise Invalid("text_unstorable")
        if unicodedata.category(character) == "Cc" and character not in "\n\t":
            raise Invalid("text_control", character=code_point(character))
    lines = (line.rstrip() for line in block.split("\n"))
    return _sized("\n".join(lines).strip("\n"), max_length)


def _sized(text: str, max_length: int) -> str:
    if not any(character for character in text if not character.isspace() and not is_invisible(character)):
        raise Invalid("text_empty")
    if len(text) > max_length:
        raise Invalid("text_too_long", length=len(text), limit=max_length)
    return text


def pdf_markup(text: str) -> str:
    """The text as reportlab's Paragraph prints it literally; a new line becomes a line break."""
    return escape(visible(_NEWLINES.sub("\n", text))).replace("\t", " ").replace("\n", "<br/>")


def xml_text(text: str) -> str:
    """The text as XML can hold it: control characters written out, the two code points it has no place for replaced."""
    return re.sub("[\ufffe\uffff]", "\ufffd", visible(_NEWLINES.sub("\n", text)))


def excel_cell(value: object) -> str | int | float | Decimal | date | None:
    """What may be written into a cell: text never starts a formula and holds no control character.

    Aware times become Shanghai wall time, because Excel knows no zone.
    """
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return value
    text = xml_text(str(value))
    if text.lstrip(" \u00a0\u3000").startswith(_FORMULA_STARTS):
        text = "'" + text
    return text if len(text) <= EXCEL_CELL_LENGTH else text[: EXCEL_CELL_LENGTH - 1] + "…"
