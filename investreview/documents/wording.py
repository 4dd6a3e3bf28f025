"""Letters as people edit them: one paragraph a line, locked fields as placeholders ⟦项目名称⟧; and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from investreview.core.errors import Invalid
from investreview.core.text import clean_block
from investreview.documents.contents import LOCKED_LABELS, Letter, Locked, LockedField, Paragraph, Plain, Segment
from investreview.documents.rules import level_of

BODY_LENGTH = 20_000
TITLE_LENGTH = 300
CONTACT_LENGTH = 200
_PLACEHOLDER = re.compile(r"⟦([^⟦⟧\n]*)⟧")
_BY_LABEL = {label: field for field, label in LOCKED_LABELS.items()}


@dataclass(frozen=True)
class EditableLetter:
    """The parts of a letter that people type over; a line break in the title is where the title breaks."""

    title: str
    body: str
    contact: str


def to_editable(letter: Letter) -> EditableLetter:
    """The letter as text to edit, locked spans as placeholders."""
    body = "\n".join(_typed(paragraph.segments) for paragraph in letter.paragraphs)
    return EditableLetter(_typed(letter.headline), body, letter.contact)


def from_editable(letter: Letter, typed: EditableLetter) -> Letter:
    """``letter`` with the typed wording; locked values come from ``letter``, never from the text.

    Raises: Invalid at title, body or contact: documents_placeholder_broken, documents_placeholder_unknown,
    documents_placeholder_missing, text_* (empty, too long, control characters).
    """
    values = letter.locked_values()
    body = _clean(typed.body, "body", BODY_LENGTH)
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    edited = replace(
        letter,
        headline=_segments(_clean(typed.title, "title", TITLE_LENGTH), values, "title"),
        paragraphs=tuple(Paragraph(level_of(line), _segments(line, values, "body")) for line in lines),
        contact=" ".join(_clean(typed.contact, "contact", CONTACT_LENGTH).split()) if typed.contact.strip() else "",
    )
    kept = edited.locked_values()
    missing = [LOCKED_LABELS[field] for field in values if field not in kept]
    if missing:
        names = "".join(f"⟦{name}⟧" for name in missing)
        raise Invalid("documents_placeholder_missing", field="body", names=names)
    return edited


def locked_fields(letter: Letter) -> tuple[tuple[str, str], ...]:
    """Placeholder and value of every locked field, for the legend beside the editor."""
    return tuple((f"⟦{LOCKED_LABELS[field]}⟧", value) for field, value in letter.locked_values().items())


def _typed(segments: tuple[Segment, ...]) -> str:
    return "".join(s.text if isinstance(s, Plain) else f"⟦{LOCKED_LABELS[s.field]}⟧" for s in segments)


def _clean(text: str, field: str, limit: int) -> str:
    try:
        return clean_block(text, max_length=limit)
    except Invalid as error:
        error.field = field
        raise


def _segments(line: str, values: Mapping[LockedField, str], field: str) -> tuple[Segment, ...]:
    """A typed line as segments."""
    segments: list[Segment] = []
    for i, piece in enumerate(_PLACEHOLDER.split(line)):
        if i % 2 == 0:
            if "⟦" in piece or "⟧" in piece:
                raise Invalid("documents_placeholder_broken", field=field, given=_around_bracket(piece))
            if piece:
                segments.append(Plain(piece))
            continue
        known = _BY_LABEL.get(piece.strip())
        if known is None or known not in values:
            names = "".join(f"⟦{LOCKED_LABELS[key]}⟧" for key in values)
            raise Invalid("documents_placeholder_unknown", field=field, given=piece[:40], names=names)
        segments.append(Locked(known, values[known]))
    return tuple(segments)


def _around_bracket(piece: str) -> str:
    at = min(place for place in (piece.find("⟦"), piece.find("⟧")) if place >= 0)
    return piece[max(0, at - 8) : at + 12]
