"""Who may know what a document is about. The room that owns the subject says so; this room knows no case."""

from collections.abc import Callable
from datetime import datetime

from investreview.accounts.models import User
from investreview.core.scope import Scope

Reader = Callable[[User, Scope, str, datetime], bool]
_READERS: dict[str, Reader] = {}


def register_reader(kind: str, reader: Reader) -> None:
    """From now on ``reader`` says who may know the subjects of ``kind``; called once, when the site starts."""
    _READERS[kind] = reader


def may_know(kind: str, key: str, *, user: User, scope: Scope, at: datetime) -> bool:
    """Whether this person may know the subject; nobody knows a subject that no room answers for."""
    reader = _READERS.get(kind)
    return reader is not None and reader(user, scope, key, at)
