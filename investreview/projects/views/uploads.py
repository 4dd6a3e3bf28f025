"""Files that come in pieces, for the script of the page; each answer is one line and how many bytes are here."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.projects.forms.uploads import AnnouncedForm, PlaceForm
from investreview.projects.services.uploads import begin_upload, discard_upload, take_piece
from investreview.projects.views.common import BACKGROUND, acting_of, enterprise_reading, require_not_frozen
from investreview.projects.views.materials import told_of


@login_required
@require_POST
def uploads(request: ScopedRequest, number: str) -> HttpResponse:
    """A file is announced: where its pieces go, and how many of its bytes came before, with their CRC-32."""
    case = enterprise_reading(request, number)
    require_not_frozen(case)
    form = AnnouncedForm(request.POST)
    if not form.is_valid():
        raise Invalid("projects_upload_unreadable")
    upload = begin_upload(acting=acting_of(request), case_id=case.pk, file=form.file, at=clock.now())
    where = {"number": number, "slot": upload.slot, "key": upload.key}
    return JsonResponse(
        {
            "piece": reverse("projects:piece", kwargs=where),
            "discard": reverse("projects:discard_upload", kwargs=where),
            "received": upload.received,
            "checksum": upload.checksum,
        }
    )


@login_required
@require_POST
def piece(request: ScopedRequest, number: str, slot: str, key: UUID) -> HttpResponse:
    """The body of the request follows at ``?offset=``; the last one is answered with what the file became."""
    case = enterprise_reading(request, number)
    require_not_frozen(case)
    place = PlaceForm(request.GET)
    if not place.is_valid():
        raise Invalid("projects_upload_unreadable")
    progress = take_piece(
        acting=acting_of(request),
        case=case,
        slot=slot,
        key=key,
        offset=place.cleaned_data["offset"],
        stream=request,
        at=clock.now(),
    )
    if progress.version is None:
        return JsonResponse({"received": progress.received})
    return JsonResponse({"received": progress.received, "line": told_of(progress.version)})


@login_required
@require_POST
def discard_unfinished(request: ScopedRequest, number: str, slot: str, key: UUID) -> HttpResponse:
    """The unfinished file is given up."""
    case = enterprise_reading(request, number)
    name = discard_upload(person=request.user, case=case, slot=slot, key=key)
    told = _("已放弃“%(name)s”未传完的部分。") % {"name": name}
    if request.headers.get(BACKGROUND) == "upload":
        return JsonResponse({"line": told})
    messages.success(request, told)
    return redirect("projects:materials", number)
