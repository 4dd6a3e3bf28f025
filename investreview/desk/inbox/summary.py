"""What stands around the tabs: how many each holds, what waits to be claimed and read, what was finished this week."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI
from investreview.core.counting import count_of
from investreview.desk.inbox.filtering import Chosen
from investreview.desk.inbox.rows import Inbox, Row
from investreview.desk.inbox.tabs import Tab, label_of
from investreview.desk.selectors.viewing import Viewer
from investreview.desk.words import act_name
from investreview.projects.selectors import visible_cases
from workflows.models import WorkItem

FEW = 5
_ENDING_ACTS = frozenset({"deliver", "acknowledge", "deliver_remedy"})
"""What ends the work on a case as both sides may know it."""
_ENDING_INSIDE = _ENDING_ACTS | {"sign", "sign_remedy"}


@dataclass(frozen=True)
class TabLink:
    """One tab: its name, its address, how many it holds."""

    tab: Tab
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Finished:
    """One thing that was finished: of which project, what, when, with which document."""

    project: str
    act: str
    at: datetime | None
    detail: str
    url: str


@dataclass(frozen=True)
class Cards:
    """What the cards below the list show."""

    to_claim: tuple[Row, ...]
    to_read: tuple[Row, ...]
    finished: tuple[Finished, ...]


@dataclass(frozen=True)
class Counts:
    """How many rows each tab holds, and how many there are of each kind of ``beside``; nothing is read for none."""

    tabs: dict[Tab, int]
    beside: dict[str, int]


def counts_of(inbox: Inbox, beside: Mapping[str, QuerySet[Any]]) -> Counts:
    """All the counts of the page in one query; of what was circulated, what is unread."""
    rows: dict[str, QuerySet[Any]] = {tab.value: inbox.rows_of(tab) for tab in Tab}
    rows[Tab.CIRCULATED.value] = rows[Tab.CIRCULATED.value].filter(read_at__isnull=True)
    columns = {f"count_{name}": count_of(found) for name, found in {**rows, **beside}.items()}
    found = User.objects.filter(pk=inbox.viewer.user.pk).annotate(**columns).values(*columns).get()
    return Counts(
        tabs={tab: found[f"count_{tab.value}"] for tab in Tab}, beside={name: found[f"count_{name}"] for name in beside}
    )


def tab_links(counts: Counts, on: Tab, viewer: Viewer) -> tuple[TabLink, ...]:
    """The tabs in their order."""
    return tuple(
        TabLink(tab, label_of(tab, of_enterprise=viewer.is_enterprise), counts.tabs[tab], tab == on) for tab in Tab
    )


def cards_of(inbox: Inbox, counts: Counts, finished: Iterable[WorkItem]) -> Cards:
    """The first of what waits to be claimed and read, and what was ``finished`` this week."""
    to_claim = inbox.page(Chosen(Tab.CLAIM), length=FEW).rows if counts.tabs[Tab.CLAIM] else ()
    to_read = inbox.page(Chosen(Tab.CIRCULATED), length=FEW).rows if counts.tabs[Tab.CIRCULATED] else ()
    return Cards(
        to_claim=to_claim,
        to_read=tuple(row for row in to_read if not row.is_read),
        finished=tuple(_finished(item) for item in finished),
    )


def week_begins_on(today: date) -> date:
    """The Monday of a day."""
    return today - timedelta(days=today.weekday())


def finished_this_week(viewer: Viewer) -> QuerySet[WorkItem]:
    """What ended since Monday on cases the person had a hand in, or that their enterprise declared; latest first."""
    since = datetime.combine(week_begins_on(viewer.today), datetime.min.time(), SHANGHAI)
    items = WorkItem.objects.filter(
        state=WorkItem.State.DONE,
        done_at__gte=since,
        act__in=_ENDING_ACTS if viewer.is_enterprise else _ENDING_INSIDE,
        case__in=visible_cases(viewer.scope).values("pk"),
    )
    if not viewer.is_enterprise:
        mine = WorkItem.objects.filter(case=OuterRef("case"), done_by=viewer.user)
        items = items.filter(Exists(mine))
    return items.select_related("case__project").order_by("-done_at", "-pk")


def _finished(item: WorkItem) -> Finished:
    return Finished(
        project=item.case.project.name,
        act=act_name(item.act),
        at=item.done_at,
        detail=item.case.document_number or item.case.number,
        url=reverse("desk:case", args=[item.case.number]),
    )
