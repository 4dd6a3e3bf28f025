"""What the house holds of post-evaluation: a sample that was published with its notices, and this year's open frame."""

from datetime import date, datetime

from investreview.evaluations.frame import frame_digest, frame_of
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.services.notices import draft_notices
from investreview.evaluations.services.sampling import announce_year, freeze_year
from investreview.evaluations.services.years import leave_out
from tests.evaluations.house import acting, finished, furnished, happened, numbered, opened
from tests.evaluations.test_notices import act
from tests.world import World


def found_samples(world: World, at: datetime) -> None:
    """Last year's sample of two groups, one notice delivered and one a draft; this year one project is left out."""
    furnished(world)
    for body in ("group", "other"):
        project = finished(world, f"{world.bodies[body].short_name}已建成项目（示例）", body=body)
        happened(world, project, "ALERT", date(2024, 3, 1))
    _published(world, at)
    left = finished(world, "涉诉项目（示例）")
    finished(world, "到期项目（示例）")
    year = opened(world, at)
    officer = acting(world.evaluation_officer, at)
    leave_out(acting=officer, year_id=year.pk, version=None, project_id=left.pk, reason="在诉（示例）", at=at)


def _published(world: World, at: datetime) -> None:
    year = opened(world, at)
    EvaluationYear.objects.filter(pk=year.pk).update(year=at.year - 1)
    operator = acting(world.draw_operator, at)
    digest = frame_digest(frame_of(EvaluationYear.objects.get(pk=year.pk), at.date()))
    freeze_year(acting=operator, year_id=year.pk, version=None, digest=digest, at=at)
    announce_year(acting=operator, year_id=year.pk, at=at)
    numbered(world, year, at=at)
    notice = draft_notices(acting=acting(world.evaluation_officer, at), year_id=year.pk, at=at)[0]
    for step in ("HANDED_IN", "CHECKED", "SIGNED", "DELIVERED"):
        days = {"sealed_on": at.date(), "delivered_on": at.date()} if step == "DELIVERED" else {}
        notice = act(world, notice, step, at=at, **days)
