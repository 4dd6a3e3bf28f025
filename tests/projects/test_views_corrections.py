"""The pages of correction slips and settled promises, on the whole site."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.accounts.models import User
from investreview.core import clock
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.documents.models import Document
from investreview.projects.models import Case, CorrectionSlip, PhoneNote
from investreview.projects.services.contacts import add_phone_note
from tests.projects.pages import signed_in
from tests.world import World, drive, found_world, later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day_in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: later(20))


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "acknowledged", site="连云区（示例）", irr_bps=640)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("依据（示例）.pdf", sample_pdf("依据（示例）"), content_type="application/pdf")


def propose(case: Case, user: User, field: str = "site", **typed: Any) -> Any:
    sent = {
        "version": hands.fresh(case).version,
        "after": "海州区（示例）",
        "reason": "录入错误。",
        "evidence": scan(),
        **typed,
    }
    return signed_in(user).post(f"/cases/{case.number}/corrections/?field={field}", sent)


def answer(slip: CorrectionSlip, user: User, **typed: Any) -> Any:
    return signed_in(user).post(f"/corrections/{slip.pk}/", typed)


def page_of(case: Case, user: User) -> str:
    text: str = signed_in(user).get(f"/cases/{case.number}/").content.decode()
    return text


def test_a_slip_is_proposed_checked_and_read(world: World, case: Case) -> None:
    chosen = signed_in(world.officer).get(f"/cases/{case.number}/corrections/?field=site").content.decode()
    assert "连云区（示例）" in chosen and 'name="after"' in chosen
    assert propose(case, world.officer)["Location"] == f"/cases/{case.number}/corrections/"
    slip = CorrectionSlip.objects.get()
    assert "待核对" in signed_in(world.officer).get(f"/cases/{case.number}/corrections/").content.decode()
    checking = signed_in(world.head).get(f"/corrections/{slip.pk}/").content.decode()
    assert all(text in checking for text in ("连云区（示例）", "海州区（示例）", "依据（示例）.pdf", "核对无误"))
    assert answer(slip, world.head, answer="confirm").status_code == 302
    for user in (world.officer, world.group_drafter):
        page = page_of(case, user)
        assert f"GZ-{case.number}-1" in page and "海州区（示例）" in page
    assert CorrectionSlip.objects.get().checked_by == world.head


def test_the_enterprise_reads_the_slip_and_not_its_evidence(world: World, case: Case) -> None:
    propose(case, world.officer)
    slip = CorrectionSlip.objects.get()
    assert "海州区（示例）" not in page_of(case, world.group_drafter)
    answer(slip, world.head, answer="confirm")
    slip.refresh_from_db()
    client = signed_in(world.group_drafter)
    assert client.get(f"/documents/{slip.document_id}/").status_code == 200
    assert client.get(f"/files/{slip.evidence_id}/").status_code == 404
    assert client.get(f"/corrections/{slip.pk}/").status_code == 403
    assert client.get(f"/cases/{case.number}/corrections/").status_code == 403
    file = signed_in(world.officer).get(f"/files/{slip.evidence_id}/")
    assert file.status_code == 200
    file.close()


def test_a_corrected_name_heads_the_case(world: World, case: Case) -> None:
    propose(case, world.officer, "project_name", after="改建项目（示例）")
    answer(CorrectionSlip.objects.get(), world.head, answer="confirm")
    page = page_of(case, world.group_drafter)
    assert "<h1>改建项目（示例）</h1>" in page and "改造项目（示例）" in page


def test_an_amount_is_typed_as_in_the_declaration(world: World, case: Case) -> None:
    propose(case, world.officer, "own_funds_yuan", after="1860.00005")
    slip = CorrectionSlip.objects.get()
    assert (slip.before, slip.after) == ("18600000.00", "18600000.50")


def test_a_slip_is_rejected_with_a_reason(world: World, case: Case) -> None:
    propose(case, world.officer)
    slip = CorrectionSlip.objects.get()
    assert answer(slip, world.head, answer="reject", reason="").status_code == 422
    assert answer(slip, world.head, answer="reject", reason="依据不足。").status_code == 302
    assert "依据不足。" in page_of(case, world.officer)
    assert "依据不足。" not in page_of(case, world.group_drafter)


def test_an_answer_sent_twice_counts_once(world: World, case: Case) -> None:
    propose(case, world.officer)
    slip = CorrectionSlip.objects.get()
    assert [answer(slip, world.head, answer="confirm").status_code for _ in range(2)] == [302, 302]
    assert Document.objects.filter(number=slip.number).count() == 1
    assert answer(slip, world.head, answer="reject", reason="x").status_code == 422
    assert answer(slip, world.head).status_code == 422


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("site", {"after": "连云区（示例）"}, "与现在的相同"),
        ("site", {"reason": ""}, "请填写理由"),
        ("site", {"evidence": ""}, "请选择依据文件"),
        ("site", {"evidence": SimpleUploadedFile("x.pdf", b"MZ")}, "ir-error"),
        ("irr_bps", {"after": "6.4.5"}, "无法识别"),
        ("contract_on", {"after": "2024-02-30"}, "ir-error"),
        ("nature", {"after": "NON_MAIN"}, "不是文字更正"),
        ("kind", {"after": "OTHER"}, "ir-error"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    world: World, case: Case, field: str, typed: dict[str, Any], said: str
) -> None:
    page = propose(case, world.officer, field, **typed)
    assert (page.status_code, said in page.content.decode()) == (422, True)
    assert CorrectionSlip.objects.count() == 0


def test_a_stale_form_keeps_what_was_typed(world: World, case: Case) -> None:
    page = propose(case, world.officer, version=hands.fresh(case).version - 1)
    assert (page.status_code, "海州区（示例）" in page.content.decode()) == (409, True)


@pytest.mark.parametrize("field", ["", "mark", "phases", "password"])
def test_no_other_field_is_corrected(world: World, case: Case, field: str) -> None:
    assert propose(case, world.officer, field).status_code == 422
    page = signed_in(world.officer).get(f"/cases/{case.number}/corrections/?field={field}")
    assert (page.status_code, 'name="after"' in page.content.decode()) == (200, False)


def test_before_delivery_the_page_names_the_other_way(world: World) -> None:
    early = drive(world, "signed", key="early", name="早项目（示例）")
    page = signed_in(world.officer).get(f"/cases/{early.number}/corrections/?field=site").content.decode()
    assert "撤回签发" in page and 'name="after"' not in page
    assert propose(early, world.officer).status_code == 422


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("head", 200, 403),
        ("deputy", 200, 403),
        ("document_officer", 200, 403),
        ("archivist", 200, 403),
        ("group_releaser", 403, 403),
        ("other_drafter", 404, 404),
        ("security_admin", 404, 404),
    ],
)
def test_who_reads_and_who_proposes(world: World, case: Case, who: str, read: int, write: int) -> None:
    client = signed_in(world.people[who])
    assert client.get(f"/cases/{case.number}/corrections/").status_code == read
    assert propose(case, world.people[who]).status_code == write


@pytest.mark.parametrize("who", ["officer", "officer2", "deputy", "document_officer", "group_releaser"])
def test_only_the_head_answers(world: World, case: Case, who: str) -> None:
    propose(case, world.officer)
    slip = CorrectionSlip.objects.get()
    assert answer(slip, world.people[who], answer="confirm").status_code == 403
    assert CorrectionSlip.objects.get().is_waiting


def test_a_slip_of_another_commission_is_hidden(world: World, case: Case) -> None:
    elsewhere = found_world("HAZ", names="别处")
    propose(case, world.officer)
    slip = CorrectionSlip.objects.get()
    assert signed_in(elsewhere.head).get(f"/corrections/{slip.pk}/").status_code == 404
    assert answer(slip, elsewhere.head, answer="confirm").status_code == 404


@pytest.fixture
def promise(world: World, case: Case) -> PhoneNote:
    return add_phone_note(
        acting=hands.acting(world.officer, later(15)),
        case_id=case.pk,
        with_whom="联系人（示例）",
        text="询问。",
        promised="8月1日前回电",
        at=later(15),
    )


def settle(client: Client, note: PhoneNote) -> Any:
    return client.post(f"/cases/{note.case.number}/phone-notes/{note.pk}/settlement/")


def test_a_promise_is_settled_once_on_its_page(world: World, promise: PhoneNote) -> None:
    address = f"/cases/{promise.case.number}/phone-notes/"
    assert "settlement" in signed_in(world.officer2).get(address).content.decode()
    assert [settle(signed_in(world.officer2), promise)["Location"] for _ in range(2)] == [address] * 2
    promise.refresh_from_db()
    assert (promise.settled_by, promise.settled_at) == (world.officer2, later(20))
    page = signed_in(world.officer2).get(address).content.decode()
    assert "已落实" in page and "settlement" not in page


@pytest.mark.parametrize(("who", "status"), [("head", 403), ("group_releaser", 403), ("other_drafter", 404)])
def test_others_settle_no_promise(world: World, promise: PhoneNote, who: str, status: int) -> None:
    assert settle(signed_in(world.people[who]), promise).status_code == status
    promise.refresh_from_db()
    assert promise.settled_at is None


def test_a_call_without_a_promise_or_of_another_case_is_not_settled(world: World, promise: PhoneNote) -> None:
    PhoneNote.objects.filter(pk=promise.pk).update(promised="")
    assert settle(signed_in(world.officer), promise).status_code == 422
    other = drive(world, "released", key="other", name="另一项目（示例）")
    url = f"/cases/{other.number}/phone-notes/{promise.pk}/settlement/"
    assert signed_in(world.officer).post(url).status_code == 404
