"""What became of a project after the decision is entered with its evidence; a wrong entry is withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Milestone, Project
from investreview.projects.past.selectors import counted_projects
from investreview.projects.services.common import require_reason

ENTERING_ROLES = frozenset({Role.EVALUATION_OFFICER, Role.CASE_OFFICER, Role.ARCHIVIST})
"""Who enters what the enterprises report of a project's course."""


@dataclass(frozen=True)
class MilestoneInput:
    """One milestone as typed; ``actual_yuan`` for the cost alone, ``basis`` names the paper it rests on."""

    kind: Milestone.Kind
    happened_on: date
    basis: str
    actual_yuan: Decimal | None = None


def record_milestone(*, acting: Acting, project_id: int, entry: MilestoneInput, at: datetime) -> Milestone:
    """The project has the milestone; the same one entered again is answered with the first.

    Raises: NotVisible, Forbidden, Invalid (projects_milestone_*, projects_date_in_future, text_*).
    Journal: project.record_milestone.
    """
    with transaction.atomic():
        project = _lock_project(acting, project_id)
        kind, basis = Milestone.Kind(entry.kind), clean_line(entry.basis)
        if entry.happened_on > legal_date(at):
            raise Invalid("projects_date_in_future", field="happened_on", given=entry.happened_on)
        if (kind is Milestone.Kind.COST) != (entry.actual_yuan is not None):
            raise Invalid("projects_milestone_amount", field="actual_yuan")
        if entry.actual_yuan is not None and entry.actual_yuan < 0:
            raise Invalid("projects_milestone_amount", field="actual_yuan")
        standing = project.milestones.filter(kind=kind, withdrawn_at__isnull=True)
        same = standing.filter(happened_on=entry.happened_on, actual_yuan=entry.actual_yuan, basis=basis).first()
        if same is not None:
            return same
        try:
            with transaction.atomic():
                milestone: Milestone = Milestone.objects.create(
                    project=project,
                    kind=kind,
                    happened_on=entry.happened_on,
                    actual_yuan=entry.actual_yuan,
                    basis=basis,
                    entered_by=acting.person,
                    entered_at=at,
                )
        except IntegrityError:
            raise Invalid("projects_milestone_stands", field="kind", kind=kind.label) from None
        _record(milestone, "project.record_milestone", acting=acting, at=at)
        return milestone


def withdraw_milestone(*, acting: Acting, milestone_id: int, reason: str, at: datetime) -> Milestone:
    """The milestone does not count any more; it stays with the reason. Withdrawn again, nothing happens.

    Raises: NotVisible, Forbidden, Invalid (projects_reason_needed, text_*). Journal: project.withdraw_milestone.
    """
    with transaction.atomic():
        known = Milestone.objects.filter(pk=milestone_id).first()
        if known is None:
            raise NotVisible("projects_project_not_visible")
        _lock_project(acting, known.project_id)
        milestone = Milestone.objects.select_related("project__commission").get(pk=milestone_id)
        if milestone.withdrawn_at is not None:
            return milestone
        milestone.withdrawal_reason = clean_line(require_reason(reason))
        milestone.withdrawn_by = acting.person
        milestone.withdrawn_at = at
        milestone.save(update_fields=["withdrawal_reason", "withdrawn_by", "withdrawn_at"])
        _record(milestone, "project.withdraw_milestone", acting=acting, at=at)
        return milestone


def _lock_project(acting: Acting, project_id: int) -> Project:
    """The project, locked until the transaction ends, for somebody who enters its course."""
    held = counted_projects().select_for_update(of=("self",)).select_related("commission")
    project: Project | None = held.filter(pk=project_id).first()
    if project is None or not acting.scope.covers(project.path):
        raise NotVisible("projects_project_not_visible")
    if not acting.scope.holds_any(ENTERING_ROLES, project.path):
        raise Forbidden("projects_role_missing", role=Role.EVALUATION_OFFICER.label)
    return project


def _record(milestone: Milestone, verb: str, *, acting: Acting, at: datetime) -> None:
    facts: dict[str, object] = {
        "milestone": milestone.pk,
        "project": milestone.project.name,
        "kind": milestone.kind,
        "happened_on": milestone.happened_on.isoformat(),
        "basis": milestone.basis,
    }
    if milestone.actual_yuan is not None:
        facts["actual_yuan"] = f"{milestone.actual_yuan:.2f}"
    if milestone.withdrawal_reason:
        facts["reason"] = milestone.withdrawal_reason
    chain = milestone.project.commission.code
    record(chain=chain, verb=verb, actor=acting.actor, subject=milestone.subject, at=at, facts=facts)
