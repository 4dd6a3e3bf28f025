"""Files leave as attachments under a safe name; what a page can show of itself is previewed. Each opening is noted."""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.core.text import safe_filename
from investreview.projects.files import PREVIEWED, is_previewed, note_download, note_preview, place_of, readable_file
from investreview.projects.models import StoredFile
from investreview.projects.views.common import acting_of


@login_required
@require_safe
def file(request: ScopedRequest, file_id: int) -> FileResponse:
    """The file as it came; the browser never opens it by itself."""
    at = clock.now()
    stored = readable_file(file_id, user=request.user, scope=request.scope, at=at)
    place = place_of(stored)
    note_download(stored, acting=acting_of(request), at=at)
    return sent_file(stored, place)


def sent_file(stored: StoredFile, place: Path) -> FileResponse:
    """The file as an attachment that the browser neither opens by itself nor keeps."""
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(stored.name),
        content_type="application/octet-stream",
    )
    return kept_private(answer)


@login_required
@require_safe
def preview(request: ScopedRequest, file_id: int) -> HttpResponse:
    """The page on which a PDF or a picture is read without leaving the site; other kinds are offered for download."""
    stored = readable_file(file_id, user=request.user, scope=request.scope, at=clock.now())
    context = {
        "file": stored,
        "case": stored.case,
        "is_previewed": is_previewed(stored),
        "is_pdf": stored.kind == "PDF",
        "page": _page(request),
    }
    return render(request, "projects/preview.html", context)


@login_required
@require_safe
def content(request: ScopedRequest, file_id: int) -> FileResponse:
    """The bytes for the page of the preview, and for nothing else: they run nothing and load nothing.

    Raises: Invalid (projects_no_preview) for a file that no page shows.
    """
    at = clock.now()
    stored = readable_file(file_id, user=request.user, scope=request.scope, at=at)
    if not is_previewed(stored):
        raise Invalid("projects_no_preview")
    place = place_of(stored)
    note_preview(stored, acting=acting_of(request), at=at)
    answer = FileResponse(place.open("rb"), content_type=PREVIEWED[stored.kind])
    answer["Content-Disposition"] = "inline"
    answer._csp_replace = {"default-src": ["'none'"], "sandbox": [""]}  # type: ignore[attr-defined]
    return kept_private(answer)


def _page(request: ScopedRequest) -> int:
    """The page at which a chapter begins; the first when none is named."""
    given = request.GET.get("page", "")
    return int(given) if given.isdigit() and 0 < len(given) < 7 else 1


def kept_private(answer: FileResponse) -> FileResponse:
    """The answer is stored by no browser and no proxy, and is taken for nothing else than it says."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
