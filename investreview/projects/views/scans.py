"""Large scans of the commission's, for the script of the page; and the forms that take what came before them."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.projects.forms.uploads import PlaceForm, ScanForm
from investreview.projects.services.scans import begin_scan, discard_scan, forget_scans, opened_scans, take_scan_piece

ARRIVED = "-arrived"
"""Behind the name of a file field: the keys of what came for it in pieces."""
MOST_KEYS = 40
View = Callable[..., HttpResponse]


@login_required
@require_POST
def scans(request: ScopedRequest) -> HttpResponse:
    """A scan is announced: its key, where its pieces go, and how many of its bytes came before, with their CRC-32."""
    form = ScanForm(request.POST)
    if not form.is_valid():
        raise Invalid("projects_upload_unreadable")
    upload = begin_scan(user=request.user, scope=request.scope, scan=form.scan, at=clock.now())
    return JsonResponse(
        {
            "key": upload.key,
            "piece": reverse("projects:scan_piece", args=[upload.key]),
            "discard": reverse("projects:discard_scan", args=[upload.key]),
            "received": upload.received,
            "checksum": upload.checksum,
        }
    )


@login_required
@require_POST
def scan_piece(request: ScopedRequest, key: UUID) -> HttpResponse:
    """The body of the request follows at ``?offset=``; after the last one the scan waits for its form."""
    place = PlaceForm(request.GET)
    if not place.is_valid():
        raise Invalid("projects_upload_unreadable")
    upload = take_scan_piece(
        user=request.user,
        scope=request.scope,
        key=key,
        offset=place.cleaned_data["offset"],
        stream=request,
        at=clock.now(),
    )
    told = {"line": _("已传完。")} if upload.is_whole else {}
    return JsonResponse({"received": upload.received, **told})


@login_required
@require_POST
def discard_arriving(request: ScopedRequest, key: UUID) -> HttpResponse:
    """The scan is given up."""
    name = discard_scan(user=request.user, key=key)
    return JsonResponse({"line": _("已放弃“%(name)s”未传完的部分。") % {"name": name}})


def with_scans(view: View) -> View:
    """The view finds among ``request.FILES`` what came in pieces before its form; what it took is gone afterwards.

    What the form is refused with stays, so that the same file need not be sent again.
    """

    @wraps(view)
    def answered(request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        named = _keys(request) if request.method == "POST" else {}
        every = [key for keys in named.values() for key in keys]
        if not every:
            return view(request, *args, **kwargs)
        with ExitStack() as stack:
            for field, keys in named.items():
                for file in stack.enter_context(opened_scans(request.user, keys)):
                    request.FILES.appendlist(field, file)
            answer = view(request, *args, **kwargs)
        if answer.status_code < 400:
            forget_scans(request.user, every)
        return answer

    return answered


def _keys(request: ScopedRequest) -> dict[str, list[UUID]]:
    """The keys of scans by the name of their field; what is no key names none."""
    found: dict[str, list[UUID]] = {}
    for name, values in request.POST.lists():
        if name.endswith(ARRIVED):
            found[name.removesuffix(ARRIVED)] = [key for key in map(_key, values[:MOST_KEYS]) if key is not None]
    return found


def _key(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
