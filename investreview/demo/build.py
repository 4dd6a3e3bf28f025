"""The demonstration's main job: found the commission, play a year of cases through the product, count the result."""

import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import change_password
from investreview.core import clock
from investreview.core.clock import SHANGHAI
from investreview.core.roles import Role
from investreview.demo.cast import DATA, PASSWORD, Cast, hire, known
from investreview.demo.counties import new_counties
from investreview.demo.hands import hold_meeting
from investreview.demo.panel_script import PanelStory
from investreview.demo.past_script import PastStory
from investreview.demo.pool import admit_everybody
from investreview.demo.processes import running_worker
from investreview.demo.sample_script import SampleStory
from investreview.demo.script import Event, Story
from investreview.demo.summary import write_summary
from investreview.desk.founding import found
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.evaluations.selectors.waiting import waiting_steps
from investreview.journal.services import seal
from investreview.projects.past.selectors import waiting_for
from investreview.registry.models import Commission
from investreview.registry.selectors import work_calendar
from workflows.panel.pages.expert_desk import expert_desk

FOUNDED_AT = datetime(2024, 1, 2, 9, tzinfo=SHANGHAI)
ADMITTED_AT = datetime(2024, 1, 10, 9, tzinfo=SHANGHAI)
NOW = datetime(2024, 8, 7, 9, tzinfo=SHANGHAI)
FOUNDING_FILE = Path(settings.BASE_DIR) / "docs" / "founding" / "lianyungang.yaml"
RENDER_SECONDS = 300.0
POLL_SECONDS = 0.2
CITY = "LYG"
SHOWN_KINDS = ("STAFF", "ENTERPRISE", "EXPERT", "AUDITOR", "ADMIN")


class DemonstrationFailed(Exception):
    """The result is not what the demonstration promises; the text says what."""


class DatabaseInUse(Exception):
    """The database already holds a commission; a demonstration begins in an empty one."""


@dataclass(frozen=True)
class Account:
    """One account to try, and what it is for."""

    username: str
    password: str
    part: str


def build(folder: Path, *, leaves_work: bool = False) -> dict[str, Any]:
    """``folder`` holds the database, the documents and ``summary.json`` of a finished year; returns the summary.

    With ``leaves_work`` some notices of the sample wait for their next person, as in the served demonstration.
    Raises: DatabaseInUse, before anything is written; DemonstrationFailed when anything is not as it should be.
    """
    began = time.monotonic()
    if is_founded():
        raise DatabaseInUse
    call_command("migrate", interactive=False, verbosity=0)
    cast = _people()
    past = _past()
    sample = SampleStory(past["sample"], past["ledger"]["projects"], cast, 0, leaves_work)
    ledger = PastStory(past["ledger"], cast, 0)
    _play([ledger, sample, *_stories(cast, "closed"), *_stories(cast, "panels", PanelStory)])
    clock.start_demonstration(NOW)
    _render()
    seal()
    return write_summary(folder, seconds=time.monotonic() - began, peak_mb=_peak_mb())


def is_founded() -> bool:
    """Whether the database holds a commission already."""
    tables = connection.introspection.table_names()
    return Commission._meta.db_table in tables and Commission.objects.exists()


def add_open_cases() -> None:
    """A case waits for each role and at every step of a panel, a ledger for its second person, a sample at each of its
    steps with a county's commission; nothing comes twice."""
    cast = known(Commission.objects.get(code=CITY))
    ledger = PastStory(_past()["waiting"], cast, 0)
    stories: list[Story | PastStory] = [ledger, *_stories(cast, "open"), *_stories(cast, "open_panels", PanelStory)]
    _play([*(story for story in stories if not story.is_begun()), *new_counties(FOUNDED_AT)])
    hold_meeting(cast, NOW)
    seal()


def accounts() -> list[Account]:
    """The accounts to try, the city's people first; of experts and counties those for whom something waits."""
    active = User.objects.filter(is_active=True).select_related("commission", "enterprise", "office")
    people = sorted(active.order_by("commission_id", "pk"), key=_shown_place)
    parts = ((person, part_of(person)) for person in people if person.check_password(PASSWORD))
    return [Account(person.username, PASSWORD, f"{person.full_name} {part}") for person, part in parts if part]


def _shown_place(person: User) -> tuple[bool, int]:
    return _is_of_a_county(person), SHOWN_KINDS.index(person.kind)


def _is_of_a_county(person: User) -> bool:
    return person.commission is not None and person.commission.code != CITY


def part_of(person: User) -> str:
    """What a person is, in words: body and roles; an expert, and somebody of a county, only while something waits."""
    if person.kind == User.Kind.EXPERT:
        waiting = [f"{row.todo}（{row.title}）" for row in expert_desk(person).waiting]
        return f"论证专家：{'；'.join(waiting)}" if waiting else ""
    roles = "、".join(str(one.get_role_display()) for one in person.memberships.all())
    waiting = _sample_and_past_waiting(person)
    if _is_of_a_county(person) and not waiting:
        return ""
    body = str(person.enterprise or person.office or person.commission)
    if _is_of_a_county(person) and person.office is not None:
        body = f"{person.commission}{person.office}"
    return f"{body}（{roles}）{'；补录与后评价待办：' if waiting else ''}{'；'.join(waiting)}"


def _sample_and_past_waiting(person: User) -> list[str]:
    """The steps of the sample's notices and the ledgers that wait for a person."""
    now = clock.now()
    scope = scope_of(person, now)
    steps = [f"{one.step}（{one.label}）" for one in waiting_steps(user=person, scope=scope, at=now)]
    return [*steps, *(f"核对补录台账（{batch.file_name}）" for batch in waiting_for(person, scope))]


def _people() -> Cast:
    founding = found(FOUNDING_FILE, at=FOUNDED_AT)
    for administrator in founding.administrators.values():
        first = founding.one_time_passwords[administrator.username]
        change_password(user=administrator, old_password=first, new_password=PASSWORD, at=FOUNDED_AT)
    administrators = founding.administrators
    security = administrators[Role.SECURITY_ADMIN]
    cast = hire(founding.commission, security=security, confirmer=administrators[Role.AUDIT_ADMIN], at=FOUNDED_AT)
    admit_everybody(cast, security=security, at=ADMITTED_AT)
    return cast


def _stories(cast: Cast, which: str, kind: type[Story] = Story) -> list[Story]:
    lines = yaml.safe_load((DATA / "cases-2024.yaml").read_text(encoding="utf-8"))[which]
    calendar = work_calendar(cast.commission)
    return [kind(line, cast, calendar, order) for order, line in enumerate(lines, 1)]


def _past() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((DATA / "past-2024.yaml").read_text(encoding="utf-8"))
    return data


def _play(stories: Iterable[Story | PastStory | SampleStory]) -> None:
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
