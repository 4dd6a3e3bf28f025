"""Notices and picked projects, for the commission as they come about, for the enterprise once they are delivered."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import NotVisible
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.scope import Scope
from investreview.evaluations.models import FrameRow, SampleNotice
from investreview.evaluations.papers import passed_liaison_day
from investreview.evaluations.permissions import NEXT_ROLE, NOTICE_ROLES, OFFICER, barred_people, with_lent_steps
from investreview.evaluations.states import IN_FORCE, IN_HAND, UNCHECKED, NoticeState, YearState
from investreview.projects.models import Project
from investreview.rulebook.vocabulary import EvaluationStep


def visible_notices(scope: Scope) -> QuerySet[SampleNotice]:
    """The commission's notices for its readers, the enterprise's own once they are delivered to it."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(*NOTICE_ROLES):
        reach |= Q(path__startswith=path)
    for path in scope.paths_for(*ENTERPRISE_ROLES):
        reach |= Q(path__startswith=path, state__in=sorted(IN_HAND))
    people = ("officer", "head", "head_for", "signer", "signer_for")
    return SampleNotice.objects.filter(reach).select_related(
        "year__commission", "group", "document", "replaces", *people
    )


@dataclass(frozen=True)
class NoticeReading:
    """A notice somebody may read, and the scope they read it with: their own, and the steps that are lent to them."""

    notice: SampleNotice
    scope: Scope
    user: User
    at: datetime

    @property
    def inside(self) -> bool:
        """Whether people and drafts are for this reader: the commission's side."""
        return self.scope.holds_any(NOTICE_ROLES, self.notice.path)

    @property
    def may_act(self) -> bool:
        """Whether the next step is this person's, by role and by what they did before; the act asks again."""
        return self.has_step and self.user not in barred_people(self.notice)

    @property
    def may_withdraw(self) -> bool:
        """Whether this person signed, or a substitute did in their name, and the seal is not set yet."""
        notice = self.notice
        return notice.state == NoticeState.SIGNED and self.user.pk in (notice.signer_id, notice.signer_for_id)

    @property
    def may_reissue(self) -> bool:
        """Whether this person may begin a notice in the place of this one."""
        notice = self.notice
        others = (notice.head, notice.head_for, notice.signer, notice.signer_for)
        return notice.state in IN_FORCE and self.is_officer and self.user not in others and self.reissue is None

    @property
    def may_drop(self) -> bool:
        """Whether this person may give up what was to take the place of a sent notice."""
        notice = self.notice
        return notice.state == NoticeState.DRAFTED and notice.replaces_id is not None and self.is_officer

    @cached_property
    def passed_on(self) -> date | None:
        """The day of the liaison in an unsigned notice that has gone by; told to those who work on it."""
        is_unsigned = self.notice.state in UNCHECKED | {NoticeState.CHECKED}
        return passed_liaison_day(self.notice, legal_date(self.at)) if self.inside and is_unsigned else None

    @property
    def is_officer(self) -> bool:
        """Whether this person drafts notices."""
        return self.scope.holds(OFFICER, self.notice.path)

    @cached_property
    def reissue(self) -> SampleNotice | None:
        """What takes the place of this notice, or is to: to the enterprise only once it has it."""
        found = self.notice.reissue if self.notice.state in IN_HAND else None
        return found if found is None or self.inside or found.state in IN_HAND else None

    @property
    def has_step(self) -> bool:
        """Whether the next step is this person's by role: what they may send back."""
        if self.notice.state == NoticeState.DELIVERED:
            return self.scope.holds_any(ENTERPRISE_ROLES, self.notice.path)
        role = NEXT_ROLE.get(NoticeState(self.notice.state))
        return role is not None and self.scope.holds(role, self.notice.path)


def read_notice(pk: int, *, user: User, scope: Scope, at: datetime) -> NoticeReading:
    """The notice, for somebody who may see it in their own name or as substitute for a step of it.

    Raises: NotVisible (evaluations_notice_not_visible), the same for a notice that does not exist.
    """
    return _read(Q(pk=pk), user, scope, at)


def may_read_notice(user: User, scope: Scope, key: str, at: datetime) -> Scope | None:
    """The scope with which this person reads the notice with that key, or nothing; the documents room asks."""
    try:
        return _read(Q(key=key), user, scope, at).scope
    except NotVisible:
        return None


def _read(which: Q, user: User, scope: Scope, at: datetime) -> NoticeReading:
    reader = with_lent_steps(user, scope, at)
    notice = visible_notices(reader).filter(which).first()
    if notice is None:
        raise NotVisible("evaluations_notice_not_visible")
    return NoticeReading(notice, reader, user, at)


def known_keys(scope: Scope) -> "QuerySet[Any, Any]":
    """The keys of the notices that a scope may know."""
    return visible_notices(scope).values("key")


def address_of_notice(key: str) -> str:
    """The page of the notice with that key."""
    pk = SampleNotice.objects.values_list("pk", flat=True).get(key=key)
    return reverse("evaluations:notice", args=[pk])


@dataclass(frozen=True)
class OwnProject:
    """A picked project of one's own group, with the day by which its self-evaluation is due."""

    row: FrameRow
    self_evaluation_on: date
    is_backfilled: bool


def own_projects(scope: Scope) -> tuple[OwnProject, ...]:
    """The picked projects within somebody's enterprises, once their sample is published; the newest year first."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(*ENTERPRISE_ROLES):
        reach |= Q(path__startswith=path)
    rows = FrameRow.objects.filter(reach, is_picked=True, year__state=YearState.PUBLISHED)
    found = rows.select_related("year__rule_set", "year__commission", "project__enterprise")
    return tuple(
        OwnProject(
            row=row,
            self_evaluation_on=row.year.rule_set.data.evaluation.due_on(EvaluationStep.SELF_EVALUATION, row.year.year),
            is_backfilled=row.project.origin == Project.Origin.BACKFILLED,
        )
        for row in found.order_by("-year__year", "number")
    )


def own_notices(scope: Scope) -> QuerySet[SampleNotice]:
    """The notices delivered to somebody's enterprises, newest first."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(*ENTERPRISE_ROLES):
        reach |= Q(path__startswith=path)
    return visible_notices(scope).filter(reach, state__in=sorted(IN_HAND)).order_by("-pk")
