"""The year before its draw: opened once, projects left out and added with reasons, another method with a reason."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from investreview.core.errors import Forbidden, Stale
from investreview.demo.files import sample_pdf
from investreview.evaluations.frame import frame_of, included
from investreview.evaluations.models import Due, EvaluationYear, FrameRow
from investreview.evaluations.selectors.years import comparison_of
from investreview.evaluations.services.finding import find_due
from investreview.evaluations.services.sampling import freeze_year
from investreview.evaluations.services.years import add_project, choose_method, leave_out, open_year, take_back
from investreview.journal.models import Entry
from investreview.projects.models import CorrectionSlip, Project
from investreview.projects.services.materials import store_file
from investreview.projects.shown import PROJECT_NAME
from investreview.rulebook.vocabulary import SampleMethod
from tests.desk.people import browser
from tests.evaluations.house import (
    AT,
    acting,
    announced,
    digest_of,
    finished,
    found_house,
    frozen,
    happened,
    numbered,
    opened,
    pictured,
    refused,
)
from tests.world import World, drive


def names(year: EvaluationYear) -> list[str]:
    return [entry.name for entry in included(frame_of(year, AT.date()))]


def test_a_year_is_opened_once(world: World) -> None:
    first, second = opened(world), opened(world)
    assert (first.pk, first.rule_set.code, first.state) == (second.pk, "2024-1", "OPEN")
    assert Entry.objects.filter(verb="evaluation.open_year").count() == 1


@pytest.mark.parametrize("year", [2023, 2025])
def test_only_the_current_year_is_opened(world: World, year: int) -> None:
    with refused("evaluations_year_not_now"):
        open_year(acting=acting(world.evaluation_officer), commission=world.commission, year=year, at=AT)


@pytest.mark.parametrize("who", ["officer", "head", "draw_operator", "deputy", "archivist", "group_releaser"])
def test_only_the_evaluation_officer_prepares(world: World, who: str) -> None:
    project = finished(world, "一（示例）")
    year = opened(world)
    other = acting(world.people[who])
    with pytest.raises(Forbidden):
        open_year(acting=other, commission=world.commission, year=2024, at=AT)
    with pytest.raises(Forbidden):
        leave_out(acting=other, year_id=year.pk, version=None, project_id=project.pk, reason="因", at=AT)
    with pytest.raises(Forbidden):
        add_project(acting=other, year_id=year.pk, version=None, project_id=project.pk, reason="因", at=AT)
    with pytest.raises(Forbidden):
        choose_method(acting=other, year_id=year.pk, version=None, method=SampleMethod.CELL_CEIL, reason="因", at=AT)


def test_the_officer_of_another_commission_prepares_nothing_here(world: World) -> None:
    other = found_house("GY", names="外")
    project = finished(world, "一（示例）")
    year = opened(world)
    with pytest.raises(Forbidden):
        leave_out(
            acting=acting(other.evaluation_officer),
            year_id=year.pk,
            version=None,
            project_id=project.pk,
            reason="因",
            at=AT,
        )
    foreign = finished(other, "外委（示例）")
    with refused("evaluations_not_decided"):
        add_project(
            acting=acting(world.evaluation_officer),
            year_id=year.pk,
            version=None,
            project_id=foreign.pk,
            reason="因",
            at=AT,
        )


def test_a_project_is_left_out_with_a_reason_and_taken_back(world: World) -> None:
    first, second = finished(world, "一（示例）"), finished(world, "二（示例）")
    officer, year = acting(world.evaluation_officer), opened(world)
    year = leave_out(acting=officer, year_id=year.pk, version=1, project_id=first.pk, reason=" 在诉 ", at=AT)
    assert (names(year), year.version) == ([second.name], 2)
    assert [entry.left_out_reason for entry in frame_of(year, AT.date()) if entry.is_left_out] == ["在诉"]
    with refused("evaluations_not_in_frame"):
        leave_out(acting=officer, year_id=year.pk, version=2, project_id=first.pk, reason="再次", at=AT)
    year = take_back(acting=officer, year_id=year.pk, version=2, project_id=first.pk, at=AT)
    assert sorted(names(year)) == [first.name, second.name]
    with refused("evaluations_not_left_out"):
        take_back(acting=officer, year_id=year.pk, version=3, project_id=first.pk, at=AT)


def test_a_mandatory_pick_is_never_left_out(world: World) -> None:
    project = finished(world, "一（示例）")
    happened(world, project, "ALERT", date(2024, 3, 1))
    year = opened(world)
    with refused("evaluations_must_stays"):
        leave_out(
            acting=acting(world.evaluation_officer),
            year_id=year.pk,
            version=1,
            project_id=project.pk,
            reason="因",
            at=AT,
        )
    page = browser(world.evaluation_officer).get(reverse("evaluations:year", args=[year.pk])).content.decode()
    assert "剔除" not in page
    assert names(year) == [project.name]


def test_a_frame_reads_a_case_with_its_slips_before_and_after_the_freeze(world: World) -> None:
    case = drive(world, "acknowledged")
    project = case.project
    happened(world, project, "ACCEPTED", date(2022, 6, 30))
    CorrectionSlip.objects.create(
        case=case,
        ordinal=1,
        field=PROJECT_NAME,
        before=project.name,
        after="二（示例）",
        reason="录入错误（示例）",
        evidence=store_file(
            case=case,
            file=io.BytesIO(sample_pdf("依据（示例）")),
            name="依据.pdf",
            user=world.officer,
            mark=case.declaration.mark,
            at=AT,
        ),
        proposed_by=world.officer,
        proposed_at=AT,
        checked_by=world.head,
        confirmed_at=AT,
        document_id=1,
    )
    assert names(opened(world)) == ["二（示例）"]
    assert names(frozen(world)) == ["二（示例）"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(world: World, reason: str) -> None:
    project = finished(world, "一（示例）")
    year = opened(world)
    with refused("projects_reason_needed"):
        leave_out(
            acting=acting(world.evaluation_officer),
            year_id=year.pk,
            version=1,
            project_id=project.pk,
            reason=reason,
            at=AT,
        )
    assert FrameRow.objects.count() == 0


def test_a_stale_page_is_refused(world: World) -> None:
    first, second = finished(world, "一（示例）"), finished(world, "二（示例）")
    officer, year = acting(world.evaluation_officer), opened(world)
    leave_out(acting=officer, year_id=year.pk, version=1, project_id=first.pk, reason="因", at=AT)
    with refused("core_stale", Stale):
        leave_out(acting=officer, year_id=year.pk, version=1, project_id=second.pk, reason="因", at=AT)


def test_a_planned_project_is_added_before_it_is_due_and_not_drawn_from_again(world: World) -> None:
    finished(world, "到期（示例）")
    planned = finished(world, "计划（示例）", accepted=date(2023, 10, 1))
    officer, year = acting(world.evaluation_officer), opened(world)
    year = add_project(acting=officer, year_id=year.pk, version=1, project_id=planned.pk, reason="列入企业计划", at=AT)
    assert sorted(names(year)) == ["到期（示例）", planned.name]
    with refused("evaluations_already_in_frame"):
        add_project(acting=officer, year_id=year.pk, version=2, project_id=planned.pk, reason="再次", at=AT)
    year = numbered(world, announced(world))
    assert year.frame_count == 2
    following = AT.replace(year=2025)
    find_due(world.commission, at=following)
    assert Due.objects.get(project=planned).taken_by == year
    assert frame_of(opened(world, following), following.date()) == ()
    with refused("evaluations_sampled_before"):
        add_project(
            acting=acting(world.evaluation_officer, following),
            year_id=opened(world, following).pk,
            version=None,
            project_id=planned.pk,
            reason="再次",
            at=following,
        )


def test_an_undecided_project_is_not_added(world: World) -> None:
    project = finished(world, "退回（示例）")
    project.cases.update(state="RETURNED", end_reason="未补正")
    year = opened(world)
    for key in (project.pk, 0):
        with refused("evaluations_not_decided"):
            add_project(
                acting=acting(world.evaluation_officer),
                year_id=year.pk,
                version=None,
                project_id=key,
                reason="因",
                at=AT,
            )


def test_another_method_needs_a_reason_and_is_used(world: World) -> None:
    pictured(world)
    officer, year = acting(world.evaluation_officer), opened(world)
    with refused("projects_reason_needed"):
        choose_method(acting=officer, year_id=year.pk, version=1, method=SampleMethod.ENT_SYSTEMATIC, reason="", at=AT)
    year = choose_method(
        acting=officer, year_id=year.pk, version=1, method=SampleMethod.ENT_SYSTEMATIC, reason="各企业均须抽查", at=AT
    )
    operator, digest = acting(world.draw_operator), digest_of(year)
    year = freeze_year(acting=operator, year_id=year.pk, version=year.version, digest=digest, at=AT)
    assert (year.method, year.draw.terms["rule"]["method"]) == ("ent_systematic", "ent_systematic")
    back = choose_usual_again(world)
    assert back == ("", "")


def choose_usual_again(world: World) -> tuple[str, str]:
    """The usual method takes the reason away; tried on a year of its own."""
    later = AT.replace(year=2025)
    year = opened(world, later)
    officer = acting(world.evaluation_officer, later)
    for method, reason in ((SampleMethod.CELL_CEIL, "试"), (SampleMethod.ALL_SYSTEMATIC, "")):
        year = choose_method(acting=officer, year_id=year.pk, version=None, method=method, reason=reason, at=later)
    return year.method, year.method_reason


def test_the_comparison_tells_work_before_the_freeze(world: World) -> None:
    pictured(world)
    year = opened(world)
    lines = comparison_of(year, included(frame_of(year, AT.date())))
    told = {
        line.key: (line.comparison.random, line.comparison.work_days, line.is_usual, line.is_chosen) for line in lines
    }
    assert told["all_systematic"] == (7, 42, True, True)
    assert told["ent_systematic"] == (10, 60, False, False)
    assert told["cell_ceil"][0] >= 10


def test_nothing_is_prepared_any_more_once_frozen(world: World) -> None:
    project = finished(world, "一（示例）")
    officer, year = acting(world.evaluation_officer), frozen(world)
    with refused("evaluations_wrong_state"):
        leave_out(acting=officer, year_id=year.pk, version=None, project_id=project.pk, reason="因", at=AT)
    with refused("evaluations_wrong_state"):
        choose_method(acting=officer, year_id=year.pk, version=None, method=SampleMethod.CELL_CEIL, reason="因", at=AT)


def test_the_database_ties_decisions_to_people(world: World) -> None:
    finished(world, "一（示例）")
    year = frozen(world)
    for wrong in (
        {"left_out_reason": "无人"},
        {"added_reason": "无人"},
        {"ent": ""},
        {"number": None, "is_must": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            year.rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationYear.objects.filter(pk=year.pk).update(state="OPEN")


def test_the_frame_is_read_in_a_fixed_number_of_queries(world: World, django_assert_num_queries) -> None:
    finished(world, "一（示例）")
    year = EvaluationYear.objects.select_related("commission", "rule_set").get(pk=opened(world).pk)
    assert len(frame_of(year, AT.date())) == 1
    with django_assert_num_queries(6):
        frame_of(year, AT.date())
    pictured(world)
    find_due(world.commission, at=AT)
    with django_assert_num_queries(6):
        assert len(frame_of(year, AT.date())) == 24
    assert Project.objects.count() == 24
