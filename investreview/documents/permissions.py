"""Who may do what to a document. Each question answers with the code of the denial, or "" when it is allowed."""

from investreview.core.errors import Forbidden
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, SIGNING_ROLES, Role
from investreview.core.scope import Scope
from investreview.documents.kinds import ENTERPRISE_FORMS, DocumentKind, DocumentState
from investreview.documents.models import Document

WRITING_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DOCUMENT_OFFICER}) | SIGNING_ROLES
PAPER_ENTRY_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DOCUMENT_OFFICER})
READING_ROLES = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER, Role.ARCHIVIST}


def require(denial: str) -> None:
    """Nothing happens when there is no denial.

    Raises: Forbidden with its code.
    """
    if denial:
        raise Forbidden(denial)


def can_read(scope: Scope, document: Document) -> str:
    """The commission's readers see all; the enterprise its forms once issued, and letters once delivered."""
    if scope.holds_any(READING_ROLES, document.path):
        return ""
    if scope.holds_any(ENTERPRISE_ROLES, document.path) and is_open_to_enterprise(document):
        return ""
    return "documents_may_not_read"


def is_open_to_enterprise(document: Document) -> bool:
    """Whether the enterprise may have this document in hand."""
    if document.kind in ENTERPRISE_FORMS:
        return document.number != ""
    return document.kind != DocumentKind.APPROVAL_SHEET and document.delivered_at is not None


def can_issue(scope: Scope, kind: DocumentKind, path: str) -> str:
    """M02 is printed by the enterprise or the officer; every other form by the commission."""
    allowed = WRITING_ROLES | ENTERPRISE_ROLES if kind is DocumentKind.REGISTRATION_FORM else WRITING_ROLES
    return "" if scope.holds_any(allowed, path) else "documents_may_not_issue"


def can_write(scope: Scope, path: str) -> str:
    """The officer, the head, the document office and the leaders change the wording of a draft."""
    return "" if scope.holds_any(WRITING_ROLES, path) else "documents_may_not_write"


def can_sign(scope: Scope, document: Document, *, signer_id: str, actor_id: str) -> str:
    """A leader signs in person; a signature given on paper is entered by the office."""
    roles = SIGNING_ROLES if signer_id == actor_id else PAPER_ENTRY_ROLES
    return "" if scope.holds_any(roles, document.path) else "documents_may_not_sign"


def can_number(scope: Scope, document: Document) -> str:
    """Numbers of the office's register are entered by the document office, or by the signer in the same act."""
    allowed = {Role.DOCUMENT_OFFICER} | SIGNING_ROLES | PAPER_ENTRY_ROLES
    return "" if scope.holds_any(frozenset(allowed), document.path) else "documents_may_not_number"


def can_dispatch(scope: Scope, document: Document) -> str:
    """Sealing, delivery, correction, voiding and archive: the document office; the archivist archives too."""
    roles = {Role.DOCUMENT_OFFICER} | ({Role.CASE_OFFICER} if document.kind in ENTERPRISE_FORMS else set())
    return "" if scope.holds_any(frozenset(roles), document.path) else "documents_may_not_dispatch"


def can_archive(scope: Scope, document: Document) -> str:
    """The archivist or the document office closes the file."""
    roles = frozenset({Role.ARCHIVIST, Role.DOCUMENT_OFFICER})
    return "" if scope.holds_any(roles, document.path) else "documents_may_not_archive"


def can_acknowledge(scope: Scope, document: Document) -> str:
    """Whoever acts for the enterprise acknowledges what was delivered to it."""
    if document.state in {DocumentState.VOIDED, DocumentState.CORRECTED}:
        return "documents_may_not_acknowledge"
    return "" if scope.holds_any(ENTERPRISE_ROLES, document.path) else "documents_may_not_acknowledge"


def can_retry(scope: Scope, document: Document) -> str:
    """Whoever works on the document may have a failed PDF made again; the system administrator too."""
    roles = WRITING_ROLES | {Role.SYSTEM_ADMIN}
    return "" if scope.holds_any(roles, document.path) else "documents_may_not_retry"


def can_void_number(scope: Scope, commission: str) -> str:
    """Numbers without a document are voided by the document office of the commission."""
    return "" if scope.holds(Role.DOCUMENT_OFFICER, f"{commission}/") else "documents_may_not_number"
