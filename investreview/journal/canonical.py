"""The bytes of an entry: canonical JSON, the same for the same content on every machine."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256

from investreview.core.characters import visible

FIRST_PREV = "0" * 64


def canonical_json(value: object) -> bytes:
    """UTF-8 JSON with sorted keys and no blanks. Decimals are text, times are UTC, sets are sorted.

    Raises: TypeError for floats and for what has no plain form.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def instant(at: datetime) -> str:
    """``at`` in UTC to the microsecond, the one way entries write it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def chain_hash(*, chain: str, seq: int, prev: str, content: bytes) -> str:
    """SHA-256 over chain, place, the hash before and the entry's bytes; three text lines, then the bytes."""
    return sha256(f"{chain}\n{seq}\n{prev}\n".encode() + content).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {_key(key): _plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(each) for each in value), key=repr)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"the journal has no plain form for {type(value).__name__}")


def _key(key: object) -> str:
    plain = _plain(key)
    if not isinstance(plain, str):
        raise TypeError(f"a fact is named by text, not by {type(key).__name__}")
    return plain
