"""Every act of the process through its page: happy paths, missing fields, what each side sees."""

from datetime import date
from typing import Any

import pytest

from investreview.core import clock
from investreview.demo import hands
from investreview.documents.models import Document
from investreview.projects.models import Opinion
from investreview.projects.services import deciding
from tests.workflows.doors import address, footprint, hidden, item_of, scan, set_time, signed_in, submit
from tests.workflows.test_chain import LONG_CHAIN
from tests.world import World, drive, found_world, later
from workflows import engine
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_tuesday_in_july(db: None) -> None:
    set_time(later(8))


@pytest.fixture
def long_world(db: None) -> World:
    return found_world(rules=LONG_CHAIN)


SIMPLE_ACTS = [
    ("handed_over", "release", "group_releaser", "release", {}, "CHECKING", "check_completeness"),
    ("handed_over", "release", "group_releaser", "send_to_drafter", {"reason": "请更正。"}, "DRAFT", "revise"),
    ("released", "check_completeness", "officer", "confirm_completeness", {}, "REVIEWING", "opinion"),
    (
        "released",
        "check_completeness",
        "officer",
        "request_supplement",
        {"slot_M07": "请补律师签字页。", "free_1": "请补联系人。"},
        "SUPPLEMENTING",
        "revise",
    ),
    (
        "confirmed",
        "opinion",
        "officer",
        "propose",
        {"proposal": "FILE_WITH_RISK", "text": "建议备案。", "risk_1": "补贴未列入预算。"},
        "REVIEWING",
        "check",
    ),
    ("proposed", "check", "head", "check", {"text": "同意。"}, "REVIEWING", "sign"),
    ("proposed", "check", "head", "send_back", {"reason": "请补充测算。"}, "REVIEWING", "opinion"),
    ("checked", "sign", "deputy", "sign", {"text": "请跟踪。"}, "FILED", "deliver"),
    ("checked", "sign", "deputy", "send_back", {"reason": "请补充测算。"}, "REVIEWING", "opinion"),
    ("checked", "sign", "deputy", "defer", {"reason": "等批复。", "until": "2024-09-02"}, "DEFERRED", "deferral"),
    ("delivered", "acknowledge", "group_releaser", "acknowledge", {}, "FILED", ""),
]


@pytest.mark.parametrize(("step", "node", "who", "act", "typed", "state", "following"), SIMPLE_ACTS)
def test_an_act_is_done_and_the_page_says_what_comes_next(
    world: World, step: str, node: str, who: str, act: str, typed: dict[str, Any], state: str, following: str
) -> None:
    case = drive(world, step)
    answer = submit(world.people[who], address(case, node), act, **typed)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.number}/")
    assert hands.fresh(case).state == state
    open_now = WorkItem.objects.filter(case=case, state="OPEN").values_list("node", flat=True)
    assert list(open_now) == ([following] if following else [])


def test_the_drafter_reads_everything_that_has_to_be_supplemented(world: World) -> None:
    case = drive(world, "released")
    asked = {"slot_M07": "请补律师签字页。", "free_2": "请更正联系人电话。"}
    submit(world.officer, address(case, "check_completeness"), "request_supplement", **asked)
    page = signed_in(world.group_drafter).get(address(case, "revise")).content.decode()
    assert "M07 请补律师签字页。" in page and "请更正联系人电话。" in page


def test_the_drafter_reaches_the_draft_from_the_page_that_asks_for_changes(world: World) -> None:
    case = drive(world, "released")
    submit(world.officer, address(case, "check_completeness"), "request_supplement", free_1="请更正联系人电话。")
    links = signed_in(world.group_drafter).get(address(case, "revise")).context["links"]
    assert [one.url for one in links][:2] == [f"/cases/{case.number}/facts/", f"/cases/{case.number}/materials/"]


