"""A case that waits for its panel, with the people around it and a clock of its own.

Moments move on by themselves, a minute with each act, so that no test waits.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from experts.models import Panel, Seat
from experts.services.common import Scan
from investreview.accounts.models import User
from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from tests.experts.pool import found_pool
from tests.world import World, drive, found_world, later

_STEP = timedelta(minutes=1)


def scan(text: str = "纸面原件（示例）") -> Scan:
    """A scanned paper."""
    return Scan(io.BytesIO(sample_pdf(text)), f"{text}.pdf")


def refused(act: Callable[..., object], *args: object, **kwargs: object) -> str:
    """The code of the refusal that the act meets."""
    with pytest.raises(DomainError) as caught, transaction.atomic():
        act(*args, **kwargs)
    return caught.value.code


@dataclass
class Hall:
    """A case that waits for its panel, and the hands of everybody around it."""

    world: World
    case: Case
    now: datetime = field(default_factory=lambda: later(7))

    def tick(self, minutes: int = 1) -> datetime:
        """The moment of the next act."""
        self.now += _STEP * minutes
        return self.now

    def by(self, who: str | User) -> Acting:
        """The person in their own name, by key of the world or as an account."""
        return hands.acting(self.world.people[who] if isinstance(who, str) else who, self.now)

    @property
    def panel(self) -> Panel:
        """The newest panel as the database has it."""
        return Panel.objects.select_related("case", "draw", "opinion").order_by("-round").filter(case=self.case)[0]

    def fresh(self) -> Case:
        """The case as the database has it."""
        return hands.fresh(self.case)

    def seat(self, place: str | int) -> Seat:
        """Whoever sits at the place now."""
        sitting = Seat.objects.select_related("expert__user", "panel__case")
        return sitting.get(panel=self.panel, place=int(place), state__in=["REVEALED", "CONFIRMED"])

    def expert(self, place: str | int) -> User:
        """The account of whoever sits at the place now."""
        user = self.seat(place).expert.user
        assert user is not None
        return user

    def places(self) -> list[str]:
        """Every place of the panel."""
        return [str(place) for place in range(1, self.panel.size + 1)]


def hall(world: World, *, key: str = "1", yuan: str = "45000000.00", **fields: Any) -> Hall:
    """A case of five seats, confirmed complete; ``yuan`` of a hundred million or more asks for seven."""
    return Hall(world, drive(world, "confirmed", key=key, yuan=yuan, **fields))


def found_hall() -> Hall:
    """A case of five seats in a commission with a pool of eighteen; nothing is frozen yet."""
    world = found_world()
    found_pool(world, 18)
    return hall(world)
