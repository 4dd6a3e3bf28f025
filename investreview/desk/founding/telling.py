"""What a run of the founding command did, line by line, and what every step of it needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.actor import Actor
from investreview.core.errors import DomainError
from investreview.core.roles import Role
from investreview.desk.founding.reading import Place


class Thing(TextChoices):
    """What a founding file holds."""

    COMMISSION = "COMMISSION", _("国资委")
    OFFICE = "OFFICE", _("处室")
    ENTERPRISE = "ENTERPRISE", _("企业")
    SHARE = "SHARE", _("股权")
    FIGURES = "FIGURES", _("财务状况")
    CALENDAR = "CALENDAR", _("工作日历")
    SERIES = "SERIES", _("编号系列")
    RULE_SET = "RULE_SET", _("规则集")
    PERSON = "PERSON", _("人员")
    ROLE = "ROLE", _("角色")


@dataclass(frozen=True)
class Line:
    """One thing of the file: what it is, and whether this run added it."""

    thing: Thing
    text: str
    is_new: bool


@dataclass
class Run:
    """One run: who acts, when, how passwords are drawn, and what was done so far."""

    actor: Actor
    at: datetime
    draw_password: Callable[[], str]
    lines: list[Line] = field(default_factory=list)
    one_time_passwords: dict[str, str] = field(default_factory=dict)
    administrators: dict[Role, User] = field(default_factory=dict)

    def tell(self, thing: Thing, text: str, *, is_new: bool) -> None:
        """The run has dealt with one thing."""
        self.lines.append(Line(thing, text, is_new))


@contextmanager
def told_at(place: Place) -> Iterator[None]:
    """A refusal of any room inside is told with its place in the file. Raises: Invalid (founding_refused)."""
    try:
        yield
    except DomainError as error:
        if error.code == "founding_refused":
            raise
        raise place.refusal_of(error) from error


def require_same(place: Place, *, stored: object, written: object) -> None:
    """Nothing happens when the file says what is stored. Raises: Invalid (founding_refused)."""
    if stored != written:
        raise place.refuse("founding_contradiction", stored=stored, written=written)
