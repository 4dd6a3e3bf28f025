"""材料目录: what a case has to bring, and what of it is missing. Pure. Rule: DOMAIN §4."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.matching import Judged, judge
from investreview.rulebook.names import LEVELS, Words, joined
from investreview.rulebook.provisions import RuleSetData, Slot
from investreview.rulebook.sentences import asked, given
from investreview.rulebook.vocabulary import Level, Route

__all__ = ["Level", "Missing", "Presence", "Requirement", "missing", "requirements"]

ABSENT = Words("未提交", "not provided")
NOT_A_CHAPTER = Words("须单独提交文件，不能作为可研报告的章节", "must be a file of its own, not a chapter of the study")
PAGES_NEEDED = Words("作为可研报告的章节，须填写起止页码", "as a chapter of the study it needs first and last page")
NO_PROMISE = Words("不得容缺，须随本次报送提交", "cannot follow later")
_PAGES = re.compile(r"([1-9][0-9]{0,4})[-—–]([1-9][0-9]{0,4})")


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One slot as this case meets it. ``applies``: it must be filled (R, F, or C whose condition holds).

    A C whose condition cannot be judged applies. Units: bytes.
    """

    code: str
    name: str
    name_en: str
    level: Level
    applies: bool
    citation: str
    reason: str
    reason_en: str
    may_follow: bool
    kinds: tuple[str, ...]
    size_limit: int


@dataclass(frozen=True)
class Presence:
    """What fills a slot now: a file, pages of the feasibility study (``71-79``), or a promise (容缺)."""

    file: bool = False
    chapter_pages: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A slot that is not filled as the rules ask, and why."""

    code: str
    name: str
    name_en: str
    why: str
    why_en: str


def requirements(facts: CaseFacts, route: Route, rules: RuleSetData) -> tuple[Requirement, ...]:
    """Every slot this case may fill, in the order of the catalogue.

    The columns of all matching rows count, and those of ``route`` (which may be stricter after an escalation); of
    several levels the one that asks for most wins, so that a further row never takes a document away.
    """
    return tuple(_requirement(one, facts) for one in demands(facts, route, rules, judge(facts, rules)))


def demands(
    facts: CaseFacts, route: Route, rules: RuleSetData, judged: Iterable[Judged]
) -> Iterator[tuple[Slot, Level, bool]]:
    """Every slot that this case may fill, how much it is asked for, and whether that applies; without the words."""
    columns = {column for one in judged if one.verdict or one.row.route is route for column in one.row.columns}
    for slot in rules.slots:
        levels = {slot.levels[column] for column in columns & slot.levels.keys()}
        if levels:
            yield slot, *_demand(slot, levels, facts)


def missing(required: tuple[Requirement, ...], present: Mapping[str, Presence]) -> tuple[Missing, ...]:
    """All that is missing, told at once (一次性告知), in the order of the catalogue; empty when complete."""
    gaps = ((one, _gap(one, present.get(one.code, Presence()))) for one in required if one.applies)
    return tuple(
        Missing(code=one.code, name=one.name, name_en=one.name_en, why=gap.zh, why_en=gap.en)
        for one, gap in gaps
        if gap is not None
    )


def _demand(slot: Slot, levels: set[Level], facts: CaseFacts) -> tuple[Level, bool]:
    """Of several levels the one that asks for most, and whether the slot must be filled."""
    holds = slot.when is None or slot.when.holds(facts) is not False
    applying = {Level.REQUIRED: True, Level.CONDITIONAL: holds, Level.CHAPTER: True, Level.OPTIONAL: False}
    demand = {
        Level.REQUIRED: 4,
        Level.CONDITIONAL: 3 if holds else 0,
        Level.CHAPTER: 2,
        Level.OPTIONAL: 1,
    }
    level = max(levels, key=demand.__getitem__)
    return level, applying[level]


def _requirement(demanded: tuple[Slot, Level, bool], facts: CaseFacts) -> Requirement:
    slot, level, applies = demanded
    reason = LEVELS[level]
    if level is Level.CONDITIONAL and slot.when is not None:
        has = [held.within("本项目：{}", "this project: {}") for held in given(slot.when, facts)]
        reason = joined([asked(slot.when).within("提交情形：{}", "needed for: {}"), *has], "；", "; ")
    return Requirement(
        code=slot.code,
        name=slot.name,
        name_en=slot.name_en,
        level=level,
        applies=applies,
        citation=slot.citation,
        reason=reason.zh,
        reason_en=reason.en,
        may_follow=slot.may_follow,
        kinds=slot.kinds,
        size_limit=slot.size_limit,
    )


def _gap(requirement: Requirement, presence: Presence) -> Words | None:
    if presence.chapter_pages:
        if requirement.level is not Level.CHAPTER:
            return NOT_A_CHAPTER
        return None if _is_page_range(presence.chapter_pages) else PAGES_NEEDED
    if presence.file:
        return None
    if presence.promised_on is not None:
        return None if requirement.may_follow else NO_PROMISE
    return ABSENT


def _is_page_range(text: str) -> bool:
    pages = _PAGES.fullmatch(text.strip())
    return pages is not None and int(pages[1]) <= int(pages[2])
