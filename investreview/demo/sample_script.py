"""The sample of the demonstration's year: the frame over what is due, the ceremony, and a notice to each enterprise."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from investreview.accounts.selectors import scope_of
from investreview.core.clock import SHANGHAI
from investreview.demo.cast import Cast
from investreview.demo.files import sample_pdf
from investreview.demo.hands import acting
from investreview.demo.script import Event
from investreview.documents.kinds import DeliveryChannel
from investreview.draws.kinds import Reader
from investreview.evaluations.frame import frame_digest, frame_of
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.evaluations.services import notices, sampling, years
from investreview.evaluations.services.finding import find_due
from investreview.evaluations.states import NoticeState
from investreview.projects.acting import Acting
from investreview.projects.models import Milestone, PastDecision
from investreview.projects.services.milestones import MilestoneInput, record_milestone
from investreview.rulebook.vocabulary import SampleMethod

Run = Callable[[datetime], object]
HANDS: dict[NoticeState, tuple[str, Callable[..., object]]] = {
    NoticeState.HANDED_IN: ("evaluation_officer", notices.hand_in_notice),
    NoticeState.CHECKED: ("head", notices.check_notice),
    NoticeState.SIGNED: ("deputy", notices.sign_notice),
    NoticeState.DELIVERED: ("document_officer", notices.deliver_notice),
    NoticeState.ACKNOWLEDGED: ("", notices.acknowledge_notice),
}
"""By the state that follows: who of the commission does the step (nobody: the enterprise's releaser), and how."""
STEPS = tuple(HANDS)


@dataclass
class SampleStory:
    """The year's sample; with ``leaves_work`` the last notices wait, each at a step of its own.

    A line may name the ``last`` act, after which the next one waits.
    """

    line: dict[str, Any]
    past: list[dict[str, Any]]
    cast: Cast
    order: int
    leaves_work: bool

    def events(self) -> Iterator[Event]:
        """The acts of the sample in order."""
        for label, day, clock, run in self._acts():
            at = datetime.combine(day, clock, SHANGHAI)
            yield Event(at, self.order, f"sample {label}", partial(run, at))
            if label == self.line.get("last"):
                return

    def _acts(self) -> Iterator[tuple[str, date, time, Run]]:
        prepared, drawn = self.line["prepared"], self.line["drawn"]
        yield "milestones", self.line["milestones"], time(15, 10), self._enter_milestones
        yield "nightly job", prepared, time(1, 30), self._find_due
        yield "open", prepared, time(10, 15), self._open
        yield "nightly job again", drawn, time(1, 30), self._find_due
        yield "method", drawn, time(8, 50), self._choose_method
        yield "freeze", drawn, time(9, 10), self._freeze
        yield "announce", drawn, time(9, 25), self._announce
        yield "numbers", drawn, time(9, 40), self._enter_numbers
        signed = self.line["signed"]
        yield "draft", signed, time(8, 45), self._draft
        yield "hand in", signed, time(9, 30), partial(self._step, NoticeState.HANDED_IN)
        yield "check", signed, time(10, 50), partial(self._step, NoticeState.CHECKED)
        yield "sign", signed, time(15, 20), partial(self._step, NoticeState.SIGNED)
        yield "deliver", self.line["delivered"], time(10, 30), partial(self._step, NoticeState.DELIVERED)
        yield "acknowledge", self.line["acknowledged"], time(9, 45), partial(self._step, NoticeState.ACKNOWLEDGED)

    @property
    def _year(self) -> EvaluationYear:
        return EvaluationYear.objects.select_related("draw").get(commission=self.cast.commission)

    def _enter_milestones(self, at: datetime) -> None:
        """What the ledger left empty, each with the paper it rests on."""
        for told in (line for line in self.past if "accepted" in line):
            project = PastDecision.objects.get(number=told["number"]).project_id
            entry = MilestoneInput(Milestone.Kind.ACCEPTED, told["accepted"]["day"], told["accepted"]["basis"])
            record_milestone(acting=self._officer(at), project_id=project, entry=entry, at=at)

    def _officer(self, at: datetime) -> Acting:
        return acting(self.cast["evaluation_officer"], at)

    def _operator(self, at: datetime) -> Acting:
        return acting(self.cast["draw_operator"], at)

    def _find_due(self, at: datetime) -> None:
        find_due(self.cast.commission, at=at)

    def _open(self, at: datetime) -> None:
        years.open_year(acting=self._officer(at), commission=self.cast.commission, year=at.year, at=at)

    def _choose_method(self, at: datetime) -> None:
        """The usual method of a frame under forty, which needs no reason; another one where the line gives its."""
        method, reason = SampleMethod(self.line.get("method", "all_systematic")), self.line.get("method_reason", "")
        years.choose_method(
            acting=self._officer(at), year_id=self._year.pk, version=None, method=method, reason=reason, at=at
        )

    def _freeze(self, at: datetime) -> None:
        digest = frame_digest(frame_of(self._year, at.date()))
        sampling.freeze_year(acting=self._operator(at), year_id=self._year.pk, version=None, digest=digest, at=at)

    def _announce(self, at: datetime) -> None:
        sampling.announce_year(acting=self._operator(at), year_id=self._year.pk, at=at)

    def _enter_numbers(self, at: datetime) -> None:
        """The supervisor types the paper's last digits and the ten balls; the list is published in the same act."""
        year, supervisor = self._year, self.cast["draw_supervisor"]
        sampling.enter_numbers(
            user=supervisor,
            scope=scope_of(supervisor, at),
            year_id=year.pk,
            fingerprint_tail=year.draw.request_hash[-8:] if year.draw is not None else "",
            numbers=tuple(map(int, self.line["balls"])),
            read_by=Reader.OPERATOR,
            at=at,
        )

    def _draft(self, at: datetime) -> None:
        notices.draft_notices(acting=self._officer(at), year_id=self._year.pk, at=at)

    def _step(self, step: NoticeState, at: datetime) -> None:
        """Every notice that does not wait earlier goes through ``step``, by the person whose step it is."""
        for notice, waits_for in self._notices():
            if waits_for is None or STEPS.index(step) < STEPS.index(waits_for):
                self._do(step, notice, at)

    def _notices(self) -> list[tuple[SampleNotice, NoticeState | None]]:
        """The notices, each with the step that it waits for, if any."""
        found = list(self._year.notices.select_related("group").order_by("pk"))
        waiting = [NoticeState(step) for step in self.line["waiting"]][: len(found)] if self.leaves_work else []
        return list(zip(found, [*[None] * (len(found) - len(waiting)), *waiting], strict=True))

    def _do(self, step: NoticeState, notice: SampleNotice, at: datetime) -> None:
        key, service = HANDS[step]
        who = self.cast[key] if key else self.cast.releasers[notice.group.short_name]
        facts = _delivery(notice, at) if step is NoticeState.DELIVERED else {}
        service(acting=acting(who, at), notice_id=notice.pk, version=notice.version, at=at, **facts)


def _delivery(notice: SampleNotice, at: datetime) -> dict[str, object]:
    return {
        "sealed": io.BytesIO(sample_pdf(f"后评价抽查通知用印件 {notice.number}", 3)),
        "sealed_name": "后评价抽查通知用印扫描件（示例）.pdf",
        "sealed_on": at.date(),
        "channel": DeliveryChannel.ONLINE,
        "delivered_on": at.date(),
    }
