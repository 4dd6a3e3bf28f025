"""A year with one of everything the overview counts, and what it says of it."""

from datetime import date, datetime
from typing import Any

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.clock import SHANGHAI
from investreview.desk.overview.asking import asked
from investreview.desk.overview.page import OverviewPage, overview_page
from investreview.desk.overview.reading import Reading
from investreview.projects.models import Case
from investreview.projects.states import PanelConclusion
from tests.projects.past_ledgers import past
from tests.states import kept
from tests.workflows.takeover_forms import taken_over
from tests.world import World, drive, wanted


def reading_of(user: User, **query: str) -> Reading:
    at = clock.now()
    question = asked(query, scope=scope_of(user, at), at=at)
    assert question.is_valid, question.form.errors
    return Reading(question.wish, question.scope)


def page_of(user: User, **query: str) -> OverviewPage:
    return overview_page(reading_of(user, **query))


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def set_case(case: Case, **fields: Any) -> Case:
    """The case as if its story had gone otherwise."""
    Case.objects.filter(pk=case.pk).update(**fields)
    case.refresh_from_db()
    return case


def second_reviewed(world: World, conclusion: PanelConclusion, *, key: str, yuan: str = "30000000.00") -> Case:
    """A signed case whose panel concluded so, without the panel's own weeks."""
    case = drive(world, "signed", key=key, plan=wanted(world, name=f"论证{key}（示例）"))
    case.declaration.phases.update(total_yuan=yuan)
    return set_case(case, needs_panel=True, panel_conclusion=conclusion, route="EXPERT_PANEL")


def one_of_everything(world: World) -> dict[str, Case]:
    """The year below, built once."""
    return kept(lambda: _one_of_everything(world), "one of everything", world.commission.code)


def _one_of_everything(world: World) -> dict[str, Case]:
    """One filing (formula for a name, reported late, invested first), two second reviews, one under way, the past."""
    plan = wanted(world, name="=1+1改造项目（示例）", contract_on=date(2024, 7, 1))
    filed = set_case(drive(world, "signed", key="filed", plan=plan), report_by=date(2024, 7, 1))
    found = {
        "filed": filed,
        "passed": second_reviewed(world, PanelConclusion.PASS, key="passed"),
        "failed": second_reviewed(world, PanelConclusion.CONDITIONAL, key="conditional"),
        "open": drive(world, "checked", key="open", body="other", plan=wanted(world, body="other", yuan="12000000.00")),
        "flight": taken_over(world),
    }
    day = date(2024, 5, 6)
    past(world, key="past:1", number="国资备〔2024〕1号", decided_on=day)
    past(world, key="past:2", number="国资备〔2024〕2号", decided_on=day, body="other", route="EXPERT_PANEL")
    return found
