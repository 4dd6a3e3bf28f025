"""Rows become a snapshot: people under fresh numbers and aliases behind salted leaves, projects as they are."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from investreview.draws import verify_draw as ird
from investreview.draws.terms import PoolRow, ProjectRow

SALT_LENGTH = 32


@dataclass(frozen=True)
class Opening:
    """What proves who stands behind a number."""

    no: int
    salt: bytes
    private: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The opening as the evidence file writes it."""
        return {"no": self.no, "salt": self.salt.hex(), "private": self.private}


@dataclass(frozen=True)
class FrozenPool:
    """The snapshot, the openings of its rows, and which number each person got."""

    snapshot: dict[str, Any]
    openings: tuple[Opening, ...]
    number_of: dict[str, int]


def freeze_people(rows: Sequence[PoolRow], *, hash_name: str, taken_at: str) -> FrozenPool:
    """A snapshot that tells nothing of another one: rows sorted by salted leaf, numbered from 1, employers renamed.

    The private record also keeps the employer's key, so that whoever opens it can check the aliases.
    """
    h = ird.Hash(hash_name)
    sealed = []
    for row in rows:
        salt = secrets.token_bytes(SALT_LENGTH)
        private = {**row.private, "id": row.stable_id, "name": row.name, "unit": row.unit}
        sealed.append((h.leaf(salt, private), salt, private, row))
    sealed.sort(key=lambda one: one[0])
    aliases: dict[str, str] = {}
    listed, openings, numbers = [], [], {}
    for no, (leaf, salt, private, row) in enumerate(sealed, 1):
        alias = aliases.setdefault(row.unit, f"U{len(aliases) + 1:02d}")
        listed.append({"no": no, "spec": list(dict.fromkeys(row.spec)), "unit": alias, "leaf": leaf})
        openings.append(Opening(no, salt, private))
        numbers[row.stable_id] = no
    return FrozenPool(_snapshot("experts", hash_name, taken_at, listed), tuple(openings), numbers)


def freeze_projects(rows: Sequence[ProjectRow], *, hash_name: str, taken_at: str) -> dict[str, Any]:
    """A snapshot of the frame as it was given, numbered from 1; a sample has nothing to hide."""
    listed = [
        {
            "no": no,
            "code": row.code,
            "ent": row.ent,
            "band": row.band,
            "amount_wan": row.amount_wan,
            "must": row.must,
        }
        for no, row in enumerate(rows, 1)
    ]
    return _snapshot("projects", hash_name, taken_at, listed)


def _snapshot(kind: str, hash_name: str, taken_at: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"scheme": ird.SCHEME, "hash": hash_name, "kind": kind, "taken_at": taken_at, "rows": rows}
