"""The demonstration's main job: found the commission, play a year of cases through the product, count the result."""

import resource
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command

from investreview.accounts.models import User
from investreview.accounts.services import change_password
from investreview.core import clock
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.demo.cast import DATA, PASSWORD, Cast, hire, known
from investreview.demo.processes import running_worker
from investreview.demo.script import Event, Story
from investreview.demo.summary import write_summary
from investreview.desk.founding import found
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.journal.services import seal
from investreview.registry.models import Commission
from investreview.registry.selectors import work_calendar

FOUNDED_AT = datetime(2024, 1, 2, 9, tzinfo=SHANGHAI)
NOW = datetime(2024, 8, 7, 9, tzinfo=SHANGHAI)
FOUNDING_FILE = Path(settings.BASE_DIR) / "docs" / "founding" / "lianyungang.yaml"
RENDER_SECONDS = 300.0
POLL_SECONDS = 0.2


class DemonstrationFailed(Exception):
    """The result is not what the demonstration promises; the text says what."""


@dataclass(frozen=True)
class Account:
    """One account to try, and what it is for."""

    username: str
    password: str
    part: str


def build(folder: Path) -> None:
    """``folder`` holds the database, the documents and ``summary.json`` of a finished year.

    Raises: DemonstrationFailed when anything is not as it should be.
    """
    began = time.monotonic()
    call_command("migrate", interactive=False, verbosity=0)
    cast = _people()
    _play(_stories(cast, "closed"))
    clock.start_demonstration(NOW)
    _render()
    seal()
    write_summary(folder, seconds=time.monotonic() - began, peak_mb=_peak_mb())


def add_open_cases() -> None:
    """A case waits for each role, so that a newcomer can act at once; asked again, nothing is added twice."""
    stories = _stories(known(Commission.objects.get(code="LYG")), "open")
    _play([story for story in stories if not story.is_begun()])
    seal()


def accounts() -> list[Account]:
    """Every account of the demonstration, the commission's people first."""
    people = User.objects.filter(is_active=True).order_by("commission_id", "kind", "pk")
    return [
        Account(person.username, PASSWORD, f"{person.full_name} {part_of(person)}")
        for person in people
        if person.check_password(PASSWORD)
    ]


def part_of(person: User) -> str:
    """What a person is, in words: body and roles."""
    roles = "、".join(str(one.get_role_display()) for one in person.memberships.all())
    body = person.enterprise or person.office or person.commission
    return f"{body}（{roles}）"


def _people() -> Cast:
    founding = found(FOUNDING_FILE, at=FOUNDED_AT)
    for administrator in founding.administrators.values():
        first = founding.one_time_passwords[administrator.username]
        change_password(user=administrator, old_password=first, new_password=PASSWORD, at=FOUNDED_AT)
    administrators = founding.administrators
    return hire(
        founding.commission,
        security=administrators[Role.SECURITY_ADMIN],
        confirmer=administrators[Role.AUDIT_ADMIN],
        at=FOUNDED_AT,
    )


def _stories(cast: Cast, which: str) -> list[Story]:
    lines = yaml.safe_load((DATA / "cases-2024.yaml").read_text(encoding="utf-8"))[which]
    calendar = work_calendar(cast.commission)
    return [Story(line, cast, calendar, order) for order, line in enumerate(lines, 1)]


def _play(stories: list[Story]) -> None:
    events: list[Event] = sorted(event for story in stories for event in story.events())
    for event in events:
        if event.at > NOW:
            raise DemonstrationFailed(f"{event.label} lies after the demonstration's present: {event.at}")
        event.run()


def _render() -> None:
    """Every PDF that waits was made by the real worker process."""
    with running_worker() as worker:
        until = time.monotonic() + RENDER_SECONDS
        while Rendition.objects.filter(state=RenditionState.PENDING).exists():
            if worker.poll() is not None:
                raise DemonstrationFailed("the worker process ended by itself")
            if time.monotonic() > until:
                raise DemonstrationFailed("the documents were not rendered in time")
            time.sleep(POLL_SECONDS)
    failed = Rendition.objects.filter(state=RenditionState.FAILED).values_list("document__title", "error")
    if failed:
        raise DemonstrationFailed(f"documents failed: {list(failed)}")


def _peak_mb() -> float:
    kib = max(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    )
    return round(kib / 1024, 1)
