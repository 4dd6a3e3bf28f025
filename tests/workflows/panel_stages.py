"""A panel led through the process, step by step, each by its person: for tests of pages that have forms of steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from experts.models import Panel, Seat
from experts.rules.entries import SheetEntry
from experts.selectors.sheets import rules_of
from investreview.accounts.models import User
from investreview.core import clock
from investreview.demo import hands, panel_hands
from investreview.demo.panel_hands import Crew
from investreview.projects.models import Case
from tests.experts.ceremonies import DIGITS, MEETS_AT, setup
from tests.experts.pool import found_pool
from tests.experts.sheets import whole
from tests.states import kept, kept_step
from tests.workflows.doors import set_time
from tests.world import World, drive, found_world, later

PROJECT = "码头改造项目（论证示例）"
_MINUTE = timedelta(minutes=1)
Final = tuple[int, str, tuple[str, ...]]


@dataclass
class Stage:
    """A case of five seats and the people around it; moments move on by a minute with each act."""

    world: World
    case: Case
    now: datetime = field(default_factory=lambda: later(7))
    meets_at: datetime = MEETS_AT

    def tick(self) -> datetime:
        """The moment of the next act, which is also what the pages believe."""
        self.now += _MINUTE
        return self.now

    @property
    def crew(self) -> Crew:
        """Who runs the panel."""
        people = self.world.people
        keys = ("draw_operator", "draw_supervisor", "panel_secretary", "panel_secretary2")
        return Crew(*(people[key] for key in keys))

    @property
    def panel(self) -> Panel:
        """The newest panel as the database has it."""
        return Panel.objects.filter(case=self.case).order_by("-round")[0]

    def seat(self, place: int) -> Seat:
        """Whoever holds the place now."""
        return panel_hands.seat_of(self.case, place)

    def expert(self, place: int) -> User:
        """The account of whoever holds the place now."""
        return panel_hands.expert_at(self.case, place)

    def entry(self, total: int = 80, verdict: str = "AGREE", conditions: tuple[str, ...] = ()) -> SheetEntry:
        """A whole sheet."""
        return whole(rules_of(self.panel), total=total, verdict=verdict, conditions=conditions)

    @kept_step
    def announce(self) -> None:
        """Frozen, the fingerprint is published; the on-site numbers are to come."""
        panel_hands.freeze(self.case, self.crew, setup(meets_at=self.meets_at), self.tick())
        panel_hands.announce(self.case, self.crew, self.tick())

    @kept_step
    def draw(self, revealed: int) -> None:
        """Drawn, so many names revealed, nobody has answered."""
        self.announce()
        panel_hands.draw(self.case, self.crew, DIGITS, self.tick())
        for _ in range(revealed):
            panel_hands.reveal(self.case, self.crew, self.tick())

    @kept_step
    def invite(self) -> None:
        """Drawn, every name revealed, nobody has answered."""
        self.draw(5)

    @kept_step
    def seat_all(self) -> None:
        """Everybody has agreed and the places are taken."""
        for place in range(1, 6):
            panel_hands.agree(self.case, self.crew, place, self.tick())
        panel_hands.close_invitations(self.case, self.crew, self.tick())

    @kept_step
    def declare(self, *places: int) -> None:
        """These members have declared to have no conflict."""
        for place in places:
            panel_hands.declare(self.case, place, self.tick())

    @kept_step
    def score(self, *places: int) -> None:
        """These members have signed their independent sheets: 71 points for place 1, 72 for place 2 …"""
        for place in places:
            panel_hands.sign_sheet(self.case, "score", place, self.entry(70 + place), self.tick())

    @kept_step
    def meet(self, chair: int = 1) -> None:
        """The meeting is on record, one place has the chair."""
        self.now = max(self.now, self.meets_at)
        panel_hands.meet(self.case, self.crew, chair, self.tick())

    def finalise(self, final: Callable[[int], Final]) -> None:
        """Every final sheet is signed as ``final`` says for its place."""
        for place in range(1, 6):
            panel_hands.sign_sheet(self.case, "finalise", place, self.entry(*final(place)), self.tick())

    def conclude(self, final: Callable[[int], Final]) -> None:
        """From the declared panel to the opinion that everybody has signed."""
        self.score(1, 2, 3, 4, 5)
        self.meet()
        self.finalise(final)
        panel_hands.put_opinion(self.case, self.tick())
        for place in range(1, 6):
            panel_hands.sign_opinion(self.case, place, self.tick())

    def show(self) -> None:
        """From now on the pages believe that it is the moment of the last act."""
        set_time(self.tick())


def agreed(place: int) -> Final:
    """Everybody agrees."""
    return 80, "AGREE", ()


def with_conditions(place: int) -> Final:
    """Two ask for changes, two agree, the last does not."""
    if place < 3:
        return 82, "AGREE_WITH_CHANGES", ("补充资金来源证明（示例）",)
    return (78, "AGREE", ()) if place < 5 else (55, "DISAGREE", ())


def refused(place: int) -> Final:
    """Nobody agrees."""
    return 55, "DISAGREE", ()


def staged(*, until: str) -> Stage:
    """A panel that has come to ``until`` (invited, scoring, declared); the pages believe that it is that moment."""
    clock.reset()
    stage = kept(lambda: _staged(until), "staged", until)
    stage.show()
    return stage


def _staged(until: str) -> Stage:
    world = found_world()
    found_pool(world, 18)
    stage = Stage(world, drive(world, "confirmed", name=PROJECT, yuan="45000000.00"))
    stage.invite()
    if until != "invited":
        stage.seat_all()
    if until == "declared":
        stage.declare(1, 2, 3, 4, 5)
    return Stage(world, hands.fresh(stage.case), stage.now)