def test_the_releaser_sees_the_route_before_releasing(world: World) -> None:
    case = drive(world, "handed_over", yuan="9999999.99")
    page = signed_in(world.group_releaser).get(address(case, "release")).context["page"]
    assert page.route == "自主决策" and page.reasons


def test_what_comes_next_is_said_after_the_act(world: World) -> None:
    case = drive(world, "proposed")
    client, url = signed_in(world.head), address(case, "check")
    answer = client.post(url, {**hidden(client.get(url), "check"), "text": "同意。"}, follow=True)
    assert "已同意。下一环节：签发（分管领导）。" in answer.content.decode()


def test_the_sealed_original_goes_with_the_delivery(world: World) -> None:
    case = drive(world, "signed")
    answer = submit(
        world.document_officer,
        address(case, "deliver"),
        "deliver",
        sealed=scan("用印件（示例）.pdf"),
        sealed_on="2024-07-09",
        channel="ONLINE",
        delivered_on="2024-07-09",
    )
    assert answer.status_code == 302
    letter = Document.objects.get(pk=case.letter_id)
    assert (letter.state, letter.sealed_originals.get().name) == ("DELIVERED", "用印件（示例）.pdf")


DAYS = [
    ("2024-07-14", "2024-07-09", "sealed_on", "日期2024年7月14日晚于今天"),
    ("2024-07-09", "2024-07-14", "delivered_on", "日期2024年7月14日晚于今天"),
    ("2024-07-07", "2024-07-06", "delivered_on", "送达日期不能早于签发日期"),
    ("2024-07-09", "2024-07-08", "delivered_on", "送达日期不能早于用印日期（2024年7月9日）"),
]


@pytest.mark.parametrize(("sealed_on", "delivered_on", "field", "told"), DAYS)
def test_days_of_a_delivery_that_do_not_fit_are_told_at_their_field(
    world: World, sealed_on: str, delivered_on: str, field: str, told: str
) -> None:
    case = drive(world, "signed")
    typed = {"sealed": scan(), "sealed_on": sealed_on, "channel": "ONLINE", "delivered_on": delivered_on}
    answer = submit(world.document_officer, address(case, "deliver"), "deliver", **typed)
    errors = answer.context["panels"][0].form.errors
    assert (list(errors), told in errors[field][0]) == ([field], True)


def test_a_delivery_entered_later_counts_from_its_own_day(world: World) -> None:
    case = drive(world, "signed")
    typed = {"sealed": scan(), "sealed_on": "2024-07-08", "channel": "PAPER", "delivered_on": "2024-07-08"}
    submit(world.document_officer, address(case, "deliver"), "deliver", **typed)
    letter = Document.objects.get(pk=case.letter_id)
    days = {clock.legal_date(at) for at in (hands.fresh(case).delivered_at, letter.deliveries.get().delivered_at)}
    assert days == {date(2024, 7, 8)}


def test_a_file_of_the_wrong_kind_is_refused_at_its_field_and_the_dates_stay(world: World) -> None:
    case = drive(world, "signed")
    fake = scan("用印件.pdf")
    fake.file.seek(0)
    fake.file.write(b"MZ not a pdf")
    before = footprint(case)
    answer = submit(
        world.document_officer,
        address(case, "deliver"),
        "deliver",
        sealed=fake,
        sealed_on="2024-07-09",
        channel="ONLINE",
        delivered_on="2024-07-09",
    )
    assert answer.status_code == 422
    form = answer.context["panels"][0].form
    assert form.errors["sealed"] and form["sealed_on"].value() == "2024-07-09"
    assert footprint(case) == before


