"""Two submissions of a case and what changed between them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from investreview.demo import hands
from investreview.projects.models import Case
from investreview.projects.services import drafts
from investreview.projects.services.drafts import CommitmentInput, PartyInput, PhaseInput
from tests.desk.people import browser
from tests.states import kept
from tests.world import World, credit_code, drive, later, wanted


@pytest.fixture
def twice(world: World) -> Case:
    """Released, supplemented with other facts and another study, released again."""
    return kept(lambda: _twice(world), "twice")


def _twice(world: World) -> Case:
    case = drive(world, "released", key="shared")
    hands.ask_supplement(case, world.officer, [{"slot": "M05", "text": "请更正投资额。"}], later(3))
    case = hands.fresh(case)
    total = Decimal("19600000.00")
    plan = wanted(world, yuan="19600000.00", payment_on=date(2024, 11, 1), is_strategic_emerging=True)
    partner = PartyInput(name="合作单位（示例）", credit_code=credit_code(77), role="PARTNER")
    plan = replace(
        plan,
        phases=(PhaseInput("一期", Decimal("18600000.00")), PhaseInput("二期", Decimal("1000000.00"))),
        commitments=(CommitmentInput(enterprise_id=world.sub.pk, cash_yuan=total),),
        parties=(partner,),
    )
    drafts.save_facts(
        acting=hands.acting(world.group_drafter, later(4)),
        case_id=case.pk,
        version=case.declaration.version,
        name=case.project.name,
        fields=plan.fields,
        phases=plan.phases,
        commitments=plan.commitments,
        parties=plan.parties,
        at=later(4),
    )
    hands.gather_materials(case, world.group_drafter, later(5))
    hands.hand_over(case, world.group_drafter, later(5))
    hands.release(case, world.group_releaser, later(6))
    return hands.fresh(case)


def compared(world: World, case: Case, who: str = "officer") -> str:
    answer = browser(world.people[who]).get(reverse("desk:submissions", args=[case.number, 1, 2]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("全部：1,860.00 万元", "一期：1,860.00 万元\n二期：100.00 万元"),
        ("本委甲集团：现金出资 1,860.00 万元", "本委甲一公司：现金出资 1,960.00 万元"),
        ("1,860.00 万元", "1,960.00 万元"),
        ("2024年10月18日", "2024年11月1日"),
        ("否", "是"),
    ],
)
def test_comparison_shows_what_stood_before_and_after(world: World, twice: Case, before: str, after: str) -> None:
    page = compared(world, twice)
    assert f"<del>{before}</del>" in page
    assert f"<ins>{after}</ins>" in page


def test_comparison_leaves_out_what_stayed(world: World, twice: Case) -> None:
    page = compared(world, twice)
    assert "建设内容（示例）。" not in page
    assert "合作方：合作单位（示例）" in page


def test_comparison_shows_changed_materials(world: World, twice: Case) -> None:
    page = compared(world, twice)
    materials = page[page.index(">材料<") :]
    assert "<b>M02 投资项目备案表</b>" in materials
    assert f"版本码 {twice.submissions.last().version_code}" in materials


def test_case_page_leads_to_the_comparison(world: World, twice: Case) -> None:
    page = browser(world.officer).get(reverse("desk:case", args=[twice.number])).content.decode()
    assert page.count(reverse("desk:submissions", args=[twice.number, 1, 2])) == 1


def test_enterprise_compares_its_own_submissions(world: World, twice: Case) -> None:
    assert "全部：1,860.00 万元" in compared(world, twice, "group_drafter")


@pytest.mark.parametrize(("earlier", "later_one"), [(1, 3), (0, 1), (9, 9)])
def test_comparison_with_a_submission_that_is_not_there(
    world: World, twice: Case, earlier: int, later_one: int
) -> None:
    url = reverse("desk:submissions", args=[twice.number, earlier, later_one])
    assert browser(world.officer).get(url).status_code == 404


@pytest.mark.parametrize("who", ["other_drafter", "sister_drafter", "system_admin", "law"])
def test_comparison_is_shut_for_whoever_may_not_know_the_case(world: World, twice: Case, who: str) -> None:
    url = reverse("desk:submissions", args=[twice.number, 1, 2])
    assert browser(world.people[who]).get(url).status_code == 404
