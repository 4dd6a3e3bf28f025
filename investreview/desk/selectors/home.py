"""The home desk beside its inbox: papers and entries to compare, notices, and whose case a case is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.desk.selectors.viewing import Viewer
from investreview.notices.models import Notice
from investreview.projects.models import Backfill, Case, PaperDecision, Takeover
from investreview.projects.past.permissions import ENTERING
from investreview.projects.past.selectors import waiting_for
from investreview.projects.permissions import CHECKING, ENTERING_ROLES
from workflows.paper import pending_entries
from workflows.taking_over import takeovers_to_check

NOTICES_SHOWN = 6


@dataclass(frozen=True)
class PaperRow:
    """One decision entered from paper that waits for another person's comparison."""

    number: str
    project: str
    decider: str
    dated_on: object
    entered_by: str
    url: str


@dataclass(frozen=True)
class EntryRow:
    """Something that another person entered about the past and that this person may check."""

    label: str
    entered_by: str
    entered_at: datetime
    url: str


@dataclass(frozen=True)
class NoticeRow:
    """One notice that was not read yet."""

    text: str
    at: datetime
    url: str


def applicant(case: Case) -> str:
    """Whose case it is: the group, and the subsidiary that applies where it is another."""
    if case.enterprise_id == case.group_id:
        return str(case.group.short_name)
    return f"{case.group.short_name} · {case.enterprise.short_name}"


def waiting_beside(viewer: Viewer) -> dict[str, QuerySet[Any]]:
    """What waits for this person beside their steps, kind by kind: only what their roles let them do."""
    user, scope = viewer.user, viewer.scope
    found: dict[str, QuerySet[Any]] = {"notices": Notice.objects.filter(user=user, read_at__isnull=True)}
    if scope.roles & ENTERING_ROLES:
        found["papers"] = pending_entries(scope=scope).exclude(entered_by=user)
    if scope.roles & (ENTERING | CHECKING):
        found |= {"batches": waiting_for(user, scope), "takeovers": takeovers_to_check(user, scope)}
    return found


def papers_to_compare(waiting: Iterable[PaperDecision]) -> tuple[PaperRow, ...]:
    """Decisions that others entered from paper and that this person may compare with the sheet, oldest first."""
    return tuple(
        PaperRow(
            number=entry.case.number,
            project=entry.case.project.name,
            decider=entry.decider.full_name,
            dated_on=entry.dated_on,
            entered_by=entry.entered_by.full_name,
            url=reverse("review:compare_paper", args=[entry.pk]),
        )
        for entry in waiting
    )


def entries_to_check(batches: Iterable[Backfill], takeovers: Iterable[Takeover]) -> tuple[EntryRow, ...]:
    """What others entered about the past and this person may check, oldest first: batches, then take-overs."""
    first = [
        EntryRow(
            label=_("%(source)s · %(count)d 项") % {"source": each.get_source_display(), "count": each.row_count},
            entered_by=each.entered_by.full_name,
            entered_at=each.entered_at,
            url=reverse("past:check", args=[each.pk]),
        )
        for each in batches
    ]
    then = [
        EntryRow(
            label=_("在途接续 · %(name)s") % {"name": each.name},
            entered_by=each.entered_by.full_name,
            entered_at=each.entered_at,
            url=reverse("review:takeover", args=[each.pk]),
        )
        for each in takeovers
    ]
    return (*first, *then)


def latest(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The first few, the latest first."""
    return notices.order_by("-pk")[:NOTICES_SHOWN]


def latest_notices(unread: Iterable[Notice]) -> tuple[NoticeRow, ...]:
    """The latest notices the person has not read."""
    return tuple(
        NoticeRow(text=one.text, at=one.created_at, url=reverse("notices:open", args=[one.pk])) for one in unread
    )
