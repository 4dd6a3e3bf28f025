"""The reply of a case as the pages of the process show it: its present draft, its number's origin."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, QuerySet

from investreview.core.once import once
from investreview.core.scope import Scope
from investreview.documents.contents import Letter
from investreview.documents.kinds import NumberMode, NumberState
from investreview.documents.models import Document, IssuedNumber, NumberSeries
from investreview.documents.permissions import can_read
from investreview.documents.selectors import versions_of
from investreview.projects.models import Case
from investreview.projects.record import last_remedy
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
    remedy = last_remedy(item.case)
    return remedy.letter_id if remedy is not None else None


def current_ordinal(letter_id: int | None) -> int | None:
    """The version of a letter that a signer reads now; nothing before there is one."""
    if letter_id is None:
        return None
    versions = versions_of(letter_id)
    return versions[-1].ordinal if versions else None


def letter_draft(letter_id: int | None, scope: Scope) -> LetterDraft | None:
    """The letter as it reads now; nothing before the officer's opinion, nor for whoever may not read it."""
    if letter_id is None:
        return None
    versions = versions_of(letter_id)
    if not versions or can_read(scope, versions[-1].document):
        return None
    version = versions[-1]
    document: Document = version.document
    content = version.parsed
    paragraphs = tuple(one.text for one in content.paragraphs) if isinstance(content, Letter) else ()
    return LetterDraft(
        document.pk, document.get_kind_display(), document.title, version.ordinal, document.number, paragraphs
    )


def asks_number(case: Case, letter_id: int | None, on: date) -> bool:
    """Whether the letter's number is entered from the document office's register, and none of this year is kept."""
    return once(("number asked", case.pk, letter_id, on), series_asked(case, letter_id, on).exists)


def series_asked(case: Case, letter_id: int | None, on: date) -> QuerySet[NumberSeries]:
    """The series whose number is entered for the letter; none where the number is the system's or is there."""
    entered = NumberSeries.objects.filter(commission=case.commission.code, code=LETTERS, mode=NumberMode.ENTERED)
    kept = IssuedNumber.objects.filter(
        document_id=letter_id or 0, series__code=LETTERS, state=NumberState.ISSUED, year=on.year
    )
    return entered.filter(~Exists(kept))
