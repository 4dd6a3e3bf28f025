"""Between session and page: the idle limit, what the person holds, the password they must change first."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.functional import SimpleLazyObject

from investreview.accounts import services
from investreview.accounts.entering import HAS_SHOWN_FACTOR, LAST_SEEN, PERSON_SESSION
from investreview.accounts.models import Substitution, User
from investreview.accounts.permissions import must_have_second_factor
from investreview.accounts.selectors import scope_of, second_factor_of, substitutions_for
from investreview.accounts.signing_in_again import sign_in_again
from investreview.core import clock
from investreview.core.kept import kept_form, readable
from investreview.core.once import one_page
from investreview.core.scope import Scope

GetResponse = Callable[[HttpRequest], HttpResponse]

# Written at most once a minute: SQLite has one writer, and a page should not wait for it.
GRAIN_SECONDS = 60
_ONLY_READ = ("GET", "HEAD")
NOBODY = Scope(user_id=0, username="", name="", grants=())
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({"accounts:password", "accounts:sign_out", "set_language"})
OPEN_BEFORE_SECOND_FACTOR = OPEN_BEFORE_PASSWORD_CHANGE | {"accounts:second_factor", "accounts:set_up_second_factor"}


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
                _see(request)
        return self.get_response(request)


def _see(request: HttpRequest) -> None:
    """The person's list of sessions knows that this one was used."""
    pk, key = request.session.get(PERSON_SESSION), request.session.session_key
    if pk is not None and key is not None:
        services.see_session(pk=pk, session_key=key, now=clock.machine_now())


class KeepFormUntilSignedIn:
    """A form sent after the session ended is kept: the person signs in on its page and sends it again.

    Only for a browser that has our mark (the CSRF cookie), with which the form was checked before it came here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and settings.CSRF_COOKIE_NAME in request.COOKIES and _asks_to_sign_in(response):
            kept = kept_form(request)
            if readable(kept.typed) or kept.may_resend:
                return sign_in_again(request, kept)
        return response


def _asks_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.FOUND and response["Location"].startswith(
        f"{resolve_url(settings.LOGIN_URL)}?"
    )


class ScopeMiddleware:
    """``request.scope`` is what the person holds now, ``request.lent`` for whom they act; read when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: _scope(request))  # type: ignore[attr-defined]
        request.lent = SimpleLazyObject(lambda: _lent(request))  # type: ignore[attr-defined]
        if request.method not in _ONLY_READ:
            return self.get_response(request)
        with one_page():
            return self.get_response(request)


def _scope(request: HttpRequest) -> Scope:
    return scope_of(request.user, clock.now()) if isinstance(request.user, User) else NOBODY


def _lent(request: HttpRequest) -> list[Substitution]:
    return substitutions_for(request.user, clock.now()) if isinstance(request.user, User) else []


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


class SecondFactorRequired:
    """Who must show a second factor and has none yet sees only the page to set it up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Nothing, or the way to the set-up page; a session older than the person's factor is over."""
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(request.user, User):
            return None
        if request.session.get(HAS_SHOWN_FACTOR):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_BEFORE_SECOND_FACTOR:
            return None
        if not must_have_second_factor(request.user, request.scope):  # type: ignore[attr-defined]
            return None
        if second_factor_of(request.user) is None:
            return redirect("accounts:second_factor")
        logout(request)
        return redirect(resolve_url(settings.LOGIN_URL))
