"""The pages of a panel as people use them: at the hall's own time, one browser a person."""

from typing import Any

from django.test import Client

from investreview.accounts.models import User
from tests.experts.halls import Hall
from tests.workflows.doors import hidden, scan, set_time, signed_in
from workflows.models import WorkItem

__all__ = ["act", "at_step", "browser", "opened", "page_of", "scan", "text", "url"]


def browser(there: Hall, who: str | User) -> Client:
    """A browser in which this person has signed in, a minute after the last act."""
    set_time(there.tick())
    return signed_in(there.world.people[who] if isinstance(who, str) else who)


def url(there: Hall, tail: str = "") -> str:
    """An address of the newest panel."""
    return f"/experts/panels/{there.panel.pk}/{tail}"


def opened(there: Hall, who: str | User, address: str | None = None) -> Any:
    """What the person gets at an address, the panel's own where none is given."""
    return browser(there, who).get(address or url(there), follow=True)


def text(there: Hall, who: str | User, address: str | None = None) -> str:
    """The page as text."""
    answer = opened(there, who, address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def act(there: Hall, who: str | User, name: str, **typed: Any) -> Any:
    """The person sends an act on the record."""
    return browser(there, who).post(url(there, f"{name}/"), typed)


def page_of(there: Hall, node: str, place: str = "") -> str:
    """The address of an open step."""
    item = WorkItem.objects.get(case=there.case, node=node, place=place, state=WorkItem.State.OPEN)
    return f"/tasks/{item.task_id}/"


def at_step(
    there: Hall, who: str | User, node: str, name: str, *, seat: str = "", query: str = "", **typed: Any
) -> Any:
    """The person opens a step and submits one of its acts."""
    client = browser(there, who)
    address = page_of(there, node, seat)
    page = client.get(address + query)
    assert page.status_code == 200, page.content.decode()[:2000]
    return client.post(address, {**hidden(page, name), **typed})
