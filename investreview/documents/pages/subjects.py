"""Who may know what a document is about. The room that owns the subject says so; this room knows no case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from investreview.accounts.models import User
from investreview.core.scope import Scope

Reader = Callable[[User, Scope, str, datetime], bool]
KnownKeys = Callable[[Scope], "QuerySet[Any, Any]"]
_READERS: dict[str, Reader] = {}
_KNOWN_KEYS: dict[str, KnownKeys] = {}


def register_reader(kind: str, reader: Reader, known_keys: KnownKeys) -> None:
    """From now on these say who may know the subjects of ``kind``; called once, when the site starts.

    ``reader`` answers for one subject, ``known_keys`` gives the keys of all that a scope may know, for lists.
    """
    _READERS[kind] = reader
    _KNOWN_KEYS[kind] = known_keys


def may_know(kind: str, key: str, *, user: User, scope: Scope, at: datetime) -> bool:
    """Whether this person may know the subject; nobody knows a subject that no room answers for."""
    reader = _READERS.get(kind)
    return reader is not None and reader(user, scope, key, at)


def known_keys(scope: Scope) -> "dict[str, QuerySet[Any, Any]]":
    """By kind of subject, the keys of those that a scope may know."""
    return {kind: keys(scope) for kind, keys in _KNOWN_KEYS.items()}
