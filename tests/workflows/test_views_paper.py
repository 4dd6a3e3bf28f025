"""Decisions on paper through their pages: printed, entered by one, compared by another, then in force."""

from typing import Any

import pytest

from investreview.accounts.models import User
from investreview.accounts.services import record_substitution
from investreview.accounts.services.substitutions import Authority
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.projects.models import Case, Opinion, PaperDecision
from investreview.projects.services.forms import approval_sheet_code
from tests.workflows.doors import address, footprint, item_of, scan, set_time, signed_in, submit
from tests.workflows.test_chain import LONG_CHAIN
from tests.world import World, drive, found_world, later
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_tuesday_in_july(db: None) -> None:
    set_time(later(8))


def entry(case: Case, signer: User, **changes: Any) -> dict[str, Any]:
    """What somebody reads from the sheet and types."""
    return {
        "decider": signer.pk,
        "dated_on": "2024-07-08",
        "version_code": approval_sheet_code(hands.fresh(case)),
        "text": "同意。",
        "scan": scan(),
        **changes,
    }


def enter(
    world: World, case: Case, act: str, who: str, typed: dict[str, Any], node: str = "sign", office: str = ""
) -> Any:
    """The person opens the page of the act and enters the sheet."""
    url, client = f"{address(case, node, office)}paper/?act={act}", signed_in(world.people[who])
    page = client.get(url)
    assert page.status_code == 200
    paper, form = page.context["paper"], page.context["form"]
    fields = [*paper, *form]
    carried = {bound.html_name: str(bound.value()) for bound in fields if bound.is_hidden}
    return client.post(url, {**carried, "act": act, **typed})


def compare(who: User, found: PaperDecision, decision: str = "agree", reason: str = "") -> Any:
    """The person opens the comparison and says what they found."""
    client, url = signed_in(who), f"/paper/{found.pk}/"
    assert client.get(url).status_code == 200
    return client.post(url, {"decision": decision, "reason": reason})


def test_a_signature_on_paper_counts_from_its_date_with_everybody_named(world: World) -> None:
    case = drive(world, "checked")
    answer = enter(world, case, "sign", "officer", entry(case, world.deputy))
    found = PaperDecision.objects.get(case=case)
    assert (answer.status_code, answer["Location"]) == (302, f"/paper/{found.pk}/")
    assert hands.fresh(case).state == "REVIEWING"
    assert compare(world.document_officer, found).status_code == 302
    case = hands.fresh(case)
    assert (case.state, case.signer, legal_date(case.signed_at).isoformat()) == ("FILED", world.deputy, "2024-07-08")
    opinion = Opinion.objects.get(case=case, outcome="SIGNED")
    assert (opinion.decided_via, opinion.author, opinion.text) == ("PAPER", world.deputy, "同意。")
    assert (opinion.paper.entered_by, opinion.paper.compared_by) == (world.officer, world.document_officer)
    verbs = Entry.objects.filter(subject_key=case.number).values_list("verb", flat=True)
    assert [list(verbs).count(one) for one in ("paper.enter", "paper.compare", "case.sign")] == [1, 1, 1]


PAPER_ACTS = [
    ("proposed", "check", "check", "head", {}, "sign"),
    ("proposed", "check", "send_back", "head", {"reason": "请补充测算。"}, "opinion"),
    ("checked", "sign", "send_back", "deputy", {"reason": "请补充测算。"}, "opinion"),
    ("checked", "sign", "defer", "deputy", {"reason": "等批复。", "until": "2024-09-02"}, "deferral"),
]


@pytest.mark.parametrize(("step", "node", "act", "decider", "typed", "following"), PAPER_ACTS)
def test_every_decision_of_the_chain_can_come_from_paper(
    world: World, step: str, node: str, act: str, decider: str, typed: dict[str, Any], following: str
) -> None:
    case = drive(world, step)
    enter(world, case, act, "officer2", entry(case, world.people[decider], **typed), node=node)
    assert compare(world.document_officer, PaperDecision.objects.get(case=case)).status_code == 302
    assert [item.node for item in WorkItem.objects.filter(case=case, state="OPEN")] == [following]


def test_countersigning_wording_and_meeting_can_come_from_paper(db: None) -> None:
    world = found_world(rules=LONG_CHAIN)
    case = drive(world, "checked")
    held = {"held_on": "2024-07-08", "agenda_number": "第3项", "minutes_number": "〔2024〕7号", "extract": "同意备案。"}
    steps: list[tuple[str, str, str, str, dict[str, Any]]] = [
        ("countersign", "CW", "countersign", "finance", {"outcome": "NO_OBJECTION"}),
        ("countersign", "FG", "countersign", "law", {"outcome": "OBJECTED"}),
        ("wording", "", "check_wording", "document_officer", {}),
        ("meeting", "", "record_meeting", "officer", held),
        ("sign", "", "sign", "director", {}),
    ]
    for node, office, act, signer, typed in steps:
        sheet = entry(case, world.people[signer], **typed)
        assert enter(world, case, act, "officer2", sheet, node=node, office=office).status_code == 302
        assert compare(world.head, PaperDecision.objects.latest("pk")).status_code == 302
    assert hands.fresh(case).state == "FILED"
    via = Opinion.objects.filter(case=case).order_by("id").values_list("outcome", "decided_via")
    assert [outcome for outcome, way in via if way == "PAPER"] == [
        "NO_OBJECTION",
        "OBJECTED",
        "AGREED",
        "RECORDED",
        "SIGNED",
    ]


