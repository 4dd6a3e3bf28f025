"""Papers of a panel leave as attachments only, and each download is noted."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from experts.selectors.papers import readable_panel_file
from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.text import safe_filename
from investreview.projects.acting import Acting
from investreview.projects.files import note_download, place_of


@login_required
@require_safe
def file(request: ScopedRequest, file_id: int) -> FileResponse:
    """The paper as it came; the browser never opens it by itself. Journal: file.download, in the access chain."""
    at = clock.now()
    stored = readable_panel_file(request.user, request.scope, file_id)
    place = place_of(stored)
    note_download(stored, acting=Acting(user=request.user, scope=request.scope), at=at)
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(stored.name),
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
