"""What may be recorded on the page of a draw now, by each of its hands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from experts.models import Panel
from experts.selectors.ceremony_page import CeremonyLine, CeremonyPage
from experts.states import SEATING, CallResult, PanelState
from investreview.core.roles import PANEL_ROLES, Role
from investreview.core.scope import Scope
from investreview.draws.facts import WaveFacts
from investreview.draws.kinds import AT_WORK, DrawState
from workflows.panel.forms.calling import ConfirmSeatForm, NoteCallForm
from workflows.panel.forms.records import RecordForm
from workflows.panel.forms.revealing import (
    AskRevealForm,
    AskWaveForm,
    ConfirmDeclineForm,
    ConfirmRevealForm,
    ConfirmWaveForm,
    DeclineForm,
    DiscloseForm,
    FinishVoidForm,
    RejectDeclineForm,
)

_UNENDED = frozenset({DrawState.ANNOUNCED, DrawState.ENTROPY, DrawState.DRAWN, DrawState.WAVE})


@dataclass(frozen=True)
class Offers:
    """The forms that the page offers: about the draw as a whole, and by place."""

    about_all: tuple[RecordForm, ...]
    about_place: Mapping[str, tuple[RecordForm, ...]]


def offers(panel: Panel, page: CeremonyPage, *, scope: Scope, at: datetime, tried: RecordForm | None = None) -> Offers:
    """What this person may record now; the form that was tried stands as it was typed."""
    path = panel.case.path
    is_operator = scope.holds(Role.DRAW_OPERATOR, path)
    is_supervisor = scope.holds(Role.DRAW_SUPERVISOR, path)
    about_all: list[RecordForm] = []
    about_place: dict[str, list[RecordForm]] = {line.place: [] for line in page.lines}
    if is_operator:
        about_all += _of_operator(panel, page)
        for line in page.lines:
            about_place[line.place] += _of_operator_at(panel, page, line, at)
    if is_supervisor:
        about_all += _of_supervisor(panel, page)
        for line in page.lines:
            about_place[line.place] += _of_supervisor_at(panel, page, line)
    if scope.holds_any(PANEL_ROLES, path) and page.draw.state in (DrawState.CLOSED, DrawState.INFEASIBLE):
        about_all.append(DiscloseForm(panel=panel))
    _put(tried, about_all, about_place)
    return Offers(tuple(about_all), {place: tuple(forms) for place, forms in about_place.items()})


def _of_operator(panel: Panel, page: CeremonyPage) -> Iterator[RecordForm]:
    if panel.state not in SEATING or page.draw.state not in AT_WORK:
        return
    is_asked = any(member.is_asked and not member.is_revealed for member in page.draw.members)
    if page.draw.next_to_reveal is not None and not is_asked and page.free_places:
        yield AskRevealForm(panel=panel, initial={"no": page.draw.next_to_reveal})
    if page.unfilled_count and open_wave(page) is None:
        yield AskWaveForm(panel=panel)


def _of_operator_at(panel: Panel, page: CeremonyPage, line: CeremonyLine, at: datetime) -> Iterator[RecordForm]:
    if panel.state not in SEATING:
        return
    yield NoteCallForm(panel=panel, place=line.place, initial={"called_at": at})
    if _is_leaving(page, line):
        return
    if not line.is_confirmed and line.calls and line.calls[-1].result == str(CallResult.AGREED.label):
        yield ConfirmSeatForm(panel=panel, place=line.place)
    yield DeclineForm(panel=panel, place=line.place)


def _of_supervisor(panel: Panel, page: CeremonyPage) -> Iterator[RecordForm]:
    if panel.state == PanelState.VOID and page.draw.state in _UNENDED:
        yield FinishVoidForm(panel=panel)
    if panel.state not in SEATING or page.draw.state not in AT_WORK:
        return
    asked = next((member.no for member in page.draw.members if member.is_asked and not member.is_revealed), None)
    if asked is not None:
        yield ConfirmRevealForm(panel=panel, initial={"no": asked})
    wave = open_wave(page)
    if wave is not None and not _waits_for_word(page, wave):
        yield ConfirmWaveForm(panel=panel)


def _of_supervisor_at(panel: Panel, page: CeremonyPage, line: CeremonyLine) -> Iterator[RecordForm]:
    waiting = [one for one in page.departures if one.place == line.place and not one.is_own_act]
    if panel.state in SEATING and any(one.confirmed_at is None and not one.rejected_reason for one in waiting):
        yield ConfirmDeclineForm(panel=panel, place=line.place)
        yield RejectDeclineForm(panel=panel, place=line.place)


def open_wave(page: CeremonyPage) -> WaveFacts | None:
    """The wave that waits for the supervisor."""
    return next((wave for wave in page.draw.waves if wave.decided is None), None)


def _waits_for_word(page: CeremonyPage, wave: WaveFacts) -> bool:
    """Whether somebody in the wave has not left yet: that departure is confirmed with the wave, not the wave alone."""
    leavers = {leaver.no for leaver in wave.left}
    return any(one.draw_no in leavers and one.left_at is None and not one.rejected_reason for one in page.departures)


def _is_leaving(page: CeremonyPage, line: CeremonyLine) -> bool:
    return any(one.place == line.place and one.left_at is None and not one.rejected_reason for one in page.departures)


def _put(tried: RecordForm | None, about_all: list[RecordForm], about_place: dict[str, list[RecordForm]]) -> None:
    """The tried form takes the place of the empty one, or stands where the act is no longer offered."""
    if tried is None:
        return
    shelf = about_place.get(tried.at_place, about_all) if tried.at_place else about_all
    names = [form.name for form in shelf]
    if tried.name in names:
        shelf[names.index(tried.name)] = tried
    else:
        shelf.append(tried)
