"""The second reviews of the demonstration: from the frozen pool to the delivered reply, day by day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from experts.selectors.sheets import rules_of
from experts.services.ceremony import PanelSetup
from experts.states import CallResult, ParticipationMode
from investreview.core.clock import SHANGHAI
from investreview.demo import hands, panel_hands
from investreview.demo.panel_hands import Crew
from investreview.demo.script import Story
from investreview.projects.services import countersigning, deciding, panels, signing
from workflows.models import WorkItem

Run = Callable[[datetime], object]
Act = tuple[str, date, int, Run]
MEETING_AT = time(14, 30, tzinfo=SHANGHAI)
COUNTERSIGNERS = {"CW": "finance", "CQ": "property", "FG": "law"}
DISSENT = "市场需求依据不足，财务测算偏乐观，不同意实施。"
AGREEMENT = "项目符合主业方向，方案可行，请按计划推进。"


@dataclass
class PanelStory(Story):
    """A case that a panel reviews; ``declined`` says whose place passes on, and why.

    ``last`` is the last step that was done, so that the next one waits; ``some`` says how many places did a step.
    """

    @property
    def last(self) -> str:
        """The step after which the story stands; empty when it goes to its end."""
        return str(self.line.get("last", ""))

    @property
    def crew(self) -> Crew:
        """Who runs the panel."""
        return Crew(
            self.cast["draw_operator"],
            self.cast["draw_supervisor"],
            self.cast["panel_secretary"],
            self.cast["second_secretary"],
        )

    def _after_confirmation(self, ready: date) -> Iterator[Act]:
        """Draw on the day after, call on the next, meet on the sixth, decide in the week that follows."""
        if self.last == "confirm":
            return
        for step, offset, hour, run in (*self._panel_acts(), *self._chain_acts()):
            yield step, self.day(ready, offset), hour, run
            if self.last == step:
                return

    def _panel_acts(self) -> Iterator[tuple[str, int, int, Run]]:
        yield "freeze", 1, 9, self._freeze
        yield "announce", 1, 10, self._announce
        yield "draw", 1, 11, self._draw
        yield "invite", 2, 9, self._invite
        yield "seat", 2, 16, self._seat
        yield "declare", 3, 10, self._declare
        yield "score", 5, 10, partial(self._score, "score")
        if self.line.get("questions") or "unsent" in self.line:
            yield "ask", 5, 15, self._ask_questions
        yield "meet", 6, 17, self._meet
        yield "finalise", 6, 18, partial(self._score, "finalise")
        yield "put opinion", 7, 9, self._put_opinion
        yield "sign opinion", 7, 15, self._sign_opinion

    def _chain_acts(self) -> Iterator[tuple[str, int, int, Run]]:
        if self.last == "ask revision":
            yield "ask revision", 9, 11, self._ask_revision
            return
        yield "propose", 9, 11, self._propose
        yield "check", 10, 10, self._check
        yield "countersign", 11, 15, self._countersign
        yield "wording", 12, 10, self._wording
        yield "review", 12, 16, self._review
        yield "sign", 13, 16, self._sign_as_director
        yield "deliver", 14, 15, self._deliver
        yield "acknowledge", 14, 17, self._acknowledge
        if self.line.get("met"):
            yield "conditions met", 20, 10, self._meet_conditions
        if self.line.get("proven"):
            yield "condition proven", 60, 10, self._prove_condition

    def _freeze(self, at: datetime) -> None:
        meeting_on = self.day(self.confirmed_on(), 6)
        setup = PanelSetup(
            industries=tuple(self.line["industries"]),
            mode=ParticipationMode(self.line.get("mode", "ONLINE")),
            meets_at=datetime.combine(meeting_on, MEETING_AT),
            place="市国资委三楼会议室（示例）",
            duration="半天",
            fee="按专家劳务标准表执行（示例）",
        )
        panel_hands.freeze(self._case, self.crew, setup, at)

    def _announce(self, at: datetime) -> None:
        panel_hands.announce(self._case, self.crew, at)

    def _draw(self, at: datetime) -> None:
        panel_hands.draw(self._case, self.crew, tuple(map(int, str(self.line["balls"]))), at)

    def _invite(self, at: datetime) -> None:
        """Each name in its turn; whoever cannot come is replaced by the next in the same order."""
        moment = at
        for _ in range(self.line.get("revealed", len(self._places()))):
            moment = self._seat_next(moment)
        declined = self.line.get("declined")
        if declined:
            panel_hands.decline(self._case, self.crew, declined["place"], declined["reason"], moment)
            moment = self._seat_next(moment + timedelta(minutes=5))
        if self.line.get("asked"):
            panel_hands.ask_reveal(self._case, self.crew, moment)

    def _seat_next(self, moment: datetime) -> datetime:
        seat = panel_hands.reveal(self._case, self.crew, moment)
        declined = self.line.get("declined")
        called_at = moment + timedelta(minutes=3)
        if seat.place > self.line.get("agreed", len(self._places())):
            panel_hands.call(self._case, self.crew, seat.place, CallResult.NO_ANSWER, called_at)
        elif not (declined and seat.wave == 0 and seat.place == declined["place"]):
            panel_hands.agree(self._case, self.crew, seat.place, called_at)
        return moment + timedelta(minutes=8)

    def _seat(self, at: datetime) -> None:
        panel_hands.close_invitations(self._case, self.crew, at)

    def _places(self) -> range:
        return range(1, panel_hands.panel_of(self._case).size + 1)

    def _declare(self, at: datetime) -> None:
        for place in self._places():
            panel_hands.declare(self._case, place, at + timedelta(minutes=11 * place))

    def _score(self, node: str, at: datetime) -> None:
        for place in self._who_did(node):
            entry = panel_hands.sheet(self._case, *self._sheet(node, place))
            moment = at + timedelta(minutes=13 * place)
            if self.line.get("typed") == place:
                panel_hands.type_sheet(self._case, self.crew, place, entry, moment)
            elif self.line.get("on_paper") == place:
                panel_hands.sheet_on_paper(self._case, self.crew, node, place, entry, moment)
            else:
                panel_hands.sign_sheet(self._case, node, place, entry, moment)

    def _who_did(self, step: str) -> range:
        """The places that did a step: all of them, or only the first ``some``."""
        places = self._places()
        return places[: self.line.get("some", {}).get(step, len(places))]

    def _sheet(self, node: str, place: int) -> tuple[dict[str, int], str, tuple[str, ...], str]:
        """What the expert at a place writes: near the line's percentage, lower before the meeting than after it."""
        dissents = place in self.line.get("against", ())
        percent = int(self.line["percent"]) + 3 * (place % 3) - (0 if node == "finalise" else 4) - 22 * dissents
        rules = rules_of(panel_hands.panel_of(self._case))
        points = {one.key: one.points * (percent + 2 * (index % 3)) // 100 for index, one in enumerate(rules.criteria)}
        conditions = tuple(self.line.get("conditions", ()))
        if dissents:
            return points, "DISAGREE", (), DISSENT
        if conditions and place % 2:
            return points, "AGREE_WITH_CHANGES", conditions, AGREEMENT
        return points, "AGREE", (), AGREEMENT

    def _ask_questions(self, at: datetime) -> None:
        """The first members' questions are with the enterprise, answered where it has; one more may wait unsent."""
        questions = self.line.get("questions", [])
        for place, question in enumerate(questions, 1):
            panel_hands.ask(self._case, place, question["text"], at + timedelta(minutes=place))
        sent = panel_hands.send_questions(self._case, self.crew, at + timedelta(minutes=20)) if questions else ()
        for inquiry, question in zip(sent, questions, strict=True):
            if "answer" in question:
                answered_at = at + timedelta(minutes=40)
                panel_hands.answer(self._case, inquiry, self._drafter, question["answer"], answered_at)
        if "unsent" in self.line:
            panel_hands.ask(self._case, 1, self.line["unsent"], at + timedelta(minutes=60))

    def _meet(self, at: datetime) -> None:
        panel_hands.meet(self._case, self.crew, 1, at)

    def _put_opinion(self, at: datetime) -> None:
        panel_hands.put_opinion(self._case, at)

    def _sign_opinion(self, at: datetime) -> None:
        for place in self._who_did("sign opinion"):
            panel_hands.sign_opinion(self._case, place, at + timedelta(minutes=place))

    def _ask_revision(self, at: datetime) -> None:
        reason = "请按专家组意见修改后重新报送。"
        hands.act(self._case, "opinion", self.cast["officer"], panels.ask_revision, at, reason=reason)

    def _countersign(self, at: datetime) -> None:
        for item in WorkItem.objects.filter(case=self._case, node="countersign", state="OPEN").order_by("office"):
            hands.act(
                self._case,
                "countersign",
                self.cast[COUNTERSIGNERS[item.office]],
                countersigning.countersign,
                at,
                office=item.office,
                outcome="NO_OBJECTION",
                text="",
            )

    def _wording(self, at: datetime) -> None:
        hands.act(self._case, "wording", self.cast["document_officer"], deciding.check_wording, at, text="")

    def _review(self, at: datetime) -> None:
        hands.act(self._case, "check", self.cast["deputy"], deciding.check, at, text="同意。")

    def _sign_as_director(self, at: datetime) -> None:
        version = hands.letter_version(self._case)
        hands.act(self._case, "sign", self.cast["director"], signing.sign, at, text="同意。", letter_version=version)

    def _meet_conditions(self, at: datetime) -> None:
        for ordinal in range(1, len(self.line["conditions"]) + 1):
            panel_hands.prove_condition(self._case, ordinal, self._drafter, at)
            panel_hands.accept_proof(self._case, ordinal, self.cast["officer"], at)

    def _prove_condition(self, at: datetime) -> None:
        panel_hands.prove_condition(self._case, self.line["proven"], self._drafter, at)
