"""Who may know what a document is about. The room that owns the subject says so; this room knows no case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from investreview.accounts.models import User
from investreview.core.scope import Scope

CASE = "case"
"""The kind of subject that most papers are about."""
Reader = Callable[[User, Scope, str, datetime], Scope | None]
KnownKeys = Callable[[Scope], "QuerySet[Any, Any]"]
Address = Callable[[str], str]
_READERS: dict[str, Reader] = {}
_KNOWN_KEYS: dict[str, KnownKeys] = {}
_ADDRESSES: dict[str, Address] = {}


def register_reader(kind: str, reader: Reader, known_keys: KnownKeys, address: Address | None = None) -> None:
    """From now on these say who may know the subjects of ``kind``; called once, when the site starts.

    ``reader`` gives the scope with which a person reads one subject, or nothing when they may not know it;
    ``known_keys`` gives the keys of all that a scope may know, for lists; ``address`` is the page of one, to which its
    documents lead back, where everybody who reads them may open it.
    """
    _READERS[kind] = reader
    _KNOWN_KEYS[kind] = known_keys
    if address is not None:
        _ADDRESSES[kind] = address


def address_of(kind: str, key: str) -> str:
    """The page of a subject, or nothing where its kind has none."""
    address = _ADDRESSES.get(kind)
    return address(key) if address is not None else ""


def reading_scope(kind: str, key: str, *, user: User, scope: Scope, at: datetime) -> Scope | None:
    """The scope with which this person reads the subject; nobody knows a subject that no room answers for."""
    reader = _READERS.get(kind)
    return reader(user, scope, key, at) if reader is not None else None


def known_keys(scope: Scope) -> "dict[str, QuerySet[Any, Any]]":
    """By kind of subject, the keys of those that a scope may know."""
    return {kind: keys(scope) for kind, keys in _KNOWN_KEYS.items()}
