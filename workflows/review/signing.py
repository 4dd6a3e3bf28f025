"""What a leader reads before signing one thing: the 呈批表 as it prints, the letter clean and marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.core.clock import legal_date
from investreview.core.once import once, told
from investreview.core.scope import Scope
from investreview.documents.compare import change_count, compare
from investreview.documents.contents import ApprovalSheet, Letter
from investreview.documents.permissions import can_read
from investreview.documents.selectors import all_versions, versions_of
from investreview.projects.instructions import addressed
from investreview.projects.labels import route_label
from investreview.projects.models import Case, Instruction, PaperDecision, Remedy
from investreview.projects.papers import approval_sheet
from investreview.projects.record import current_materials, last_remedy, read_record
from investreview.projects.services.forms import approval_sheet_code, withdrawn_signatures
from workflows.models import WorkItem
from workflows.review.act import Act
from workflows.review.forms.base import ActForm, Button
from workflows.review.forms.signing import SENDING_BACK
from workflows.review.letters import letter_at, series_asked
from workflows.review.page import waiting_entries, waiting_entry


@dataclass(frozen=True)
class LetterAtHand:
    """The letter that is signed: which version, whole, and how far it has moved from its first."""

    document_id: int
    kind: str
    title: str
    ordinal: int
    paragraphs: tuple[str, ...]
    changes: int
    first: int


@dataclass(frozen=True)
class SigningPage:
    """One thing to sign with everything the leader asks for."""

    item: WorkItem
    case: Case
    group: str
    route: str
    sheet: ApprovalSheet | None
    remedy: Remedy | None
    letter: LetterAtHand | None
    file_count: int
    waiting_paper: PaperDecision | None
    instructions: Sequence[Instruction]


def read_for_signing(item: WorkItem, today: date) -> None:
    """The record of the case and what the sheet shows beside it are read, by one statement."""
    case = item.case
    versions, waiting, given = all_versions(case.letter_id), waiting_entries(item), _unsettled(case)
    withdrawn, asked = withdrawn_signatures(case), series_asked(case, case.letter_id, today)
    offices, people = addressed(case.commission)
    read_record(case, beside=(versions, waiting, given, withdrawn, asked, offices, people))
    told(("addressees", case.commission_id), (list(offices), list(people)))
    told(("versions", case.letter_id), list(versions))
    told(("waiting entry", item.task_id), next(iter(waiting), None))
    told(("instructions", case.pk), list(given))
    told(("signatures withdrawn", case.letter_id), len(withdrawn))
    told(("number asked", case.pk, case.letter_id, today), bool(asked))


def _unsettled(case: Case) -> QuerySet[Instruction]:
    waiting = case.instructions.filter(state__in=sorted(Instruction.UNSETTLED))
    return waiting.select_related("office", "person").order_by("pk")


def signing_page(item: WorkItem, *, scope: Scope, at: datetime) -> SigningPage:
    """The page of one step of a leader's."""
    case, today = item.case, legal_date(at)
    is_remedy = item.node == "remedy_sign"
    return SigningPage(
        item=item,
        case=case,
        group=str(case.group.short_name),
        route=route_label(case.route),
        sheet=None if is_remedy else approval_sheet(case, code=approval_sheet_code(case), on=today),
        remedy=last_remedy(case) if is_remedy else None,
        letter=_letter(letter_at(item), scope),
        file_count=sum(one.file_id is not None for one in current_materials(case)),
        waiting_paper=waiting_entry(item),
        instructions=once(("instructions", case.pk), lambda: list(_unsettled(case))),
    )


def _letter(letter_id: int | None, scope: Scope) -> LetterAtHand | None:
    """The newest version, compared with the first; nothing before there is one, nor for whoever may not read it."""
    versions = versions_of(letter_id)
    if not versions or can_read(scope, versions[0].document):
        return None
    first, last = versions[0], versions[-1]
    before, content = first.parsed, last.parsed
    if not (isinstance(content, Letter) and isinstance(before, Letter)):
        return None
    return LetterAtHand(
        document_id=last.document_id,
        kind=last.document.get_kind_display(),
        title=last.document.title,
        ordinal=last.ordinal,
        paragraphs=tuple(one.text for one in content.paragraphs),
        changes=change_count(compare(before, content)) if first.pk != last.pk else 0,
        first=first.ordinal,
    )


@dataclass(frozen=True)
class Choices:
    """The buttons of the page: the usual act, sending back, and what is done on the full page of the step."""

    main: Act
    main_button: Button
    back: Act | None
    back_button: str
    others: tuple[tuple[str, str], ...]


def choices(acts: Sequence[Act], main: ActForm, item: WorkItem) -> Choices:
    """What is offered at the step, as the leader presses it."""
    back = next((act for act in acts if act.name in SENDING_BACK), None)
    address = reverse("review:task", args=[item.task_id])
    return Choices(
        main=acts[0],
        main_button=main.buttons[0],
        back=back,
        back_button=str(back.form.button) if back is not None else "",
        others=tuple(
            (_("%(act)s…") % {"act": act.form.button}, f"{address}#act-{act.name}")
            for act in acts[1:]
            if act is not back
        ),
    )
