"""The reply of a case as the pages of the process show it: its present draft, its number's origin."""

from dataclasses import dataclass
from datetime import date

from investreview.core.scope import Scope
from investreview.documents.contents import Letter
from investreview.documents.kinds import NumberMode, NumberState
from investreview.documents.models import Document, DocumentVersion, IssuedNumber, NumberSeries
from investreview.documents.permissions import can_read
from investreview.projects.models import Case
from investreview.projects.series import LETTERS
from workflows.models import WorkItem


@dataclass(frozen=True)
class LetterDraft:
    """The present version of a reply."""

    document_id: int
    kind: str
    title: str
    ordinal: int
    number: str
    paragraphs: tuple[str, ...]


def letter_at(item: WorkItem) -> int | None:
    """The letter that a step is about: the one that puts a mistake right, else the reply of the case."""
    if not item.node.startswith("remedy_"):
        return item.case.letter_id
    remedy = item.case.remedies.last()
    return remedy.letter_id if remedy is not None else None


def current_ordinal(letter_id: int | None) -> int | None:
    """The version of a letter that a signer reads now; nothing before there is one."""
    if letter_id is None:
        return None
    return (
        DocumentVersion.objects.filter(document_id=letter_id)
        .order_by("-ordinal")
        .values_list("ordinal", flat=True)
        .first()
    )


def letter_draft(letter_id: int | None, scope: Scope) -> LetterDraft | None:
    """The letter as it reads now; nothing before the officer's opinion, nor for whoever may not read it."""
    if letter_id is None:
        return None
    version = (
        DocumentVersion.objects.filter(document_id=letter_id).select_related("document").order_by("-ordinal").first()
    )
    if version is None or can_read(scope, version.document):
        return None
    document: Document = version.document
    content = version.parsed
    paragraphs = tuple(one.text for one in content.paragraphs) if isinstance(content, Letter) else ()
    return LetterDraft(
        document.pk, document.get_kind_display(), document.title, version.ordinal, document.number, paragraphs
    )


def asks_number(case: Case, letter_id: int | None, on: date) -> bool:
    """Whether the letter's number is entered from the document office's register, and none of this year is kept."""
    entered = NumberSeries.objects.filter(commission=case.commission.code, code=LETTERS, mode=NumberMode.ENTERED)
    kept = IssuedNumber.objects.filter(
        document_id=letter_id or 0, series__code=LETTERS, state=NumberState.ISSUED, year=on.year
    )
    return entered.exists() and not kept.exists()
