"""Who issues, reads, keeps and sends the papers of a panel: a row for each kind, a column for each role."""

from dataclasses import replace

import pytest

from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.messages import sentence
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.documents import permissions, selectors, services
from investreview.documents.contents import FormContent
from investreview.documents.kinds import DeliveryChannel, DocumentKind, DocumentState
from investreview.documents.models import Document
from investreview.documents.pages import access
from investreview.journal.models import Entry

from . import panel_samples as papers
from . import samples
from .factories import AT, CLERK, COMMISSION, GROUP, LATER, SUBJECT, open_all_series, open_series, scope

pytestmark = pytest.mark.django_db

SEAL, RECORD, PUBLIC = DocumentKind.DRAW_SEAL_SHEET, DocumentKind.DRAW_RECORD, DocumentKind.DRAW_RECORD_PUBLIC
OPINION, EXCERPT = DocumentKind.PANEL_OPINION, DocumentKind.PANEL_OPINION_EXCERPT
CONTENTS: dict[DocumentKind, FormContent] = {
    SEAL: papers.seal_sheet(),
    RECORD: papers.draw_record(),
    PUBLIC: papers.draw_record_public(),
    OPINION: replace(papers.panel_opinion(), number="", dated_on=None),
    EXCERPT: papers.panel_opinion().excerpt(contact=papers.CONTACT),
}
KINDS = pytest.mark.parametrize("kind", CONTENTS)
ROLES = pytest.mark.parametrize("role", list(Role))

OPERATOR, SUPERVISOR, SECRETARY = Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.PANEL_SECRETARY
PANEL = {OPERATOR, SUPERVISOR, SECRETARY}
OFFICE = {Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DEPUTY_DIRECTOR, Role.DIRECTOR, Role.DOCUMENT_OFFICER}
COUNTERSIGNING = {Role.COUNTERSIGNER}
"""They read what was sent to them (DOMAIN §1)."""
AFTERWARDS = {Role.AUDITOR, Role.ARCHIVIST}

READERS: dict[DocumentKind, set[Role]] = {
    SEAL: OFFICE | AFTERWARDS | PANEL,
    RECORD: AFTERWARDS | PANEL,
    PUBLIC: OFFICE | AFTERWARDS | PANEL,
    OPINION: OFFICE | COUNTERSIGNING | AFTERWARDS,
    EXCERPT: OFFICE | COUNTERSIGNING | AFTERWARDS | set(ENTERPRISE_ROLES),
}
ISSUERS: dict[DocumentKind, set[Role]] = {
    SEAL: {OPERATOR, SUPERVISOR},
    RECORD: {OPERATOR, SUPERVISOR},
    PUBLIC: {OPERATOR, SUPERVISOR},
    OPINION: OFFICE,
    EXCERPT: OFFICE,
}
KEEPERS: dict[DocumentKind, set[Role]] = {
    SEAL: {OPERATOR, SUPERVISOR},
    RECORD: {OPERATOR, SUPERVISOR},
    PUBLIC: {OPERATOR, SUPERVISOR},
    OPINION: {Role.DOCUMENT_OFFICER, Role.CASE_OFFICER},
    EXCERPT: {Role.DOCUMENT_OFFICER, Role.CASE_OFFICER},
}


def of(role: Role) -> str:
    """Where the role is held: an enterprise's on the group, every other on the commission."""
    return GROUP if role in ENTERPRISE_ROLES else "LYG/"


def issue(kind: DocumentKind, role: Role | None = None) -> Document:
    by = role or sorted(ISSUERS[kind])[0]
    return services.issue_system_copy(
        commission=COMMISSION,
        path=GROUP,
        subject=SUBJECT,
        content=CONTENTS[kind],
        scope=scope(by, of(by)),
        actor=CLERK,
        at=AT,
        series="OPINION" if kind is OPINION else "",
    )


@pytest.fixture(autouse=True)
def series() -> None:
    open_all_series()
    open_series("OPINION", "LZ{year}-{n:04d}", first=6)


