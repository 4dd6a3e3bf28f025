"""The page before a freeze: which industries, then what would be frozen and what it promises, then the freeze."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from experts.labels import EXCLUSION_LABELS, NOT_LISTED_LABELS
from experts.selectors.setup_page import SetupPage, setup_page
from investreview.core.clock import legal_date
from investreview.core.scope import Scope
from investreview.projects.panel import said
from investreview.projects.routing import confirmed_rules
from investreview.rulebook.panels import PanelRules
from workflows.models import WorkItem


@dataclass(frozen=True)
class Excluded:
    """A member of the pool who cannot be drawn: library number, first reason, every basis and path."""

    stable_id: str
    label: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lack:
    """Seats of these classes together need more people than there are."""

    seats: str
    need: int
    have: int


@dataclass(frozen=True)
class Outlook:
    """What would be frozen now. Units: ``least`` and ``most`` in basis points; who is certain is told by class only."""

    setup: SetupPage
    seats: str
    unit_cap: int
    excluded: tuple[Excluded, ...]
    lacks: tuple[Lack, ...]
    least: int
    most: int
    certain: tuple[str, ...]
    not_listed: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Industry:
    """One industry that a project can belong to, and whether it was chosen."""

    key: str
    name: str
    is_chosen: bool


def setup_context(item: WorkItem, *, scope: Scope, at: datetime, panels: Sequence[Any], typed: Any) -> dict[str, Any]:
    """What the page shows the operator: industries as typed, and the outlook once one was chosen."""
    rules = confirmed_rules(item.case).panel
    known = [one for one in rules.specialties if one.is_industry]
    chosen = tuple(one.key for one in known if one.key in set(typed.getlist("industries")))
    return {
        "item": item,
        "case": item.case,
        "industries": [Industry(one.key, said(one.name, one.name_en), one.key in chosen) for one in known],
        "chosen": chosen,
        "has_asked": bool(typed),
        "shows_form": bool(chosen) or any(one.form.is_bound for one in panels),
        "outlook": outlook(item, rules, chosen, scope=scope, at=at) if chosen else None,
        "panels": panels,
    }


def outlook(item: WorkItem, rules: PanelRules, chosen: tuple[str, ...], *, scope: Scope, at: datetime) -> Outlook:
    """What a freeze of this moment would fix, and each one's chance. Raises: NotVisible for all but operators."""
    setup = setup_page(scope, item.case, industries=chosen, on=legal_date(at))
    names = {each.key: said(each.name, each.name_en) for each in rules.seats} | {"*": _("不限专业")}
    drawable = {row.stable_id: row for row in setup.pool.drawable}
    hits = [count for stable_id, count in setup.hits.items() if stable_id in drawable]
    return Outlook(
        setup=setup,
        seats=_("、").join(f"{names[seat.key]} {seat.count}" for seat in setup.pool.seats),
        unit_cap=rules.per_employer,
        excluded=tuple(
            Excluded(
                each.stable_id,
                str(EXCLUSION_LABELS[each.code]),
                tuple((reason.basis, reason.path) for reason in each.reasons),
            )
            for each in setup.pool.excluded
        ),
        lacks=tuple(
            Lack(_("、").join(names[key] for key in each.seats), each.need, each.have) for each in setup.pool.shortages
        ),
        least=_share(min(hits, default=0), setup.seed_count),
        most=_share(max(hits, default=0), setup.seed_count),
        certain=tuple(sorted(_classes(drawable[one].spec, names) for one in setup.certain if one in drawable)),
        not_listed=tuple((str(NOT_LISTED_LABELS[code]), count) for code, count in setup.pool.not_listed.items()),
    )


def _classes(spec: tuple[str, ...], names: Mapping[str, str]) -> str:
    return _("、").join(names[key] for key in spec) or names["*"]


def _share(hits: int, seeds: int) -> int:
    return hits * 10_000 // seeds if seeds else 0
