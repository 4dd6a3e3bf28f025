"""Between session and page: the idle limit, what the person holds, the password they must change first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.scope import Scope

GetResponse = Callable[[HttpRequest], HttpResponse]

LAST_SEEN = "last_seen"
# Written at most once a minute: SQLite has one writer, and a page should not wait for it.
GRAIN_SECONDS = 60
NOBODY = Scope(user_id=0, username="", name="", grants=())
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({"accounts:password", "accounts:sign_out", "set_language"})


class IdleLimit:
    """A session nobody used for ``SESSION_IDLE_LIMIT`` is over at its next request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.limit: timedelta = settings.SESSION_IDLE_LIMIT

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.machine_now().timestamp())
            seen = request.session.get(LAST_SEEN, now - GRAIN_SECONDS)
            if now - seen > self.limit.total_seconds():
                logout(request)
            elif now - seen >= GRAIN_SECONDS:
                request.session[LAST_SEEN] = now
        return self.get_response(request)


class ScopeMiddleware:
    """``request.scope`` is what the person holds now, read when it is first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: _scope(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _scope(request: HttpRequest) -> Scope:
    return scope_of(request.user, clock.now()) if isinstance(request.user, User) else NOBODY


class PasswordChangeRequired:
    """Who signed in with a one-time password sees only the page to change it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Nothing, or the way to the password page."""
        if not isinstance(request.user, User) or not request.user.must_change_password:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_BEFORE_PASSWORD_CHANGE:
            return None
        return redirect("accounts:password")
