"""What django-axes asks us: whose failures it counts, and what a locked person sees."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from investreview.accounts.names import normalise_username

# The longest name django-axes stores.
_LONGEST = 255


def counted_username(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The one spelling under which failures are counted, however the name was typed (AXES_USERNAME_CALLABLE)."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return normalise_username(str(typed))[:_LONGEST]


def keep_page(request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None) -> HttpResponse:
    """The sign-in page itself tells of the lock, with what was typed (AXES_LOCKOUT_CALLABLE)."""
    return response


def lock_minutes() -> int:
    """How long a name stays locked. Units: minutes."""
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    return int(cool_off.total_seconds() // 60)


def address_of(request: HttpRequest) -> str:
    """The address of the direct peer; forwarded headers can be written by anybody and are not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))
