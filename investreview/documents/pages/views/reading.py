"""A document is read and its versions compared; an auditor's reading is noted."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import NotVisible
from investreview.documents.compare import compare
from investreview.documents.models import Document, DocumentVersion
from investreview.documents.pages import access
from investreview.documents.pages.forms import CompareForm
from investreview.documents.pages.page import document_page
from investreview.documents.pages.shown import shown
from investreview.documents.pages.views.common import actor_of, asked_document, letter_of

LONGEST_ORDINAL = 5


@login_required
@require_safe
def document(request: ScopedRequest, pk: int) -> HttpResponse:
    """The document as it reads; an auditor's reading is noted."""
    found = asked_document(request, pk)
    page = document_page(found, scope=request.scope, version=_asked_version(request, found))
    if access.only_audits(request.scope, found.path):
        access.note_access(found, "read", actor=actor_of(request), at=clock.now(), version=page.version.ordinal)
    return render(request, "documents/document.html", {"page": page})


def _asked_version(request: ScopedRequest, found: Document) -> DocumentVersion | None:
    """The version that the address asks for; nothing where it asks for none.

    Raises: NotVisible for a version that is not there or not for this person.
    """
    asked = request.GET.get("version", "")
    if not asked:
        return None
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_ORDINAL
    version = found.versions.filter(ordinal=int(asked)).first() if is_number else None
    if version is None or not access.reads_inside(request.scope, found):
        raise NotVisible("documents_may_not_read")
    return version


@login_required
@require_safe
def versions(request: ScopedRequest, pk: int) -> HttpResponse:
    """Two versions in one text (花脸稿) and the later one clean (清稿)."""
    found = asked_document(request, pk)
    if not access.reads_inside(request.scope, found):
        raise NotVisible("documents_may_not_read")
    rows = {one.ordinal: one for one in found.versions.order_by("-ordinal")}
    names = [(one.ordinal, _name(one)) for one in rows.values()]
    last = max(rows)
    form = CompareForm(
        {"before": request.GET.get("before", max(last - 1, 1)), "after": request.GET.get("after", last)},
        ordinals=names,
    )
    context: dict[str, object] = {"document": found, "form": form}
    if form.is_valid():
        before, after = (letter_of(rows[form.cleaned_data[name]]) for name in ("before", "after"))
        context |= {"blocks": compare(before, after), "clean": shown(after)}
    return render(request, "documents/compare.html", context)


def _name(version: DocumentVersion) -> str:
    said = {"ordinal": version.ordinal, "who": version.author_name, "note": version.note}
    return (_("第%(ordinal)d版 %(who)s %(note)s") % said).strip()
