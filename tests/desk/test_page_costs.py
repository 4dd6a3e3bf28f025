"""Every page of the navigation costs at most twelve queries, the same with one, ten and fifty rows."""

import math
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from investreview.accounts.middleware import LAST_SEEN
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.roles import Role
from investreview.desk.navigation import sections_for
from investreview.notices.models import Notice
from investreview.projects.models import Case
from tests.desk.many import more_cases
from tests.desk.people import auditor_of, browser
from tests.experts.pool import admit, fresh, give_account, registered
from tests.world import START, World, drive, wanted

MOST = 12
ROWS = (1, 10, 50)
STEPS = ("draft", "handed_over", "released", "checked", "signed", "delivered")
"""Each is a row in the lists of somebody: of the drafter, the releaser, the officers, the leader, the office."""
PEOPLE = {
    "officer": Role.CASE_OFFICER,
    "deputy": Role.DEPUTY_DIRECTOR,
    "document_officer": Role.DOCUMENT_OFFICER,
    "sub_drafter": Role.ENTERPRISE_DRAFTER,
    "group_releaser": Role.ENTERPRISE_RELEASER,
    "expert": Role.EXPERT,
    "auditor": Role.AUDITOR,
    "system_admin": Role.SYSTEM_ADMIN,
    "security_admin": Role.SECURITY_ADMIN,
    "audit_admin": Role.AUDIT_ADMIN,
}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    """One person of each role."""
    expert = registered(world, 0)
    admit(world, expert)
    give_account(world, expert)
    account = fresh(expert).user
    assert account is not None
    others = {"auditor": auditor_of(world), "expert": account}
    return {who: others.get(who) or world.people[who] for who in PEOPLE}


def ways_of(who: str) -> list[str]:
    """The views that the person's navigation leads to."""
    return [way.view for _section, ways in sections_for(frozenset({PEOPLE[who]})) for way in ways]


def pages() -> Iterator[tuple[str, str]]:
    """Everybody with each of their pages."""
    return ((who, view) for who in PEOPLE for view in ways_of(who))


def signed_in(user: User) -> Client:
    """The person's browser; no request writes anew when it was last seen."""
    client = browser(user)
    session = client.session
    session[LAST_SEEN] = int((timezone.now() + timedelta(hours=1)).timestamp())
    session.save()
    return client


def cost_of(client: Client, view: str) -> int:
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse(view))
    assert answer.status_code in (200, 302), f"{view} answered {answer.status_code}"
    return len(captured)


def fill(people: dict[str, User], begun: dict[str, Case], have: int, count: int) -> None:
    """``count`` cases wait at each step, and each person has as many notices; there were ``have``."""
    for case in begun.values():
        more_cases(case, count - max(have, 1), first=max(have, 1))
    Notice.objects.bulk_create(
        Notice(user=person, text="请办理。", url="/", dedupe_key=f"cost-{number}", created_at=START)
        for person in people.values()
        for number in range(have, count)
    )


def test_pages_of_the_navigation_cost_the_same_with_one_ten_and_fifty_rows(
    world: World, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_last", clock._Reading(clock._offset(), math.inf))  # it is not asked once a minute
    begun = {step: drive(world, step, key=step, plan=wanted(world, name=f"{step}（示例）")) for step in STEPS}
    clients = {who: signed_in(person) for who, person in people.items()}
    costs: dict[tuple[str, str], list[int]] = {page: [] for page in pages()}
    for have, count in zip((0, *ROWS), ROWS, strict=False):
        fill(people, begun, have, count)
        if not have:  # the process knows the working days, and the leader has opened the first sheet
            for who, client in clients.items():
                cost_of(client, ways_of(who)[0])
        for who, view in pages():
            costs[who, view].append(cost_of(clients[who], view))
    assert {page: found for page, found in costs.items() if max(found) > found[0]} == {}
    assert {page: found for page, found in costs.items() if max(found) > MOST} == {}
