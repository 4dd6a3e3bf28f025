"""Addresses that fail in every way the site knows; a site of its own for tests."""

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from investreview.core.errors import Busy, Forbidden, Invalid, NotVisible, Stale

handler400 = "investreview.core.error_pages.bad_request"
handler403 = "investreview.core.error_pages.permission_denied"
handler404 = "investreview.core.error_pages.page_not_found"
handler500 = "investreview.core.error_pages.server_error"


class Cause(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def _database(text: str, sqlstate: str = "") -> OperationalError:
    error = OperationalError(text)
    error.__cause__ = Cause(sqlstate)
    return error


FAULTS = {
    "invalid": lambda: Invalid("core_busy", citation="规则集2024-1 §3.6"),
    "not-visible": lambda: NotVisible("core_busy"),
    "forbidden": lambda: Forbidden("core_busy"),
    "stale": lambda: Stale("core_stale", who="李××", theirs="同意备案。", yours={"意见": "建议<b>退回"}),
    "busy": lambda: Busy("core_busy"),
    "locked": lambda: _database("database is locked"),
    "deadlock": lambda: _database("deadlock detected", "40P01"),
    "gone": lambda: _database("server closed the connection", "08006"),
    "denied": lambda: PermissionDenied("canary"),
    "fault": lambda: ValueError("canary"),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAULTS[kind]()


@require_POST
def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [path("fail/<kind>/", fail), path("only-post/", only_post)]
