"""The one place where a domain error meets the web."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse

from investreview.core import error_pages
from investreview.core.errors import Busy, DomainError, Forbidden, NotVisible

log = logging.getLogger(__name__)

# Sent with ``request`` and ``error`` for each refusal, so that a room above can write it to the access journal.
denied = Signal()


class DomainErrors:
    """An error of the rules becomes its page with its status; a held lock becomes "busy", never a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return error_pages.method_not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for ``error``, or nothing when it is none of ours."""
        if isinstance(error, DomainError):
            if isinstance(error, (NotVisible, Forbidden)):
                denied.send(sender=DomainErrors, request=request, error=error)
            return error_pages.page(request, error)
        if error_pages.is_busy(error):
            log.warning("busy: %s", type(error.__cause__).__name__)
            return error_pages.page(request, Busy("core_busy"))
        return None
