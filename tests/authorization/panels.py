"""Cases at every station of a second review, brought there by the people whose work it is; each full of canaries."""

from datetime import datetime, timedelta
from functools import cached_property, partial

from experts.models import Seat
from experts.rules.entries import SheetEntry
from experts.selectors.eligible import pool_for_draw
from experts.selectors.sheets import rules_of
from experts.services import departures, invitations, meeting, paper_sheets, revealing, rounds, sheets, vacancies, waves
from experts.services.ceremony import enter_panel_numbers
from experts.services.conditions import submit_evidence
from experts.services.departures import Reason
from experts.services.dismissals import propose_dismissal
from experts.states import CallResult, SeatState
from investreview.accounts.selectors import scope_of
from investreview.core.clock import SHANGHAI, legal_date
from investreview.demo import hands, panel_hands
from investreview.demo.hands import acting
from investreview.draws.kinds import Reader
from investreview.projects.acting import Acting
from tests.authorization.canaries import Owner
from tests.authorization.experts import LEFT_OUT, OF_EVERY_PANEL, expert_called, found_spare_experts
from tests.authorization.people import Cast
from tests.authorization.scenes import Scene
from tests.experts.cases import ask
from tests.experts.ceremonies import DIGITS
from tests.experts.sheets import whole
from tests.workflows.panel_replies import reply
from tests.workflows.panel_stages import Final, Stage

MEETS_AT = datetime(2024, 7, 2, 10, tzinfo=SHANGHAI)
_MINUTE = timedelta(minutes=1)
AWAY = "另有安排（示例）"


def _two_conditions(place: int) -> Final:
    """The first two members ask for a change each."""
    return (82, "AGREE_WITH_CHANGES", (f"条件{place}（示例）",)) if place < 3 else (78, "AGREE", ())


