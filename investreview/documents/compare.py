"""Two versions of a letter side by side (花脸稿)."""

from investreview.core.differing import Block, Change, Piece, change_count, differing
from investreview.documents.contents import Letter

__all__ = ["Block", "Change", "Piece", "change_count", "compare"]


def compare(before: Letter, after: Letter) -> tuple[Block, ...]:
    """Title, recipient, paragraphs and contact of both letters as blocks, in reading order."""
    return differing(_paragraphs(before), _paragraphs(after))


def _paragraphs(letter: Letter) -> list[str]:
    parts = [letter.title, f"{letter.recipient}：", *(p.text for p in letter.paragraphs), letter.contact]
    return [part for part in parts if part]
