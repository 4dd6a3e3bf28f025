"""Mistakes put right through their pages: the signature taken back, the remedy begun and taken through its tasks."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.projects.models import Case, Remedy
from tests.evaluations.test_notices import stood_in_for
from tests.workflows import mistakes
from tests.workflows.doors import address, footprint, set_time, signed_in, submit
from tests.workflows.mistakes import waiting
from tests.workflows.newcomers import give_role
from tests.world import World, drive, found_world, later

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "CORRECTION",
    "reason": "季报期限写错。",
    "where_1": "第四条",
    "wrong_1": "每季度终了后10日内",
    "right_1": "每季度终了后15日内",
}


@pytest.fixture(autouse=True)
def on_a_day_in_july(db: None) -> None:
    set_time(later(22))


def withdrawal(case: Case, user: User, **typed: Any) -> Any:
    sent = {"version": hands.fresh(case).version, "reason": "文字有误。", **typed}
    return signed_in(user).post(f"/cases/{case.number}/signature/withdraw/", sent)


def remedy(case: Case, user: User, **typed: Any) -> Any:
    sent = {"version": hands.fresh(case).version, **TYPED, **typed}
    return signed_in(user).post(f"/cases/{case.number}/remedy/", sent)


def test_the_signer_takes_the_signature_back_once_however_often_it_is_sent(world: World) -> None:
    case = drive(world, "signed")
    page = signed_in(world.deputy).get(f"/cases/{case.number}/signature/withdraw/").content.decode()
    assert case.document_number in page
    sent = {"version": case.version, "reason": "文字有误。"}
    url = f"/cases/{case.number}/signature/withdraw/"
    client = signed_in(world.deputy)
    assert [client.post(url, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert waiting(case) == ["sign"]
    assert Entry.objects.filter(subject_key=case.number, verb="case.withdraw_signature").count() == 1


def test_the_case_page_offers_the_withdrawal_to_the_signer_only(world: World) -> None:
    case = drive(world, "signed")
    url = f"/cases/{case.number}/"
    offered = {
        who: "/signature/withdraw/" in signed_in(world.people[who]).get(url).content.decode()
        for who in ("deputy", "deputy2", "head", "officer", "document_officer", "group_releaser")
    }
    assert offered == dict.fromkeys(offered, False) | {"deputy": True}


@pytest.mark.parametrize(
    ("who", "get", "post"),
    [("deputy2", 403, 403), ("head", 403, 403), ("document_officer", 403, 403), ("group_releaser", 403, 403)],
)
def test_others_are_refused_and_nothing_changes(world: World, who: str, get: int, post: int) -> None:
    case = drive(world, "signed")
    before = footprint(case)
    url = f"/cases/{case.number}/signature/withdraw/"
    assert signed_in(world.people[who]).get(url).status_code == get
    assert withdrawal(case, world.people[who]).status_code == post
    assert footprint(case) == before


def test_a_case_of_others_is_hidden(world: World) -> None:
    case, elsewhere = drive(world, "signed"), found_world("HAZ", names="别处")
    for page in ("signature/withdraw", "remedy"):
        for user in (elsewhere.deputy, world.other_releaser):
            assert signed_in(user).get(f"/cases/{case.number}/{page}/").status_code == 404


def test_a_stale_withdrawal_shows_both_states_and_keeps_the_reason(world: World) -> None:
    case = drive(world, "signed")
    answer = withdrawal(case, world.deputy, version=case.version - 1, reason="我的理由")
    assert (answer.status_code, "我的理由" in answer.content.decode()) == (409, True)
    assert waiting(case) == ["deliver"]


def test_a_withdrawal_needs_a_reason_and_a_letter_before_the_seal(world: World) -> None:
    case = drive(world, "signed")
    assert withdrawal(case, world.deputy, reason=" ").status_code == 422
    hands.deliver(case, world.document_officer, later(10))
    answer = withdrawal(case, world.deputy)
    assert (answer.status_code, "更正函或者作废重发" in answer.content.decode()) == (422, True)
    assert signed_in(world.deputy).get(f"/cases/{case.number}/signature/withdraw/").status_code == 422


def test_the_enterprise_learns_nothing_of_a_signature_taken_back(world: World) -> None:
    case = drive(world, "signed")
    before = signed_in(world.group_releaser).get(f"/cases/{case.number}/").content.decode()
    withdrawal(case, world.deputy)
    after = signed_in(world.group_releaser).get(f"/cases/{case.number}/").content.decode()
    assert "撤回" not in after.replace("撤回办件", "") and case.document_number not in before + after


def test_the_document_tells_of_the_withdrawn_signature_and_the_kept_number(world: World) -> None:
    case = drive(world, "signed")
    withdrawal(case, world.deputy)
    page = signed_in(world.officer).get(f"/documents/{case.letter_id}/").content.decode()
    assert "撤回签发" in page and f"编号{case.document_number}保留" in page
    register = signed_in(world.officer).get("/numbers/").content.decode()
    assert register.count("保留待签发") == 2


def test_a_remedy_is_begun_on_its_page_once(world: World) -> None:
    case = drive(world, "acknowledged")
    page = signed_in(world.officer).get(f"/cases/{case.number}/remedy/").content.decode()
    assert "每季度终了后10日内" in page
    version = hands.fresh(case).version
    answers = [remedy(case, world.officer, version=version) for _ in range(2)]
    letter = Document.objects.get(kind=DocumentKind.CORRECTION_LETTER)
    assert [one["Location"] for one in answers] == [f"/documents/{letter.pk}/"] * 2
    assert (Remedy.objects.count(), waiting(case)) == (1, ["remedy_check"])


def test_a_remedy_goes_through_its_tasks(world: World) -> None:
    case = drive(world, "acknowledged")
    remedy(case, world.officer)
    page = signed_in(world.head).get(address(case, "remedy_check")).content.decode()
    assert "季报期限写错。" in page and case.document_number in page
    submit(world.head, address(case, "remedy_check"), "check_remedy", text="")
    signing = signed_in(world.deputy).get(address(case, "remedy_sign")).content.decode()
    assert "更正为“每季度终了后15日内”" in signing
    submit(world.deputy, address(case, "remedy_sign"), "sign_remedy", text="同意。")
    sealed = SimpleUploadedFile("盖章.pdf", sample_pdf("盖章（示例）"), content_type="application/pdf")
    day = later(22).date().isoformat()
    sent = {"sealed": sealed, "sealed_on": day, "channel": "ONLINE", "delivered_on": day}
    answer = submit(world.document_officer, address(case, "remedy_deliver"), "deliver_remedy", **sent)
    assert answer.status_code == 302
    assert waiting(case) == ["acknowledge"]
    answer = submit(world.group_releaser, address(case, "acknowledge"), "acknowledge")
    assert (answer.status_code, waiting(case)) == (302, [])


def test_a_remedy_is_returned_and_dropped_on_its_pages(world: World) -> None:
    case = drive(world, "acknowledged")
    remedy(case, world.officer, kind="REISSUE", wrong_1="", right_1="", where_1="")
    submit(world.head, address(case, "remedy_check"), "return_remedy", reason="请改。")
    draft = signed_in(world.officer).get(address(case, "remedy_draft"))
    assert [panel.act.name for panel in draft.context["panels"]] == ["resubmit_remedy", "drop_remedy"]
    submit(world.officer, address(case, "remedy_draft"), "resubmit_remedy", text="已改。")
    submit(world.head, address(case, "remedy_check"), "return_remedy", reason="不必重发。")
    submit(world.officer, address(case, "remedy_draft"), "drop_remedy", reason="不必重发。")
    assert (Remedy.objects.get().state, waiting(case)) == ("DROPPED", [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "请选择纠错方式"),
        ({"reason": ""}, "请填写理由"),
        ({"wrong_1": "", "right_1": "", "where_1": ""}, "请至少写明一处错误"),
        ({"right_1": ""}, "须一并填写"),
        ({"wrong_1": ""}, "须一并填写"),
        ({"wrong_1": "原文没有的话"}, "请照原文摘录"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(world: World, typed: dict[str, str], said: str) -> None:
    case = drive(world, "acknowledged")
    answer = remedy(case, world.officer, **typed)
    shown = answer.content.decode()
    assert (answer.status_code, said in shown, Remedy.objects.count()) == (422, True, 0)
    if "where_1" not in typed:
        assert "第四条" in shown


def test_a_stale_remedy_is_refused_with_what_was_typed(world: World) -> None:
    case = drive(world, "acknowledged")
    answer = remedy(case, world.officer, version=hands.fresh(case).version - 1)
    assert (answer.status_code, "每季度终了后15日内" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("who", ["head", "deputy", "document_officer", "archivist", "group_drafter"])
def test_only_the_officer_begins_a_remedy(world: World, who: str) -> None:
    case = drive(world, "acknowledged")
    before = footprint(case)
    assert signed_in(world.people[who]).get(f"/cases/{case.number}/remedy/").status_code == 403
    assert remedy(case, world.people[who]).status_code == 403
    assert footprint(case) == before


def test_the_enterprise_sees_a_remedy_only_when_it_is_delivered(world: World) -> None:
    case = drive(world, "acknowledged")
    mistakes.begin(case, world.officer, later(18))
    mistakes.check(case, world, later(19))
    mistakes.sign(case, world.deputy, later(20))
    number = Remedy.objects.get().number
    before = signed_in(world.group_releaser).get(f"/cases/{case.number}/").content.decode()
    assert "更正" not in before and "纠错" not in before and number not in before
    mistakes.deliver(case, world, later(21))
    after = signed_in(world.group_releaser).get(f"/cases/{case.number}/").content.decode()
    assert "更正函" in after and number in after and "季报期限写错" not in after


def test_the_page_of_a_second_remedy_says_that_one_is_at_work(world: World) -> None:
    case = drive(world, "acknowledged")
    mistakes.begin(case, world.officer, later(18))
    answer = signed_in(world.officer).get(f"/cases/{case.number}/remedy/")
    assert (answer.status_code, "已有一份更正函" in answer.content.decode()) == (422, True)


def test_the_remedy_is_offered_to_whom_it_works_for(world: World) -> None:
    """An officer who had another hand in the case, here its check, is neither offered nor shown it."""
    case = drive(world, "acknowledged")
    url = f"/cases/{case.number}/remedy/"
    give_role(world.head, Role.CASE_OFFICER, world.commission)
    stood_in_for(world, world.officer, world.deputy2, Role.CASE_OFFICER)
    offered = {
        who: (
            url in signed_in(world.people[who]).get(f"/cases/{case.number}/").content.decode(),
            signed_in(world.people[who]).get(url).status_code,
        )
        for who in ("officer", "officer2", "head", "deputy", "deputy2")
    }
    assert offered == {
        "officer": (True, 200),
        "officer2": (True, 200),
        "head": (False, 403),
        "deputy": (False, 403),
        "deputy2": (True, 200),
    }
    before = footprint(case)
    assert remedy(case, world.head).status_code == 403
    assert footprint(case) == before
    assert remedy(case, world.deputy2).status_code == 302
    assert waiting(case) == ["remedy_check"]
