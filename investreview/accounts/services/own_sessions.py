"""Where a person is signed in: told to them, ended by them. Times are the machine's, the journal's the business's."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from investreview.accounts.models import PersonSession, User
from investreview.accounts.services.noting import home_of, subject_of
from investreview.core.errors import NotVisible
from investreview.core.text import visible
from investreview.journal.services import record_access

_AGENT_LENGTH, _ADDRESS_LENGTH = 300, 64


def open_session(*, user: User, session_key: str, address: str, agent: str, now: datetime) -> PersonSession:
    """The session stands in the person's list; those of theirs that nobody can use any more are gone from it.

    Journal: none here, the sign-in has its entry.
    """
    limit: timedelta = settings.SESSION_IDLE_LIMIT
    with transaction.atomic():
        PersonSession.objects.filter(user=user, seen_at__lt=now - limit).delete()
        return PersonSession.objects.create(
            user=user,
            session_key=session_key,
            address=address[:_ADDRESS_LENGTH],
            agent=visible(agent)[:_AGENT_LENGTH],
            began_at=now,
            seen_at=now,
        )


def see_session(*, pk: int, session_key: str, now: datetime) -> None:
    """The session was used at ``now``, under this key."""
    PersonSession.objects.filter(pk=pk).update(seen_at=now, session_key=session_key)


def close_session(*, pk: int) -> None:
    """The session was signed out of, or was over."""
    PersonSession.objects.filter(pk=pk).delete()


def end_session(*, user: User, pk: int, address: str, at: datetime) -> None:
    """One session of the person's own is over at once.

    Raises: NotVisible (accounts_session_not_visible) for somebody else's. Journal: session.end, in the access chain
    """
    with transaction.atomic():
        if not _end(PersonSession.objects.filter(user=user, pk=pk)):
            raise NotVisible("accounts_session_not_visible")
        _note(user, 1, address, at)


def end_other_sessions(*, user: User, keep: int | None, address: str, at: datetime) -> int:
    """All sessions of the person but ``keep`` are over; how many. Journal: session.end, in the access chain"""
    with transaction.atomic():
        count = _end(_sessions_but(user, keep))
        if count:
            _note(user, count, address, at)
        return count


def forget_sessions(user: User, *, keep: int | None = None) -> None:
    """The person is signed in nowhere (or only in ``keep``). Journal: none here, the asking act has its own."""
    with transaction.atomic():
        _end(_sessions_but(user, keep))


def _sessions_but(user: User, keep: int | None) -> QuerySet[PersonSession]:
    sessions = PersonSession.objects.filter(user=user)
    return sessions if keep is None else sessions.exclude(pk=keep)


def _end(sessions: QuerySet[PersonSession]) -> int:
    rows = dict(sessions.select_for_update().values_list("pk", "session_key"))
    Session.objects.filter(session_key__in=rows.values()).delete()
    PersonSession.objects.filter(pk__in=rows).delete()
    return len(rows)


def _note(user: User, count: int, address: str, at: datetime) -> None:
    record_access(
        commission=home_of(user).code,
        verb="session.end",
        actor=user.as_actor(),
        subject=subject_of(user),
        at=at,
        facts={"address": address, "count": count},
    )
