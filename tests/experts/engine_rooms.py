"""A panel driven through the process: each step is done by its person at the engine's door, as the pages do it."""

from typing import Any

from experts.models import Panel
from experts.selectors.final_sheets import draft_text
from experts.selectors.places import role_of_place
from experts.services.ceremony import announce_panel, close_invitations, draw_panel, freeze_panel
from experts.services.meeting import Attendance, MeetingFacts, hold_meeting
from experts.services.opinions import put_opinion, sign_opinion
from experts.services.sheets import sign_sheet
from experts.states import ParticipationMode
from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.projects.models import Case
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, scan
from tests.states import kept_step
from workflows import engine
from workflows.models import WorkItem


def item(there: Hall, node: str, place: str = "") -> WorkItem:
    """The open step."""
    found: WorkItem = WorkItem.objects.get(case=there.case, node=node, place=place, state=WorkItem.State.OPEN)
    return found


def perform(there: Hall, node: str, who: str | User, service: Any, *, place: str = "", **facts: Any) -> Case:
    """The step is done by this person."""
    return engine.perform(
        task_id=item(there, node, place).task_id,
        user=there.world.people[who] if isinstance(who, str) else who,
        at=there.tick(),
        version=there.fresh().version,
        service=service,
        facts=facts,
    )


@kept_step
def freeze(there: Hall, **fields: Any) -> Panel:
    perform(there, "freeze_draw", "draw_operator", freeze_panel, setup=ceremonies.setup(**fields))
    return there.panel


@kept_step
def announce(there: Hall) -> Panel:
    perform(there, "announce_draw", "draw_operator", announce_panel)
    return there.panel


@kept_step
def draw(there: Hall) -> Panel:
    ceremonies.enter_numbers(there)
    perform(there, "draw_numbers", "draw_supervisor", draw_panel)
    return there.panel


def order_round(there: Hall) -> None:
    """The leader ends the running panel, and the next one waits to be frozen."""
    engine.begin_another_panel(
        record_id=there.case.pk,
        user=there.world.people["deputy"],
        at=there.tick(),
        version=there.fresh().version,
        reason="另行组织（示例）",
        document=scan("批示（示例）"),
    )


@kept_step
def to_drawn(there: Hall, **fields: Any) -> Panel:
    freeze(there, **fields)
    announce(there)
    return draw(there)


@kept_step
def to_scoring(there: Hall, **fields: Any) -> Panel:
    """Everybody revealed, confirmed, seated and declared."""
    to_drawn(there, **fields)
    on_paper = there.panel.mode == ParticipationMode.PAPER
    for seat in ceremonies.reveal_all(there):
        if on_paper:
            ceremonies.confirm_by_telephone(there, seat.place)
        else:
            ceremonies.confirm_own(there, seat)
    perform(there, "convene", "draw_operator", close_invitations)
    for place in there.places():
        sittings.declare(there, place, on_paper=on_paper)
    return there.panel


def score(there: Hall, place: str, node: str = "score", **fields: Any) -> None:
    """The expert signs the sheet of this step on screen."""
    perform(there, node, there.expert(place), sign_sheet, place=place, entry=sittings.entry(there, **fields))


@kept_step
def hold(there: Hall, chair: str = "1") -> Panel:
    """The meeting is on record."""
    there.now = max(there.now, ceremonies.MEETS_AT)
    facts = MeetingFacts(there.tick(), dict.fromkeys(there.places(), Attendance.CAME), chair)
    perform(there, "meeting_of_experts", "panel_secretary", hold_meeting, meeting=facts)
    return there.panel


@kept_step
def to_concluded(there: Hall, **fields: Any) -> Panel:
    """The whole panel on screen, to the last signature."""
    to_scoring(there, **fields)
    for place in there.places():
        score(there, place)
    hold(there)
    for place in there.places():
        score(there, place, "finalise")
    chair = there.panel.chair
    assert chair is not None and role_of_place(there.case, "chair") is Role.EXPERT
    perform(there, "draft_opinion", there.expert(chair.place), put_opinion, place="chair", text=draft_text(there.panel))
    for place in there.places():
        perform(there, "sign_panel_opinion", there.expert(place), sign_opinion, place=place)
    return there.panel
