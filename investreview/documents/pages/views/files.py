"""PDFs and sealed originals leave as attachments and are noted; a failed PDF is made again."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.messages import sentence
from investreview.core.text import safe_filename
from investreview.documents.kinds import EDITABLE_STATES, RenditionState
from investreview.documents.letter_word import letter_as_word
from investreview.documents.models import Document, Rendition
from investreview.documents.pages import access
from investreview.documents.pages.views.common import actor_of, asked_document, letter_of
from investreview.documents.selectors import documents, newest_version
from investreview.documents.services import retry_rendition

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_safe
def pdf(request: ScopedRequest, pk: int) -> FileResponse:
    """A PDF as attachment; the download is noted."""
    rendition = Rendition.objects.filter(pk=pk).first()
    if rendition is None:
        raise NotVisible("documents_may_not_read")
    reading = asked_document(request, rendition.document_id)
    found = reading.document
    if not access.is_open(rendition, found, inside=reading.inside):
        raise NotVisible("documents_may_not_read")
    if rendition.state != RenditionState.DONE:
        raise Invalid("papers_not_made")
    name = f"{found.number or found.get_kind_display()}.pdf"
    return _attachment(request, found, rendition.file.name, name, sha256=rendition.sha256, purpose=rendition.purpose)


@login_required
@require_safe
def original(request: ScopedRequest, pk: int, original_id: int) -> FileResponse:
    """The sealed original as attachment; the download is noted."""
    reading = asked_document(request, pk)
    found = reading.document
    sealed = access.open_originals(found, inside=reading.inside).filter(pk=original_id).first()
    if sealed is None:
        raise NotVisible("documents_may_not_read")
    return _attachment(request, found, sealed.file.name, sealed.name, sha256=sealed.sha256, purpose="SEALED")


@login_required
@require_safe
def word(request: ScopedRequest, pk: int) -> FileResponse:
    """The newest wording of a letter as a Word file, marked as a draft until it is signed; the download is noted.

    Raises: NotVisible (documents_may_not_read) outside the commission, Invalid (papers_not_a_letter).
    """
    reading = asked_document(request, pk)
    if not reading.inside:
        raise NotVisible("documents_may_not_read")
    found = reading.document
    version = newest_version(found)
    is_signed = found.state not in EDITABLE_STATES
    data = letter_as_word(letter_of(version), ordinal=version.ordinal, is_signed=is_signed)
    access.note_access(
        found, "download", actor=actor_of(request), at=clock.now(), purpose="WORD", version=version.ordinal
    )
    name = safe_filename(f"{found.title}（第{version.ordinal}版）.docx")
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=WORD)


def _attachment(request: ScopedRequest, found: Document, stored: str, name: str, **facts: str) -> FileResponse:
    place = access.place_of(stored)
    access.note_access(found, "download", actor=actor_of(request), at=clock.now(), **facts)
    answer = FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=safe_filename(name),
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def retry(request: ScopedRequest, pk: int) -> HttpResponse:
    """A failed PDF is queued again."""
    rendition = access.rendition_to_retry(pk, user=request.user, scope=request.scope, at=clock.now())
    try:
        retry_rendition(rendition, scope=request.scope, actor=actor_of(request), at=clock.now())
    except Invalid as error:
        messages.warning(request, sentence(error))
    else:
        messages.success(request, _("已重新排队生成，稍后刷新页面查看。"))
    if documents(request.scope).filter(pk=rendition.document_id).exists():
        return redirect("documents:document", rendition.document_id)
    return redirect("documents:failed")


@login_required
@require_safe
def failed(request: ScopedRequest) -> HttpResponse:
    """The PDFs that somebody must look after; the system's keeper sees kind and error, no case data."""
    if not access.looks_after_renditions(request.scope):
        raise Forbidden("documents_may_not_retry")
    rows = access.failed_renditions(user=request.user, scope=request.scope, at=clock.now())
    return render(request, "documents/failed.html", {"rows": rows})
