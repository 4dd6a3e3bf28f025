"""``summary.json``: the counts, the routes with their reasons, and every document with its number and hash."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings

from investreview.documents.kinds import LETTERS, RenditionPurpose, RenditionState
from investreview.documents.models import Document, Rendition
from investreview.journal.services import chains, verify
from investreview.projects.models import Case, RoutingRecord
from investreview.projects.states import FILED_STATES, CaseState


def write_summary(folder: Path, *, seconds: float, peak_mb: float) -> dict[str, Any]:
    """``folder`` holds ``documents/*.pdf`` and ``summary.json`` after docs/summary.schema.json."""
    summary = {
        "filed": Case.objects.filter(state__in=sorted(FILED_STATES)).count(),
        "enterprise_decided": Case.objects.filter(state=CaseState.ENTERPRISE_DECIDED).count(),
        "refused": Case.objects.filter(state=CaseState.REFUSED).count(),
        "withdrawn": Case.objects.filter(state=CaseState.WITHDRAWN).count(),
        "routes": [_route(record) for record in _confirmed()],
        "documents": [_document(folder, rendition) for rendition in _issued()],
        "journal_ok": all(verify(chain).is_whole for chain in chains()),
        "seconds": round(seconds, 1),
        "peak_mb": peak_mb,
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    (folder / "summary.json").write_text(text, encoding="utf-8")
    return summary


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
