"""What the pages of drafts show: how a draft differs, what it would have changed, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass

from investreview.core.errors import DomainError
from investreview.core.messages import sentence
from investreview.desk.selectors.viewing import Viewer
from investreview.projects.replaying import Replay, Shifted, replay
from investreview.rulebook.entries import entry_changes
from investreview.rulebook.labels import duty_label, route_label, said
from investreview.rulebook.models import RuleSet
from investreview.rulebook.names import Words
from investreview.rulebook.permissions import can_draft, can_publish
from investreview.rulebook.ruleset import RuleSetData
from investreview.rulebook.services import check_publishable, predecessor_of
from investreview.rulebook.text_page import differences


@dataclass(frozen=True)
class DraftPage:
    """A draft beside the set it would follow; ``obstacle`` is why this head cannot publish it now."""

    draft: RuleSet
    before: RuleSet | None
    paragraph_count: int
    entry_count: int
    may_draft: bool
    may_publish: bool
    obstacle: str

    @property
    def is_unchanged(self) -> bool:
        """Whether it says the same as the set it would follow."""
        return self.before is not None and not self.paragraph_count and self.entry_count <= _OWN_ENTRIES


_OWN_ENTRIES = 2
"""Code and first day differ between any two sets."""


@dataclass(frozen=True)
class ShiftLine:
    """One way in which projects would have been handled otherwise, in the reader's words."""

    route: str
    new_route: str
    is_of_route: bool
    clock: tuple[int | None, int | None] | None
    gone: tuple[str, ...]
    new: tuple[str, ...]
    why_gone: tuple[str, ...]
    why_new: tuple[str, ...]
    projects: Shifted


def draft_page(draft: RuleSet, viewer: Viewer) -> DraftPage:
    """The page of a draft."""
    before, may_publish = predecessor_of(draft), can_publish(viewer.scope, draft.commission)
    return DraftPage(
        draft=draft,
        before=before,
        paragraph_count=len(differences(before.data, draft.data)) if before is not None else 0,
        entry_count=len(entry_changes(before.entries, draft.entries)) if before is not None else 0,
        may_draft=can_draft(viewer.scope, draft.commission),
        may_publish=may_publish,
        obstacle=_obstacle(draft, before, viewer) if may_publish else "",
    )


def _obstacle(draft: RuleSet, before: RuleSet | None, viewer: Viewer) -> str:
    try:
        check_publishable(draft, before, scope=viewer.scope, on=viewer.today)
    except DomainError as error:
        return sentence(error)
    return ""


def replay_of(draft: RuleSet, before: RuleSet, viewer: Viewer) -> tuple[Replay, tuple[ShiftLine, ...]]:
    """The trial over all projects of the commission, and its lines in words."""
    found = replay(draft.commission, before.data, draft.data, scope=viewer.scope)
    return found, tuple(_line(each, before.data, draft.data) for each in found.shifted)


def _line(shifted: Shifted, before: RuleSetData, after: RuleSetData) -> ShiftLine:
    shift = shifted.shift
    old, new = _names(before), _names(after)
    return ShiftLine(
        route=route_label(shift.route),
        new_route=route_label(shift.new_route),
        is_of_route=shift.is_of_route,
        clock=(shift.clock_days, shift.new_clock_days) if shift.clock_days != shift.new_clock_days else None,
        gone=(*map(duty_label, shift.gone_duties), *(said(old[code]) for code in shift.gone_materials)),
        new=(*map(duty_label, shift.new_duties), *(said(new[code]) for code in shift.new_materials)),
        why_gone=tuple(said(old[key]) for key in shift.gone_rows),
        why_new=tuple(said(new[key]) for key in shift.new_rows),
        projects=shifted,
    )


def _names(rules: RuleSetData) -> Mapping[str, Words]:
    """What rows and materials of the set are called, by key and code."""
    rows = {row.key: Words(row.title, row.title_en) for row in rules.rows}
    return rows | {slot.code: Words(f"{slot.code} {slot.name}", f"{slot.code} {slot.name_en}") for slot in rules.slots}
