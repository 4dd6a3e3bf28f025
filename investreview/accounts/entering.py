"""From a right password to a signed-in session: the step of the second factor between them, and what sessions keep."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from investreview.accounts import selectors, services
from investreview.accounts.models import User
from investreview.accounts.signin import address_of
from investreview.core import clock

LAST_SEEN = "last_seen"
PERSON_SESSION = "person_session"
HAS_SHOWN_FACTOR = "has_shown_second_factor"
LAST_SIGN_IN = "last_sign_in"
_WAITING = "waiting_for_second_factor"
PATIENCE = timedelta(minutes=5)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class LastSignIn:
    """The sign-in before this one, and how often it was tried in vain since."""

    at: datetime
    address: str
    failed_count: int


def wait_for_code(request: HttpRequest, user: User, *, goes_to: str) -> None:
    """The password was right; the session waits for the code and is nobody's until then."""
    request.session.cycle_key()
    request.session[_WAITING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "since": clock.machine_now().timestamp(),
        "goes_to": goes_to,
    }


def who_waits(request: HttpRequest) -> User | None:
    """The person whose code is awaited: active, with the same password, since five minutes at most."""
    waiting = request.session.get(_WAITING)
    if not waiting or clock.machine_now().timestamp() - waiting["since"] > PATIENCE.total_seconds():
        return None
    user = User.objects.select_related("commission").filter(pk=waiting["user"], is_active=True).first()
    if user is None or not constant_time_compare(waiting["hash"], user.get_session_auth_hash()):
        return None
    return user


def waits_to_go_to(request: HttpRequest) -> str:
    """The page that the person wanted; only ever one of this site."""
    wanted = str(request.session.get(_WAITING, {}).get("goes_to", ""))
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else str(settings.LOGIN_REDIRECT_URL)


def is_locked(request: HttpRequest, user: User) -> bool:
    """Whether too many passwords and codes of this person were wrong: they are counted together."""
    return not AxesProxyHandler.is_allowed(request, {"username": user.username})


def count_failure(request: HttpRequest, user: User) -> None:
    """A wrong code counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)


def enter(request: HttpRequest, user: User, *, factor: str = "") -> None:
    """The person is signed in; the access journal, their list of sessions and their next page know of it."""
    before = selectors.last_sign_in(user)
    login(request, user, backend=_BACKEND)
    address, now = address_of(request), clock.machine_now()
    services.note_sign_in(user=user, address=address, at=clock.now(), factor=factor)
    row = services.open_session(
        user=user,
        session_key=str(request.session.session_key),
        address=address,
        agent=request.headers.get("User-Agent", ""),
        now=now,
    )
    request.session.pop(_WAITING, None)
    request.session[LAST_SEEN] = int(now.timestamp())
    request.session[PERSON_SESSION] = row.pk
    if factor:
        request.session[HAS_SHOWN_FACTOR] = True
    if before is not None:
        entry, failed_count = before
        request.session[LAST_SIGN_IN] = {
            "at": entry.at.isoformat(),
            "address": str(entry.facts.get("address", "")),
            "failed_count": failed_count,
        }


def last_sign_in(request: HttpRequest) -> LastSignIn | None:
    """The sign-in before the present one; None at the first. Read from the session, no query."""
    kept: dict[str, Any] | None = request.session.get(LAST_SIGN_IN)
    if kept is None:
        return None
    return LastSignIn(datetime.fromisoformat(kept["at"]), kept["address"], kept["failed_count"])
