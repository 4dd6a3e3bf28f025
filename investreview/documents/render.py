"""Content in, PDF bytes out: three purposes, three functions. The same content gives the same bytes.

Nothing here reads a database, a clock or the network.
"""

from collections.abc import Mapping
from typing import Any

from investreview.documents.contents import Content, Letter, Locked
from investreview.documents.kinds import DocumentKind
from investreview.documents.layout import dress, fonts
from investreview.documents.layout.page import Page, to_pdf
from investreview.documents.sheets import (
    approval,
    correction,
    draw_record,
    draw_seal,
    handover,
    letter,
    notice,
    panel_excerpt,
    panel_opinion,
    receipt,
    registration,
    sample_notice,
)

LAY_OUT: Mapping[DocumentKind, Any] = {
    DocumentKind.ACCEPTANCE_RECEIPT: receipt.lay_out,
    DocumentKind.SUPPLEMENT_NOTICE: notice.lay_out,
    DocumentKind.REGISTRATION_FORM: registration.lay_out,
    DocumentKind.APPROVAL_SHEET: approval.lay_out,
    DocumentKind.FILING_LETTER: letter.lay_out,
    DocumentKind.REFUSAL_LETTER: letter.lay_out,
    DocumentKind.SECOND_REVIEW_LETTER: letter.lay_out,
    DocumentKind.DRAW_SEAL_SHEET: draw_seal.lay_out,
    DocumentKind.DRAW_RECORD: draw_record.lay_out_names,
    DocumentKind.DRAW_RECORD_PUBLIC: draw_record.lay_out_numbers,
    DocumentKind.PANEL_OPINION: panel_opinion.lay_out,
    DocumentKind.PANEL_OPINION_EXCERPT: panel_excerpt.lay_out,
    DocumentKind.CORRECTION_LETTER: letter.lay_out,
    DocumentKind.CORRECTION_SLIP: correction.lay_out,
    DocumentKind.HANDOVER_SHEET: handover.lay_out,
    DocumentKind.SAMPLE_NOTICE: sample_notice.lay_out,
}


def render_draft(content: Content) -> bytes:
    """A PDF with the watermark 草稿 on each page and no code."""
    return _bytes(content, dress.as_draft(_pages(content)))


def render_issued(content: Content) -> bytes:
    """The PDF that is printed and sealed: no watermark, no code."""
    return _bytes(content, _pages(content))


def render_system_copy(content: Content, *, code: str) -> bytes:
    """A PDF with ``code`` (the verification text) as QR and as words."""
    pages = _pages(content)
    if isinstance(content, Letter):
        return _bytes(content, dress.letter_as_system_copy(pages, code))
    return _bytes(content, dress.form_as_system_copy(pages, code))


def unknown_characters(content: Content) -> tuple[str, ...]:
    """The characters of the content that no face has and that would print as 〓; shown before issue."""
    return fonts.unknown_characters("".join(_texts(content)))


def _pages(content: Content) -> list[Page]:
    pages: list[Page] = LAY_OUT[content.kind](content)
    return pages


def _bytes(content: Content, pages: list[Page]) -> bytes:
    author = content.organ_short if isinstance(content, Letter) else ""
    return to_pdf(pages, title=content.title, author=author, subject=content.number)


def _texts(value: Any) -> list[str]:
    """Every string inside a content."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, Locked):
        return [value.value]
    return [text for item in vars(value).values() for text in _texts(item)] if hasattr(value, "__dict__") else []
