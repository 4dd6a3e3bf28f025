"""Signing, numbering, issuing, voiding."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from investreview.core.errors import DomainError, Forbidden, Invalid, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.contents import LockedField
from investreview.documents.kinds import DocumentKind, DocumentState, NumberMode
from investreview.documents.models import Document, IssuedNumber, NumberCounter, Rendition
from investreview.journal.models import Entry

from . import samples
from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    COMMISSION,
    LATER,
    LEADER,
    LEADER_SCOPE,
    OFFICER,
    OFFICER_SCOPE,
    ON,
    RELEASER,
    RELEASER_SCOPE,
    SUBJECT,
    draft,
    issue,
    open_all_series,
    scope,
    sign,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def code_of(error: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(error.value, "zh-hans")
    assert sentence(error.value, "en")
    return error.value.code


# -- letters


def test_signed_letter_has_its_numbers_and_its_issued_text() -> None:
    open_all_series()
    document = sign(draft())
    assert (document.state, document.number, document.registration_number) == (
        "NUMBERED",
        "连国资函〔2024〕38号",
        "BA2024-0007",
    )
    assert (document.signer_name, document.dated_on) == (LEADER.name, ON)
    assert document.signed_version.ordinal == 1
    issued = document.issued_version.parsed
    assert (issued.number, issued.dated_on) == ("连国资函〔2024〕38号", ON)
    assert issued.locked_values()[LockedField.FILING_NUMBER] == "BA2024-0007"
    assert document.content_sha256 == document.issued_version.sha256
    assert {r.purpose for r in Rendition.objects.filter(version=document.issued_version)} == {
        "ISSUED",
        "SYSTEM_COPY",
    }


def test_signing_writes_one_entry_with_both_hashes() -> None:
    open_all_series()
    document = sign(draft())
    entry = Entry.objects.get(verb="document.sign")
    content = bytes(entry.content).decode()
    assert document.signed_version.sha256 in content
    assert document.content_sha256 in content
    assert LEADER.name == entry.actor_name


def test_refusal_takes_no_registration_number() -> None:
    open_all_series()
    document = sign(draft(samples.refusal_draft()), registration="")
    assert (document.number, document.registration_number) == ("连国资函〔2024〕38号", "")


@pytest.mark.parametrize(("content", "registration"), [("filing", ""), ("refusal", "FILING")])
def test_registration_series_must_fit_the_kind(content: str, registration: str) -> None:
    open_all_series()
    letter = samples.filing_draft() if content == "filing" else samples.refusal_draft()
    document = draft(letter)
    with pytest.raises(Invalid) as raised:
        sign(document, registration=registration)
    assert code_of(raised) == "documents_registration_series"
    assert NumberCounter.objects.count() == 0


def test_old_version_is_not_signed() -> None:
    open_all_series()
    document = draft()
    services.redraft_document(
        document,
        base_ordinal=1,
        content=samples.risk_draft(),
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=AT,
        note="",
    )
    with pytest.raises(Stale) as raised:
        sign(document, ordinal=1)
    assert code_of(raised) == "documents_version_not_newest"


def test_other_hash_than_was_read_is_not_signed() -> None:
    open_all_series()
    with pytest.raises(Invalid) as raised:
        services.sign_document(
            draft(),
            version_ordinal=1,
            sha256="0" * 64,
            signer=LEADER,
            signed_on=ON,
            series="LETTER",
            registration_series="FILING",
            scope=LEADER_SCOPE,
            actor=LEADER,
            at=AT,
        )
    assert code_of(raised) == "documents_hash_differs"


def test_second_signature_is_refused_and_takes_no_number() -> None:
    open_all_series()
    document = sign(draft())
    with pytest.raises(Invalid) as raised:
        sign(document)
    assert code_of(raised) == "documents_wrong_state"
    assert IssuedNumber.objects.count() == 2


@pytest.mark.parametrize("role", list(Role))
def test_only_leaders_sign_in_person(role: Role) -> None:
    open_all_series()
    document = draft()
    version = document.versions.get()

    def act() -> Document:
        return services.sign_document(
            document,
            version_ordinal=1,
            sha256=version.sha256,
            signer=LEADER,
            signed_on=ON,
            series="LETTER",
            registration_series="FILING",
            scope=scope(role),
            actor=LEADER,
            at=AT,
        )

    if role in {Role.DEPUTY_DIRECTOR, Role.DIRECTOR}:
        assert act().state == DocumentState.NUMBERED
    else:
        with pytest.raises(Forbidden) as raised:
            act()
        assert code_of(raised) == "documents_may_not_sign"


def test_paper_signature_is_entered_by_the_office_with_the_papers_date() -> None:
    open_all_series()
    document = draft()
    signed = services.sign_document(
        document,
        version_ordinal=1,
        sha256=document.versions.get().sha256,
        signer=LEADER,
        signed_on=date(2024, 7, 15),
        series="LETTER",
        registration_series="FILING",
        scope=CLERK_SCOPE,
        actor=CLERK,
        at=AT,
    )
    assert (signed.signer_name, signed.dated_on) == (LEADER.name, date(2024, 7, 15))
    assert Entry.objects.get(verb="document.sign").actor_name == CLERK.name


# -- numbers of the office's register


def entered(document: Document, text: str) -> Document:
    return services.enter_number(document, text=text, scope=CLERK_SCOPE, actor=CLERK, at=LATER)


def test_letter_of_an_entered_series_waits_for_its_number() -> None:
    open_all_series(letters=NumberMode.ENTERED)
    document = sign(draft())
    assert (document.state, document.number, document.registration_number) == ("SIGNED", "", "BA2024-0007")
    document = entered(document, " 连国资函〔2024〕41号 ")
    assert (document.state, document.number) == ("NUMBERED", "连国资函〔2024〕41号")
    issued = document.issued_version.parsed
    assert issued.locked_values()[LockedField.FILING_NUMBER] == "BA2024-0007"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("连国资函2024-41", "documents_number_shape"),
        ("连国资函〔2023〕41号", "documents_number_year"),
        ("连国资函〔2024〕40号", "documents_number_taken"),
    ],
)
def test_unfit_entered_number_is_refused_at_its_field(text: str, code: str) -> None:
    open_all_series(letters=NumberMode.ENTERED)
    entered(sign(draft(subject=Subject(kind="case", key="LYG-2024-0001"))), "连国资函〔2024〕40号")
    document = sign(draft())
    with pytest.raises(Invalid) as raised:
        entered(document, text)
    assert (code_of(raised), raised.value.field) == (code, "number")
    document.refresh_from_db()
    assert document.state == DocumentState.SIGNED


# -- forms


def test_receipt_is_numbered_fixed_and_queued_in_one_act() -> None:
    open_all_series()
    document = issue(samples.receipt(), "RECEIPT")
    assert (document.state, document.number, document.kind) == (
        "NUMBERED",
        "JS2024-0057",
        DocumentKind.ACCEPTANCE_RECEIPT,
    )
    assert document.issued_version.parsed.number == "JS2024-0057"
    assert list(Rendition.objects.values_list("purpose", flat=True)) == ["SYSTEM_COPY"]
    assert list(Entry.objects.filter(verb__startswith="document").values_list("verb", flat=True)) == ["document.issue"]


def test_coded_form_carries_its_own_code() -> None:
    document = issue(samples.registration())
    assert (document.number, document.edition) == ("7K2M-01", 1)
    assert issue(samples.registration()).edition == 2


def test_coded_form_without_code_is_refused() -> None:
    from dataclasses import replace

    with pytest.raises(Invalid) as raised:
        issue(replace(samples.approval(), number=""))
    assert code_of(raised) == "documents_code_missing"
    assert Document.objects.count() == 0


def test_date_of_a_form_is_the_day_in_shanghai() -> None:
    from dataclasses import replace

    open_all_series()
    new_year = datetime(2024, 12, 31, 16, 30, tzinfo=UTC)
    document = services.issue_system_copy(
        commission=COMMISSION,
        path="LYG/0003/",
        subject=SUBJECT,
        content=replace(samples.notice(), dated_on=None),
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=new_year,
        series="NOTICE",
    )
    assert (document.number, document.dated_on) == ("BZ2025-0001", date(2025, 1, 1))


def test_enterprise_issues_m02_only() -> None:
    open_all_series()

    def act(content: object) -> Document:
        return services.issue_system_copy(
            commission=COMMISSION,
            path="LYG/0003/",
            subject=SUBJECT,
            content=content,  # type: ignore[arg-type]
            scope=RELEASER_SCOPE,
            actor=RELEASER,
            at=AT,
            series="RECEIPT",
        )

    assert act(samples.registration()).number == "7K2M-01"
    for content in (samples.receipt(), samples.notice(), samples.approval()):
        with pytest.raises(Forbidden) as raised:
            act(content)
        assert code_of(raised) == "documents_may_not_issue"


# -- mistakes


def test_voided_document_keeps_its_numbers_as_void_and_makes_room() -> None:
    open_all_series()
    document = sign(draft())
    voided = services.void_document(document, reason="金额写错", scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert (voided.state, voided.number) == ("VOIDED", "连国资函〔2024〕38号")
    assert set(IssuedNumber.objects.values_list("state", flat=True)) == {"VOIDED"}
    assert sign(draft()).number == "连国资函〔2024〕39号"


@pytest.mark.parametrize(
    "change",
    [
        {"number": ""},
        {"signer": ""},
        {"signed_version": None},
        {"issued_version": None},
        {"content_sha256": ""},
        {"dated_on": None},
        {"state": "SEALED"},
        {"state": "DELIVERED"},
        {"state": "ARCHIVED"},
        {"state": "VOIDED"},
        {"state": "CORRECTED"},
        {"state": "DRAFT"},
    ],
)
def test_database_refuses_a_state_without_its_evidence(change: dict[str, object]) -> None:
    open_all_series()
    document = sign(draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)
