"""Cases that need a panel, with the parties a test wants, and what else it puts into the records."""

import io
from dataclasses import replace
from datetime import date, datetime

from experts.models import RecusalRequest
from experts.selectors.eligible import Exclusion, PoolForDraw, pool_for_draw
from experts.services.organisations import OrganisationName
from experts.services.recusals import RecusalFacts, ask_recusal, grant_recusal
from experts.states import RecusalKind
from investreview.core.clock import SHANGHAI
from investreview.demo.files import sample_pdf
from investreview.demo.hands import acting
from investreview.projects.models import Case
from investreview.projects.services.drafts import PartyInput
from investreview.registry.models import Organisation
from tests.states import kept
from tests.world import World, drive, later, wanted

ON = date(2024, 7, 5)


def panel_case(
    world: World,
    *,
    key: str = "1",
    body: str = "group",
    to: str = "confirmed",
    name: str = "码头改造项目（示例）",
    **parties: str,
) -> Case:
    """A case of 45 million yuan in review; ``parties`` are names of organisations by role."""
    lines = tuple(PartyInput(name=party, credit_code="", role=role) for role, party in parties.items())
    plan = replace(wanted(world, body=body, name=name, yuan="45000000.00"), parties=lines)
    return kept(
        lambda: drive(world, to, key=key, body=body, plan=plan),
        *("panel case", world.commission.code, key, body, to, name, parties),
    )


def judged(case: Case, *, round: int = 1, on: date = ON, industries: tuple[str, ...] = ("PORT",)) -> PoolForDraw:
    """The pool of the case."""
    return pool_for_draw(case=case, industries=industries, round=round, on=on)


def left_out(case: Case, *, round: int = 1, on: date = ON) -> dict[str, tuple[str, ...]]:
    """Who is left out with which codes."""
    return {each.stable_id: each.codes for each in judged(case, round=round, on=on).excluded}


def only_exclusion(case: Case, *, on: date = ON) -> Exclusion:
    """The single exclusion of the pool."""
    [exclusion] = judged(case, on=on).excluded
    return exclusion


def ask(
    world: World,
    case: Case,
    stated: str,
    *,
    kind: RecusalKind = RecusalKind.ORGANISATION,
    who: str = "group_drafter",
    at: datetime | None = None,
) -> RecusalRequest:
    """The enterprise asks that these people stand aside."""
    moment = at or later(4)
    return ask_recusal(
        acting=acting(world.people[who], moment),
        case_id=case.pk,
        facts=RecusalFacts(kind=kind, stated=stated, reason="同业竞争（示例）。"),
        at=moment,
    )


def grant(world: World, request: RecusalRequest, *names: str, at: datetime | None = None) -> RecusalRequest:
    """The head agrees that the people of these organisations stand aside."""
    moment = at or later(4)
    return grant_recusal(
        acting=acting(world.head, moment),
        request_id=request.pk,
        version=request.version,
        organisations=[OrganisationName(name) for name in names],
        answer="同意（示例）。",
        at=moment,
    )


def on_day(day: date) -> datetime:
    """Nine in the morning of that day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def letter() -> io.BytesIO:
    """A scan of the enterprise's letter."""
    return io.BytesIO(sample_pdf("回避申请函（示例）"))


def known(name: str) -> Organisation:
    """The legal person of this name."""
    return Organisation.objects.get(name=name)
