"""Mistakes in a notice: a signature taken back before the seal, a sent notice void and issued again."""

import pytest

from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.documents.kinds import DocumentState, NumberState
from investreview.documents.models import Document, IssuedNumber
from investreview.documents.services import record_sealed_original
from investreview.evaluations.models import SampleNotice
from investreview.evaluations.selectors.notices import own_notices, read_notice
from investreview.evaluations.services import notice_remedies as remedies
from investreview.journal.models import Entry
from investreview.projects.permissions import scope_of
from tests.evaluations.house import AT, acting, refused
from tests.evaluations.test_notices import act, delivery, drafted, through
from tests.evaluations.test_pages import at, browser, text
from tests.world import World

WHY = "联络时间有误（示例）"


@pytest.fixture(autouse=True)
def business_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def remedied(service: object, who: object, notice: SampleNotice, reason: str = WHY) -> SampleNotice:
    return service(  # type: ignore[operator]
        acting=acting(who), notice_id=notice.pk, version=notice.version, reason=reason, at=AT
    )


def test_the_signer_takes_the_signature_back_and_the_number_is_used_again(world: World) -> None:
    notice = through(world, drafted(world)[0], "SIGNED")
    number, signed = notice.number, notice.document.versions.latest("ordinal").ordinal
    for other in (world.director, world.head, world.evaluation_officer, world.document_officer):
        with pytest.raises(Forbidden):
            remedied(remedies.withdraw_notice_signature, other, notice)
    with refused("projects_reason_needed"):
        remedied(remedies.withdraw_notice_signature, world.deputy, notice, " ")

    back = remedied(remedies.withdraw_notice_signature, world.deputy, notice)

    assert (back.state, back.number, back.signer, back.checked_version) == ("CHECKED", "", None, signed + 1)
    again = act(world, back, "SIGNED")
    assert again.number == number
    assert IssuedNumber.objects.filter(state=NumberState.VOIDED).count() == 0
    with refused("core_stale", Stale):
        remedied(remedies.withdraw_notice_signature, world.deputy, notice)
    verbs = Entry.objects.filter(subject_key=notice.key, verb__startswith="notice.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True))[-2:] == ["notice.withdraw_signature", "notice.sign"]


def test_after_the_seal_no_signature_is_taken_back(world: World) -> None:
    notice, other = drafted(world)
    notice = through(world, notice, "SIGNED")
    sender, given = acting(world.document_officer), delivery()
    record_sealed_original(
        Document.objects.get(pk=notice.document_id),
        file=given["sealed"],  # type: ignore[arg-type]
        name="盖章件.pdf",
        sealed_on=AT.date(),
        scope=sender.scope,
        actor=sender.actor,
        at=AT,
    )
    with refused("documents_already_sealed"):
        remedied(remedies.withdraw_notice_signature, world.deputy, notice)
    sent = through(world, other, "DELIVERED")
    with refused("evaluations_notice_state"):
        remedied(remedies.withdraw_notice_signature, world.deputy, sent)


def test_a_sent_notice_holds_until_another_is_delivered_in_its_place(world: World) -> None:
    sent = through(world, drafted(world)[0], "ACKNOWLEDGED")
    for other in (world.head, world.deputy, world.document_officer):
        with pytest.raises(Forbidden):
            remedied(remedies.begin_reissue, other, sent)

    new = remedied(remedies.begin_reissue, world.evaluation_officer, sent)

    with refused("evaluations_reissue_open"):
        remedied(remedies.begin_reissue, world.evaluation_officer, sent)
    words = new.document.versions.latest("ordinal").parsed
    naming = [each.text for each in words.paragraphs if sent.number in each.text]
    assert len(naming) == 1 and naming[0].startswith("本通知自送达之日起代替") and "原通知同时作废" in naming[0]
    new = through(world, new, "SIGNED")
    sent.refresh_from_db()
    assert (sent.state, new.number != sent.number) == ("ACKNOWLEDGED", True)
    reader = world.group_releaser
    assert read_notice(sent.pk, user=reader, scope=scope_of(reader, AT), at=AT).reissue is None

    new = act(world, new, "DELIVERED")

    sent.refresh_from_db()
    old = Document.objects.get(pk=sent.document_id)
    assert (sent.state, sent.voided_at, old.state) == ("VOIDED", AT, DocumentState.VOIDED)
    register = IssuedNumber.objects.get(text=sent.number)
    assert (register.state, WHY in register.void_reason, new.number in register.void_reason) == ("VOIDED", True, True)
    own = {each.pk: each.state for each in own_notices(scope_of(reader, AT))}
    assert own == {sent.pk: "VOIDED", new.pk: "DELIVERED"}
    told = text(browser(reader).get(at("notice", sent.pk)))
    assert f"以{new.number}代替" in told and WHY not in told
    assert act(world, new, "ACKNOWLEDGED").state == "ACKNOWLEDGED"
    with pytest.raises(Invalid, match="evaluations_notice_state"):
        remedied(remedies.begin_reissue, world.evaluation_officer, sent)


def test_a_reissue_that_is_given_up_leaves_the_sent_notice_as_it_is(world: World) -> None:
    sent, other = drafted(world)
    sent = through(world, sent, "DELIVERED")
    with refused("evaluations_no_reissue"):
        remedied(remedies.drop_reissue, world.evaluation_officer, other)
    new = remedied(remedies.begin_reissue, world.evaluation_officer, sent)

    dropped = remedied(remedies.drop_reissue, world.evaluation_officer, new)

    sent.refresh_from_db()
    assert (dropped.state, sent.state, sent.document.state) == ("DROPPED", "DELIVERED", "DELIVERED")
    assert remedied(remedies.begin_reissue, world.evaluation_officer, sent).key == f"{sent.key}-3"


def test_the_pages_offer_each_act_to_its_own_person(world: World) -> None:
    notice = through(world, drafted(world)[0], "SIGNED")
    page = at("notice", notice.pk)
    offered = [
        who
        for who in ("deputy", "head", "document_officer")
        if "撤回签发" in text(browser(world.people[who]).get(page))
    ]
    assert offered == ["deputy"]
    signer = browser(world.deputy)
    empty = signer.post(at("withdraw_signature", notice.pk), {"version": notice.version, "reason": ""})
    assert empty.status_code == 422 and "请填写理由" in text(empty)
    done = signer.post(at("withdraw_signature", notice.pk), {"version": notice.version, "reason": WHY})
    assert done["Location"] == page

    notice.refresh_from_db()
    sent = act(world, act(world, notice, "SIGNED"), "DELIVERED")
    officer = browser(world.evaluation_officer)
    assert "作废重发" in text(officer.get(page))
    begun = officer.post(at("reissue", sent.pk), {"version": sent.version, "reason": WHY})
    new = SampleNotice.objects.get(replaces=sent)
    assert begun["Location"] == at("notice", new.pk)
    assert "放弃重发" in text(officer.get(at("notice", new.pk))) and "作废重发" not in text(officer.get(page))
