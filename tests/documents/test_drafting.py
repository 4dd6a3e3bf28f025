"""Drafts: versions, stale saves with both texts, locked spans, discarding."""

from dataclasses import replace

import pytest

from investreview.core.errors import DomainError, Forbidden, Invalid, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.contents import Letter, Locked, LockedField, Paragraph, Plain
from investreview.documents.kinds import DocumentState
from investreview.documents.models import Document, DocumentVersion, Rendition
from investreview.documents.wording import from_editable, to_editable
from investreview.journal.models import Entry

from . import samples
from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    LATER,
    LEADER_SCOPE,
    OFFICER,
    OFFICER_SCOPE,
    SUBJECT,
    draft,
    scope,
)

pytestmark = pytest.mark.django_db


def edited(document: Document, old: str = "10日内", new: str = "15日内") -> Letter:
    letter = document.versions.latest("ordinal").parsed
    editable = to_editable(letter)
    return from_editable(letter, replace(editable, body=editable.body.replace(old, new)))


def save(document: Document, content: Letter, base: int = 1, **changes: object) -> DocumentVersion:
    values = {"base_ordinal": base, "content": content, "scope": OFFICER_SCOPE, "actor": OFFICER, "at": LATER}
    return services.save_wording(document, **(values | changes))


def code_of(error: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(error.value, "zh-hans")
    assert sentence(error.value, "en")
    return error.value.code


def test_draft_has_one_version_and_a_queued_pdf() -> None:
    document = draft()
    assert (document.state, document.edition, document.number) == ("DRAFT", 1, "")
    assert [v.ordinal for v in document.versions.all()] == [1]
    assert list(Rendition.objects.values_list("purpose", "state")) == [("DRAFT", "PENDING")]
    assert list(Entry.objects.values_list("verb", "subject_key")) == [("document.draft", SUBJECT.key)]


def test_saved_wording_is_a_new_version_and_the_old_stays() -> None:
    document = draft()
    before = document.versions.get(ordinal=1).content
    save(document, edited(document))
    assert [v.ordinal for v in document.versions.all()] == [1, 2]
    assert document.versions.get(ordinal=1).content == before
    assert "15日内" in document.versions.get(ordinal=2).content


def test_stale_save_is_refused_with_both_texts() -> None:
    document = draft()
    mine = edited(document, "10日内", "20日内")
    save(document, edited(document), actor=CLERK, scope=CLERK_SCOPE)
    with pytest.raises(Stale) as raised:
        save(document, mine)
    assert code_of(raised) == "documents_wording_stale"
    assert raised.value.facts["who"] == CLERK.name
    assert "15日内" in raised.value.facts["theirs"].body
    assert "20日内" in raised.value.facts["yours"].body
    assert document.versions.count() == 2


def changed_letters() -> dict[str, Letter]:
    letter = samples.filing_draft()
    other = Locked(LockedField.TOTAL_AMOUNT, "1万元")
    return {
        "amount": letter.filled(LockedField.TOTAL_AMOUNT, "1万元"),
        "name": letter.filled(LockedField.PROJECT_NAME, "别的项目"),
        "registration": letter.filled(LockedField.FILING_NUMBER, "BA2024-9999"),
        "recipient": replace(letter, recipient="城控集团"),
        "organ": replace(letter, organ="某某委员会"),
        "number": replace(letter, number="连国资函〔2024〕1号"),
        "date": letter.issued_as("", AT.date()),
        "second value": replace(letter, paragraphs=(*letter.paragraphs, Paragraph(0, (other, Plain("。"))))),
        "span turned into text": replace(letter, headline=(Plain(letter.title),)),
        "span removed": replace(letter, paragraphs=letter.paragraphs[1:]),
    }


@pytest.mark.parametrize("name", [n for n in changed_letters() if n != "span turned into text"])
def test_changed_locked_span_is_refused(name: str) -> None:
    document = draft()
    content = changed_letters()[name]
    if name == "span removed":
        content = replace(content, paragraphs=(Paragraph(0, (Plain("予以备案"),)), *content.paragraphs))
    with pytest.raises(Invalid) as raised:
        save(document, content)
    assert code_of(raised) == "documents_locked_changed"
    assert document.versions.count() == 1


def test_span_turned_into_text_is_refused() -> None:
    document = draft()
    with pytest.raises(Invalid) as raised:
        save(document, changed_letters()["span turned into text"])
    assert code_of(raised) == "documents_locked_changed"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("予以备案", "同意批准该项目备案", "documents_filing_says_approved"),
        ("予以备案", "同意", "documents_filing_not_said"),
        ("不代表对项目可行性、收益和风险的认可，", "", "documents_endorsement_not_excluded"),
    ],
)
def test_wording_that_a_filing_must_not_have_is_refused(old: str, new: str, code: str) -> None:
    document = draft()
    with pytest.raises(Invalid) as raised:
        save(document, edited(document, old, new))
    assert code_of(raised) == code


