"""``summary.json``: counts, the sample's share, routes with their reasons, every paper with its number and hash."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings

from investreview.documents.kinds import LETTERS, RenditionPurpose, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.draws import verify_draw
from investreview.draws.evidence import evidence_of
from investreview.draws.kinds import ENDED
from investreview.draws.models import Draw
from investreview.evaluations.drawn import drawn_facts
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.states import YearState
from investreview.journal.services import chains, verify
from investreview.projects.models import Backfill, Case, PastDecision, RoutingRecord
from investreview.projects.states import DECIDED, FILED_STATES, CaseState


def write_summary(folder: Path, *, seconds: float, peak_mb: float) -> dict[str, Any]:
    """``folder`` holds papers, evidence, ledgers as they were sent, and ``summary.json`` (docs/summary.schema.json)."""
    _copy_ledgers(folder)
    summary = {
        "filed": Case.objects.filter(state__in=sorted(FILED_STATES), needs_panel=False).count(),
        "second_reviewed": Case.objects.filter(state__in=sorted(DECIDED), needs_panel=True).count(),
        "enterprise_decided": Case.objects.filter(state=CaseState.ENTERPRISE_DECIDED).count(),
        "refused": Case.objects.filter(state=CaseState.REFUSED).count(),
        "withdrawn": Case.objects.filter(state=CaseState.WITHDRAWN).count(),
        "backfilled": PastDecision.objects.filter(backfill__state=Backfill.State.ACCEPTED).count(),
        "sample_share": _sample_share(),
        "routes": [_route(record) for record in _confirmed()],
        "documents": [_document(folder, rendition) for rendition in _issued()],
        "draws": [_draw(folder, draw) for draw in Draw.objects.filter(state__in=sorted(ENDED)).order_by("seq")],
        "journal_ok": all(verify(chain).is_whole for chain in chains()),
        "seconds": round(seconds, 1),
        "peak_mb": peak_mb,
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    (folder / "summary.json").write_text(text, encoding="utf-8")
    return summary


def _sample_share() -> float:
    """How much of the frames was drawn, mandatory and random together, by number; 0 before a sample is drawn."""
    years = EvaluationYear.objects.filter(state=YearState.PUBLISHED).select_related("draw")
    picked = sum(len(drawn_facts(year.draw).picked) for year in years if year.draw is not None)
    frame = sum(year.frame_count or 0 for year in years)
    return picked / frame if frame else 0.0


def _copy_ledgers(folder: Path) -> None:
    for batch in Backfill.objects.filter(state=Backfill.State.ACCEPTED, source=Backfill.Source.LEDGER):
        target = folder / "ledgers" / f"{batch.pk}-{batch.file_name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(settings.MEDIA_ROOT) / batch.storage_name, target)


def _draw(folder: Path, draw: Draw) -> dict[str, Any]:
    """The public evidence of a draw beside the summary, checked by the very file that anybody checks it with."""
    name = f"draws/{draw.number}.json"
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    evidence = evidence_of(draw)
    target.write_text(json.dumps(evidence, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {"evidence": name, "verified": not verify_draw.verify(evidence)}


def _confirmed() -> list[RoutingRecord]:
    records = RoutingRecord.objects.filter(occasion=RoutingRecord.Occasion.CONFIRMED)
    return list(records.select_related("case").order_by("case__number"))


def _route(record: RoutingRecord) -> dict[str, Any]:
    return {
        "case": record.case.number,
        "amount_yuan": record.amount_yuan_text,
        "route": record.route,
        "duties": record.duties,
        "reasons": [
            {key: reason[key] for key in ("rule", "citation", "value", "matched")} for reason in record.reasons
        ],
    }


def _issued() -> list[Rendition]:
    wanted = {RenditionPurpose.ISSUED, RenditionPurpose.SYSTEM_COPY}
    done = Rendition.objects.filter(state=RenditionState.DONE, purpose__in=wanted).select_related("document")
    return [
        rendition
        for rendition in done.order_by("document_id")
        if rendition.purpose == (RenditionPurpose.ISSUED if rendition.document.kind in LETTERS else "SYSTEM_COPY")
    ]


def _document(folder: Path, rendition: Rendition) -> dict[str, Any]:
    document: Document = rendition.document
    name = f"{document.subject_key}-{document.kind}-{document.pk}.pdf"
    target = folder / "documents" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(settings.MEDIA_ROOT) / rendition.file.name, target)
    return {
        "path": f"documents/{name}",
        "number": document.number,
        "kind": document.kind,
        "sha256": rendition.sha256,
    }
