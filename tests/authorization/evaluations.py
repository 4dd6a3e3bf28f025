"""Post-evaluation as the matrix tries it: years before, at and after their draw, a notice at each of its steps."""

from collections.abc import Callable
from datetime import date
from typing import Any

from investreview.documents.kinds import NumberMode
from investreview.documents.services import open_series
from investreview.evaluations.frame import frame_digest, frame_of
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.evaluations.services.finding import find_due
from investreview.evaluations.services.notice_remedies import begin_reissue
from investreview.evaluations.services.notices import draft_notices
from investreview.evaluations.services.sampling import announce_year, freeze_year
from investreview.evaluations.services.years import leave_out, open_year
from investreview.projects.models import Project
from tests.authorization.people import Cast
from tests.authorization.scenes import DAY, NOW
from tests.evaluations.house import acting, finished, numbered
from tests.evaluations.test_notices import act
from tests.world import FOUNDED_AT, FOUNDER, World

STEPS = ("HANDED_IN", "CHECKED", "SIGNED", "DELIVERED")
BUILT_ON = date(2008, 6, 30)
FIRST_YEAR = 2010
REASON = "列入企业年度后评价计划（示例）"


def found_evaluations(cast: Cast) -> dict[str, dict[str, Any]]:
    """Address by thing. Years are numbered from 2010 on, since a commission has one a year."""
    world = cast.home
    open_series(
        commission="LYG",
        code="WEN",
        label="国资〔{year}〕{n}号",
        mode=NumberMode.OWN_SERIES,
        first_year=2024,
        first=27,
        actor=FOUNDER,
        at=FOUNDED_AT,
    )
    found: dict[str, dict[str, Any]] = {}
    for place, state in enumerate(("DRAFTED", *STEPS)):
        drawn = _published(world, FIRST_YEAR + place)
        found[f"sample notice {state.lower()}"] = {"pk": _notice(world, drawn, state).pk}
    found["sample published"] = {"pk": _published(world, FIRST_YEAR + len(STEPS) + 1).pk}
    found["sample frozen"] = {"pk": _frozen(world, FIRST_YEAR + len(STEPS) + 2).pk}
    found["sample notice reissue"] = {"pk": _reissue(world, FIRST_YEAR + len(STEPS) + 3).pk}
    return found | _open(world)


def _opened(world: World, number: int) -> EvaluationYear:
    """The year of that number, in which one project of the group is due."""
    finished(world, f"{number}年度后评价项目（示例）", accepted=BUILT_ON)
    find_due(world.commission, at=NOW)
    year = open_year(acting=acting(world.evaluation_officer, NOW), commission=world.commission, year=NOW.year, at=NOW)
    EvaluationYear.objects.filter(pk=year.pk).update(year=number)
    return EvaluationYear.objects.get(pk=year.pk)


def _frozen(world: World, number: int) -> EvaluationYear:
    year = _opened(world, number)
    digest = frame_digest(frame_of(year, DAY))
    operator = acting(world.draw_operator, NOW)
    return freeze_year(acting=operator, year_id=year.pk, version=year.version, digest=digest, at=NOW)


def _published(world: World, number: int) -> EvaluationYear:
    year = _frozen(world, number)
    announce_year(acting=acting(world.draw_operator, NOW), year_id=year.pk, at=NOW)
    return numbered(world, year, at=NOW)


def _notice(world: World, year: EvaluationYear, state: str) -> SampleNotice:
    """The notice to the year's only group, brought to ``state`` by its people."""
    (notice,) = draft_notices(acting=acting(world.evaluation_officer, NOW), year_id=year.pk, at=NOW)
    for step in STEPS[: STEPS.index(state) + 1] if state in STEPS else ():
        days = {"sealed_on": DAY, "delivered_on": DAY} if step == "DELIVERED" else {}
        notice = act(world, notice, step, at=NOW, **days)
    return notice


