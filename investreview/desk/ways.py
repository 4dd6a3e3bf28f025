"""What a way into the site is, and the sets of roles that have several of them."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from investreview.core.roles import CASE_READING_ROLES, COMMISSION_ROLES, ENTERPRISE_ROLES, Role

EVERYBODY = frozenset(Role) - {Role.EXPERT}
"""Everybody with a role on a body; an expert reaches the own seats and notices only."""
YEAR_PAGES = frozenset(
    f"evaluations:{page}" for page in ("year", "leave_out", "setup", "ceremony", "seal_sheet", "sample")
)
CASE_PAGES = frozenset({"desk:case", "desk:submissions"}) | frozenset(
    f"projects:{page}" for page in ("facts", "investment", "pledges", "submission", "materials")
)
INSTRUCTED_ROLES = COMMISSION_ROLES | {Role.AUDITOR}
"""Everybody of the commission may be given a task by a leader; the auditor reads what became of it."""
CASE_ROLES = CASE_READING_ROLES | ENTERPRISE_ROLES | {Role.COUNTERSIGNER, Role.DOCUMENT_OFFICER, Role.ARCHIVIST}


@dataclass(frozen=True)
class Way:
    """One way: its name, where it leads, who has it; ``also`` names further pages that belong to it."""

    label: Promise
    help: Promise
    view: str
    icon: str
    roles: frozenset[Role]
    also: frozenset[str] = field(default=frozenset())
    count: str = ""
    is_on_phone: bool = False


@dataclass(frozen=True)
class Section:
    """Ways under one heading."""

    heading: Promise
    ways: tuple[Way, ...]