class PanelScene(Scene):
    """A case of 45 million yuan whose review is left to five experts."""

    yuan = "45000000.00"

    @cached_property
    def stage(self) -> Stage:
        """The panel's people; their moments follow the case's."""
        return Stage(self.world, self.case, self.at, MEETS_AT)

    @property
    def place(self) -> int:
        """Where the expert of the matrix sits."""
        return self.place_of(OF_EVERY_PANEL[0])

    def place_of(self, letter: str) -> int:
        """Where an expert sits."""
        found: int = Seat.objects.get(panel=self.stage.panel, expert=expert_called(letter)).place
        return found

    @property
    def others(self) -> list[int]:
        """The places of the expert's colleagues."""
        return [place for place in range(1, 6) if place != self.place]

    def awaiting(self) -> None:
        """The enterprise has asked for a recusal; one of two hits over ownership is put forward as harmless."""
        self.proposing()
        ask(self.world, self.case, self.word("recusal"), who="sub_drafter", at=self.later())
        operator = acting(self.world.draw_operator, self.later())
        put = expert_called(LEFT_OUT[0])
        propose_dismissal(
            acting=operator,
            case_id=self.case.pk,
            expert_id=put.pk,
            fingerprint=self.fingerprint_of(LEFT_OUT[0]),
            reason="持股0.5%（示例）",
            at=self.at,
        )

    def fingerprint_of(self, letter: str) -> str:
        """What the hit is put forward by that leaves an expert out."""
        pool = pool_for_draw(case=hands.fresh(self.case), industries=(), round=1, on=legal_date(self.at))
        out = next(one for one in pool.excluded if one.expert_id == expert_called(letter).pk)
        return out.reasons[0].fingerprint

    def invited(self) -> None:
        """Every name is revealed; a colleague has agreed by telephone, another asks for leave, nobody has confirmed."""
        self.proposing()
        self.stage.invite()
        agreed, away, *_rest = self.others
        self._call(agreed, CallResult.AGREED)
        self._call(away, CallResult.LEAVE, AWAY)

    def revealing(self) -> None:
        """Two names are revealed; one of them has declined from the own sign-in, no wave is asked for yet."""
        self.proposing()
        self.stage.draw(2)
        self._decline(1)

    def asked(self) -> None:
        """Two names are revealed, the next is asked for."""
        self.proposing()
        self.stage.draw(2)
        revealing.ask_reveal(acting=self._operator(), case_id=self.case.pk, at=self.stage.now)

    def leaving(self) -> None:
        """The operator was told that a revealed member cannot come; the supervisor has not confirmed it."""
        self.proposing()
        self.stage.draw(2)
        self._call(1, CallResult.LEAVE, AWAY)
        departures.record_decline(
            acting=self._operator(),
            case_id=self.case.pk,
            place="1",
            reason=Reason(SeatState.DECLINED, AWAY),
            document=panel_hands.scan("请假条"),
            at=self.stage.now,
        )

    def wave(self) -> None:
        """One has declined; the operator asks for the next in line."""
        self.revealing()
        waves.ask_wave(acting=self._operator(), case_id=self.case.pk, at=self.stage.now)

    def beyond(self) -> None:
        """Two have declined, more than a third: the wave waits for the discipline office."""
        self.revealing()
        self._decline(2)
        waves.ask_wave(acting=self._operator(), case_id=self.case.pk, at=self.stage.now)

    def ended(self) -> None:
        """The leader has ended the panel after the numbers were entered and before it was drawn."""
        self.proposing()
        stage = self.stage
        stage.announce()
        supervisor = self.world.draw_supervisor
        enter_panel_numbers(
            user=supervisor,
            scope=scope_of(supervisor, stage.tick()),
            case_id=self.case.pk,
            fingerprint_tail=stage.panel.draw.request_hash[-8:],
            numbers=DIGITS,
            read_by=Reader.WITNESS,
            at=stage.now,
        )
        rounds.order_new_round(
            acting=acting(self.world.deputy, stage.tick()),
            case_id=self.case.pk,
            version=None,
            reason="候补不足（示例）",
            document=panel_hands.scan("批示"),
            at=stage.now,
        )

    def seated(self) -> None:
        """Everybody has agreed and nobody has declared."""
        self.proposing()
        self.stage.invite()
        self.stage.seat_all()

    def scoring(self) -> None:
        """The expert and a colleague have signed, another's paper waits to be compared; one question is out."""
        self.seated()
        self.stage.declare(1, 2, 3, 4, 5)
        signed, on_paper, *_rest = self.others
        self._sign("score", signed, "colleague")
        paper_sheets.enter_sheet(
            acting=acting(self.world.panel_secretary2, self.stage.tick()),
            case_id=self.case.pk,
            place=str(on_paper),
            entry=self.stage.entry(),
            dated_on=legal_date(self.stage.now),
            scan=panel_hands.scan("评分表"),
            correction_reason="",
            at=self.stage.now,
        )
        self._ask("question")
        meeting.send_inquiries(acting=self._secretary(), case_id=self.case.pk, at=self.stage.now)
        self._ask("waiting")
        self._sign("score", self.place, "sheet")

    def finalising(self) -> None:
        """The meeting is over, the expert writes the final sheet; the chair has left."""
        self.seated()
        self.stage.declare(1, 2, 3, 4, 5)
        for place in range(1, 6):
            self._sign("score", place, "sheet" if place == self.place else "colleague")
        chair = self.others[0]
        self.stage.meet(chair)
        sheets.save_sheet(
            acting=self._expert(),
            case_id=self.case.pk,
            place=str(self.place),
            sheet_version=0,
            entry=self._entry("final"),
            at=self.stage.now,
        )
        panel_hands.by_place(
            self.case,
            "finalise",
            chair,
            self.stage.expert(chair),
            vacancies.leave_seat,
            self.stage.tick(),
            kind="RECUSED",
            reason=AWAY,
        )

    def concluded(self) -> None:
        """The opinion with its conditions is signed, the reply delivered; a proof for the first condition is in."""
        self.seated()
        self.stage.declare(1, 2, 3, 4, 5)
        self.stage.conclude(_two_conditions)
        reply(self.stage, (self.word("letter"),))
        hands.deliver(self.case, self.world.document_officer, self.stage.tick())
        submit_evidence(
            acting=acting(self.drafter, self.stage.tick()),
            case_id=self.case.pk,
            ordinal=1,
            version=1,
            statement=self.word("proof"),
            evidence=panel_hands.scan("落实证明"),
            at=self.stage.now,
        )

    def _operator(self) -> Acting:
        return acting(self.world.draw_operator, self.stage.tick())

    def _secretary(self) -> Acting:
        return acting(self.world.panel_secretary, self.stage.tick())

    def _expert(self) -> Acting:
        return acting(self.stage.expert(self.place), self.stage.tick())

    def _call(self, place: int, result: CallResult, reason: str = "") -> None:
        panel_hands.call(self.case, self.stage.crew, place, result, self.stage.tick(), reason)

    def _decline(self, place: int) -> None:
        seat = self.stage.seat(place)
        reason = Reason(SeatState.DECLINED, AWAY)
        invitations.decline_own_seat(
            user=self.stage.expert(place), seat_id=seat.pk, reason=reason, at=self.stage.tick()
        )

    def _ask(self, kind: str) -> None:
        meeting.ask_inquiry(
            acting=self._expert(), case_id=self.case.pk, place=str(self.place), text=self.word(kind), at=self.stage.now
        )

    def _entry(self, kind: str) -> SheetEntry:
        return whole(rules_of(self.stage.panel), comment=self.word(kind))

    def _sign(self, node: str, place: int, kind: str) -> None:
        panel_hands.sign_sheet(self.case, node, place, self._entry(kind), self.stage.tick())


_of = partial(Owner, "LYG", "sub", is_handed_in=True)
AMONG_FIVE: dict[str, Owner] = {
    "awaiting": _of(panel="AWAITING"),
    "invited": _of(panel="DRAWN"),
    "seated": _of(panel="SEATED"),
    "scoring": _of(panel="SCORING"),
    "finalising": _of(panel="FINALISING"),
    "concluded": _of(panel="CONCLUDED", has_asked_finance=True, has_asked_law=True, is_ended=True, is_delivered=True),
}
"""Stations whose panel is the same five: the expert sits there."""
WITH_NEXT_IN_LINE: dict[str, Owner] = {
    name: _of(panel="DRAWN") for name in ("revealing", "asked", "leaving", "wave", "beyond", "ended")
}
"""Stations that need somebody to join; last the one whose draw waits to be finished, as no other is announced then."""
OWNERS = AMONG_FIVE | WITH_NEXT_IN_LINE


def play_panels(cast: Cast) -> dict[str, Scene]:
    """Every panel of OWNERS, where it should be."""
    scenes: dict[str, Scene] = {}
    for name in OWNERS:
        if name in WITH_NEXT_IN_LINE and not scenes.keys() & WITH_NEXT_IN_LINE.keys():
            found_spare_experts(cast.home)
        scene = PanelScene(name, cast.home)
        getattr(scene, name)()
        scene.case = hands.fresh(scene.case)
        scenes[name] = scene
    return scenes