def test_second_live_letter_of_a_kind_is_refused() -> None:
    draft()
    with pytest.raises(Invalid) as raised:
        draft()
    assert code_of(raised) == "documents_letter_exists"


def test_other_case_and_other_kind_have_their_own_letters() -> None:
    draft()
    draft(subject=Subject(kind="case", key="LYG-2024-0010"))
    draft(samples.refusal_draft())
    assert Document.objects.count() == 3


def test_discarded_draft_stays_with_its_reason_and_makes_room() -> None:
    document = draft()
    discarded = services.discard_draft(document, reason="改为不予备案", scope=OFFICER_SCOPE, actor=OFFICER, at=LATER)
    assert (discarded.state, discarded.void_reason) == ("VOIDED", "改为不予备案")
    assert draft().edition == 2


def test_redraft_takes_new_facts_and_another_kind_is_refused() -> None:
    document = draft()
    services.redraft_document(
        document,
        base_ordinal=1,
        content=samples.risk_draft(),
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=LATER,
        note="改为提示风险",
    )
    assert "风险提示" in document.versions.get(ordinal=2).content
    with pytest.raises(Invalid) as raised:
        services.redraft_document(
            document,
            base_ordinal=2,
            content=samples.refusal_draft(),
            scope=OFFICER_SCOPE,
            actor=OFFICER,
            at=LATER,
            note="",
        )
    assert code_of(raised) == "documents_kind_changed"


def test_checks_are_kept_until_the_wording_changes() -> None:
    document = draft()
    services.record_countersigned(document, scope=OFFICER_SCOPE, actor=OFFICER, at=LATER)
    checked = services.record_wording_check(document, version_ordinal=1, scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert checked.state == DocumentState.OFFICE_CHECKED
    save(document, edited(document))
    document.refresh_from_db()
    assert document.state == DocumentState.DRAFT


def test_wording_check_of_an_old_version_is_stale() -> None:
    document = draft()
    save(document, edited(document))
    with pytest.raises(Stale) as raised:
        services.record_wording_check(document, version_ordinal=1, scope=CLERK_SCOPE, actor=CLERK, at=LATER)
    assert code_of(raised) == "documents_version_not_newest"


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_write_change_the_wording(role: Role) -> None:
    document = draft()
    writers = {
        Role.CASE_OFFICER,
        Role.OFFICE_HEAD,
        Role.DOCUMENT_OFFICER,
        Role.DEPUTY_DIRECTOR,
        Role.DIRECTOR,
    }
    if role in writers:
        save(document, edited(document), scope=scope(role))
        assert document.versions.count() == 2
    else:
        with pytest.raises(Forbidden) as raised:
            save(document, edited(document), scope=scope(role))
        assert code_of(raised) == "documents_may_not_write"
        assert document.versions.count() == 1


def test_role_on_another_commission_reaches_nothing() -> None:
    document = draft()
    with pytest.raises(Forbidden):
        save(document, edited(document), scope=scope(Role.CASE_OFFICER, "SZ/"))


def test_signed_letter_is_no_longer_written(woken: list) -> None:
    from .factories import open_all_series, sign

    open_all_series()
    document = sign(draft())
    with pytest.raises(Invalid) as raised:
        save(document, edited(document), base=2, scope=LEADER_SCOPE)
    assert code_of(raised) == "documents_wrong_state"
