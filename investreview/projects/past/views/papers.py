"""Scans attached by their names, and taken away one by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.messages import sentence
from investreview.core.text import safe_filename
from investreview.projects.forms.many_files import with_names
from investreview.projects.models import PastDecision
from investreview.projects.past.forms.files import PapersForm
from investreview.projects.past.selectors import paper_for
from investreview.projects.past.services.papers import PAPER_BYTES, attach_papers
from investreview.projects.past.views.common import require_enterer, sent
from investreview.projects.past.views.noting import note_download
from investreview.projects.storage import stored_place
from investreview.projects.views.common import BACKGROUND
from investreview.projects.views.scans import with_scans


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_scans
def attach(request: ScopedRequest) -> HttpResponse:
    """Several scans at once; what became of each stands below, file by file. A script sends them one by one."""
    require_enterer(request)
    form = PapersForm(*sent(request))
    results = []
    if request.method == "POST" and form.is_valid():
        files = with_names(form.cleaned_data["papers"])
        attached = attach_papers(user=request.user, files=files, at=clock.now())
        results = [
            {"file": each, "refusal": sentence(each.refusal) if each.refusal is not None else ""} for each in attached
        ]
    status = 422 if form.errors or any(each["refusal"] for each in results) else 200
    if request.headers.get(BACKGROUND) == "upload":
        return _answered(form, results, status=status)
    context = {"form": form, "results": results, "paper_bytes": PAPER_BYTES}
    return render(request, "projects/past/papers.html", context, status=status)


def _answered(form: PapersForm, results: Sequence[Mapping[str, Any]], *, status: int) -> JsonResponse:
    """The answer to a scan that was sent in the background: whose it is now, or why it is nobody's."""
    faults = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"line": " ".join([*faults, *map(_told, results)])}, status=status)


def _told(result: Mapping[str, Any]) -> str:
    if result["refusal"]:
        return str(result["refusal"])
    number = {"number": result["file"].number}
    return _("%(number)s 已有同一文件。") % number if result["file"].is_repeat else _("已挂接到 %(number)s。") % number


@login_required
@require_safe
def paper(request: ScopedRequest, paper_id: int) -> FileResponse:
    """A scan as it came, as attachment; the download is noted."""
    found = paper_for(request.scope, paper_id)
    decision: PastDecision = found.decision  # type: ignore[assignment]  # paper_for answers no other
    stored = stored_place(found.storage_name, name=found.name, sha256=found.sha256)
    facts = {"number": decision.number, "name": found.name, "sha256": found.sha256}
    note_download(request, decision.backfill, **facts)
    answer = FileResponse(
        stored.open("rb"),
        as_attachment=True,
        filename=safe_filename(found.name),
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
