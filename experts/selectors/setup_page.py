"""What the operator sees before a freeze: the pool of the day, who stands aside and why, each one's chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from experts.models import Panel
from experts.selectors.eligible import PoolForDraw, pool_for_draw
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.draws.outlook import chances
from investreview.projects.models import Case
from investreview.projects.routing import confirmed_rules


@dataclass(frozen=True)
class SetupPage:
    """The pool and what a draw from it promises. ``hits`` by stable id, out of ``seed_count`` simulated draws.

    ``certain`` are those who were drawn every time: the rules leave no choice about them. While the pool has a
    shortage nothing can be promised and ``seed_count`` is 0.
    """

    pool: PoolForDraw
    seed_count: int
    hits: Mapping[str, int]
    certain: tuple[str, ...]


def setup_page(scope: Scope, case: Case, *, industries: tuple[str, ...], on: date) -> SetupPage:
    """The outlook for a panel of the case. Raises: NotVisible (experts_seat_not_visible) for all but operators."""
    if not scope.holds(Role.DRAW_OPERATOR, case.path):
        raise NotVisible("experts_seat_not_visible")
    following = Panel.objects.filter(case=case).count() + 1
    pool = pool_for_draw(case=case, industries=industries, round=following, on=on)
    if pool.shortages:
        return SetupPage(pool=pool, seed_count=0, hits={}, certain=())
    ids = [row.stable_id for row in pool.rows]
    number_of = {stable_id: number for number, stable_id in enumerate(ids, 1)}
    rows = [{"no": number_of[row.stable_id], "spec": list(row.spec), "unit": row.employer_key} for row in pool.rows]
    seats = [{"spec": seat.key, "n": seat.count} for seat in pool.seats]
    excluded = {number_of[each.stable_id] for each in pool.excluded}
    found = chances(rows, seats, excluded, confirmed_rules(case).panel.per_employer)
    return SetupPage(
        pool=pool,
        seed_count=found.seed_count,
        hits={stable_id: found.hits[number] for stable_id, number in number_of.items()},
        certain=tuple(ids[number - 1] for number in found.certain),
    )
