"""The pages that tell what went wrong, why, and what to do; ``investreview.urls`` names them as handlers."""

import sys
from collections.abc import Mapping
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from investreview.core.errors import Busy, DomainError, Stale
from investreview.core.kept import came_from_this_site, form_kept_before, kept_form, readable
from investreview.core.messages import sentence

# PostgreSQL: serialization failure, deadlock, lock not available, too many connections, cancelled by timeout.
BUSY_STATES = frozenset({"40001", "40P01", "55P03", "53300", "57014"})
TEMPLATES = {
    HTTPStatus.FORBIDDEN: "errors/403.html",
    HTTPStatus.NOT_FOUND: "errors/404.html",
    HTTPStatus.CONFLICT: "errors/409.html",
    HTTPStatus.UNPROCESSABLE_ENTITY: "errors/422.html",
    HTTPStatus.SERVICE_UNAVAILABLE: "errors/503.html",
}


def is_busy(error: BaseException | None) -> bool:
    """Whether the database refused only because another act held the record; trying again is safe."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in BUSY_STATES or "locked" in str(error)


def page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a domain error: its sentence, the rule, both texts of a stale form, and what was typed.

    A file that a script sends is answered in one line, and with how much of it was received.
    """
    status = HTTPStatus(error.status)
    if request.headers.get("X-Background") == "upload":
        received = {name: error.facts[name] for name in ("received",) if name in error.facts}
        return JsonResponse({"line": sentence(error), **received}, status=status)
    kept = kept_form(request)
    context = {
        "sentence": sentence(error),
        "citation": error.citation,
        "kept": kept,
        "typed": readable(kept.typed),
        "has_files": bool(request.FILES) if request.method == "POST" else False,
    }
    if isinstance(error, Stale):
        context |= {"theirs": texts(error.facts.get("theirs")), "yours": texts(error.facts.get("yours"))}
    return render(request, TEMPLATES[status], context, status=status)


def texts(value: object) -> list[tuple[str, str]]:
    """A text, or texts by field name, as rows for the page."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [(str(name), str(text)) for name, text in value.items()]
    return [("", str(value))]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that no browser form makes."""
    return render(request, "errors/400.html", status=HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an act this person may not do."""
    return render(request, "errors/403.html", status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form whose security mark ran out: what was typed stays, one button sends it again.

    A form that came from another site is refused and not shown: one press would make it the person's own.
    """
    if not came_from_this_site(request):
        return render(request, "errors/403.html", {"is_expired_form": True}, status=HTTPStatus.FORBIDDEN)
    kept = form_kept_before(request) or kept_form(request)
    context = {"is_expired_form": True, "kept": kept, "typed": readable(kept.typed)}
    return render(request, "errors/403.html", context, status=HTTPStatus.FORBIDDEN)


def method_not_allowed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The page of an address that only takes a form: somebody opened it, or came back to it, without one."""
    page = render(request, "errors/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    page["Allow"] = answer["Allow"]
    return page


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an address that is not there, or not there for this person."""
    return render(request, "errors/404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of a fault of ours; a lock held while the session was saved is told as busy."""
    if is_busy(sys.exc_info()[1]):
        return page(request, Busy("core_busy"))
    return render(request, "errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