def _reissue(world: World, number: int) -> SampleNotice:
    """What is drafted to take the place of a delivered notice."""
    sent = _notice(world, _published(world, number), "DELIVERED")
    officer = acting(world.evaluation_officer, NOW)
    return begin_reissue(acting=officer, notice_id=sent.pk, version=sent.version, reason=REASON, at=NOW)


def _open(world: World) -> dict[str, dict[str, Any]]:
    """The year of today: one project in its frame, one left out, one that is not due and can be added."""
    left = finished(world, "剔除项目（示例）", accepted=BUILT_ON)
    finished(world, "未到期项目（示例）", accepted=None)
    year = _opened(world, NOW.year)
    officer = acting(world.evaluation_officer, NOW)
    leave_out(acting=officer, year_id=year.pk, version=None, project_id=left.pk, reason="在诉（示例）", at=NOW)
    inside = next(entry for entry in frame_of(year, DAY) if not entry.is_left_out)
    project = Project.objects.get(pk=inside.project_id)
    return {
        "sample open": {"pk": year.pk},
        "sample open project": {"pk": year.pk, "project_id": project.pk},
        "sample open left out": {"pk": year.pk, "project_id": left.pk},
        "evaluated project": {"pk": project.pk},
        "milestone": {"pk": project.milestones.get().pk},
    }


def _of_year(**fields: str) -> "Callable[[Any, str, str], dict[str, Any]]":
    return lambda site, thing, who: {
        "version": str(EvaluationYear.objects.get(pk=site.things[thing]["pk"]).version),
        **fields,
    }


def _of_notice(**fields: str) -> "Callable[[Any, str, str], dict[str, Any]]":
    return lambda site, thing, who: {
        "version": str(SampleNotice.objects.get(pk=site.things[thing]["pk"]).version),
        **fields,
    }


def _added(site: Any, thing: str, who: str) -> dict[str, Any]:
    planned = Project.objects.get(name="未到期项目（示例）")
    return _of_year(code=planned.cases.get().number, reason=REASON)(site, thing, who)


def _frozen_as_seen(site: Any, thing: str, who: str) -> dict[str, Any]:
    year = EvaluationYear.objects.get(pk=site.things[thing]["pk"])
    return {"version": str(year.version), "digest": frame_digest(frame_of(year, DAY))}


def _fixed(**fields: str) -> "Callable[[Any, str, str], dict[str, Any]]":
    return lambda site, thing, who: dict(fields)


BODIES: "dict[str, Callable[[Any, str, str], dict[str, Any]]]" = {
    "evaluations:project": _fixed(kind="LOSS", happened_on="2024-05-06", actual_yuan="", basis="审计报告（示例）"),
    "evaluations:withdraw": _fixed(version="1", reason="误登（示例）"),
    "evaluations:add": _added,
    "evaluations:leave_out": _of_year(reason=REASON),
    "evaluations:take_back": _of_year(),
    "evaluations:method": _of_year(method="cell_ceil", reason=REASON),
    "evaluations:freeze": _frozen_as_seen,
    "evaluations:withdraw_freeze": _of_year(reason=REASON),
    "evaluations:numbers": _fixed(
        fingerprint_tail="00000000", read_by="OPERATOR", **{f"ball_{place}": "7" for place in range(1, 11)}
    ),
    "evaluations:hand_in": _of_notice(),
    "evaluations:check": _of_notice(),
    "evaluations:send_back": _of_notice(reason="改联络时间（示例）"),
    "evaluations:sign": _of_notice(),
    "evaluations:deliver": _of_notice(sealed_on=DAY.isoformat(), channel="PAPER", delivered_on=DAY.isoformat()),
    "evaluations:acknowledge": _of_notice(),
    "evaluations:withdraw_signature": _of_notice(reason=REASON),
    "evaluations:reissue": _of_notice(reason=REASON),
    "evaluations:drop_reissue": _of_notice(reason=REASON),
}
"""What a rightful person sends; the numbers are wrong, because right ones are stored for good."""
