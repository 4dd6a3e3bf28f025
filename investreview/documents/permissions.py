"""Who may do what to a document. Each question answers with the code of the denial, or "" when it is allowed."""

from collections.abc import Mapping

from investreview.core.actor import Actor
from investreview.core.errors import Forbidden
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, PANEL_ROLES, SIGNING_ROLES, Role
from investreview.core.scope import Scope
from investreview.documents.kinds import DRAW_PAPERS, ENTERPRISE_FORMS, LETTERS, DocumentKind, DocumentState
from investreview.documents.models import Document

WRITING_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DOCUMENT_OFFICER}) | SIGNING_ROLES
PAPER_ENTRY_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DOCUMENT_OFFICER})
REGISTER_ROLES = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER, Role.ARCHIVIST}
"""Who reads the papers of a commission as a whole: the register of numbers, what could not be made."""
READING_ROLES = REGISTER_ROLES | {Role.COUNTERSIGNER}
"""Who reads a paper from the inside once they may know its subject; a countersigning office what was sent to it."""
NOTICE_WRITING_ROLES = (WRITING_ROLES - {Role.CASE_OFFICER}) | {Role.EVALUATION_OFFICER}
"""Who writes the notices of a sample: its own officer in the place of the officer of cases."""
DRAWING_ROLES = frozenset({Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR})
READERS_OF: Mapping[DocumentKind, frozenset[Role]] = {
    DocumentKind.DRAW_SEAL_SHEET: REGISTER_ROLES | PANEL_ROLES,
    DocumentKind.DRAW_RECORD: PANEL_ROLES | {Role.AUDITOR, Role.ARCHIVIST},
    DocumentKind.DRAW_RECORD_PUBLIC: REGISTER_ROLES | PANEL_ROLES,
    DocumentKind.SAMPLE_NOTICE: REGISTER_ROLES | {Role.EVALUATION_OFFICER},
}
"""Who on the commission's side reads a paper, where it is not READING_ROLES.

The record with names is for those who drew and organised (DOMAIN §6) and whoever audits or archives; an opinion is not
for those who organised: they record what happened at the meeting blind to the verdict.
"""
ALL_READERS = REGISTER_ROLES.union(*READERS_OF.values())


def readers_of(kind: str) -> frozenset[Role]:
    """Who on the commission's side reads papers of this kind."""
    return READERS_OF.get(DocumentKind(kind), READING_ROLES)


def require(denial: str) -> None:
    """Nothing happens when there is no denial.

    Raises: Forbidden with its code.
    """
    if denial:
        raise Forbidden(denial)


def can_read(scope: Scope, document: Document) -> str:
    """The commission's readers see their kinds; the enterprise its forms once issued, and letters once delivered."""
    if scope.holds_any(readers_of(document.kind), document.path):
        return ""
    if scope.holds_any(ENTERPRISE_ROLES, document.path) and is_open_to_enterprise(document):
        return ""
    return "documents_may_not_read"


def reads_inside(scope: Scope, document: Document) -> bool:
    """Whether drafts and versions are for this person: the commission's readers, and the officer of a sample."""
    return scope.holds_any(READING_ROLES, document.path) or (
        document.kind == DocumentKind.SAMPLE_NOTICE and scope.holds(Role.EVALUATION_OFFICER, document.path)
    )


def is_open_to_enterprise(document: Document) -> bool:
    """Whether the enterprise may have this document in hand."""
    if document.kind in ENTERPRISE_FORMS:
        return document.number != ""
    return document.kind in LETTERS and document.delivered_at is not None


def can_issue(scope: Scope, kind: DocumentKind, path: str) -> str:
    """M02 is printed by the enterprise or the officer, a 交接单 by whoever hands over; all others by the office.

    Papers of a draw are printed by both its sides.
    """
    if kind is DocumentKind.HANDOVER_SHEET:
        works_there = scope.covers(path) or any(grant.path.startswith(path) for grant in scope.grants)
        return "" if works_there else "documents_may_not_issue"
    allowed = WRITING_ROLES | ENTERPRISE_ROLES if kind is DocumentKind.REGISTRATION_FORM else _workers_on(kind)
    return "" if scope.holds_any(allowed, path) else "documents_may_not_issue"


def _workers_on(kind: str) -> frozenset[Role]:
    if kind == DocumentKind.SAMPLE_NOTICE:
        return NOTICE_WRITING_ROLES
    return DRAWING_ROLES if kind in DRAW_PAPERS else WRITING_ROLES


def can_write(scope: Scope, path: str, kind: str) -> str:
    """The officer of the case or of the sample, the head, the document office and the leaders word a draft."""
    return "" if scope.holds_any(_workers_on(kind), path) else "documents_may_not_write"


def can_sign(scope: Scope, document: Document, *, signer_id: str, actor_id: str) -> str:
    """A leader signs in person; a signature given on paper is entered by the office."""
    roles = SIGNING_ROLES if signer_id == actor_id else PAPER_ENTRY_ROLES
    return "" if scope.holds_any(roles, document.path) else "documents_may_not_sign"


def can_withdraw(scope: Scope, document: Document, actor: Actor) -> str:
    """The signer takes their own signature back, or the leader in whose name a substitute signed."""
    is_own = actor.id == document.signer or actor.name == (document.signer_on_behalf_of or None)
    return "" if is_own and scope.holds_any(SIGNING_ROLES, document.path) else "documents_may_not_withdraw"


def can_number(scope: Scope, document: Document) -> str:
    """Numbers of the office's register are entered by the document office, or by the signer in the same act."""
    allowed = {Role.DOCUMENT_OFFICER} | SIGNING_ROLES | PAPER_ENTRY_ROLES
    return "" if scope.holds_any(frozenset(allowed), document.path) else "documents_may_not_number"


def can_dispatch(scope: Scope, document: Document) -> str:
    """Sealing, delivery, correction and voiding: the document office; of a form that goes to the enterprise and of a
    panel's opinion also the officer; of a draw's paper its two sides alone, who sign it by hand."""
    roles = frozenset({Role.DOCUMENT_OFFICER})
    if document.kind in DRAW_PAPERS:
        roles = DRAWING_ROLES
    elif document.kind in ENTERPRISE_FORMS or document.kind == DocumentKind.PANEL_OPINION:
        roles |= {Role.CASE_OFFICER}
    return "" if scope.holds_any(roles, document.path) else "documents_may_not_dispatch"


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
    roles = _workers_on(document.kind) | {Role.SYSTEM_ADMIN}
    return "" if scope.holds_any(roles, document.path) else "documents_may_not_retry"


def can_start_series(scope: Scope, commission: str) -> str:
    """Where the office's register goes on is told by the document office of the commission, which keeps it."""
    return "" if scope.holds(Role.DOCUMENT_OFFICER, f"{commission}/") else "documents_may_not_number"


def can_void_number(scope: Scope, commission: str) -> str:
    """Numbers without a document are voided by the document office of the commission."""
    return "" if scope.holds(Role.DOCUMENT_OFFICER, f"{commission}/") else "documents_may_not_number"
