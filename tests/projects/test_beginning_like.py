"""A project begun from a copy of an earlier one: what is taken over, and how little is asked anew."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from investreview.core.errors import Forbidden, Invalid
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.projects.completeness import fields_missing, require_declared
from investreview.projects.models import Case, Declaration
from investreview.projects.routing import decide
from investreview.projects.services.drafts import PartyInput, create_project_like
from tests.projects.pages import opened, save, signed_in, typed
from tests.world import START, World, drive, later, wanted

MOST = 12
"""DOMAIN §7: so many new fields are asked at most."""
ASKED = {
    "name": "堆场改造项目（示例）",
    "plan_status": "IN_PLAN",
    "plan_row": "2",
    "phases-0-total_yuan": "1860",
    "own_funds_yuan": "1860",
    "commitments-0-cash_yuan": "1860",
    "decided_on": "2024-06-27",
    "report_number": "甲投〔2024〕9号",
}
"""Every field that a person fills, by its name on the page; a further phase or investor adds its own row.

Beside them stand the pledges, each to be ticked, and the materials: what belongs to the earlier project is no draft's.
"""
AMOUNTS = ("phases-0-total_yuan", "own_funds_yuan", "commitments-0-cash_yuan")
FULL = {
    "site": "示例码头",
    "is_strategic_emerging": True,
    "involves_staff": True,
    "mark": "BUSINESS_SECRET",
    "plan_amount_yuan": Decimal("18600000.00"),
    "irr_bps": 835,
    "payback_months": 96,
    "study_number": "可研一号",
    "report_on": date(2024, 6, 25),
}
PARTIES = (
    PartyInput("TARGET", "标的甲公司"),
    PartyInput("PARTNER", "合作方乙公司"),
    PartyInput("STUDY", "可研编制丙公司"),
    PartyInput("FIRST_REVIEW", "首次论证丁公司"),
)


@pytest.fixture
def earlier(world: World, own_site: None, media: Any) -> Case:
    """A submitted project that declares all there is to declare, also what no open procedure lets through yet."""
    case = drive(world, "released", plan=replace(wanted(world, **FULL), parties=PARTIES))
    Declaration.objects.filter(case=case).update(special_matter="特别监管事项（示例）")
    return hands.fresh(case)


def begun_like(drafter: Client, earlier: Case, **sent: Any) -> Case:
    """The draft that the page of a new project makes of the earlier one."""
    address = f"/projects/new/?like={earlier.number}"
    answer = drafter.post(address, typed(drafter.get(address).content.decode()) | sent)
    return Case.objects.get(number=answer.url.split("/")[2])


@pytest.mark.parametrize(("wan", "route"), [("1860", "FILING"), ("4800", "EXPERT_PANEL")])
def test_project_begun_from_a_copy_asks_at_most_twelve_new_fields(
    world: World, drafter: Client, earlier: Case, media: Any, wan: str, route: str
) -> None:
    given = ASKED | dict.fromkeys(AMOUNTS, wan)

    case = begun_like(drafter, earlier, name=given["name"])
    save(drafter, case, typed(opened(drafter, case)) | given)
    hands.gather_materials(case, world.group_drafter, START)
    case = hands.hand_over(hands.fresh(case), world.group_drafter, START)

    assert (case.state, decide(case, START.date()).route) == ("AWAITING_RELEASE", route)
    assert len(given) <= MOST


@pytest.mark.parametrize("left_out", [name for name in ASKED if name not in ("name", "plan_row", AMOUNTS[2])])
def test_copy_is_not_complete_before_each_new_field_is_given(
    world: World, drafter: Client, earlier: Case, left_out: str
) -> None:
    case = begun_like(drafter, earlier, name=ASKED["name"])
    given = {name: value for name, value in ASKED.items() if name != left_out}
    save(drafter, case, typed(opened(drafter, case)) | given)

    with pytest.raises(Invalid, match=r"projects_facts_missing|projects_funds_do_not_add_up"):
        require_declared(hands.fresh(case), START.date())


def test_copy_tells_what_the_earlier_project_was_about(drafter: Client, earlier: Case) -> None:
    told = begun_like(drafter, earlier, name="另一项目").declaration

    old = earlier.declaration
    assert (told.kind, told.nature, told.main_business, told.summary, told.site, told.mark) == (
        old.kind,
        old.nature,
        old.main_business,
        old.summary,
        "示例码头",
        "BUSINESS_SECRET",
    )
    assert (told.is_strategic_emerging, told.involves_staff, told.contact_name) == (True, True, old.contact_name)
    met = told.parties.exclude(role__in=("APPLICANT", "INVESTOR")).values_list("role", "organisation__names__name")
    assert sorted(met) == [("PARTNER", "合作方乙公司"), ("TARGET", "标的甲公司")]


def test_copy_takes_over_no_plan_amount_date_number_or_matter(drafter: Client, earlier: Case) -> None:
    case = begun_like(drafter, earlier, name="另一项目")

    told = case.declaration
    texts = (told.plan_status, told.plan_row, told.report_number, told.study_number, told.special_matter)
    assert set(texts) == {""}
    dates = (told.report_on, told.decided_on, told.contract_on, told.payment_on)
    assert {*dates, told.plan_amount_yuan, told.irr_bps, told.payback_months} == {None}
    rows = (told.phases.get().total_yuan, told.commitments.get().total_yuan)
    assert {told.funds_total_yuan, *rows} == {Decimal(0)}
    assert (case.materials.count(), case.pledges.count()) == (0, 0)


def test_copy_is_journaled_with_the_number_of_the_earlier_case(drafter: Client, earlier: Case) -> None:
    case = begun_like(drafter, earlier, name="另一项目")

    facts = Entry.objects.filter(verb="case.create").latest("pk").facts
    assert (case.number, facts["like"]) == ("LYG-2024-0002", earlier.number)


def test_page_says_what_is_taken_over_and_begins_with_the_enterprise(
    drafter: Client, earlier: Case, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        page = drafter.get(f"/projects/new/?like={earlier.number}").content.decode()

    assert f"参照“{earlier.project.name}”（{earlier.number}）" in page
    assert typed(page)["enterprise"] == str(earlier.enterprise_id)


def test_copy_sent_twice_is_one_project(drafter: Client, earlier: Case) -> None:
    address = f"/projects/new/?like={earlier.number}"
    sent = typed(drafter.get(address).content.decode()) | {"name": "另一项目"}

    assert {drafter.post(address, sent).url for _ in range(3)} == {"/cases/LYG-2024-0002/facts/"}


@pytest.mark.parametrize("person", ["other_drafter", "sister_drafter", "sub_drafter"])
def test_copy_of_a_case_of_others_does_not_exist(world: World, earlier: Case, person: str) -> None:
    client = signed_in(world.people[person])

    assert client.get(f"/projects/new/?like={earlier.number}").status_code == 404
    assert client.post(f"/projects/new/?like={earlier.number}", {"name": "改"}).status_code == 404
    assert Case.objects.count() == 1


def test_copy_is_refused_where_the_person_does_not_draft_for_the_earlier_case(world: World, earlier: Case) -> None:
    with pytest.raises(Forbidden, match="projects_role_missing"):
        create_project_like(
            user=world.sub_drafter,
            like_id=earlier.pk,
            enterprise_id=world.sub.pk,
            name="改",
            creation_key="k",
            at=START,
        )


def test_draft_is_no_earlier_project_to_begin_from(drafter: Client, world: World, media: Any) -> None:
    draft = drive(world, "draft")
    address = f"/projects/new/?like={draft.number}"

    assert (drafter.get(address).status_code, drafter.post(address, {"name": "改"}).status_code) == (422, 422)
    assert "参照新建" not in drafter.get(f"/cases/{draft.number}/").content.decode()
    with pytest.raises(Invalid, match="projects_not_allowed_in_state"):
        create_project_like(
            user=world.group_drafter,
            like_id=draft.pk,
            enterprise_id=draft.enterprise_id,
            name="改",
            creation_key="k",
            at=START,
        )
    assert Case.objects.count() == 1


def test_project_begun_again_after_a_withdrawal_asks_nothing_anew(world: World, media: Any) -> None:
    case = drive(world, "released")
    hands.withdraw(case, world.group_releaser, "方案调整。", later(9))
    again = hands.drafts.begin_again(user=world.group_drafter, project_id=case.project_id, at=later(10))
    assert fields_missing(again) == ()

    hands.gather_materials(again, world.group_drafter, later(10))
    assert hands.hand_over(again, world.group_drafter, later(10)).state == "AWAITING_RELEASE"
