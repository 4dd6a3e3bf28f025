"""What every step of a draft shows besides its fields."""

from itertools import pairwise

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.gathering import gather
from investreview.projects.models import Case
from investreview.projects.panel import panel_from, said
from investreview.projects.routing import judged
from investreview.projects.slots import slots_from
from investreview.projects.sources import sources_of
from investreview.projects.step_bar import progress_of
from investreview.projects.steps import WRITTEN, StepKey
from investreview.projects.unfinished_rows import unfinished_files, unfinished_of
from investreview.projects.views.common import may_begin_again, may_discard, may_write_facts, may_write_materials
from investreview.registry.models import Office


def next_of(key: StepKey) -> StepKey:
    """The step after ``key``; the last one is followed by itself."""
    return dict(pairwise(StepKey)).get(key, key)


def previous_of(key: StepKey) -> StepKey | None:
    """The step before ``key``."""
    return {after: before for before, after in pairwise(StepKey)}.get(key)


def step_context(request: ScopedRequest, case: Case, key: StepKey) -> dict[str, object]:
    """The bar of steps, the panel, the sources of what is filled in, and what this person may do here."""
    today = clock.today()
    found = judged(case, today)
    progress = progress_of(found, key)
    steps = {step.key: step for step in progress.steps}
    before = previous_of(key)
    offices = Office.objects.filter(commission_id=case.commission_id, kind=Office.Kind.BUSINESS)
    beside = (unfinished_files(case, request.user),) if key is StepKey.INVESTMENT else ()
    gather(offices, *beside)
    clauses = (progress.pledge.rule_set if progress.pledge else found.rule_set).data.pledges
    context: dict[str, object] = {
        "case": case,
        "step_key": key,
        "panel": panel_from(found, today),
        "progress": progress,
        "steps": progress.steps,
        "next_step": steps[next_of(key)],
        "previous_step": steps[before] if before is not None else None,
        "is_writable": may_write_facts(request.scope, case),
        "may_upload": may_write_materials(request.scope, case),
        "may_discard": may_discard(request.scope, case),
        "may_begin_again": may_begin_again(request.scope, case),
        "cited": {one.key for one in found.rule_set.data.paragraphs},
        "pledge_items": [(one, said(one.text, one.text_en)) for one in clauses],
        "office": next(iter(offices), None),
    }
    if key in WRITTEN:
        context["sources"] = sources_of(case, WRITTEN[key].fields)
    if key in (StepKey.INVESTMENT, StepKey.SUBMISSION):
        context["slots"] = slots_from(found, progress.gaps)
    for files in beside:
        context["unfinished"] = unfinished_of(files)
    return context
