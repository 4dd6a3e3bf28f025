"""A draft in four steps: saved while one types, kept when it cannot be, pledged, read before it is handed over."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from investreview.core.clock import legal_date
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.projects.models import Case, Declaration, Pledge, UnsavedText
from investreview.projects.selectors import rules_of
from tests.projects.pages import error_beside, filled, opened, save, signed_in, step_url, steps_in, typed
from tests.world import START, World, drive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site")]

BACKGROUND = {"X-Background": "save"}


def background(client: Client, case: Case, step: str, sent: dict[str, Any]) -> Any:
    """The answer to a step that its page saved by itself."""
    return client.post(step_url(case, step), sent, headers=BACKGROUND)


def page(client: Client, case: Case, step: str) -> str:
    return client.get(step_url(case, step)).content.decode()


def investment(drafter: Client, case: Case, **more: Any) -> dict[str, Any]:
    """What the page of step 2 sends with the figures of a filing."""
    return steps_in(filled(opened(drafter, case)))["investment"] | {"version": "1"} | more


def test_typing_is_saved_by_the_page_itself(drafter: Client, case: Case) -> None:
    answer = background(drafter, case, "investment", investment(drafter, case)).json()

    assert (answer["state"], answer["version"], answer["faults"]) == ("saved", 2, {})
    assert "草稿已自动保存 2024年7月1日" in answer["line"]
    assert set(answer["parts"]) == {"route", "checks", "funds", "strip"}
    assert Declaration.objects.get().own_funds_yuan == 11_160_000


def test_typing_that_says_nothing_new_writes_nothing(drafter: Client, case: Case) -> None:
    entries = Entry.objects.count()

    answer = background(drafter, case, "facts", typed(page(drafter, case, "facts"))).json()

    assert (answer["state"], answer["version"]) == ("saved", 1)
    assert Entry.objects.count() == entries


def test_what_cannot_be_read_is_kept_letter_by_letter_on_any_machine(world: World, drafter: Client, case: Case) -> None:
    sent = investment(drafter, case, own_funds_yuan="1e+7", report_number="甲投〔2024〕9号")

    answer = background(drafter, case, "investment", sent).json()

    assert answer["state"] == "kept"
    assert list(answer["faults"]) == ["id_own_funds_yuan"]
    assert Declaration.objects.get().version == 1
    elsewhere = page(signed_in(world.group_drafter), case, "investment")
    shown = typed(elsewhere)
    assert (shown["own_funds_yuan"], shown["report_number"]) == ("1e+7", "甲投〔2024〕9号")
    assert "科学计数法" in error_beside(elsewhere, "id_own_funds_yuan")
    assert "1e+7" not in page(signed_in(world.group_releaser), case, "investment")


def test_what_was_kept_is_gone_once_it_was_put_right_or_given_up(drafter: Client, case: Case) -> None:
    wrong = investment(drafter, case, own_funds_yuan="很多")
    drafter.post(step_url(case, "investment"), wrong)
    assert drafter.post(step_url(case, "investment"), {"forget": "yes"}).status_code == 302
    assert UnsavedText.objects.count() == 0

    drafter.post(step_url(case, "investment"), wrong)
    background(drafter, case, "investment", wrong | {"own_funds_yuan": "1116"})
    assert UnsavedText.objects.count() == 0


def test_a_second_tab_is_noticed_and_both_texts_are_shown(drafter: Client, case: Case) -> None:
    first = typed(page(drafter, case, "facts")) | {"main_business": "甲"}
    drafter.post(step_url(case, "facts"), first)

    answer = background(drafter, case, "facts", first | {"main_business": "乙"})

    told = answer.json()
    assert (answer.status_code, told["state"], told["version"]) == (409, "stale", 2)
    assert "甲" in told["differences"] and "乙" in told["differences"]
    assert Declaration.objects.get().main_business == "甲"
    resumed = page(drafter, case, "facts")
    assert "内容已被他人修改" in resumed
    assert (typed(resumed)["main_business"], typed(resumed)["version"]) == ("乙", "2")


def test_the_same_text_from_two_tabs_is_no_conflict(drafter: Client, case: Case) -> None:
    sent = typed(page(drafter, case, "facts")) | {"main_business": "港口物流"}

    answers = [background(drafter, case, "facts", sent).json() for _ in range(2)]

    assert [(each["state"], each["version"]) for each in answers] == [("saved", 2), ("saved", 2)]


def test_two_people_on_two_steps_do_not_lose_each_others_text(drafter: Client, case: Case) -> None:
    basics, amounts = typed(page(drafter, case, "facts")) | {"site": "码头"}, investment(drafter, case)
    drafter.post(step_url(case, "facts"), basics)

    answer = background(drafter, case, "investment", amounts)

    assert answer.status_code == 409
    again = typed(page(drafter, case, "investment"))
    assert background(drafter, case, "investment", again).json()["state"] == "saved"
    declaration = Declaration.objects.get()
    assert (declaration.site, declaration.own_funds_yuan) == ("码头", 11_160_000)


def test_a_session_that_ended_answers_with_the_sign_in_and_saves_nothing(case: Case) -> None:
    stranger = Client()
    stranger.get("/sign-in/")

    answer = background(stranger, case, "facts", {"version": "1", "name": "改名"})

    assert answer.status_code in (302, 403)
    assert not answer.headers["Content-Type"].startswith("application/json")
    assert Declaration.objects.get().version == 1


@pytest.mark.parametrize(("go", "to"), [("next", "/cases/{}/investment/"), ("leave", "/"), ("", "/cases/{}/facts/")])
def test_a_step_saved_leads_where_its_button_says(drafter: Client, case: Case, go: str, to: str) -> None:
    answer = drafter.post(step_url(case, "facts"), typed(page(drafter, case, "facts")) | {"go": go})

    assert answer.url == to.format(case.number)


def test_live_parts_follow_what_is_typed_and_nothing_is_written(
    drafter: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    save(drafter, case, filled(opened(drafter, case)))
    sent = typed(page(drafter, case, "investment")) | {"phases-0-total_yuan": "3000", "own_funds_yuan": "不清楚"}
    drafter.post(f"/cases/{case.number}/live/", sent)
    entries = Entry.objects.count()

    with django_assert_num_queries(11):
        answer = drafter.post(f"/cases/{case.number}/live/", sent)

    parts = answer.json()["parts"]
    assert "将进入：二次论证" in parts["route"]
    assert "人民币叁仟万元整" in parts["route"]
    assert "相差 1,140.00 万元" in parts["checks"]
    assert (Entry.objects.count(), Declaration.objects.get().version) == (entries, 3)


def test_live_parts_are_for_the_drafter_of_a_draft(world: World, case: Case) -> None:
    url = f"/cases/{case.number}/live/"
    told = [signed_in(world.people[who]).post(url, {}).status_code for who in ("group_releaser", "other_drafter")]
    assert told == [403, 404]


def test_live_parts_of_a_frozen_case_are_refused(world: World, drafter: Client) -> None:
    case = drive(world, "released")
    assert drafter.post(f"/cases/{case.number}/live/", {"step": "investment"}).status_code == 422


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"plan_amount_yuan": "3000"}, "跨分档线"),
        ({"phases-0-total_yuan": "2860", "own_funds_yuan": "2116"}, "接近分档线"),
        ({"decided_on": "2024-06-03"}, "迟报"),
        ({"contract_on": "2024-06-28"}, "先投后备"),
        ({"name": "物流园一期"}, "至少两期"),
    ],
)
def test_checks_tell_what_will_be_looked_at(drafter: Client, case: Case, fields: dict[str, str], told: str) -> None:
    save(drafter, case, filled(opened(drafter, case), **fields))

    assert told in page(drafter, case, "investment").split('id="checks"')[1].split("</section>")[0]


def test_own_share_and_debt_ratio_are_told_without_a_limit_of_their_own(
    world: World, drafter: Client, case: Case
) -> None:
    save(drafter, case, filled(opened(drafter, case)))

    checks = page(drafter, case, "investment").split('id="checks"')[1].split("</section>")[0]

    assert "60.00%" in checks


def test_pledges_are_confirmed_item_by_item_upon_what_is_saved(drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)))
    form = typed(page(drafter, case, "pledges"))
    some = drafter.post(step_url(case, "pledges"), form | {"pledge": "yes", "pledged": ["TRUTH", "WHOLE"]})
    assert some.status_code == 422
    assert "还有 5 条承诺没有确认" in some.content.decode()
    assert Pledge.objects.count() == 0

    every = {"pledge": "yes", "pledged": [one.key for one in rules_of(case, legal_date(START)).pledges]}
    answers = [drafter.post(step_url(case, "pledges"), form | every) for _ in range(3)]

    assert {answer.url for answer in answers} == {step_url(case, "submission")}
    assert Entry.objects.filter(verb="case.pledge").count() == 1
    assert "尚未确认" not in page(drafter, case, "submission")


def test_pledges_fall_when_the_content_changes(drafter: Client, world: World) -> None:
    case = drive(world, "draft")
    assert "尚未确认" not in page(drafter, case, "submission")

    drafter.post(step_url(case, "facts"), typed(page(drafter, case, "facts")) | {"site": "别处"})

    assert "尚未确认" in page(drafter, case, "submission")
    with pytest.raises(Exception, match="projects_pledges_missing"):
        _hand_over_unpledged(case, world)


def _hand_over_unpledged(case: Case, world: World) -> None:
    from investreview.projects.services.releases import hand_over

    me = hands.acting(world.group_drafter, START)
    hand_over(acting=me, case_id=case.pk, version=hands.fresh(case).version, at=START)


def test_the_summary_states_everything_to_drafter_and_releaser(world: World, drafter: Client) -> None:
    case = drive(world, "handed_over")

    pages = [page(client, case, "submission") for client in (drafter, signed_in(world.group_releaser))]

    for shown in pages:
        assert "人民币壹仟捌佰陆拾万元整" in shown
        assert world.group_releaser.full_name in shown
        assert "M05" in shown and "将进入：备案" in shown
    assert drafter.post(step_url(case, "submission")).status_code == 405


def test_the_summary_of_a_submitted_case_names_nobody_as_next(world: World, drafter: Client) -> None:
    assert "谁办理下一步" not in page(drafter, drive(world, "released"), "submission")


def test_the_summary_says_what_still_keeps_a_draft_back(drafter: Client, case: Case) -> None:
    shown = page(drafter, case, "submission")

    assert "还不能送审" in shown
    assert "承诺还没有对现在的内容逐条确认" in shown


@pytest.mark.parametrize("step", ["investment", "pledges", "submission"])
def test_steps_do_not_exist_for_strangers_and_the_commission_waits(world: World, case: Case, step: str) -> None:
    told = [signed_in(world.people[who]).get(step_url(case, step)).status_code for who in ("other_drafter", "officer")]
    assert told == [404, 404]


def test_a_value_of_the_case_before_says_so(world: World, drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)))
    drafter.post(f"/cases/{case.number}/discard/", {"version": Case.objects.get().version})
    drafter.post(f"/cases/{case.number}/again/")
    again = Case.objects.get(number="LYG-2024-0002")

    shown = page(drafter, again, "facts")

    assert f"往期带入 {case.number}" in shown
    assert "计划第17行" in shown


@pytest.mark.parametrize(("step", "count"), [("facts", 9), ("investment", 10), ("pledges", 9), ("submission", 9)])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_step_costs_the_same_for_more_rows(
    drafter: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries, step: str, count: int, rows: int
) -> None:
    more: dict[str, Any] = {"phases-TOTAL_FORMS": str(rows), "parties-TOTAL_FORMS": str(rows)}
    for row in range(rows):
        more |= {f"phases-{row}-name": f"{row}期", f"phases-{row}-total_yuan": "620"}
        more |= {f"parties-{row}-role": "PARTNER", f"parties-{row}-name": f"示例单位{row}"}
    save(drafter, case, filled(opened(drafter, case)) | more)
    page(drafter, case, step)

    with django_assert_num_queries(count):
        page(drafter, case, step)
