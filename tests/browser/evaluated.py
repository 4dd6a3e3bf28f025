"""What the house holds of post-evaluation: published samples, notices at every turn, and this year's open frame."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from investreview.evaluations.frame import frame_digest, frame_of
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.evaluations.services.notice_remedies import (
    begin_reissue,
    drop_reissue,
    withdraw_notice_signature,
)
from investreview.evaluations.services.notices import draft_notices
from investreview.evaluations.services.sampling import announce_year, freeze_year
from investreview.evaluations.services.years import leave_out
from tests.evaluations.house import acting, finished, furnished, happened, numbered, opened
from tests.evaluations.test_notices import act
from tests.world import World

STEPS = ("HANDED_IN", "CHECKED", "SIGNED", "DELIVERED")


def found_samples(world: World, at: datetime) -> None:
    """Three years' samples of two groups, whose notices stand at every turn; this year one project is left out.

    Of the last year one notice was delivered, a reissue of it given up, and one is a draft; of the year before one is
    being issued again and one waits for its seal; of the first one was issued again and one has its signature taken
    back.
    """
    furnished(world)
    hands = _Hands(world, at)
    replaced, unsigned = hands.drafted(3)
    hands.issued_again(hands.through(replaced, "DELIVERED"))
    hands.taken_back(hands.through(unsigned, "SIGNED"))
    sent, sealing = hands.drafted(2)
    hands.begun_again(hands.through(sent, "DELIVERED"))
    hands.through(sealing, "SIGNED")
    delivered, _draft = hands.drafted(1)
    hands.given_up(hands.begun_again(hands.through(delivered, "DELIVERED")))
    left = finished(world, "涉诉项目（示例）")
    finished(world, "到期项目（示例）")
    year = opened(world, at)
    officer = acting(world.evaluation_officer, at)
    leave_out(acting=officer, year_id=year.pk, version=None, project_id=left.pk, reason="在诉（示例）", at=at)


def notice_addresses() -> dict[str, list[str]]:
    """The notices with a mistake in them, for whoever acts on them or is told."""
    found = {
        state: list(SampleNotice.objects.filter(state=state).order_by("pk").values_list("pk", flat=True))
        for state in ("VOIDED", "DROPPED", "SIGNED", "CHECKED")
    }
    again = list(SampleNotice.objects.filter(replaces__isnull=False, state="DRAFTED").values_list("pk", "replaces"))
    draft, sent = again[0]
    by = SampleNotice.objects.get(replaces=found["VOIDED"][0]).pk
    rows = {
        "deputy": [*found["SIGNED"], *found["CHECKED"], found["VOIDED"][0]],
        "evaluation_officer": [draft, sent, *found["DROPPED"], by],
        "head": [draft, *found["CHECKED"]],
        "document_officer": [*found["SIGNED"], by],
        "group_releaser": [found["VOIDED"][0], by],
        "group_drafter": [found["VOIDED"][0], by],
    }
    return {role: [f"/evaluations/notices/{pk}/" for pk in notices] for role, notices in rows.items()}


@dataclass(frozen=True)
class _Hands:
    world: World
    at: datetime

    def drafted(self, years_ago: int) -> tuple[SampleNotice, SampleNotice]:
        """A year's sample of both groups is published and its notices are drafted."""
        world, at = self.world, self.at
        for body in ("group", "other"):
            name = f"{world.bodies[body].short_name}已建成项目{years_ago}（示例）"
            built = finished(world, name, body=body, accepted=date(at.year - years_ago - 1, 6, 30))
            happened(world, built, "ALERT", date(2024, 3, 1))
        year = opened(world, at)
        EvaluationYear.objects.filter(pk=year.pk).update(year=at.year - years_ago)
        operator = acting(world.draw_operator, at)
        digest = frame_digest(frame_of(EvaluationYear.objects.get(pk=year.pk), at.date()))
        freeze_year(acting=operator, year_id=year.pk, version=None, digest=digest, at=at)
        announce_year(acting=operator, year_id=year.pk, at=at)
        numbered(world, year, at=at)
        first, second = draft_notices(acting=acting(world.evaluation_officer, at), year_id=year.pk, at=at)
        return first, second

    def through(self, notice: SampleNotice, last: str) -> SampleNotice:
        """The notice went its way up to the state ``last``."""
        for step in STEPS[: STEPS.index(last) + 1]:
            days = {"sealed_on": self.at.date(), "delivered_on": self.at.date()} if step == "DELIVERED" else {}
            notice = act(self.world, notice, step, at=self.at, **days)
        return notice

    def begun_again(self, sent: SampleNotice) -> SampleNotice:
        """A notice that is to take the place of a sent one is a draft."""
        return self._remedied(begin_reissue, "evaluation_officer", sent)

    def given_up(self, draft: SampleNotice) -> SampleNotice:
        """It was given up; the sent one holds."""
        return self._remedied(drop_reissue, "evaluation_officer", draft)

    def issued_again(self, sent: SampleNotice) -> SampleNotice:
        """Another notice has taken the place of a sent one, which is void."""
        return self.through(self.begun_again(sent), "DELIVERED")

    def taken_back(self, signed: SampleNotice) -> SampleNotice:
        """The signature was taken back before the seal; the notice waits for it again."""
        return self._remedied(withdraw_notice_signature, "deputy", signed)

    def _remedied(self, service: Callable[..., SampleNotice], who: str, notice: SampleNotice) -> SampleNotice:
        me = acting(self.world.people[who], self.at)
        return service(
            acting=me, notice_id=notice.pk, version=notice.version, reason="联络时间有误（示例）", at=self.at
        )
