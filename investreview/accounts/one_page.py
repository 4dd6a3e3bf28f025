"""A page that is only read asks once what its person holds and what is lent to them; an act asks afresh each time.

What was read is kept for the one request that reads it (GET) and for this moment of it, never longer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from investreview.accounts.models import Substitution
from investreview.core.scope import Grant

_MOMENT = timedelta(minutes=1)


@dataclass
class Rights:
    """What was read of people's rights at ``at``: by person, what they hold and under whose authority they act."""

    at: datetime
    grants: dict[int, tuple[Grant, ...]] = field(default_factory=dict)
    lent: dict[int, list[Substitution]] = field(default_factory=dict)


@dataclass
class _Page:
    rights: Rights | None = None


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Within this block nothing is done, only read: rights are asked for once."""
    token = _page.set(_Page())
    try:
        yield
    finally:
        _page.reset(token)


def rights_at(at: datetime) -> Rights:
    """What this page has read of rights, for the moment at which it reads; else nothing yet, to be filled and left."""
    page = _page.get()
    if page is None:
        return Rights(at)
    if page.rights is None:
        page.rights = Rights(at)
    is_this_moment = timedelta(0) <= at - page.rights.at < _MOMENT
    return page.rights if is_this_moment else Rights(at)