def code_of(raised: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(raised.value, "zh-hans")
    assert sentence(raised.value, "en")
    return raised.value.code


@KINDS
@ROLES
def test_paper_is_read_by_its_readers_and_nobody_else(kind: DocumentKind, role: Role) -> None:
    document = issue(kind)
    reader = scope(role, of(role))
    listed = list(selectors.documents_of(SUBJECT, reader)) == [document]
    allowed = permissions.can_read(reader, document) == ""
    assert (listed, allowed) == (role in READERS[kind],) * 2
    inside = READERS[kind] - ENTERPRISE_ROLES
    assert access.reads_inside(reader, document) == (role in inside)


@KINDS
@ROLES
def test_role_on_another_body_reads_nothing(kind: DocumentKind, role: Role) -> None:
    document = issue(kind)
    for path in ("SZ/", "LYG/0004/", "LYG/0003/0007/"):
        reader = scope(role, path)
        assert list(selectors.documents(reader)) == []
        assert permissions.can_read(reader, document) == "documents_may_not_read"


@KINDS
@ROLES
def test_paper_is_issued_by_those_who_make_it(kind: DocumentKind, role: Role) -> None:
    if role in ISSUERS[kind]:
        document = issue(kind, role)
        assert (document.kind, document.state) == (kind, DocumentState.NUMBERED)
        assert Entry.objects.get(verb="document.issue").facts["number"] == document.number
    else:
        with pytest.raises(Forbidden) as raised:
            issue(kind, role)
        assert code_of(raised) == "documents_may_not_issue"
        assert not Document.objects.exists()


@KINDS
@ROLES
def test_signed_paper_is_kept_by_those_who_had_it_signed(kind: DocumentKind, role: Role) -> None:
    denial = permissions.can_dispatch(scope(role, of(role)), issue(kind))
    assert (denial == "") == (role in KEEPERS[kind])


@KINDS
@ROLES
def test_failed_pdf_is_made_again_by_who_works_on_the_paper(kind: DocumentKind, role: Role) -> None:
    denial = permissions.can_retry(scope(role, of(role)), issue(kind))
    assert (denial == "") == (role in ISSUERS[kind] | {Role.SYSTEM_ADMIN})


@KINDS
def test_only_the_excerpt_is_delivered(kind: DocumentKind) -> None:
    document = issue(kind)
    by = scope(sorted(KEEPERS[kind])[0])

    def deliver() -> None:
        services.record_delivery(
            document,
            channel=DeliveryChannel.PAPER,
            recipient="能源集团",
            delivered_at=LATER,
            scope=by,
            actor=CLERK,
            at=LATER,
        )

    if kind is EXCERPT:
        deliver()
        assert Document.objects.get().state == DocumentState.DELIVERED
    else:
        with pytest.raises(Invalid) as raised:
            deliver()
        assert code_of(raised) == "documents_not_for_enterprise"
        assert Document.objects.get().state == DocumentState.NUMBERED


def test_approval_sheet_is_not_delivered_either() -> None:
    document = services.issue_system_copy(
        commission=COMMISSION,
        path=GROUP,
        subject=SUBJECT,
        content=samples.approval(),
        scope=scope(Role.CASE_OFFICER),
        actor=CLERK,
        at=AT,
    )
    with pytest.raises(Invalid) as raised:
        services.record_delivery(
            document,
            channel=DeliveryChannel.PAPER,
            recipient="能源集团",
            delivered_at=LATER,
            scope=scope(Role.DOCUMENT_OFFICER),
            actor=CLERK,
            at=LATER,
        )
    assert code_of(raised) == "documents_not_for_enterprise"


@KINDS
@pytest.mark.parametrize("role", sorted(ENTERPRISE_ROLES))
def test_paper_that_went_out_by_mistake_stays_closed_to_the_enterprise(kind: DocumentKind, role: Role) -> None:
    document = issue(kind)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.DELIVERED, delivered_at=LATER)
    document.refresh_from_db()
    reader = scope(role, GROUP)
    expected = kind is EXCERPT
    assert list(selectors.documents(reader)) == [document] * expected
    assert (permissions.can_read(reader, document) == "") == expected


def test_papers_have_the_draws_number_and_the_opinion_the_next_of_its_series() -> None:
    assert [issue(kind).number for kind in CONTENTS] == [
        "LYG-CQ-2024-0006-FC",
        "LYG-CQ-2024-0006-JL",
        "LYG-CQ-2024-0006-GK",
        "LZ2024-0006",
        "LZ2024-0006-QY",
    ]


def test_issued_paper_is_stored_as_it_was_given_with_its_date() -> None:
    for kind, content in CONTENTS.items():
        document = issue(kind)
        stored = document.issued_version.parsed  # type: ignore[union-attr]
        assert replace(stored, dated_on=None) == replace(content, **_number_of(kind), dated_on=None)
        assert stored.dated_on == document.dated_on
        assert [one.purpose for one in document.renditions.all()] == ["SYSTEM_COPY"]


def _number_of(kind: DocumentKind) -> dict[str, str]:
    return {"number": "LZ2024-0006"} if kind is OPINION else {}


def test_list_of_every_kind_is_one_query(django_assert_num_queries) -> None:
    reader = scope(Role.AUDITOR)
    for times in (1, 2):
        for kind in CONTENTS:
            issue(kind)
        with django_assert_num_queries(1):
            assert len(selectors.documents_of(SUBJECT, reader)) == times * len(CONTENTS)
