"""What the views of the process share: the thing a person may know, the panel of an act, the page of a lost step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from investreview.accounts.models import Substitution, User
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError, Invalid, NotVisible, Stale
from investreview.core.messages import sentence
from investreview.core.scope import Scope
from workflows.models import WorkItem
from workflows.panel.ways import way_on
from workflows.review.act import Act
from workflows.review.forms.base import ActForm, Envelope
from workflows.selectors import require_knows_step

ITEM = (
    "case",
    "case__project",
    "case__group",
    "case__enterprise",
    "case__commission",
    "case__declaration",
    "case__rule_set",
    "case__drafter",
    "case__releaser",
    "case__officer",
    "case__head",
    "assignee",
    "task",
    "done_by",
)


class SignedIn(HttpRequest):
    """A request behind ``login_required``."""

    user: User
    scope: Scope
    lent: list[Substitution]


@dataclass(frozen=True)
class Panel:
    """One act on the page: its own fields and what travels hidden."""

    act: Act
    form: ActForm
    envelope: Envelope


def new_key() -> str:
    """A key for one submission."""
    return str(uuid4())


def panel(act: Act, item: WorkItem, *, at: datetime, key: str) -> Panel:
    """The empty form of an act."""
    return Panel(
        act,
        act.form(item=item, on=legal_date(at), auto_id=f"id_{act.name}_%s"),
        Envelope(initial={"act": act.name, "version": item.case.version, "key": key}),
    )


def readable_item(*, task_id: int, user: User, at: datetime) -> WorkItem:
    """A step of a case the person may know, whoever's step it is, or one they could do for somebody.

    Raises: NotVisible (projects_case_not_visible), the same for a step that does not exist.
    """
    item = WorkItem.objects.select_related(*ITEM).filter(task_id=task_id).first()
    if item is None:
        raise NotVisible("projects_case_not_visible")
    require_knows_step(item, user=user, at=at)
    return item


def checked_envelope(request: HttpRequest) -> Envelope:
    """What travelled hidden, complete.

    Raises: Invalid (review_form_incomplete).
    """
    envelope = Envelope(request.POST)
    if not envelope.is_valid():
        raise Invalid("review_form_incomplete")
    return envelope


def lost_step(request: SignedIn, item: WorkItem, error: DomainError, typed: Sequence[tuple[str, str]]) -> HttpResponse:
    """The page that says who was faster, with what was typed to read and copy; nothing was carried out."""
    who = item.done_by.full_name if item.done_by is not None else "—"
    if item.state == WorkItem.State.CANCELLED:
        error = Stale("review_step_gone")
    elif item.state == WorkItem.State.RECALLED:
        error = Stale("review_step_recalled", who=who)
    context = {
        "item": item,
        "case": item.case,
        "sentence": sentence(error),
        "typed": typed,
        "back": way_on(item, request.user) or reverse("desk:case", args=[item.case.number]),
    }
    return render(request, "workflows/lost.html", context, status=error.status)
