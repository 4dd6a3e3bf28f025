"""What a record speaks of, as text: journal, documents and notices have no foreign keys to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A kind ("case") and a key ("LYG-2024-0009") that stay readable for ever."""

    kind: str
    key: str
