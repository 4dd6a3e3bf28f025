"""Everything that the page of a case lists, read by one statement: what the case has and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from experts.models import Panel
from experts.selectors.panel_card import panels_of
from investreview.core.gathering import gather_related, give_out
from investreview.desk.selectors.records import latest_entries
from investreview.desk.selectors.viewing import Reading
from investreview.documents.models import Document, Rendition
from investreview.documents.selectors import documents_of
from investreview.journal.models import Entry
from investreview.projects.models import (
    Commitment,
    CorrectionSlip,
    IncomingPaper,
    MaterialVersion,
    Opinion,
    PaperDecision,
    Party,
    PhoneNote,
    Remedy,
    RoutingRecord,
    Submission,
)
from investreview.projects.questions import asked_questions
from investreview.registry.models import Office
from workflows.handing_over import handovers_of
from workflows.models import HandoverLine, WorkItem
from workflows.selectors import history, open_items_of


@dataclass(frozen=True)
class Lists:
    """What stands beside the case. ``steps`` are those that this side may know, oldest first, all of this very case.

    ``mine`` is the step that waits for the reader; ``entries`` are the latest of the journal; offices by code.
    """

    steps: tuple[WorkItem, ...]
    mine: WorkItem | None
    documents: tuple[Document, ...]
    handovers: tuple[HandoverLine, ...]
    entries: tuple[Entry, ...]
    panels: tuple[Panel, ...]
    offices: Mapping[str, str]


def read_lists(reading: Reading) -> Lists:
    """The lists beside the case; those the case itself has are prefetched on it."""
    case, viewer = reading.case, reading.viewer
    steps = history(case).select_related("task")
    mine = open_items_of(case, user=viewer.user, scope=viewer.scope, at=viewer.at)
    documents = documents_of(case.subject, viewer.scope).filter(commission=case.commission.code)
    renditions = Rendition.objects.filter(document__in=documents.order_by().values("pk"))
    newest = renditions.select_related("version").order_by("-version__ordinal", "-purpose")
    handovers, entries, panels = handovers_of(case), latest_entries(reading), panels_of(case)
    offices = Office.objects.filter(commission=case.commission_id).values_list("code", "name")
    beside = (steps, mine, documents, newest, handovers, entries, panels, offices)
    gather_related(case, *_of_case(reading), beside=beside)
    give_out(newest, documents, "renditions")
    return Lists(
        steps=_known(reading, steps),
        mine=next(iter(mine), None),
        documents=tuple(documents),
        handovers=tuple(handovers),
        entries=tuple(entries),
        panels=tuple(panels),
        offices=dict(offices),
    )


def _of_case(reading: Reading) -> tuple[Any, ...]:
    """The case's own lists; opinions, notes and entries from paper are the commission's."""
    outside = (
        "clock_stops",
        "declaration__phases",
        Prefetch("declaration__commitments", Commitment.objects.select_related("enterprise")),
        Prefetch("declaration__parties", Party.objects.select_related("organisation")),
        Prefetch("materials", MaterialVersion.objects.select_related("file", "provided_by")),
        Prefetch("questions", asked_questions()),
        Prefetch("routings", RoutingRecord.objects.select_related("rule_set")),
        Prefetch("submissions", Submission.objects.select_related("released_by")),
        Prefetch("correction_slips", CorrectionSlip.objects.select_related("case", "proposed_by", "checked_by")),
        Prefetch("remedies", Remedy.objects.select_related("drafted_by", "checked_by")),
    )
    if not reading.inside:
        return outside
    on_paper = PaperDecision.objects.filter(compared_at__isnull=True)
    with_paper = ("author", "on_behalf_of", "paper__entered_by", "paper__compared_by")
    return (
        *outside,
        Prefetch("opinions", Opinion.objects.select_related(*with_paper)),
        Prefetch("phone_notes", PhoneNote.objects.select_related("noted_by")),
        Prefetch("incoming_papers", IncomingPaper.objects.select_related("registered_by")),
        Prefetch("paper_decisions", on_paper.select_related("decider", "entered_by", "compared_by")),
    )


def _known(reading: Reading, steps: Any) -> tuple[WorkItem, ...]:
    """The steps but the cancelled ones, all of them speaking of this very case.

    That a letter is being put right is the commission's own until the new one is delivered.
    """
    for step in steps:
        step.case = reading.case
    return tuple(
        step for step in steps if reading.inside or not step.node.startswith("remedy_") or step.act == "deliver_remedy"
    )
