"""Files leave as attachments only, under a safe name, and each download is noted."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.text import safe_filename
from investreview.projects.files import note_download, place_of, readable_file
from investreview.projects.views.common import acting_of


@login_required
@require_safe
def file(request: ScopedRequest, file_id: int) -> FileResponse:
    """The file as it came; the browser never opens it by itself."""
    stored = readable_file(request.scope, file_id)
    place = place_of(stored)
    note_download(stored, acting=acting_of(request), at=clock.now())
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(stored.name),
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
