"""What the access journal tells of sign-ins and denials."""

from datetime import datetime

from investreview.accounts.models import User
from investreview.accounts.names import normalise_username
from investreview.accounts.services.noting import home_of, subject_of
from investreview.core.errors import DomainError
from investreview.core.subject import Subject
from investreview.journal.services import record_access, record_denial

_SIGN_IN = Subject("page", "sign-in")


def note_sign_in(*, user: User, address: str, at: datetime, factor: str = "") -> None:
    """The sign-in is in the access journal, with the second factor that was shown. Journal: session.open"""
    _note(user, "session.open", address, at, "DONE", {"factor": factor} if factor else {})


def note_refused_code(*, user: User, address: str, at: datetime) -> None:
    """A wrong code after a right password is in the access journal. Journal: session.refuse"""
    _note(user, "session.refuse", address, at, "DENIED", {"factor": "wrong"})


def note_sign_out(*, user: User, address: str, at: datetime) -> None:
    """The sign-out is in the access journal. Journal: session.close"""
    _note(user, "session.close", address, at, "DONE")


def note_refused_sign_in(*, username: str, address: str, at: datetime) -> None:
    """The failed sign-in is in the access journal of whom it was tried for.

    An unknown name is not written down (it may be a password typed into the wrong field), and counts as an anonymous
    denial: at most one per address and minute. Journal: session.refuse, ACCESS_DENIED
    """
    user = _known(username)
    if user is None:
        record_denial(commission="", address=address, subject=_SIGN_IN, at=at, facts={"reason": "unknown"})
        return
    _note(user, "session.refuse", address, at, "DENIED")


def note_lock(*, username: str, address: str, at: datetime) -> None:
    """Trying a locked name is in the access journal, at most once per address and minute. Journal: ACCESS_DENIED"""
    user = _known(username)
    record_denial(
        commission="" if user is None else home_of(user).code,
        address=address,
        subject=_SIGN_IN if user is None else subject_of(user),
        at=at,
        facts={"reason": "locked"},
    )


def note_denial(*, user: User | None, path: str, error: DomainError, address: str, at: datetime) -> None:
    """What was refused to whom is in the access journal. Journal: access.deny, ACCESS_DENIED

    Somebody who is not signed in is told of at most once per address and minute.
    """
    subject = Subject("page", path)
    facts = {"code": error.code, "address": address}
    if user is None:
        record_denial(commission="", address=address, subject=subject, at=at, facts=facts)
        return
    commission = "" if user.commission is None else user.commission.code
    record_access(
        commission=commission,
        verb="access.deny",
        actor=user.as_actor(),
        subject=subject,
        at=at,
        facts=facts,
        result="DENIED",
    )


def _known(username: str) -> User | None:
    return User.objects.select_related("commission").filter(username=normalise_username(username)).first()


def _note(
    user: User, verb: str, address: str, at: datetime, result: str, facts: dict[str, object] | None = None
) -> None:
    record_access(
        commission="" if user.commission is None else user.commission.code,
        verb=verb,
        actor=user.as_actor(),
        subject=subject_of(user),
        at=at,
        facts={"address": address} | (facts or {}),
        result=result,
    )
