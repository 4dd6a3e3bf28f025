"""The bar that shows where an amount lies between the bounds of the rule set, and which route each stretch leads to."""

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from investreview.core.money import plain_wan
from investreview.rulebook.facts import FEN, CaseFacts
from investreview.rulebook.routing import Route, route
from investreview.rulebook.ruleset import RuleSetData

WIDTH = 1000
GAP = 4


@dataclass(frozen=True)
class Zone:
    """A stretch of amounts with one route; ``x`` and ``width`` are its place on a bar ``WIDTH`` wide."""

    route: Route
    span: str
    x: int
    width: int
    is_hit: bool


@dataclass(frozen=True)
class RouteBar:
    """The zones from the smallest amount up, and where on the bar the case's amount stands."""

    zones: tuple[Zone, ...]
    pin: int
    amount_yuan: Decimal


@dataclass(frozen=True)
class _Stretch:
    route: Route
    start: Decimal
    bound: Decimal


def route_bar(facts: CaseFacts, rules: RuleSetData) -> RouteBar:
    """How the same project would be routed at every amount, by asking the rules on both sides of each bound."""
    stretches = _stretches(facts, rules)
    amount = facts.routing_amount_yuan
    hit = max(place for place, stretch in enumerate(stretches) if stretch.start <= amount)
    width = WIDTH // len(stretches)
    zones = tuple(
        Zone(
            route=stretch.route,
            span=_span(stretch, following),
            x=place * width,
            width=width - GAP,
            is_hit=place == hit,
        )
        for place, (stretch, following) in enumerate(zip(stretches, [*stretches[1:], None], strict=True))
    )
    end = stretches[hit + 1].bound if hit + 1 < len(stretches) else None
    pin = hit * width + int((width - GAP) * _share(amount, stretches[hit].bound, end))
    return RouteBar(zones=zones, pin=pin, amount_yuan=amount)


def _stretches(facts: CaseFacts, rules: RuleSetData) -> list[_Stretch]:
    found = [_Stretch(_route_at(Decimal(0), facts, rules), Decimal(0), Decimal(0))]
    bounds = {bound for one in rules.thresholds if (bound := one.in_yuan(facts)) is not None and bound > 0}
    for bound in sorted(bounds):
        first = bound.quantize(FEN, ROUND_CEILING)
        for start in (first, first + FEN):
            here = _route_at(start, facts, rules)
            if here is not found[-1].route:
                found.append(_Stretch(here, start, bound))
    return found


def _route_at(amount: Decimal, facts: CaseFacts, rules: RuleSetData) -> Route:
    return route(replace(facts, own_commitment_yuan=amount, total_investment_yuan=amount), rules).route


def _span(stretch: _Stretch, following: _Stretch | None) -> str:
    is_first = stretch.bound == 0
    if following is None:
        return _("任意金额") if is_first else _("%(lower)s以上") % {"lower": _lower(stretch)}
    if is_first:
        return _("%(upper)s以下") % {"upper": _upper(following)}
    return _("%(lower)s至%(upper)s") % {"lower": _lower(stretch), "upper": _upper(following)}


def _lower(stretch: _Stretch) -> str:
    shown = {"amount": _wan(stretch.bound)}
    return (_("%(amount)s万元（含）") if stretch.start <= stretch.bound else _("%(amount)s万元（不含）")) % shown


def _upper(following: _Stretch) -> str:
    shown = {"amount": _wan(following.bound)}
    return (_("%(amount)s万元（不含）") if following.start <= following.bound else _("%(amount)s万元（含）")) % shown


def _wan(bound: Decimal) -> str:
    return plain_wan(bound.quantize(FEN, ROUND_CEILING))


def _share(amount: Decimal, start: Decimal, end: Decimal | None) -> Decimal:
    """How far along its stretch an amount is; in the last one, which has no end, the further the more it exceeds."""
    if end is not None:
        return min((amount - start) / (end - start), Decimal(1))
    return 1 - start / amount if amount > 0 else Decimal(0)
