"""Who sees which document: commission, own group, sister, other group, other commission, approval sheets."""

import pytest

from investreview.core.roles import Role
from investreview.documents import permissions, selectors, services
from investreview.documents.kinds import DeliveryChannel
from investreview.documents.models import Document

from . import samples
from .factories import CLERK, CLERK_SCOPE, LATER, SUBJECT, draft, issue, open_all_series, scope, sign

pytestmark = pytest.mark.django_db


def kinds_seen(role: Role, path: str) -> list[str]:
    reader = scope(role, path)
    seen = list(selectors.documents_of(SUBJECT, reader))
    answers = [d for d in Document.objects.order_by("pk") if permissions.can_read(reader, d) == ""]
    assert seen == answers, "the list and the check agree"
    return [document.kind for document in seen]


@pytest.fixture
def letter() -> Document:
    open_all_series()
    issue(samples.receipt(), "RECEIPT")
    issue(samples.approval())
    return sign(draft())


ALL = ["ACCEPTANCE_RECEIPT", "APPROVAL_SHEET", "FILING_LETTER"]


@pytest.mark.parametrize(
    ("role", "path", "kinds"),
    [
        (Role.CASE_OFFICER, "LYG/", ALL),
        (Role.AUDITOR, "LYG/", ALL),
        (Role.DOCUMENT_OFFICER, "LYG/", ALL),
        (Role.ARCHIVIST, "LYG/", ALL),
        (Role.COUNTERSIGNER, "LYG/", ALL),
        (Role.ENTERPRISE_RELEASER, "LYG/0003/", ["ACCEPTANCE_RECEIPT"]),
        (Role.ENTERPRISE_DRAFTER, "LYG/0003/0007/", []),
        (Role.ENTERPRISE_RELEASER, "LYG/0004/", []),
        (Role.CASE_OFFICER, "SZ/", []),
        (Role.SYSTEM_ADMIN, "LYG/", []),
        (Role.SECURITY_ADMIN, "LYG/", []),
        (Role.AUDIT_ADMIN, "LYG/", []),
    ],
)
def test_reader_sees_what_the_role_reaches(letter: Document, role: Role, path: str, kinds: list[str]) -> None:
    assert kinds_seen(role, path) == kinds


def test_enterprise_sees_the_letter_once_delivered_and_never_the_sheet(letter: Document) -> None:
    services.record_delivery(
        letter,
        channel=DeliveryChannel.ONLINE,
        recipient="港控集团",
        delivered_at=LATER,
        scope=CLERK_SCOPE,
        actor=CLERK,
        at=LATER,
    )
    assert kinds_seen(Role.ENTERPRISE_RELEASER, "LYG/0003/") == ["ACCEPTANCE_RECEIPT", "FILING_LETTER"]


def test_list_costs_the_same_for_one_and_three(letter: Document, django_assert_num_queries) -> None:
    reader = scope(Role.CASE_OFFICER)
    for extra in range(2):
        with django_assert_num_queries(1):
            list(selectors.documents_of(SUBJECT, reader))
        if not extra:
            issue(samples.registration())
            issue(samples.approval())
