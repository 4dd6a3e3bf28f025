"""The pages of recusal: the enterprise asks, the officer enters a letter, the head answers, the operator looks."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from experts.models import DismissedHit, Expert, RecusalRequest
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.projects.models import Case
from investreview.registry.services import record_shareholding
from tests.desk.people import auditor_of, browser
from tests.experts.cases import ask, judged, letter, panel_case
from tests.experts.pool import employ, found_pool, organisation
from tests.world import World, credit_code, drive

TYPED = {"kind": "ORGANISATION", "stated": "某某设计院", "reason": "同业竞争。"}


def page_of(case: Case) -> str:
    return f"/experts/cases/{case.number}/recusals/"


# Requests


@pytest.mark.parametrize(
    ("who", "shows_form", "shows_letter"),
    [
        ("group_drafter", True, False),
        ("group_releaser", True, False),
        ("officer", False, True),
        ("head", False, False),
        ("deputy", False, False),
    ],
)
def test_readers_of_the_case_open_the_page(
    world: World, case: Case, who: str, shows_form: bool, shows_letter: bool
) -> None:
    page = browser(world.people[who]).get(page_of(case))
    context = page.context
    assert (page.status_code, context["form"] is not None, context["letter"] is not None) == (
        200,
        shows_form,
        shows_letter,
    )


@pytest.mark.parametrize("who", ["other_drafter", "sister_drafter", "pool_keeper", "draw_operator", "security_admin"])
def test_nobody_else_finds_the_case(world: World, case: Case, who: str) -> None:
    client = browser(world.people[who])
    assert (client.get(page_of(case)).status_code, client.post(page_of(case), TYPED).status_code) == (404, 404)


def test_the_enterprise_asks_and_withdraws(world: World, case: Case) -> None:
    client = browser(world.group_drafter)
    assert client.post(page_of(case), TYPED).status_code == 302
    request = RecusalRequest.objects.get()
    text = client.get(page_of(case)).content.decode()
    assert ("某某设计院" in text, "撤回申请" in text) == (True, True)
    stale = client.post(f"/experts/recusals/{request.pk}/withdrawal/", {"version": "0"})
    assert stale.status_code == 409
    assert client.post(f"/experts/recusals/{request.pk}/withdrawal/", {"version": "1"}).status_code == 302
    request.refresh_from_db()
    assert request.state == "WITHDRAWN"


def test_what_is_wrong_is_told_and_kept(world: World, case: Case) -> None:
    page = browser(world.group_drafter).post(page_of(case), TYPED | {"stated": ""})
    text = page.content.decode()
    assert (page.status_code, "请写明申请哪一单位或者哪一类人员回避" in text, "同业竞争。" in text) == (422, True, True)


def test_the_head_does_not_ask(world: World, case: Case) -> None:
    assert browser(world.head).post(page_of(case), TYPED).status_code == 403
    assert RecusalRequest.objects.count() == 0


def test_the_officer_enters_a_letter_whose_scan_the_enterprise_does_not_open(world: World, case: Case) -> None:
    scan = SimpleUploadedFile("函.pdf", letter().getvalue(), "application/pdf")
    answer = browser(world.officer).post(f"{page_of(case)}letters/", {**TYPED, "scan": scan})
    request = RecusalRequest.objects.get()
    assert (answer.status_code, request.via, request.scan is not None) == (302, "PAPER", True)
    link = f"/files/{request.scan_id}/"
    assert link in browser(world.officer).get(page_of(case)).content.decode()
    enterprise = browser(world.group_drafter)
    assert (link in enterprise.get(page_of(case)).content.decode(), enterprise.get(link).status_code) == (False, 404)
    assert browser(world.group_drafter).post(f"{page_of(case)}letters/", TYPED).status_code == 403


def test_a_letter_needs_its_scan(world: World, case: Case) -> None:
    page = browser(world.officer).post(f"{page_of(case)}letters/", TYPED)
    assert (page.status_code, "请选择扫描件。" in page.content.decode()) == (422, True)


def answered(world: World, request: RecusalRequest, who: str = "head", **typed: object) -> Any:
    data = {"version": request.version, "answer": "同意。", **typed}
    return browser(world.people[who]).post(f"/experts/recusals/{request.pk}/answer/", data)


def test_the_head_grants_with_organisations_one_a_line(world: World, case: Case) -> None:
    organisation("对手一（示例）")
    request = ask(world, case, "竞争对手的人员")
    lines = f"对手一（示例）\n\n对手二（示例）, {credit_code(91)}"
    assert answered(world, request, outcome="GRANT", organisations=lines).status_code == 302
    names = request.organisations.order_by("pk").values_list("name", "credit_code")
    assert list(names) == [("对手一（示例）", None), ("对手二（示例）", credit_code(91))]
    assert "同意。" in browser(world.group_drafter).get(page_of(case)).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"outcome": ""}, "请选择"),
        ({"outcome": "GRANT", "organisations": ""}, "请至少列出一家单位"),
        ({"outcome": "GRANT", "organisations": "没有这家"}, "系统中没有名为“没有这家”的单位"),
        ({"outcome": "GRANT", "organisations": "某家 91320700MA0000000X"}, "统一社会信用代码"),
        ({"outcome": "REFUSE", "answer": ""}, "请写明答复内容。"),
        ({"outcome": "GRANT", "organisations": "家\n" * 21}, "最多列20家"),
    ],
)
def test_an_answer_that_cannot_be_is_told_at_its_request(
    world: World, case: Case, typed: dict[str, str], told: str
) -> None:
    request = ask(world, case, "某某设计院")
    page = answered(world, request, **typed)
    assert (page.status_code, told in page.content.decode()) == (422, True)
    request.refresh_from_db()
    assert request.state == "OPEN"


def test_only_the_head_answers(world: World, case: Case) -> None:
    request = ask(world, case, "某某设计院")
    statuses = [answered(world, request, who, outcome="REFUSE").status_code for who in ("officer", "group_drafter")]
    assert (statuses, answered(world, request, "pool_keeper", outcome="REFUSE").status_code) == ([403, 403], 404)
    assert answered(world, request, outcome="REFUSE").status_code == 302


@pytest.mark.parametrize(
    ("who", "shown"), [("group_drafter", True), ("officer", True), ("head", True), ("deputy", False)]
)
def test_the_case_leads_to_its_requests(world: World, case: Case, who: str, shown: bool) -> None:
    text = browser(world.people[who]).get(f"/cases/{case.number}/").content.decode()
    assert (page_of(case) in text) is shown


def test_a_case_without_panel_does_not_lead_there(world: World) -> None:
    filing = drive(world, "confirmed", key="f", yuan="18600000.00")
    assert page_of(filing) not in browser(world.officer).get(f"/cases/{filing.number}/").content.decode()


def test_a_draft_that_will_need_a_panel_leads_there(world: World) -> None:
    draft = panel_case(world, key="d", name="草稿（示例）", to="draft")
    assert page_of(draft) in browser(world.group_drafter).get(f"/cases/{draft.number}/").content.decode()


def test_the_page_costs_the_same_for_one_and_many(world: World, case: Case, django_assert_num_queries: Any) -> None:
    client = browser(world.group_drafter)
    ask(world, case, "设计院0")
    client.get(page_of(case))
    with django_assert_num_queries(6):
        client.get(page_of(case))
    for number in range(1, 6):
        ask(world, case, f"设计院{number}")
    with django_assert_num_queries(6):
        page = client.get(page_of(case))
    assert len(page.context["rows"]) == 6


# Who is left out of a draw


@pytest.fixture
def small_share(world: World) -> Expert:
    [expert] = found_pool(world, 1, with_accounts=False)
    bank = organisation("某上市银行（示例）")
    record_shareholding(owner=bank, owned=world.sub.organisation, share_bps=50, valid_from=date(2020, 1, 1))
    employ(world, expert, bank, from_on=date(2015, 1, 1))
    return expert


def avoidance(case: Case) -> str:
    return f"/experts/cases/{case.number}/avoidance/"


def test_the_operator_sees_who_is_left_out_and_nobody_else_by_name(
    world: World, case: Case, small_share: Expert
) -> None:
    [other] = found_pool(world, 1, first=1, with_accounts=False)
    page = browser(world.draw_operator).get(avoidance(case))
    text = page.content.decode()
    assert (page.status_code, small_share.name in text, other.name in text) == (200, True, False)
    assert "某上市银行（示例）→持股0.50%" in text
    assert "财务会计" in text  # the seats that cannot be filled


def test_shortages_go_by_the_industries_that_were_chosen(world: World, case: Case) -> None:
    found_pool(world, 9, with_accounts=False)
    client = browser(world.draw_operator)
    none, port = client.get(avoidance(case)), client.get(f"{avoidance(case)}?industry=PORT")
    assert [len(page.context["shortages"]) for page in (none, port)] == [1, 0]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("draw_operator", 200),
        ("head", 403),
        ("officer", 403),
        ("deputy", 403),
        ("group_drafter", 403),
        ("pool_keeper", 404),
        ("draw_supervisor", 404),
        ("panel_secretary", 404),
        ("other_drafter", 404),
        ("security_admin", 404),
    ],
)
def test_only_operator_and_auditor_look(world: World, case: Case, small_share: Expert, who: str, status: int) -> None:
    page = browser(world.people[who]).get(avoidance(case))
    assert (page.status_code, small_share.name in page.content.decode()) == (status, status == 200)


def test_the_auditor_looks_but_dismisses_nothing(world: World, case: Case, small_share: Expert) -> None:
    client = browser(auditor_of(world))
    fingerprint = judged(case, on=legal_date(clock.now())).excluded[0].reasons[0].fingerprint
    typed = {"expert": small_share.pk, "fingerprint": fingerprint, "reason": "无关。"}
    page = client.get(avoidance(case))
    assert (page.status_code, fingerprint in page.content.decode()) == (200, False)
    assert client.post(avoidance(case), typed).status_code == 403


def test_a_case_that_waits_for_no_panel_is_refused(world: World) -> None:
    filing = drive(world, "confirmed", key="f", yuan="18600000.00")
    assert browser(world.draw_operator).get(avoidance(filing)).status_code == 422


def test_a_hit_is_put_forward_and_decided_through_the_pages(world: World, case: Case, small_share: Expert) -> None:
    today = legal_date(clock.now())
    fingerprint = judged(case, on=today).excluded[0].reasons[0].fingerprint
    client = browser(world.draw_operator)
    typed = {"expert": small_share.pk, "fingerprint": fingerprint}
    empty = client.post(avoidance(case), {**typed, "reason": ""})
    assert (empty.status_code, "请写明理由。" in empty.content.decode()) == (422, True)
    assert client.post(avoidance(case), {**typed, "reason": "持股很少（示例）。"}).status_code == 302
    hit = DismissedHit.objects.get()
    head = browser(world.head)
    assert f"/experts/dismissals/{hit.pk}/confirmation/" in head.get("/experts/queue/").content.decode()
    for who in ("draw_operator", "officer", "pool_keeper"):
        assert browser(world.people[who]).post(f"/experts/dismissals/{hit.pk}/confirmation/").status_code == 403
    empty = head.post(f"/experts/dismissals/{hit.pk}/refusal/", {"answer": ""}, follow=True)
    hit.refresh_from_db()
    assert (hit.is_confirmed, empty.status_code) == (None, 200)
    assert head.post(f"/experts/dismissals/{hit.pk}/confirmation/").status_code == 302
    assert judged(case, on=today).excluded == ()
    assert "经两人核对不构成回避的命中" in client.get(avoidance(case)).content.decode()
    assert "同意排除" in head.get(f"/experts/pool/{small_share.number}/").content.decode()


def test_a_refused_hit_goes_on_leaving_out(world: World, case: Case, small_share: Expert) -> None:
    today = legal_date(clock.now())
    fingerprint = judged(case, on=today).excluded[0].reasons[0].fingerprint
    typed = {"expert": small_share.pk, "fingerprint": fingerprint, "reason": "持股很少（示例）。"}
    browser(world.draw_operator).post(avoidance(case), typed)
    hit = DismissedHit.objects.get()
    head = browser(world.head)
    assert head.post(f"/experts/dismissals/{hit.pk}/refusal/", {"answer": "仍应回避。"}).status_code == 302
    assert len(judged(case, on=today).excluded) == 1
