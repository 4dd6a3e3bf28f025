"""Two texts in one: paragraphs kept, added, removed, changed to the character."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

ALIKE = 0.4
"""Paragraphs less alike than this are shown as removed and added, not as changed."""


class Change(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """Some characters of a paragraph: SAME, ADDED or REMOVED."""

    kind: Change
    text: str


@dataclass(frozen=True)
class Block:
    """One paragraph; a CHANGED one has pieces of all sorts. Iterating gives the pieces."""

    kind: Change
    pieces: tuple[Piece, ...]

    def __iter__(self) -> Iterator[Piece]:
        return iter(self.pieces)


def differing(old: Sequence[str], new: Sequence[str]) -> tuple[Block, ...]:
    """The paragraphs of both texts as blocks, in reading order."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    blocks: list[Block] = []
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        if operation == "equal":
            blocks.extend(_whole(Change.SAME, text) for text in old[a1:a2])
        else:
            blocks.extend(_replaced(old[a1:a2], new[b1:b2]))
    return tuple(blocks)


def change_count(blocks: Sequence[Block]) -> int:
    """At how many places the two texts differ: a paragraph added or removed is one, so is a stretch put for another.

    This is the number of 改 n 处.
    """
    count = 0
    for block in blocks:
        if block.kind in (Change.ADDED, Change.REMOVED):
            count += 1
        was_changed = False
        for piece in block if block.kind is Change.CHANGED else ():
            is_changed = piece.kind is not Change.SAME
            count += is_changed and not was_changed
            was_changed = is_changed
    return count


def _whole(change: Change, text: str) -> Block:
    return Block(change, (Piece(change, text),))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    for before, after in zip_longest(old, new):
        if before is None:
            yield _whole(Change.ADDED, after)
        elif after is None:
            yield _whole(Change.REMOVED, before)
        else:
            yield from _changed(before, after)


def _changed(before: str, after: str) -> Iterator[Block]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield _whole(Change.REMOVED, before)
        yield _whole(Change.ADDED, after)
        return
    pieces: list[Piece] = []
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece(Change.SAME, before[a1:a2]))
            continue
        if a2 > a1:
            pieces.append(Piece(Change.REMOVED, before[a1:a2]))
        if b2 > b1:
            pieces.append(Piece(Change.ADDED, after[b1:b2]))
    yield Block(Change.CHANGED, tuple(pieces))
