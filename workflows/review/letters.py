"""The reply of a case as the pages of the process show it: its present draft, its number's origin."""

from dataclasses import dataclass

from investreview.core.scope import Scope
from investreview.documents.contents import Letter
from investreview.documents.kinds import NumberMode
from investreview.documents.models import Document, DocumentVersion, NumberSeries
from investreview.documents.permissions import can_read
from investreview.projects.models import Case
from investreview.projects.series import LETTERS


@dataclass(frozen=True)
class LetterDraft:
    """The present version of a reply."""

    document_id: int
    title: str
    ordinal: int
    number: str
    paragraphs: tuple[str, ...]


def current_ordinal(case: Case) -> int | None:
    """The version of the reply that a signer reads now; nothing before there is one."""
    if case.letter_id is None:
        return None
    return (
        DocumentVersion.objects.filter(document_id=case.letter_id)
        .order_by("-ordinal")
        .values_list("ordinal", flat=True)
        .first()
    )


def letter_draft(case: Case, scope: Scope) -> LetterDraft | None:
    """The reply as it reads now; nothing before the officer's opinion, nor for whoever may not read it."""
    if case.letter_id is None:
        return None
    version = (
        DocumentVersion.objects.filter(document_id=case.letter_id)
        .select_related("document")
        .order_by("-ordinal")
        .first()
    )
    if version is None or can_read(scope, version.document):
        return None
    document: Document = version.document
    content = version.parsed
    paragraphs = tuple(one.text for one in content.paragraphs) if isinstance(content, Letter) else ()
    return LetterDraft(document.pk, document.title, version.ordinal, document.number, paragraphs)


def asks_number(case: Case) -> bool:
    """Whether the reply's number is entered from the document office's register."""
    return NumberSeries.objects.filter(commission=case.commission.code, code=LETTERS, mode=NumberMode.ENTERED).exists()
