"""What the frame of every page shows of the person: their ways with counts, their commission, the rule set in force.

Read only when a template asks, in two queries: who they stand in for, and everything else at once.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.roles import SIGNING_ROLES, Role
from investreview.desk.counting import count_of
from investreview.desk.navigation import sections_for
from investreview.desk.ways import CASE_ROLES, Way
from investreview.notices.models import Notice
from investreview.projects.instructions import waiting_instructions
from investreview.rulebook.models import RuleSet
from workflows.selectors import inbox

log = logging.getLogger(__name__)
ON_PHONE = 4


@dataclass(frozen=True)
class Item:
    """One way as the templates show it."""

    label: str
    help: str
    url: str
    icon: str
    count: int
    is_on: bool
    is_on_phone: bool


@dataclass(frozen=True)
class Group:
    """Ways under one heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Frame:
    """Everything the frame shows of the person."""

    groups: tuple[Group, ...] = ()
    commission_name: str = ""
    rule_set_code: str = ""
    unread_count: int = 0
    may_search: bool = False

    @property
    def on_phone(self) -> tuple[Item, ...]:
        """The few ways of the bar at the bottom of a phone."""
        return tuple(item for group in self.groups for item in group.items if item.is_on_phone)[:ON_PHONE]


def navigation(request: HttpRequest) -> dict[str, object]:
    """The frame's variables; nobody signed in has no ways."""
    frame: Any = SimpleLazyObject(lambda: _frame(request))
    return {
        "navigation": SimpleLazyObject(lambda: frame.groups),
        "phone_navigation": SimpleLazyObject(lambda: frame.on_phone),
        "commission_name": SimpleLazyObject(lambda: frame.commission_name),
        "rule_set_code": SimpleLazyObject(lambda: frame.rule_set_code),
        "unread_notices": SimpleLazyObject(lambda: frame.unread_count),
        "may_search": SimpleLazyObject(lambda: frame.may_search),
    }


def _frame(request: HttpRequest) -> Frame:
    """The frame; a page that tells of a fault in the database must not fail for its navigation."""
    try:
        return read_frame(request) if isinstance(getattr(request, "user", None), User) else Frame()  # type: ignore[arg-type]
    except DatabaseError:
        log.warning("no navigation: the database did not answer")
        return Frame()


def read_frame(request: ScopedRequest) -> Frame:
    """The ways of the signed-in person with their counts, the commission's name, the code of the rules in force."""
    numbers = _numbers(request, clock.now())
    match = request.resolver_match
    here = match.view_name if match is not None else ""
    return Frame(
        groups=tuple(
            Group(str(section.heading), tuple(_item(way, numbers, here) for way in ways))
            for section, ways in sections_for(roles_of(request))
        ),
        commission_name=numbers["commission__short_name"] or "",
        rule_set_code=numbers["rules"] or "",
        unread_count=numbers["unread"],
        may_search=bool(request.scope.roles & CASE_ROLES),
    )


def roles_of(request: ScopedRequest) -> frozenset[Role]:
    """What the person holds; an expert holds nothing on any body, the account itself is the role (DOMAIN §1)."""
    is_expert = request.user.kind == User.Kind.EXPERT
    return request.scope.roles | {Role.EXPERT} if is_expert else request.scope.roles


def _item(way: Way, numbers: dict[str, Any], here: str) -> Item:
    return Item(
        label=str(way.label),
        help=str(way.help),
        url=reverse(way.view),
        icon=way.icon,
        count=numbers[way.count] if way.count else 0,
        is_on=here == way.view or here in way.also,
        is_on_phone=way.is_on_phone,
    )


def _numbers(request: ScopedRequest, at: datetime) -> dict[str, Any]:
    user = request.user
    tasks = inbox(user=user, scope=request.scope, at=at, lent=request.lent)
    unread = Notice.objects.filter(user=user, read_at__isnull=True)
    row: dict[str, Any] = (
        User.objects.filter(pk=user.pk)
        .annotate(
            tasks=count_of(tasks),
            unread=count_of(unread),
            to_sign=count_of(tasks.filter(role__in=sorted(SIGNING_ROLES))),
            instructions=count_of(waiting_instructions(user, request.scope)),
            rules=_rule_set_code(at),
        )
        .values("tasks", "unread", "to_sign", "instructions", "rules", "commission__short_name")
        .get()
    )
    return row


def _rule_set_code(at: datetime) -> Subquery:
    """The code of what ``rulebook.selectors.rule_set_in_force`` answers for the person's commission."""
    today = legal_date(at)
    in_force = (
        RuleSet.objects.filter(commission=OuterRef("commission"), effective_from__lte=today)
        .filter(Q(effective_until__isnull=True) | Q(effective_until__gte=today))
        .exclude(state=RuleSet.State.DRAFT)
    )
    return Subquery(in_force.values("code")[:1])
