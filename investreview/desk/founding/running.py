"""One run over a founding file: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.passwords import one_time_password
from investreview.core.actor import Actor
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.desk.founding.bodies import an_enterprise, an_office, the_commission
from investreview.desk.founding.people import a_person, the_administrators
from investreview.desk.founding.reading import Section, read_file
from investreview.desk.founding.telling import Line, Run, Thing, told_at
from investreview.documents.kinds import NumberMode
from investreview.documents.models import NumberSeries
from investreview.documents.services import open_series
from investreview.journal.services import record
from investreview.registry.models import Commission
from investreview.registry.services import seed_calendar
from investreview.rulebook.models import RuleSet
from investreview.rulebook.services import load_rule_set, put_in_force_at_founding

_SECTIONS = ("commission", "offices", "enterprises", "calendar", "series", "rule_set", "administrators", "people")


@dataclass(frozen=True)
class Founding:
    """What a run did: line by line, the administrators, and the passwords of new accounts, told only here."""

    commission: Commission
    lines: tuple[Line, ...]
    administrators: dict[Role, User]
    one_time_passwords: dict[str, str]

    @property
    def is_changed(self) -> bool:
        """Whether the file held anything new."""
        return any(line.is_new for line in self.lines)


def found(file: Path, *, at: datetime, draw_password: Callable[[], str] = one_time_password) -> Founding:
    """The commission of the file exists with everything the file names; what was there before is as it was.

    Raises: Invalid (founding_refused) with file, line and place for what cannot be read, is against a rule, or
    contradicts what is stored; nothing of the run remains then.
    Journal: the entries of each act, and founding.run when there was anything new
    """
    section = read_file(file).only(*_SECTIONS)
    digest = sha256(file.read_bytes()).hexdigest()
    actor = Actor(id="founding", name=f"创建文件 {file.name}（{digest[:12]}）")
    run = Run(actor, at, draw_password)
    with transaction.atomic():
        commission = the_commission(section.section("commission"), run)
        for each in section.sections("offices"):
            an_office(each, commission, run)
        for each in section.sections("enterprises"):
            an_enterprise(each, commission, None, run)
        _calendar(section.section("calendar"), commission, run)
        for each in section.sections("series"):
            _series(each, commission, run)
        _rule_set(section.section("rule_set"), file, commission, run)
        the_administrators(section, commission, run)
        for each in section.sections("people"):
            a_person(each, commission, run)
        result = Founding(commission, tuple(run.lines), run.administrators, run.one_time_passwords)
        if result.is_changed:
            _note(result, digest, run)
    return result


def _calendar(section: Section, commission: Commission, run: Run) -> None:
    section.only("first_year", "last_year")
    first, last = section.whole("first_year"), section.whole("last_year")
    with told_at(section.place):
        years = seed_calendar(commission=commission, first_year=first, last_year=last, actor=run.actor, at=run.at)
    for year in range(first, last + 1):
        run.tell(Thing.CALENDAR, f"{year}", is_new=year in years)


def _series(section: Section, commission: Commission, run: Run) -> None:
    section.only("code", "label", "mode", "first_year", "first")
    code = section.text("code")
    is_new = not NumberSeries.objects.filter(commission=commission.code, code=code).exists()
    with told_at(section.place):
        open_series(
            commission=commission.code,
            code=code,
            label=section.text("label"),
            mode=section.choice("mode", NumberMode),
            first_year=section.whole("first_year"),
            first=section.whole("first"),
            actor=run.actor,
            at=run.at,
        )
    run.tell(Thing.SERIES, f"{code} {section.text('label')}", is_new=is_new)


def _rule_set(section: Section, file: Path, commission: Commission, run: Run) -> None:
    """The reviewed rule set beside the founding file is in force, or was put in force before."""
    section.only("file")
    source = file.parent / section.text("file")
    try:
        content = source.read_bytes()
    except OSError as error:
        raise section.at("file").refuse("founding_file_missing", file=str(source)) from error
    with told_at(section.at("file")):
        held = load_rule_set(commission=commission, content=content, actor=run.actor, at=run.at)
        is_new = held.state == RuleSet.State.DRAFT
        if is_new:
            put_in_force_at_founding(rule_set=held, actor=run.actor, at=run.at)
    run.tell(Thing.RULE_SET, f"{held.code} {held.sha256[:12]}", is_new=is_new)


def _note(result: Founding, digest: str, run: Run) -> None:
    record(
        chain=result.commission.code,
        verb="founding.run",
        actor=run.actor,
        subject=Subject("commission", result.commission.code),
        at=run.at,
        facts={"sha256": digest, "new": [f"{line.thing.value} {line.text}" for line in result.lines if line.is_new]},
    )
