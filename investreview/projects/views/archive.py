"""All materials of a case as one ZIP."""

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.projects.archiving import archive_pieces, files_to_pack, note_archive
from investreview.projects.reading import known_case
from investreview.projects.views.common import acting_of


@login_required
@require_safe
def archive(request: ScopedRequest, number: str) -> StreamingHttpResponse:
    """The archive, sent while it is packed; who took it is noted before its first byte leaves."""
    at = clock.now()
    case, _scope = known_case(number, user=request.user, scope=request.scope, at=at)
    packed = files_to_pack(case)
    if request.method == "GET":
        note_archive(case, packed, acting=acting_of(request), at=at)
    answer = StreamingHttpResponse(archive_pieces(case, packed, at=at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{case.number}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
