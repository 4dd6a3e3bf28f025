"""A document is read and its versions compared; an auditor's reading is noted."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import NotVisible
from investreview.documents.compare import change_count, compare
from investreview.documents.models import DocumentVersion
from investreview.documents.pages import access
from investreview.documents.pages.forms import CompareForm
from investreview.documents.pages.page import document_page
from investreview.documents.pages.shown import shown
from investreview.documents.pages.subjects import address_of
from investreview.documents.pages.views.common import actor_of, asked_document, letter_of

LONGEST_ORDINAL = 5


@login_required
@require_safe
def document(request: ScopedRequest, pk: int) -> HttpResponse:
    """The document as it reads; an auditor's reading is noted."""
    reading = asked_document(request, pk)
    page = document_page(reading, own=request.scope, version=_asked_version(request, reading))
    if reading.only_audits:
        access.note_access(
            reading.document, "read", actor=actor_of(request), at=clock.now(), version=page.version.ordinal
        )
    return render(request, "documents/document.html", {"page": page})


def _asked_version(request: ScopedRequest, reading: access.Reading) -> DocumentVersion | None:
    """The version that the address asks for; nothing where it asks for none.

    Raises: NotVisible for a version that is not there or not for this person.
    """
    asked = request.GET.get("version", "")
    if not asked:
        return None
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_ORDINAL
    version = reading.document.versions.filter(ordinal=int(asked)).first() if is_number else None
    if version is None or not reading.inside:
        raise NotVisible("documents_may_not_read")
    return version


@login_required
@require_safe
def versions(request: ScopedRequest, pk: int) -> HttpResponse:
    """Two versions in one text (花脸稿) and the later one clean (清稿)."""
    reading = asked_document(request, pk)
    if not reading.inside:
        raise NotVisible("documents_may_not_read")
    found = reading.document
    rows = {one.ordinal: one for one in found.versions.order_by("-ordinal")}
    names = [(one.ordinal, _name(one)) for one in rows.values()]
    last = max(rows)
    form = CompareForm(
        {"before": request.GET.get("before", max(last - 1, 1)), "after": request.GET.get("after", last)},
        ordinals=names,
    )
    context: dict[str, object] = {
        "document": found,
        "subject_url": address_of(found.subject_kind, found.subject_key),
        "form": form,
    }
    if form.is_valid():
        first, second = (rows[form.cleaned_data[name]] for name in ("before", "after"))
        before, after = letter_of(first), letter_of(second)
        blocks = compare(before, after)
        context |= {
            "blocks": blocks,
            "count": change_count(blocks),
            "clean": shown(after),
            "ordinals": (first.ordinal, second.ordinal),
            "between": _between(rows.values(), first.ordinal, second.ordinal),
        }
    return render(request, "documents/compare.html", context)


def _between(rows: Iterable[DocumentVersion], one: int, other: int) -> list[DocumentVersion]:
    """The versions that led from one to the other, oldest first: who changed the text, when, and what they noted."""
    low, high = sorted((one, other))
    return sorted((row for row in rows if low < row.ordinal <= high), key=lambda row: row.ordinal)


def _name(version: DocumentVersion) -> str:
    said = {"ordinal": version.ordinal, "who": version.author_name, "note": version.note}
    return (_("第%(ordinal)d版 %(who)s %(note)s") % said).strip()