def test_the_long_chain_by_its_pages(long_world: World) -> None:
    world, case = long_world, drive(long_world, "checked")
    for office, who, outcome in (("CW", "finance", "NO_OBJECTION"), ("FG", "law", "OBJECTED")):
        answer = submit(
            world.people[who], address(case, "countersign", office), "countersign", outcome=outcome, text="请关注。"
        )
        assert answer.status_code == 302
    assert submit(world.document_officer, address(case, "wording"), "check_wording", text="").status_code == 302
    held = {"held_on": "2024-07-09", "agenda_number": "第3项", "minutes_number": "〔2024〕7号", "extract": "同意备案。"}
    assert submit(world.officer, address(case, "meeting"), "record_meeting", text="", **held).status_code == 302
    assert submit(world.director, address(case, "sign"), "sign", text="").status_code == 302
    assert hands.fresh(case).state == "FILED"
    outcomes = Opinion.objects.filter(case=case).order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["PROPOSED", "AGREED", "NO_OBJECTION", "OBJECTED", "AGREED", "RECORDED", "SIGNED"]


def test_two_offices_that_answer_on_the_same_page_state_both_count(long_world: World) -> None:
    world, case = long_world, drive(long_world, "checked")
    pages = {who: signed_in(world.people[who]) for who in ("finance", "law")}
    urls = {"finance": address(case, "countersign", "CW"), "law": address(case, "countersign", "FG")}
    opened = {who: client.get(urls[who]) for who, client in pages.items()}
    for who, client in pages.items():
        sent = {**hidden(opened[who], "countersign"), "outcome": "NO_OBJECTION", "text": ""}
        assert client.post(urls[who], sent).status_code == 302
    assert [item.node for item in WorkItem.objects.filter(case=case, state="OPEN")] == ["wording"]


def test_a_deferral_is_ended_and_a_revised_draft_handed_over_again(world: World) -> None:
    case = drive(world, "checked")
    hands.act(case, "sign", world.deputy, deciding.defer, later(7), reason="等批复。", until=date(2024, 9, 2))
    assert submit(world.officer, address(case, "deferral"), "resume").status_code == 302
    assert item_of(case, "sign")
    other = drive(world, "handed_over", key="2")
    submit(world.group_releaser, address(other, "release"), "send_to_drafter", reason="请更正合同日期。")
    assert "请更正合同日期。" in signed_in(world.group_drafter).get(address(other, "revise")).content.decode()
    assert submit(world.group_drafter, address(other, "revise"), "hand_over").status_code == 302
    assert hands.fresh(other).state == "AWAITING_RELEASE"


def test_a_refusal_is_signed_by_a_button_that_says_so(world: World) -> None:
    case = drive(world, "confirmed")
    submit(
        world.officer,
        address(case, "opinion"),
        "propose",
        proposal="REFUSE",
        text="不符合产业布局。",
        refusal_reason="不符合产业布局。",
    )
    hands.check(case, world.head, later(8))
    page = signed_in(world.deputy).get(address(case, "sign"))
    assert "签发不予备案复函" in page.content.decode()
    assert submit(world.deputy, address(case, "sign"), "sign", text="").status_code == 302
    assert hands.fresh(case).state == "REFUSED"


MISSING = [
    ("handed_over", "release", "group_releaser", "send_to_drafter", {"reason": "  "}, "reason"),
    ("released", "check_completeness", "officer", "request_supplement", {"free_1": ""}, "__all__"),
    ("confirmed", "opinion", "officer", "propose", {"proposal": "FILE", "text": ""}, "text"),
    ("confirmed", "opinion", "officer", "propose", {"text": "建议备案。"}, "proposal"),
    ("confirmed", "opinion", "officer", "propose", {"proposal": "FILE_WITH_RISK", "text": "建议。"}, "risk_1"),
    ("confirmed", "opinion", "officer", "propose", {"proposal": "REFUSE", "text": "建议。"}, "refusal_reason"),
    ("confirmed", "opinion", "officer", "propose", {"proposal": "APPROVE", "text": "建议。"}, "proposal"),
    ("confirmed", "opinion", "officer", "propose", {"proposal": "FILE", "text": "零\x00字符"}, "text"),
    ("proposed", "check", "head", "send_back", {"reason": ""}, "reason"),
    ("checked", "sign", "deputy", "defer", {"reason": "等批复。", "until": "2025-03-01"}, "until"),
    ("checked", "sign", "deputy", "defer", {"reason": "等批复。", "until": "2024-02-30"}, "until"),
    ("checked", "sign", "deputy", "defer", {"reason": "", "until": "2024-09-02"}, "reason"),
]


