"""The picture of one case: which boxes its process has, in which state, and how it came from one to the other. Pure.

The row above is the way of the case; below stand what only some cases have: the supplement, the panel's two rows, a
deferral, the mending of a letter, and an end before the decision. What a reader may not know is not in ``Course``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workflows.picture.drawing import Link, Picture, Spot
from workflows.picture.layout import lay_out

DRAW_ROW = ("freeze_draw", "announce_draw", "draw_numbers", "convene")
REVIEW_ROW = ("score", "meeting_of_experts", "finalise", "draft_opinion", "sign_panel_opinion")
PANEL = (*DRAW_ROW, *REVIEW_ROW)
REMEDY_ROW = ("remedy_check", "remedy_sign", "remedy_deliver")
PLACE_DONE = frozenset({"sign_sheet", "compare_sheet", "sign_opinion", "countersign", "record_no_answer"})
_BACK_TO_OPINION = frozenset({"send_back"})
_BACK_TO_REVISE = frozenset({"request_supplement", "send_to_drafter", "ask_revision"})
_SENT_BACK = _BACK_TO_OPINION | _BACK_TO_REVISE
_REACHED = frozenset({"done", "now", "again", "returned", "stopped"})
_DRAWN_AS = {"refill": "score", "refill_late": "finalise", "score_afresh": "finalise", "remedy_draft": "remedy_check"}


@dataclass(frozen=True)
class Visit:
    """One step that was taken or waits, as this reader may know it; ``who`` and ``when`` are ready to be read.

    ``place`` tells apart who do a step side by side: seats of a panel, offices that countersign.
    """

    node: str
    step: str = ""
    place: str = ""
    is_open: bool = False
    is_recalled: bool = False
    act: str = ""
    at: datetime | None = None
    when: str = ""
    who: str = ""
    outcome: str = ""
    due: str = ""

    @property
    def key(self) -> str:
        """The box this step is told in."""
        return self.step or _DRAWN_AS.get(self.node, self.node)


@dataclass(frozen=True)
class Way:
    """One box of the way of a case: its key, its name, who does it."""

    key: str
    label: str
    who: str = ""


@dataclass(frozen=True)
class End:
    """An end before a decision: its name, when, and whether it is a proper one (the enterprise decides itself)."""

    label: str
    when: str
    is_proper: bool = False


@dataclass(frozen=True)
class Words:
    """The words of a picture in the reader's language; ``states`` by the state of a box."""

    title: str
    states: Mapping[str, str]
    labels: Mapping[str, str]
    acts: Mapping[str, str]
    recalled: str
    again: str
    times: str
    counted: str
    back: str
    not_taken: str


@dataclass(frozen=True)
class Course:
    """Everything a picture tells of a case.

    ``way`` is the row above. ``panel``: the panel is told in its steps, as one box, or not at all. ``is_over``: nothing
    is to come. ``stops`` are words for the boxes during which the clock stood.
    """

    way: Sequence[Way]
    visits: Sequence[Visit]
    words: Words
    panel: str = ""
    confirmed: str = ""
    end: End | None = None
    is_over: bool = False
    deferred_at: str = ""
    stops: Mapping[str, str] = field(default_factory=dict)


STEPS, ONE_BOX, NOT_TAKEN = "steps", "one box", "not taken"


def picture_of(course: Course) -> Picture:
    """The picture of a case with its text alternative."""
    return _Drawing(course).picture()


