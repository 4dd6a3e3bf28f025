"""需要关注: what somebody should look at now, the most pressing first, each line leading to its case."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.core.templatetags.ir import short_day
from investreview.desk.overview.facts import CaseFact, Delay
from investreview.desk.overview.lists import due_soon, overdue, under_way
from investreview.desk.overview.reading import Reading
from investreview.desk.overview.tables import what_is_due
from investreview.desk.words import Badge

SHOWN = 6
SOON_FIRST = 2
"""So many of what is due soon stand before what is waited for; the others after it, and all in their list."""
CONDITION_DAYS = 5


@dataclass(frozen=True)
class Matter:
    """One line: its mark (``state`` as the timeline wants it), the project, what about it, and facts in small."""

    state: str
    project: str
    url: str
    text: str
    note: str
    badge: Badge | None = None


Told = Callable[[], Matter]
"""A matter that is put into words when it is shown."""


@dataclass(frozen=True)
class Attention:
    """The first few matters, and how many more there are."""

    matters: tuple[Matter, ...]
    more: int


def attention(reading: Reading) -> Attention:
    """What is overdue, reported late or invested first, due soon, or waited for: of what is under way now.

    Only what is shown is put into words.
    """
    if not reading.wish.is_current:
        return Attention((), 0)
    soon = list(_delays(due_soon(reading), "now"))
    found = [
        *_delays(overdue(reading), "late"),
        *_reports(reading),
        *soon[:SOON_FIRST],
        *_panels(reading),
        *_conditions(reading),
        *_papers(reading),
        *soon[SOON_FIRST:],
    ]
    return Attention(tuple(tell() for tell in found[:SHOWN]), max(len(found) - SHOWN, 0))


def _delays(delays: tuple[Delay, ...], state: str) -> Iterator[Told]:
    return (partial(_delay, one, state) for one in delays)


def _delay(one: Delay, state: str) -> Matter:
    left, due_on = one.left, short_day(one.due_on)
    if left < 0:
        badge = Badge(ngettext("超期 %d 个工作日", "超期 %d 个工作日", -left) % -left, "red")
        note = _("%(group)s · 应于%(day)s办结") % {"group": one.case.group, "day": due_on}
    else:
        said = ngettext("剩 %d 个工作日", "剩 %d 个工作日", left) % left if left else _("今日到期")
        badge, note = Badge(said, "amber"), f"{one.case.group} · {due_on}"
    note = f"{note} · {one.who}" if one.who else note
    return Matter(state, one.case.project, one.case.url, what_is_due(one), note, badge)


def _reports(reading: Reading) -> Iterator[Told]:
    invested_first, late = _("先投后备"), _("迟报")
    for case in under_way(reading):
        if case.is_invested_first:
            yield partial(_report, case, invested_first)
        if case.is_late:
            yield partial(_report, case, late)


def _report(case: CaseFact, word: str) -> Matter:
    note = _("%(group)s · %(day)s报送") % {"group": case.group, "day": short_day(case.released_on)}
    return Matter("late", case.project, case.url, _("疑似，待核实"), note, Badge(word, "red"))


def _panels(reading: Reading) -> Iterator[Told]:
    for panel in reading.panels:
        case = reading.by_id.get(panel.case_id)
        if case is not None and panel.confirmed < panel.size:
            said = _("专家组已确认 %(confirmed)d/%(size)d") % {"confirmed": panel.confirmed, "size": panel.size}
            note = _("%(group)s · 论证会 %(day)s") % {"group": case.group, "day": short_day(panel.meets_on)}
            yield partial(Matter, "now", case.project, case.url, said, note)


def _conditions(reading: Reading) -> Iterator[Told]:
    today = reading.wish.today
    for one in reading.conditions:
        is_over = one.due_on < today
        if is_over or reading.calendar.count(today, one.due_on) <= CONDITION_DAYS:
            said = ngettext("%d 项论证条件待企业证明", "%d 项论证条件待企业证明", one.count) % one.count
            note = _("%(group)s · 期限 %(day)s") % {"group": one.group, "day": short_day(one.due_on)}
            badge = Badge(_("已过期限"), "red") if is_over else None
            yield partial(Matter, "late" if is_over else "now", one.project, one.url, said, note, badge)


def _papers(reading: Reading) -> Iterator[Told]:
    for paper in reading.papers:
        if not paper.is_compared:
            note = _("%(group)s · 纸面日期 %(day)s") % {"group": paper.group, "day": short_day(paper.dated_on)}
            yield partial(Matter, "todo", paper.project, paper.url, _("线下签批待核对"), note)
