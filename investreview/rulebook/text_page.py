"""A rule set as people read it: paragraphs with what rests on each, found by words, and set against another."""

from collections.abc import Iterator
from dataclasses import dataclass

from investreview.core.differing import Block, Change, change_count, differing
from investreview.rulebook.labels import said
from investreview.rulebook.provisions import Paragraph, RuleSetData
from investreview.rulebook.uses import uses_of

WORDS = 6
"""So many words of a search count."""


@dataclass(frozen=True)
class Stretch:
    """Some characters of a text; a hit is what was searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class ShownParagraph:
    """One paragraph with its source and every provision that rests on it, what was searched for marked."""

    key: str
    heading: tuple[Stretch, ...]
    name: str
    text: tuple[Stretch, ...]
    source: str
    uses: tuple[str, ...]
    is_detail: bool


@dataclass(frozen=True)
class Part:
    """The paragraphs whose numbers begin alike."""

    key: str
    paragraphs: tuple[ShownParagraph, ...]


def parts_of(rules: RuleSetData, *, search: str = "") -> tuple[Part, ...]:
    """The paragraphs in their order, part by part; with ``search`` only those that hold every word of it."""
    words = tuple(search.split())[:WORDS]
    found: dict[str, list[ShownParagraph]] = {}
    for paragraph in rules.paragraphs:
        shown = _shown(paragraph, rules, words)
        if shown is not None:
            found.setdefault(paragraph.key.split(".")[0], []).append(shown)
    return tuple(Part(key, tuple(paragraphs)) for key, paragraphs in found.items())


def _shown(paragraph: Paragraph, rules: RuleSetData, words: tuple[str, ...]) -> ShownParagraph | None:
    uses = tuple(said(line) for line in uses_of(paragraph.key, rules))
    whole = "\n".join((paragraph.key, paragraph.heading, paragraph.text, *uses)).casefold()
    if not all(word.casefold() in whole for word in words):
        return None
    return ShownParagraph(
        key=paragraph.key,
        heading=tuple(_stretches(paragraph.heading, words)),
        name=paragraph.heading,
        text=tuple(_stretches(paragraph.text, words)),
        source=paragraph.source,
        uses=uses,
        is_detail=paragraph.key.count(".") > 1,
    )


def _stretches(text: str, words: tuple[str, ...]) -> Iterator[Stretch]:
    """The text cut at every word that was searched for."""
    folded, at = text.casefold(), 0
    if len(folded) != len(text):
        yield Stretch(text, False)
        return
    while at < len(text):
        hits = [(place, -len(word)) for word in words if (place := folded.find(word.casefold(), at)) >= 0]
        if not hits:
            yield Stretch(text[at:], False)
            return
        place, length = min(hits)
        if place > at:
            yield Stretch(text[at:place], False)
        yield Stretch(text[place : place - length], True)
        at = place - length


@dataclass(frozen=True)
class Difference:
    """One paragraph that is new, gone, or says or carries something else than before."""

    key: str
    heading: str
    change: Change
    blocks: tuple[Block, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def count(self) -> int:
        """At how many places it differs, in its text and in what rests on it."""
        return change_count(self.blocks) + len(self.gone) + len(self.new)


def differences(before: RuleSetData, after: RuleSetData) -> tuple[Difference, ...]:
    """Every paragraph that differs between two rule sets, in the order of the later one, what is gone last."""
    old = {one.key: one for one in before.paragraphs}
    new = {one.key: one for one in after.paragraphs}
    keys = [*new, *(key for key in old if key not in new)]
    found = (_difference(key, old.get(key), new.get(key), before, after) for key in keys)
    return tuple(one for one in found if one.count)


def _difference(
    key: str, old: Paragraph | None, new: Paragraph | None, before: RuleSetData, after: RuleSetData
) -> Difference:
    had, has = (tuple(said(line) for line in uses_of(key, rules)) for rules in (before, after))
    shown = new or old
    change = Change.ADDED if old is None else Change.REMOVED if new is None else Change.CHANGED
    return Difference(
        key=key,
        heading=shown.heading if shown is not None else "",
        change=change,
        blocks=differing(_said(old), _said(new)),
        gone=tuple(line for line in had if line not in has),
        new=tuple(line for line in has if line not in had),
    )


def _said(paragraph: Paragraph | None) -> list[str]:
    return [] if paragraph is None else [paragraph.heading, paragraph.text]
