"""The year before its frame is frozen: opened, projects left out or added with a reason, another method chosen."""

from datetime import datetime

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.text import clean_line
from investreview.evaluations.frame import open_frame
from investreview.evaluations.models import EvaluationYear, FrameRow
from investreview.evaluations.permissions import OFFICER, require_role
from investreview.evaluations.records import ProjectRecord, records
from investreview.evaluations.services.common import lock_year, note, require_state, save_year
from investreview.evaluations.states import YearState
from investreview.projects.acting import Acting
from investreview.projects.models import Project
from investreview.projects.services.common import require_reason
from investreview.registry.models import Commission, Enterprise
from investreview.rulebook.selectors import rule_set_in_force
from investreview.rulebook.vocabulary import SampleMethod


def open_year(*, acting: Acting, commission: Commission, year: int, at: datetime) -> EvaluationYear:
    """The commission has the evaluation year with the rules in force today; opened again, the first is answered.

    Raises: Forbidden, Invalid (evaluations_year_not_now, rulebook_none_in_force). Journal: evaluation.open_year.
    """
    with transaction.atomic():
        require_role(acting, OFFICER, commission.path)
        today = legal_date(at)
        if year != today.year:
            raise Invalid("evaluations_year_not_now", field="year", given=year, now=today.year)
        opened, is_new = EvaluationYear.objects.get_or_create(
            commission=commission,
            year=year,
            defaults={
                "path": commission.path,
                "rule_set": rule_set_in_force(commission, today),
                "opened_by": acting.person,
                "opened_at": at,
            },
        )
        if is_new:
            note(opened, "open_year", acting=acting, at=at, facts={"rule_set": opened.rule_set.code})
        return opened


def leave_out(
    *, acting: Acting, year_id: int, version: int | None, project_id: int, reason: str, at: datetime
) -> EvaluationYear:
    """The project is not in this year's frame, for a reason that is kept; what is due comes up again next year.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_not_in_frame, evaluations_must_stays,
    projects_reason_needed, text_*). Rule: DOMAIN §10, mandatory picks are never chosen by free text.
    Journal: evaluation.leave_out.
    """
    with transaction.atomic():
        year = _prepared(acting, year_id, version)
        stated = clean_line(require_reason(reason))
        here = {entry.project_id: entry for entry in open_frame(year, legal_date(at))}
        entry = here.get(project_id)
        if entry is None or entry.is_left_out:
            raise Invalid("evaluations_not_in_frame")
        if entry.is_must:
            raise Invalid("evaluations_must_stays", field="reason")
        row = _row(year, records([project_id])[project_id], at)
        row.left_out_by, row.left_out_at, row.left_out_reason = acting.person, at, stated
        row.save()
        save_year(year)
        note(year, "leave_out", acting=acting, at=at, facts={"project": entry.code, "reason": stated})
        return year


def take_back(*, acting: Acting, year_id: int, version: int | None, project_id: int, at: datetime) -> EvaluationYear:
    """The project that was left out is in the frame again.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_not_left_out). Journal: evaluation.take_back.
    """
    with transaction.atomic():
        year = _prepared(acting, year_id, version)
        row = year.rows.filter(project=project_id, left_out_at__isnull=False).first()
        if row is None:
            raise Invalid("evaluations_not_left_out")
        was = row.left_out_reason
        row.left_out_by, row.left_out_at, row.left_out_reason = None, None, ""
        row.save()
        save_year(year)
        note(year, "take_back", acting=acting, at=at, facts={"project": row.code, "was": was})
        return year


def add_project(
    *, acting: Acting, year_id: int, version: int | None, project_id: int, reason: str, at: datetime
) -> EvaluationYear:
    """A project that is not due yet is in the frame, as the enterprise's plan has it, for a reason that is kept.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_already_in_frame, evaluations_not_decided,
    evaluations_sampled_before, projects_reason_needed, text_*). Journal: evaluation.add_project.
    """
    with transaction.atomic():
        year = _prepared(acting, year_id, version)
        stated = clean_line(require_reason(reason))
        known = records([project_id]).get(project_id)
        mine = Project.objects.filter(pk=project_id, commission=year.commission_id).exists()
        if known is None or not mine:
            raise Invalid("evaluations_not_decided", field="project")
        if any(entry.project_id == project_id for entry in open_frame(year, legal_date(at))):
            raise Invalid("evaluations_already_in_frame", field="project")
        before = FrameRow.objects.filter(project=project_id, number__isnull=False).select_related("year").first()
        if before is not None:
            raise Invalid("evaluations_sampled_before", field="project", year=before.year.year)
        row = _row(year, known, at)
        row.added_by, row.added_reason = acting.person, stated
        row.save()
        save_year(year)
        note(year, "add_project", acting=acting, at=at, facts={"project": known.code, "reason": stated})
        return year


def choose_method(
    *, acting: Acting, year_id: int, version: int | None, method: SampleMethod, reason: str, at: datetime
) -> EvaluationYear:
    """The sample will be drawn by ``method``; another than the usual one needs a reason.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_method_unknown, projects_reason_needed, text_*).
    Journal: evaluation.choose_method.
    """
    with transaction.atomic():
        year = _prepared(acting, year_id, version)
        rules = year.rule_set.data.evaluation
        if method not in {one.key for one in rules.methods}:
            raise Invalid("evaluations_method_unknown", field="method", given=str(method))
        count = sum(not entry.is_left_out for entry in open_frame(year, legal_date(at)))
        is_usual = method == rules.usual_method(count).key
        year.method_reason = "" if is_usual else clean_line(require_reason(reason))
        year.method = "" if is_usual else method
        save_year(year)
        facts = {"method": method.value, "reason": year.method_reason}
        note(year, "choose_method", acting=acting, at=at, facts=facts)
        return year


def _prepared(acting: Acting, year_id: int, version: int | None) -> EvaluationYear:
    """The year, locked, open, for somebody who prepares it."""
    year = lock_year(year_id, version=version)
    require_role(acting, OFFICER, year.path)
    require_state(year, {YearState.OPEN})
    return year


def _row(year: EvaluationYear, known: ProjectRecord, at: datetime) -> FrameRow:
    """The row that keeps what the officer decides on the project."""
    held = year.rows.filter(project=known.project_id).first()
    if held is not None:
        return held
    return FrameRow(
        year=year,
        project_id=known.project_id,
        group=Enterprise.objects.get(path=known.group_path),
        path=known.path,
        code=known.code,
        amount_yuan=known.amount_yuan,
        added_at=at,
    )
