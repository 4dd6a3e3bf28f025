"""Denials meet the access journal here, and sessions that end leave their person's list."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from investreview.accounts.entering import PERSON_SESSION
from investreview.accounts.models import User
from investreview.accounts.services import close_session, note_denial
from investreview.accounts.signin import address_of
from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.core.middleware import denied


@receiver(denied, dispatch_uid="accounts_note_denial")
def note(sender: Any, request: HttpRequest, error: DomainError, **_: Any) -> None:
    """The refusal is told in the access journal."""
    user = request.user if isinstance(request.user, User) else None
    note_denial(user=user, path=request.path, error=error, address=address_of(request), at=clock.now())


@receiver(user_logged_out, dispatch_uid="accounts_close_session")
def close(sender: Any, request: HttpRequest, **_: Any) -> None:
    """The session is gone from the person's list; the session itself is emptied next."""
    pk = request.session.get(PERSON_SESSION)
    if pk is not None:
        close_session(pk=pk)
