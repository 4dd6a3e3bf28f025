"""公文办理: the letters of the document office by what each waits for: wording, seal, delivery; and those that went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from investreview.accounts.models import Substitution, User
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.documents.kinds import LETTERS, DocumentState
from investreview.documents.models import Document
from investreview.projects.deadlines import Deadline, calendars_of, deadline
from workflows.models import WorkItem
from workflows.selectors import inbox

WORDING, SEAL, DELIVER, SENT = "wording", "seal", "deliver", "sent"
TABS: dict[str, Promise] = {
    WORDING: gettext_lazy("待核稿"),
    SEAL: gettext_lazy("待用印"),
    DELIVER: gettext_lazy("待送达"),
    SENT: gettext_lazy("已送达"),
}
DELIVERING = ("deliver", "remedy_deliver")
PAGE = 30


@dataclass(frozen=True)
class OfficeRow:
    """One letter: what it is, of which project, how far it is, and what is to be done."""

    project: str
    case_number: str
    kind: str
    title: str
    document_id: int | None
    number: str
    signed: str
    note: str
    deadline: Deadline | None
    acts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OfficeDesk:
    """One tab with the counts of all; ``next_before`` begins the following page of what was sent, 0 at the end."""

    tabs: tuple[tuple[str, str, int], ...]
    tab: str
    rows: tuple[OfficeRow, ...]
    next_before: int


def office_desk(
    *,
    user: User,
    scope: Scope,
    lent: Sequence[Substitution],
    at: datetime,
    today: date,
    tab: str = "",
    before: int = 0,
) -> OfficeDesk:
    """The desk of the document office; opens with the first tab in which something waits."""
    items = list(
        inbox(user=user, scope=scope, at=at, lent=lent)
        .filter(Q(node="wording") | Q(node__in=DELIVERING), role=Role.DOCUMENT_OFFICER)
        .prefetch_related("case__remedies")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )
    letters = {one.pk: one for one in Document.objects.filter(pk__in=[_letter_id(item) or 0 for item in items])}
    waiting: dict[str, list[WorkItem]] = {WORDING: [], SEAL: [], DELIVER: []}
    for item in items:
        waiting[_tab_of(item, letters)].append(item)
    sent = _sent(scope)
    counts = {**{name: len(found) for name, found in waiting.items()}, SENT: sent.count()}
    first = next((name for name, found in waiting.items() if found), WORDING)
    tab = tab if tab in TABS else first
    rows, more = _sent_rows(sent, before) if tab == SENT else (_rows(waiting[tab], tab, letters, today), 0)
    return OfficeDesk(tuple((name, str(label), counts[name]) for name, label in TABS.items()), tab, rows, more)


def _letter_id(item: WorkItem) -> int | None:
    """The letter of a step, from rows that were read already."""
    if not item.node.startswith("remedy_"):
        letter_id: int | None = item.case.letter_id
        return letter_id
    remedies = list(item.case.remedies.all())
    return remedies[-1].letter_id if remedies else None


def _tab_of(item: WorkItem, letters: dict[int, Document]) -> str:
    if item.node == "wording":
        return WORDING
    letter = letters.get(_letter_id(item) or 0)
    return DELIVER if letter is not None and letter.state == DocumentState.SEALED else SEAL


def _rows(items: Sequence[WorkItem], tab: str, letters: dict[int, Document], today: date) -> tuple[OfficeRow, ...]:
    calendars = calendars_of(item.case for item in items)
    return tuple(
        _row(
            letters.get(_letter_id(item) or 0),
            item.case.project.name,
            item.case.number,
            due=deadline(item.due_on, today, calendars[item.case.commission_id]),
            acts=_acts(item, tab),
        )
        for item in items
    )


def _acts(item: WorkItem, tab: str) -> tuple[tuple[str, str], ...]:
    """What is done next, the usual act first."""
    task = reverse("review:task", args=[item.task_id])
    if tab == WORDING:
        return ((_("核稿"), task),)
    if tab == SEAL:
        return ((_("登记原件"), reverse("review:seal", args=[item.task_id])), (_("用印并送达"), task))
    return ((_("送达"), task),)


def _sent(scope: Scope) -> QuerySet[Document]:
    """The letters of cases that are with the enterprise."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(Role.DOCUMENT_OFFICER):
        reach |= Q(path__startswith=path)
    return Document.objects.filter(reach, kind__in=sorted(LETTERS), subject_kind="case", delivered_at__isnull=False)


def _sent_rows(sent: QuerySet[Document], before: int) -> tuple[tuple[OfficeRow, ...], int]:
    narrowed = sent.filter(pk__lt=before) if before else sent
    found = list(narrowed.prefetch_related("deliveries").order_by("-pk")[: PAGE + 1])
    rows = tuple(_row(letter, "", letter.subject_key, note=_delivered(letter)) for letter in found[:PAGE])
    return rows, found[PAGE - 1].pk if len(found) > PAGE else 0


def _delivered(letter: Document) -> str:
    """When it went and whether the enterprise has signed for it."""
    deliveries = list(letter.deliveries.all())
    if any(one.acknowledged_at is not None for one in deliveries):
        return _("企业已签收")
    return _("企业尚未签收")


def _row(
    letter: Document | None,
    project: str,
    number: str,
    *,
    due: Deadline | None = None,
    acts: tuple[tuple[str, str], ...] = (),
    note: str = "",
) -> OfficeRow:
    return OfficeRow(
        project=project,
        case_number=number,
        kind=letter.get_kind_display() if letter is not None else "",
        title=letter.title if letter is not None else "",
        document_id=letter.pk if letter is not None else None,
        number=letter.number if letter is not None else "",
        signed=letter.signer_name if letter is not None else "",
        note=note,
        deadline=due,
        acts=acts,
    )
