"""How acts on people are told in the journal."""

from datetime import datetime

from investreview.accounts.models import User
from investreview.core.actor import Actor
from investreview.core.subject import Subject
from investreview.journal.services import record
from investreview.registry.models import Commission


def subject_of(user: User) -> Subject:
    """The person as entries speak of them."""
    return Subject("user", user.username)


def home_of(user: User) -> Commission:
    """The commission a person belongs to.

    Raises: ValueError for an account without one; only the superuser of tests is.
    """
    if user.commission is None:
        raise ValueError(f"{user.username} belongs to no commission")
    return user.commission


def note(verb: str, user: User, *, actor: Actor, at: datetime, facts: dict[str, object] | None = None) -> None:
    """The act on ``user`` is in the journal of their commission."""
    record(chain=home_of(user).code, verb=verb, actor=actor, subject=subject_of(user), at=at, facts=facts)
