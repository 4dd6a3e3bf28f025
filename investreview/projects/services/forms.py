"""The forms of a case: 接收单, 补正通知书, registration form M02, 呈批表; each is filled here and fixed when issued."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.once import once
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.documents.codec import content_sha256, to_json
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document, WithdrawnSignature
from investreview.documents.selectors import versions_of
from investreview.documents.services import issue_system_copy
from investreview.projects import papers
from investreview.projects.acting import Acting
from investreview.projects.completeness import require_declared
from investreview.projects.freezing import current_form_code
from investreview.projects.models import Case
from investreview.projects.permissions import PRINTING_ROLES
from investreview.projects.rules import version_code
from investreview.projects.series import RECEIPTS, SUPPLEMENT_NOTICES
from investreview.projects.services.common import lock_case
from investreview.rulebook.selectors import rule_set_in_force


def issue_receipt(case: Case, *, acting: Acting, at: datetime) -> Document:
    """The 接收单 of the present submission has its number; one for each confirmation. Rule: DOMAIN §4, §12."""
    return _issue(case, papers.receipt(case, at=at), acting=acting, at=at, series=RECEIPTS)


def issue_supplement_notice(case: Case, *, items: list[tuple[str, str]], acting: Acting, at: datetime) -> Document:
    """The 补正通知书 names everything that is missing, once. Rule: DOMAIN §4, 一次性告知."""
    rules = (case.rule_set or rule_set_in_force(case.commission, legal_date(at))).data
    content = papers.supplement_notice(case, items=items, working_days=rules.supplement_days)
    return _issue(case, content, acting=acting, at=at, series=SUPPLEMENT_NOTICES)


def print_registration_form(*, acting: Acting, case_id: int, at: datetime) -> Document:
    """Form M02 with the present facts and their version code on each page; the same facts print the same document.

    Raises: Forbidden, Invalid (projects_facts_missing). Rule: DOMAIN §4, M02.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
        require_declared(case, legal_date(at))
        code = current_form_code(case)
        return _printed(case, DocumentKind.REGISTRATION_FORM, code) or _issue(
            case, papers.registration_form(case, code=code), acting=acting, at=at
        )


def print_approval_sheet(*, acting: Acting, case_id: int, at: datetime) -> Document:
    """The one-page 呈批表 with the opinions given so far and the code that binds it to this round and draft.

    Raises: Forbidden, Invalid (projects_not_allowed_in_state). Rule: DOMAIN §5, On paper is equal.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if not acting.scope.holds_any(PRINTING_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
        if case.chain_step is None or not case.round:
            raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
        today, code = legal_date(at), approval_sheet_code(case)
        content = papers.approval_sheet(case, code=code, on=today)
        last = _printed(case, DocumentKind.APPROVAL_SHEET, code)
        if last is not None and last.content_sha256 == content_sha256(to_json(content.issued_as(code, today))):
            return last
        return _issue(case, content, acting=acting, at=at)


def approval_sheet_code(case: Case) -> str:
    """The code on the 呈批表: it changes with the round and with the draft of the reply, so an old sheet is noticed.

    A signature that was taken back makes it new too: the sheet that said 签发 is void.
    """
    versions = versions_of(case.letter_id)
    text = f"{case.number}|{case.round}|{case.proposal}|{versions[-1].sha256 if versions else ''}"
    withdrawn = once(("signatures withdrawn", case.letter_id), withdrawn_signatures(case).count)
    if withdrawn:
        text += f"|{withdrawn}"
    return version_code(sha256(text.encode()).hexdigest(), case.round)


def withdrawn_signatures(case: Case) -> QuerySet[WithdrawnSignature]:
    """The signatures of the reply that were taken back."""
    return WithdrawnSignature.objects.filter(document_id=case.letter_id or 0)


def _printed(case: Case, kind: DocumentKind, code: str) -> Document | None:
    same = Document.objects.filter(subject_kind="case", subject_key=case.number, kind=kind, number=code)
    return same.order_by("-id").first()


def _issue(case: Case, content: papers.FormContent, *, acting: Acting, at: datetime, series: str = "") -> Document:
    return issue_system_copy(
        commission=case.commission.code,
        path=case.path,
        subject=case.subject,
        content=content,
        scope=acting.scope,
        actor=acting.actor,
        at=at,
        series=series,
    )