class _Drawing:
    """The boxes and ways of one course, put together row by row."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.words = course.words
        self.order = {way.key: number for number, way in enumerate(course.way)}
        self.by_key: dict[str, list[Visit]] = {}
        for visit in self._told():
            self.by_key.setdefault(visit.key, []).append(visit)
        self.front = self._front()
        self.spots: list[Spot] = []
        self.links: list[Link] = []

    def picture(self) -> Picture:
        self._main_row()
        self._supplement()
        self._panel()
        self._beside()
        self._ways_back()
        return lay_out(self.spots, self.links, title=self.words.title, said=self._said())

    def _told(self) -> Iterator[Visit]:
        """Every visit; of several panels only the steps of the last."""
        last = max((n for n, one in enumerate(self.course.visits) if one.node == "freeze_draw"), default=-1)
        for number, visit in enumerate(self.course.visits):
            if number >= last or visit.key not in PANEL:
                yield visit

    def _front(self) -> float:
        """How far the case is: the place of the first step that waits; beyond all when none does."""
        waiting = [self._place(visit) for visit in self.course.visits if visit.is_open]
        known = [place for place in waiting if place is not None]
        return min(known, default=float("inf") if self.course.is_over else -1.0)

    def _place(self, visit: Visit) -> float | None:
        if visit.key in self.order:
            return self.order[visit.key]
        if visit.key == "revise":
            return self.order.get("release", self.order.get("opinion", 0)) - 0.5
        if visit.key in PANEL or visit.key == "panel":
            return self.order.get("opinion", 0) - 0.5
        if visit.key == "deferral":
            return self.order.get(self.course.deferred_at, self.order.get("opinion", 0)) + 0.0
        return None

    def _main_row(self) -> None:
        before = ""
        for number, way in enumerate(self.course.way):
            spot = self._spot(way.key, way.label, number, 0, self._state(way.key, number), way.who)
            self.spots.append(spot)
            if before and self._goes_straight(before, way.key):
                self.links.append(
                    Link(
                        before,
                        way.key,
                        "done" if spot.state in _REACHED else spot.state,
                    )
                )
            before = way.key

    def _goes_straight(self, before: str, key: str) -> bool:
        return not (key == "opinion" and self.course.panel in (STEPS, ONE_BOX) and before != "")

    def _state(self, key: str, number: int) -> str:
        visits = [visit for visit in self.by_key.get(key, ()) if not visit.is_recalled]
        if any(visit.is_open for visit in visits):
            return "now"
        if self._waits_deferred(key):
            return "stopped"
        if not visits:
            return "off" if self.course.is_over else "todo"
        if number <= self.front:
            return "done"
        return "returned" if visits[-1].act in _SENT_BACK else "again"

    def _waits_deferred(self, key: str) -> bool:
        return key == self.course.deferred_at and any(visit.is_open for visit in self.by_key.get("deferral", ()))

    def _spot(self, key: str, label: str, column: int, row: int, state: str, who: str = "") -> Spot:
        details = self._details(key, state, who)
        word = self.words.states.get(state, "")
        return Spot(key, label, column, row, state, details, self._line(label, word, details))

    def _line(self, label: str, word: str, details: Sequence[str]) -> str:
        return " · ".join(part for part in (label, word, *details) if part)

    def _details(self, key: str, state: str, who: str) -> tuple[str, ...]:
        visits = [visit for visit in self.by_key.get(key, ()) if not visit.is_recalled]
        stop = self.course.stops.get(key, "")
        if key == "convene" and self.course.confirmed and state in ("now", "done"):
            last = visits[-1]
            return (self.course.confirmed, last.due or last.when, stop)
        if any(visit.place for visit in visits):
            return (*_of_places(visits, self.words), stop)
        waiting = [visit for visit in visits if visit.is_open]
        if waiting:
            return (waiting[0].who or who, waiting[0].due, stop)
        if visits:
            last = visits[-1]
            told = f"{last.when} {last.outcome}".strip()
            said = self.words.again % {"text": told} if state == "again" else told
            return (said, last.who, stop)
        return (who, stop)

    def _supplement(self) -> None:
        visits = self.by_key.get("revise", [])
        if not visits:
            return
        anchor = "release" if "release" in self.order else self.course.way[0].key
        state = "now" if any(visit.is_open for visit in visits) else "done"
        self.spots.append(self._spot("revise", self.words.labels["revise"], self.order[anchor], 1, state))
        if anchor == "release":
            self.links.append(Link("revise", anchor, "done" if state == "done" else "todo", shift=-14))
        for key, node_visits in list(self.by_key.items()):
            sent = [visit for visit in node_visits if visit.act in _BACK_TO_REVISE and not visit.is_recalled]
            if sent and key in self.order:
                self._sent_to_revise(key, sent)

    def _sent_to_revise(self, key: str, sent: Sequence[Visit]) -> None:
        label = self._counted(sent)
        if key in ("release", "check_completeness"):
            self.links.append(Link(key, "revise", "turn", label, shift=14))
        else:
            anchor = "release" if "release" in self.order else self.course.way[0].key
            self.links.append(Link(key, anchor, "back", label))

    def _counted(self, visits: Sequence[Visit]) -> str:
        act = self.words.acts.get(visits[-1].act, "")
        if len(visits) == 1:
            return f"{visits[-1].when} {act}".strip()
        return self.words.times % {"act": act, "count": len(visits), "when": visits[-1].when}

    def _panel(self) -> None:
        opinion = self.order.get("opinion")
        if opinion is None or not opinion or not self.course.panel:
            return
        before = self.course.way[opinion - 1].key
        start = max(opinion - 1, 1)
        if self.course.panel == STEPS:
            self._panel_steps(before, start)
        elif self.course.panel == ONE_BOX:
            state = self._state_of_box("panel", opinion)
            self.spots.append(self._spot("panel", self.words.labels["panel"], opinion, 1, state))
            self._joined(before, "panel", state)
        else:
            label = self.words.labels["panel"]
            details = (self.words.not_taken,)
            said = self._line(label, self.words.states["off"], ())
            self.spots.append(Spot("panel", label, opinion, 1, "off", details, said))
            self.links.append(Link(before, "panel", "off", shift=20))

    def _state_of_box(self, key: str, place: int) -> str:
        visits = self.by_key.get(key, ())
        if any(visit.is_open for visit in visits):
            return "now"
        if visits and place <= self.front:
            return "done"
        return "off" if self.course.is_over and not visits else "todo"

    def _joined(self, before: str, key: str, state: str) -> None:
        came = "done" if state in ("done", "now") else state
        self.links.append(Link(before, key, came, shift=20 if before != key else 0))
        self.links.append(Link(key, "opinion", "done" if state == "done" else ("off" if state == "off" else "todo")))

    def _panel_steps(self, before: str, start: int) -> None:
        first = next((n for n, key in enumerate(PANEL) if any(v.is_open for v in self.by_key.get(key, ()))), None)
        is_past = self.order["opinion"] <= self.front
        state_before = ""
        for number, key in enumerate(PANEL):
            row, column = (1, start + number) if key in DRAW_ROW else (2, start + number - len(DRAW_ROW))
            state = self._state_in_panel(key, number, first, is_past)
            self.spots.append(self._spot(key, self.words.labels[key], column, row, state))
            came = "done" if state in ("done", "now") else state
            if number:
                self.links.append(Link(PANEL[number - 1], key, came))
            else:
                self.links.append(Link(before, key, came))
            state_before = state
        self.links.append(
            Link(PANEL[-1], "opinion", "done" if state_before == "done" else state_before.replace("now", "todo"))
        )

    def _state_in_panel(self, key: str, number: int, first: int | None, is_past: bool) -> str:
        visits = self.by_key.get(key, ())
        if any(visit.is_open for visit in visits):
            return "now"
        if visits and (is_past or first is None or number <= first):
            return "done"
        if self.course.is_over and not visits:
            return "off"
        return "todo"

    def _beside(self) -> None:
        """What stands below the row: a deferral, the mending of a letter, an end before the decision."""
        row = 3 if self.course.panel == STEPS else 1
        deferred = self.by_key.get("deferral", [])
        if deferred and self.course.deferred_at in self.order:
            state = "now" if any(visit.is_open for visit in deferred) else "done"
            column = self.order[self.course.deferred_at]
            self.spots.append(self._spot("deferral", self.words.labels["deferral"], column, row, state))
            self.links.append(Link(self.course.deferred_at, "deferral", "turn", shift=-14))
            self.links.append(
                Link("deferral", self.course.deferred_at, "done" if state == "done" else "todo", shift=14)
            )
        self._remedy(row)
        self._end(row)

    def _remedy(self, row: int) -> None:
        if not any(key in self.by_key for key in REMEDY_ROW):
            return
        start = max(self.order.get("deliver", 3) - 2, 0)
        taken = [key for key in REMEDY_ROW if key in self.by_key or "remedy_check" in self.by_key]
        is_open = any(visit.is_open for key in taken for visit in self.by_key.get(key, ()))
        for number, key in enumerate(taken):
            visits = self.by_key.get(key, ())
            state = "now" if any(v.is_open for v in visits) else "done" if visits else "todo" if is_open else "off"
            self.spots.append(self._spot(key, self.words.labels[key], start + number, row, state))
            if number:
                self.links.append(Link(taken[number - 1], key, "done" if state in ("done", "now") else state))

    def _end(self, row: int) -> None:
        end = self.course.end
        if end is None:
            return
        reached = [number for key, number in self.order.items() if self.by_key.get(key)]
        column = max(reached, default=0)
        state = "done" if end.is_proper else "returned"
        used = {spot.column for spot in self.spots if spot.row == row}
        self.spots = [spot for spot in self.spots if not (spot.key == "panel" and spot.state == "off")]
        self.links = [link for link in self.links if "panel" not in (link.source, link.target) or self._has("panel")]
        at = column + 1 if column in used else column
        self.spots.append(Spot("end", end.label, at, row, state, (end.when,), self._line(end.label, "", (end.when,))))
        self.links.append(Link(self.course.way[column].key, "end", "done" if end.is_proper else "turn"))

    def _has(self, key: str) -> bool:
        return any(spot.key == key for spot in self.spots)

    def _ways_back(self) -> None:
        for key, visits in self.by_key.items():
            if key not in self.order:
                continue
            sent = [one for one in visits if one.act in _BACK_TO_OPINION and not one.is_recalled]
            if sent and "opinion" in self.order:
                self.links.append(Link(key, "opinion", "back", self._counted(sent)))
            recalled = [one for one in visits if one.is_recalled]
            following = self.order[key] + 1
            if recalled and following < len(self.course.way):
                label = f"{recalled[-1].when} {self.words.recalled}"
                self.links.append(Link(self.course.way[following].key, key, "back", label))

    def _said(self) -> Iterable[str]:
        names = {spot.key: spot.label for spot in self.spots}
        yield from (spot.said for spot in self.spots)
        for link in self.links:
            if link.state == "back" or (link.state == "turn" and link.label):
                yield self.words.back % {
                    "source": names[link.source],
                    "target": names[link.target],
                    "label": link.label,
                }


def _of_places(visits: Sequence[Visit], words: Words) -> tuple[str, ...]:
    """How many of several who do a step side by side have done it, and until when the others have time."""
    places = {visit.place: not visit.is_open and visit.act in PLACE_DONE for visit in visits}
    due = next((visit.due for visit in visits if visit.is_open), "")
    last = max(((visit.at, visit.when) for visit in visits if not visit.is_open and visit.at is not None), default=None)
    return (
        words.counted % {"done": sum(places.values()), "all": len(places)},
        due or (last[1] if last is not None else ""),
    )
