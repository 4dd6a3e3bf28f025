"""A signature taken back before the seal, a letter replaced after it: numbers, states, verification, rights."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.contents import LockedField
from investreview.documents.kinds import DeliveryChannel, DocumentState, NumberMode, RenditionPurpose
from investreview.documents.models import Document, IssuedNumber, WithdrawnSignature
from investreview.documents.pages.access import open_renditions
from investreview.documents.render import render_issued
from investreview.documents.selectors import Verdict, verify_code
from investreview.documents.verification import code_of
from investreview.journal.models import Entry

from . import samples
from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    GROUP,
    LATER,
    LEADER,
    LEADER_SCOPE,
    OFFICER,
    OFFICER_SCOPE,
    ON,
    SUBJECT,
    draft,
    open_all_series,
    scope,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Document:
    open_all_series()
    return sign(draft())


def code(error: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(error.value, "zh-hans") and sentence(error.value, "en")
    return error.value.code


def withdraw(document: Document, **changes: object) -> Document:
    values = {"reason": "文字有误。", "scope": LEADER_SCOPE, "actor": LEADER, "at": LATER}
    return services.withdraw_signature(document, **(values | changes))


def send(document: Document, at: datetime = LATER) -> Document:
    file = BytesIO(render_issued(samples.filing_letter()))
    services.record_sealed_original(
        document, file=file, name="盖章件.pdf", sealed_on=ON, scope=CLERK_SCOPE, actor=CLERK, at=at
    )
    services.record_delivery(
        document,
        channel=DeliveryChannel.ONLINE,
        recipient="港控集团",
        delivered_at=at,
        scope=CLERK_SCOPE,
        actor=CLERK,
        at=at,
    )
    document.refresh_from_db()
    return document


def another(original: Document, content: object) -> Document:
    return services.draft_document(
        commission="LYG",
        path=GROUP,
        subject=SUBJECT,
        content=content,
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=LATER,
        replaces=original,
    )


def resign(document: Document, *, signed_on: date = ON, registration: str = "FILING", at: datetime = LATER) -> Document:
    newest = document.versions.latest("ordinal")
    return services.sign_document(
        document,
        version_ordinal=newest.ordinal,
        sha256=newest.sha256,
        signer=LEADER,
        signed_on=signed_on,
        series="LETTER",
        registration_series=registration,
        scope=LEADER_SCOPE,
        actor=LEADER,
        at=at,
    )


def test_the_text_that_was_signed_is_the_draft_again(letter: Document) -> None:
    signed = letter.signed_version
    document = withdraw(letter)
    newest = document.versions.latest("ordinal")
    assert (newest.ordinal, newest.sha256, newest.note) == (3, signed.sha256, "撤回签发")
    assert document.versions.count() == 3


def test_what_was_signed_stays_readable(letter: Document) -> None:
    number, registration, issued = letter.number, letter.registration_number, letter.issued_version
    withdraw(letter)
    kept = WithdrawnSignature.objects.get()
    assert (kept.number, kept.registration_number, kept.issued_version) == (number, registration, issued)
    assert (kept.signer, kept.signed_at, kept.dated_on) == (LEADER.id, AT, ON)
    entry = Entry.objects.get(verb="document.withdraw_signature")
    assert (entry.facts["number"], entry.facts["reason"]) == (number, "文字有误。")


def test_a_new_signature_has_the_kept_numbers(letter: Document) -> None:
    first = (letter.number, letter.registration_number)
    again = resign(withdraw(letter))
    assert (again.number, again.registration_number) == first
    assert IssuedNumber.objects.count() == 2


def test_a_signature_of_the_next_year_takes_new_numbers_and_voids_the_old(letter: Document) -> None:
    new_year = datetime(2025, 1, 6, 2, tzinfo=LATER.tzinfo)
    again = resign(withdraw(letter), signed_on=date(2025, 1, 6), at=new_year)
    assert (again.number, again.registration_number) == ("连国资函〔2025〕1号", "BA2025-0001")
    void = IssuedNumber.objects.filter(year=2024).order_by("text")
    assert {(one.state, one.void_reason) for one in void} == {("VOIDED", "撤回签发后于2025年重新签发，原编号不再使用")}


def test_an_entered_number_is_kept_too() -> None:
    open_all_series(letters=NumberMode.ENTERED)
    document = sign(draft())
    services.enter_number(document, text="连国资函〔2024〕40号", scope=LEADER_SCOPE, actor=LEADER, at=AT)
    again = resign(withdraw(document))
    assert (again.number, again.state) == ("连国资函〔2024〕40号", DocumentState.NUMBERED)


def test_a_signature_without_a_number_is_taken_back_as_well() -> None:
    open_all_series(letters=NumberMode.ENTERED)
    document = withdraw(sign(draft()))
    assert (document.state, WithdrawnSignature.objects.get().number) == (DocumentState.DRAFT, "")


def test_a_discarded_draft_voids_the_number_it_kept(letter: Document) -> None:
    number = letter.number
    document = withdraw(letter)
    services.discard_draft(document, reason="改变拟办意见", scope=OFFICER_SCOPE, actor=OFFICER, at=LATER)
    void = IssuedNumber.objects.get(text=number)
    assert (void.state, void.void_reason, void.voided_by_name) == ("VOIDED", "文稿作废：改变拟办意见", OFFICER.name)


def test_a_copy_of_a_withdrawn_signature_is_void(letter: Document) -> None:
    parts = code_of(letter.issued_version).split(" | ")
    assert verify_code(*parts).verdict is Verdict.GENUINE
    withdraw(letter)
    found = verify_code(*parts)
    assert (found.verdict, found.number) == (Verdict.VOIDED, parts[0])
    changed = [parts[0], "2024-07-17", *parts[2:]]
    assert verify_code(*changed).verdict is Verdict.NOT_GENUINE


def test_the_pdf_to_be_sealed_is_not_handed_out_after_a_withdrawal(letter: Document) -> None:
    purposes = {one.purpose for one in open_renditions(letter, inside=True)}
    assert purposes == {RenditionPurpose.DRAFT, RenditionPurpose.ISSUED, RenditionPurpose.SYSTEM_COPY}
    document = withdraw(letter)
    assert {one.purpose for one in open_renditions(document, inside=True)} == {RenditionPurpose.DRAFT}
    assert open_renditions(document, inside=False) == []


def test_a_sealed_letter_is_not_taken_back(letter: Document) -> None:
    send(letter)
    with pytest.raises(Invalid) as raised:
        withdraw(letter)
    assert code(raised) == "documents_already_sealed"


@pytest.mark.parametrize("state", ["draft", "void"])
def test_only_a_signed_letter_is_taken_back(letter: Document, state: str) -> None:
    if state == "void":
        services.void_document(letter, reason="误发", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
        document = letter
    else:
        document = withdraw(letter)
        Document.objects.filter(pk=document.pk).update(signer_name="")
    with pytest.raises(DomainError) as raised:
        withdraw(document)
    assert code(raised) in ("documents_wrong_state", "documents_may_not_withdraw")


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_takes_a_signature_back(letter: Document, role: Role) -> None:
    with pytest.raises(Forbidden) as raised:
        withdraw(letter, scope=scope(role, user_id=3), actor=CLERK)
    assert code(raised) == "documents_may_not_withdraw"


def test_a_signer_who_signs_no_more_does_not_take_back(letter: Document) -> None:
    with pytest.raises(Forbidden):
        withdraw(letter, scope=OFFICER_SCOPE)


def test_a_reason_is_needed(letter: Document) -> None:
    with pytest.raises(Invalid):
        withdraw(letter, reason=" ")
    assert letter.state == DocumentState.NUMBERED


def test_a_letter_before_the_seal_is_not_replaced(letter: Document) -> None:
    with pytest.raises(Invalid) as raised:
        another(letter, samples.correction_draft())
    assert code(raised) == "documents_remedy_too_early"


def test_one_letter_at_a_time_replaces_another(letter: Document) -> None:
    send(letter)
    another(letter, samples.correction_draft())
    with pytest.raises(Invalid) as raised:
        another(letter, samples.reissue_draft())
    assert code(raised) == "documents_letter_exists"
    other = draft(subject=Subject(kind="case", key="LYG-2024-0010"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(replaces=letter)


def test_a_correction_letter_says_so_and_takes_no_registration_number(letter: Document) -> None:
    send(letter)
    silent = samples.correction_draft()
    wrong = silent.__class__(**{**vars(silent), "paragraphs": silent.paragraphs[-1:]})
    with pytest.raises(Invalid) as raised:
        another(letter, wrong)
    assert code(raised) == "documents_correction_not_said"
    correction = another(letter, silent)
    with pytest.raises(Invalid) as raised:
        resign(correction)
    assert code(raised) == "documents_registration_series"
    signed = resign(correction, registration="")
    assert (signed.number, signed.registration_number) == ("连国资函〔2024〕39号", "")


def test_a_reissued_letter_keeps_the_registration_number(letter: Document) -> None:
    send(letter)
    signed = resign(another(letter, samples.reissue_draft()), registration="")
    assert (signed.number, signed.registration_number) == ("连国资函〔2024〕39号", "BA2024-0007")
    assert signed.issued_version.parsed.locked_values()[LockedField.FILING_NUMBER] == "BA2024-0007"
    with pytest.raises(Invalid) as raised:
        services.replace_document(letter, by=signed, reason="x", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert code(raised) == "documents_replacement_not_delivered"


def test_the_replaced_letter_is_void_with_its_number_only(letter: Document) -> None:
    send(letter)
    new = send(resign(another(letter, samples.reissue_draft()), registration=""))
    old = services.replace_document(letter, by=new, reason="金额写错", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert (old.state, old.void_reason) == ("VOIDED", "金额写错（以连国资函〔2024〕39号代替）")
    rows = {one.text: (one.state, one.document_id) for one in IssuedNumber.objects.all()}
    assert rows == {
        "连国资函〔2024〕38号": ("VOIDED", old.pk),
        "BA2024-0007": ("ISSUED", new.pk),
        "连国资函〔2024〕39号": ("ISSUED", new.pk),
    }


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DEPUTY_DIRECTOR, Role.ARCHIVIST])
def test_only_the_document_office_replaces(letter: Document, role: Role) -> None:
    send(letter)
    new = send(resign(another(letter, samples.reissue_draft()), registration=""))
    with pytest.raises(Forbidden):
        services.replace_document(letter, by=new, reason="x", scope=scope(role), actor=CLERK, at=LATER)


def test_another_letter_does_not_take_its_place(letter: Document) -> None:
    send(letter)
    other = send(sign(draft(subject=Subject(kind="case", key="LYG-2024-0010"))))
    with pytest.raises(Invalid) as raised:
        services.replace_document(letter, by=other, reason="x", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert code(raised) == "documents_replacement_not_delivered"


@pytest.mark.parametrize("kind", ["correction_letter", "reissued_letter", "correction_slip", "handover_sheet"])
def test_hostile_text_is_printed_and_not_obeyed(kind: str) -> None:
    content = samples.EVERY_KIND[kind]()
    hostile = "<b>未闭合 & <img src='/etc/passwd'/> \u202e"
    field = "contact" if hasattr(content, "contact") else "reason"
    changed = content.__class__(**{**vars(content), field: hostile})
    assert render_issued(changed).startswith(b"%PDF")
    assert render_issued(content) == render_issued(samples.EVERY_KIND[kind]())
