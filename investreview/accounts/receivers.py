"""Denials meet the access journal here; the middleware of core sends the signal."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest

from investreview.accounts.models import User
from investreview.accounts.services import note_denial
from investreview.accounts.signin import address_of
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.core.middleware import denied


@receiver(denied, dispatch_uid="accounts_note_denial")
def note(sender: Any, request: HttpRequest, error: DomainError, **_: Any) -> None:
    """The refusal is told in the access journal."""
    user = request.user if isinstance(request.user, User) else None
    note_denial(user=user, path=request.path, error=error, address=address_of(request), at=clock.now())
