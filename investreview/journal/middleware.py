"""Gives every request an id of our own making; entries and the answer carry it."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from investreview.journal.context import request_id


class RequestId:
    """Entries written during the request share one id; the answer names it in ``X-Request-Id``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = request_id.set(uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