@pytest.mark.parametrize(("step", "node", "who", "act", "typed", "field"), MISSING)
def test_what_is_missing_is_told_at_its_field_and_what_was_typed_stays(
    world: World, step: str, node: str, who: str, act: str, typed: dict[str, Any], field: str
) -> None:
    case = drive(world, step)
    url = address(case, node)
    signed_in(world.people[who]).get(url)
    before = footprint(case)
    answer = submit(world.people[who], url, act, **typed)
    assert answer.status_code == 422
    form = next(panel.form for panel in answer.context["panels"] if panel.act.name == act)
    assert list(form.errors) == [field]
    for name, text in typed.items():
        assert form[name].value() == text
    assert footprint(case) == before


def test_the_enterprise_sees_nothing_of_the_commission_on_its_task(world: World) -> None:
    case = drive(world, "checked")
    Opinion.objects.filter(case=case).update(text="内部意见不外传")
    hands.act(case, "sign", world.deputy, deciding.send_back, later(7), reason="内部理由不外传")
    hands.propose(case, world.officer, later(7), risks=[])
    hands.check(case, world.head, later(7))
    hands.sign(case, world.deputy, later(7))
    hands.deliver(case, world.document_officer, later(8))
    page = signed_in(world.group_releaser).get(address(case, "acknowledge")).content.decode()
    assert "不外传" not in page and "办理意见" not in page and "呈批表" not in page
    assert f"/documents/{case.letter_id}/" not in signed_in(world.group_releaser).get("/tasks/1/").content.decode()


def test_a_countersigner_reads_the_sheet_and_the_draft_they_countersign(long_world: World) -> None:
    case = drive(long_world, "checked")
    page = signed_in(long_world.finance).get(address(case, "countersign", "CW"))
    assert page.context["page"].sheet is not None
    assert page.context["page"].letter.document_id == case.letter_id


def test_opening_the_task_ends_the_recall_of_the_act_before(world: World) -> None:
    case = drive(world, "proposed")
    assert item_of(case, "check").opened_at is None
    signed_in(world.head).get(address(case, "check"))
    assert item_of(case, "check").opened_at is not None


@pytest.mark.parametrize("node_step", [("checked", "sign", "deputy"), ("released", "check_completeness", "officer")])
def test_the_page_asks_the_database_the_same_number_of_times_for_few_and_many_materials(
    world: World, node_step: tuple[str, str, str], django_assert_max_num_queries: Any
) -> None:
    step, node, who = node_step
    case = drive(world, step)
    client = signed_in(world.people[who])
    client.get(address(case, node))
    url = address(case, node)
    with django_assert_max_num_queries(12) as many:
        client.get(url)
    case.materials.exclude(slot__in=["M01", "M02"]).update(is_current=False)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    assert len(many) == len(few)


def test_every_citation_on_a_task_opens_its_paragraph(world: World) -> None:
    case = drive(world, "proposed")
    client = signed_in(world.head)
    page = client.get(address(case, "check"))
    assert [reason.citation for reason in page.context["page"].reasons] == ["§3.6", "§3.9.1"]
    for reason in page.context["page"].reasons:
        assert f'href="{reason.url}"' in page.content.decode()
        assert client.get(reason.url).status_code == 200


def test_a_step_that_a_recall_cancelled_is_known_only_with_its_case(world: World) -> None:
    case = drive(world, "released")
    cancelled = address(case, "check_completeness")
    done = WorkItem.objects.get(case=case, node="release", state="DONE")
    engine.recall(task_id=done.task_id, user=world.group_releaser, at=later(2))
    assert signed_in(world.officer).get(cancelled).status_code == 404