def test_whoever_entered_it_does_not_compare_it(world: World) -> None:
    case = drive(world, "checked")
    enter(world, case, "sign", "officer", entry(case, world.deputy))
    found = PaperDecision.objects.get(case=case)
    before = footprint(case)
    for decision in ("agree", "differ"):
        answer = compare(world.officer, found, decision, "字迹不同。")
        assert answer.status_code == 422 and "另一人" in answer.content.decode()
    assert footprint(case) == before


def test_a_late_entry_is_flagged_and_still_counts(world: World) -> None:
    set_time(later(14))
    case = drive(world, "checked")
    enter(world, case, "sign", "officer", entry(case, world.deputy))
    found = PaperDecision.objects.get(case=case)
    assert found.is_late
    page = signed_in(world.document_officer).get(f"/paper/{found.pk}/").content.decode()
    listed = signed_in(world.document_officer).get("/paper/").content.decode()
    assert "逾期回录" in page and "逾期回录" in listed
    assert compare(world.document_officer, found).status_code == 302


WRONG = [
    ({"dated_on": "2024-07-05"}, "dated_on"),
    ({"dated_on": "2024-07-10"}, "dated_on"),
    ({"dated_on": "2024-02-30"}, "dated_on"),
    ({"version_code": "AAAA-01"}, "version_code"),
    ({"decider": ""}, "decider"),
    ({"scan": ""}, "scan"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_entry_is_told_at_its_field_and_what_was_typed_stays(
    world: World, change: dict[str, Any], field: str
) -> None:
    case = drive(world, "checked")
    answer = enter(world, case, "sign", "officer", entry(case, world.deputy, **change))
    assert answer.status_code == 422
    assert list(answer.context["paper"].errors) == [field]
    assert answer.context["form"]["text"].value() == "同意。"
    assert not PaperDecision.objects.filter(case=case).exists()


def test_a_scan_that_is_no_scan_is_told_at_its_field(world: World) -> None:
    case = drive(world, "checked")
    fake = scan()
    fake.file.seek(0)
    fake.file.write(b"MZ no pdf at all")
    answer = enter(world, case, "sign", "officer", entry(case, world.deputy, scan=fake))
    assert answer.status_code == 422 and list(answer.context["paper"].errors) == ["scan"]


@pytest.mark.parametrize("decider", ["officer", "head", "director", "other_releaser"])
def test_nobody_without_the_role_can_have_decided(world: World, decider: str) -> None:
    case = drive(world, "checked")
    answer = enter(world, case, "sign", "officer", entry(case, world.people[decider]))
    assert answer.status_code == 422 and list(answer.context["paper"].errors) == ["decider"]


def test_a_substitute_can_have_decided_for_the_deputy(world: World) -> None:
    case = drive(world, "checked")
    record_substitution(
        principal=world.deputy,
        substitute=world.director,
        authority=Authority(
            number="国资授〔2024〕1号",
            role=Role.DEPUTY_DIRECTOR,
            path=world.commission.path,
            valid_from=later(0).date(),
            valid_until=later(30).date(),
        ),
        by=world.security_admin,
        at=later(0),
    )
    enter(world, case, "sign", "officer", entry(case, world.director))
    assert compare(world.document_officer, PaperDecision.objects.get(case=case)).status_code == 302
    opinion = Opinion.objects.get(case=case, outcome="SIGNED")
    assert (opinion.author, opinion.on_behalf_of, opinion.decided_via) == (world.director, world.deputy, "PAPER")


def test_entry_and_comparison_sent_twice_count_once(world: World) -> None:
    case = drive(world, "checked")
    url, client = f"{address(case, 'sign')}paper/?act=sign", signed_in(world.officer)
    page = client.get(url)
    carried = {bound.html_name: str(bound.value()) for bound in page.context["paper"] if bound.is_hidden}
    sent = {**carried, "act": "sign", "letter_version": 1}
    answers = [client.post(url, {**sent, **entry(case, world.deputy)}) for _ in range(2)]
    found = PaperDecision.objects.get(case=case)
    assert {answer["Location"] for answer in answers} == {f"/paper/{found.pk}/"}
    other = enter_again(world, case)
    assert other.status_code == 302 and other["Location"] == f"/paper/{found.pk}/"
    sheet = {"decision": "agree"}
    comparer = signed_in(world.document_officer)
    assert [comparer.post(f"/paper/{found.pk}/", sheet).status_code for _ in range(2)] == [302, 302]
    assert Opinion.objects.filter(case=case, outcome="SIGNED").count() == 1
    assert signed_in(world.officer2).post(f"/paper/{found.pk}/", sheet).status_code == 409


def enter_again(world: World, case: Case) -> Any:
    """Somebody opens the entry page of a step whose sheet was entered already."""
    return signed_in(world.officer2).get(f"{address(case, 'sign')}paper/")


def test_what_differs_from_the_paper_is_kept_and_entered_anew(world: World) -> None:
    case = drive(world, "checked")
    enter(world, case, "sign", "officer", entry(case, world.deputy))
    first = PaperDecision.objects.get(case=case)
    assert compare(world.document_officer, first, "differ", "").status_code == 422
    assert compare(world.document_officer, first, "differ", "日期看错。").status_code == 302
    assert compare(world.document_officer, first, "differ", "日期看错。").status_code == 302
    first.refresh_from_db()
    assert (first.rejected_reason, first.compared_by) == ("日期看错。", world.document_officer)
    assert compare(world.officer2, first).status_code == 422
    enter(world, case, "sign", "officer", entry(case, world.deputy, dated_on="2024-07-09"))
    assert compare(world.document_officer, PaperDecision.objects.latest("pk")).status_code == 302
    assert hands.fresh(case).state == "FILED"


def test_a_step_done_on_screen_meanwhile_is_not_done_again(world: World) -> None:
    case = drive(world, "checked")
    enter(world, case, "sign", "officer", entry(case, world.deputy))
    found = PaperDecision.objects.get(case=case)
    page = signed_in(world.deputy).get(address(case, "sign")).content.decode()
    assert "等待核对" in page
    submit(world.deputy, address(case, "sign"), "sign", text="线上签发。")
    before = footprint(case)
    assert compare(world.document_officer, found).status_code == 409
    assert footprint(case) == before
    assert compare(world.document_officer, found, "differ", "已在线上签发。").status_code == 302


def test_a_sheet_printed_before_the_draft_changed_is_void(world: World) -> None:
    case = drive(world, "checked")
    old = entry(case, world.deputy)
    hands.act(case, "sign", world.deputy, hands.deciding.send_back, later(7), reason="请补充测算。")
    hands.propose(case, world.officer, later(7), risks=[])
    hands.check(case, world.head, later(7))
    answer = enter(world, case, "sign", "officer", old)
    assert answer.status_code == 422 and list(answer.context["paper"].errors) == ["version_code"]


def test_the_sheet_is_printed_for_this_round(world: World) -> None:
    case = drive(world, "checked")
    answer = signed_in(world.document_officer).post(f"{address(case, 'sign')}sheet/")
    sheet = Document.objects.get(kind="APPROVAL_SHEET", subject_key=case.number)
    assert answer.status_code == 302 and str(sheet.pk) in answer["Location"]
    assert sheet.number == approval_sheet_code(hands.fresh(case))
    assert signed_in(world.officer).get(f"{address(case, 'sign')}sheet/").status_code == 405


@pytest.mark.parametrize(
    ("who", "status"),
    [("deputy", 403), ("finance", 404), ("group_releaser", 403), ("other_releaser", 404), ("system_admin", 404)],
)
def test_only_the_office_enters_prints_and_compares(world: World, who: str, status: int) -> None:
    case = drive(world, "checked")
    enter(world, case, "sign", "officer", entry(case, world.deputy))
    found, client = PaperDecision.objects.get(case=case), signed_in(world.people[who])
    before = footprint(case)
    task = address(case, "sign")
    answers = [
        client.get(f"{task}paper/"),
        client.post(f"{task}paper/", {"act": "sign"}),
        client.post(f"{task}sheet/"),
        client.get(f"/paper/{found.pk}/"),
        client.post(f"/paper/{found.pk}/", {"decision": "agree"}),
    ]
    assert [answer.status_code for answer in answers] == [status] * 5
    assert client.get("/paper/").status_code == 403
    assert footprint(case) == before


def test_a_step_without_a_sheet_takes_no_paper(world: World) -> None:
    case = drive(world, "released")
    assert signed_in(world.officer).get(f"{address(case, 'check_completeness')}paper/").status_code == 422
    case = drive(world, "checked", key="2")
    for act in ("check", "propose", "record_no_answer", "x"):
        assert signed_in(world.officer).get(f"{address(case, 'sign')}paper/?act={act}").status_code == 422
    assert item_of(case, "sign")


def test_the_list_is_empty_with_a_sentence_and_shows_only_what_waits(world: World) -> None:
    page = signed_in(world.officer).get("/paper/").content.decode()
    assert "没有待核对的线下签批" in page
    case = drive(world, "checked")
    enter(world, case, "sign", "officer", entry(case, world.deputy))
    assert case.number in signed_in(world.officer2).get("/paper/").content.decode()
    compare(world.document_officer, PaperDecision.objects.get(case=case))
    assert case.number not in signed_in(world.officer2).get("/paper/").content.decode()
