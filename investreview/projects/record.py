"""The record of a case, read whole by one statement for a page that shows most of it.

After ``read_record`` the questions that rules, papers and pages put to the case (its facts, its route, its clock, what
is missing) ask nothing more; where it was not read, ``listed`` reads one list for itself.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from investreview.core.gathering import gather_related
from investreview.core.once import told
from investreview.projects.models import (
    Case,
    Commitment,
    FormerHolder,
    MaterialVersion,
    Opinion,
    Party,
    Pledge,
    Remedy,
    RoutingRecord,
)

_BY_PAPER = ("author", "on_behalf_of", "paper__entered_by", "paper__compared_by")
_LISTS: dict[str, Callable[[], QuerySet[Any]]] = {
    "opinions": lambda: Opinion.objects.select_related(*_BY_PAPER),
    "materials": lambda: MaterialVersion.objects.select_related("file", "provided_by"),
    "routings": lambda: RoutingRecord.objects.select_related("rule_set"),
    "remedies": lambda: Remedy.objects.select_related("drafted_by", "checked_by"),
    "pledges": lambda: Pledge.objects.select_related("pledged_by", "rule_set"),
    "former_holders": lambda: FormerHolder.objects.select_related("person"),
}
_SHOWN = ("opinions", "materials", "routings", "remedies")
_DECLARED: tuple[Any, ...] = (
    "declaration__phases",
    Prefetch("declaration__commitments", Commitment.objects.select_related("enterprise")),
    Prefetch("declaration__parties", Party.objects.select_related("organisation")),
)
_OF_GROUP = ("group__short_names", "group__financial_positions")


def read_record(case: Case, *, beside: Iterable[QuerySet[Any, Any]] = ()) -> None:
    """The case has all its lists at hand, and ``beside`` is evaluated: one statement."""
    lists = (Prefetch(name, _LISTS[name]()) for name in _SHOWN)
    gather_related(case, *_DECLARED, *_OF_GROUP, "clock_stops", *lists, beside=beside)
    told(("calendar", case.commission_id), case.commission.calendar_stamp)


def read_draft(case: Case) -> None:
    """What the pages of a draft ask of it: declared rows, materials, pledges, the group's figures; one statement."""
    lists = (Prefetch(name, _LISTS[name]()) for name in ("materials", "pledges"))
    gather_related(case, *_DECLARED, "group__financial_positions", *lists)
    told(("calendar", case.commission_id), case.commission.calendar_stamp)


def read_declared(case: Case) -> None:
    """What was declared, and the group's figures by which it is judged, are at hand; one statement."""
    gather_related(case, *_DECLARED, "group__financial_positions")


def listed(case: Case, name: str) -> list[Any]:
    """The list ``name`` of the case in its usual order: as a page has read it, else read for itself."""
    if is_read(case, name):
        return list(getattr(case, name).all())
    return list(_LISTS[name]().filter(case=case))


def is_read(holder: Model, name: str) -> bool:
    """Whether the list was read along with its holder."""
    return name in getattr(holder, "_prefetched_objects_cache", {})


def last_routing(case: Case) -> RoutingRecord | None:
    """The latest decision on the route."""
    records = listed(case, "routings")
    return records[-1] if records else None


def current_materials(case: Case) -> list[MaterialVersion]:
    """What fills each slot now, in the order of the catalogue."""
    return sorted((one for one in listed(case, "materials") if one.is_current), key=lambda one: (one.slot, one.pk))


def last_remedy(case: Case) -> Remedy | None:
    """The latest letter that puts a mistake right."""
    remedies = listed(case, "remedies")
    return remedies[-1] if remedies else None


def open_remedy(case: Case) -> Remedy | None:
    """The letter at work that puts a mistake right; at most one is."""
    return next((one for one in listed(case, "remedies") if one.state in Remedy.OPEN), None)
