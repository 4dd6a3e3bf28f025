"""Papers of a case for its experts, and papers of a panel for those who run it; every other door stays shut to both."""

from dataclasses import dataclass

from experts.models import Condition, Departure, ScoreSheet, Seat
from experts.permissions import NAMING_ROLES, may_read_papers
from experts.selectors.seat_pages import own_seat
from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.projects.models import MaterialVersion, StoredFile
from investreview.projects.selectors import visible_cases
from investreview.registry.models import Office

_OF_SHEETS = frozenset({Role.PANEL_SECRETARY, Role.AUDITOR})
"""Who reads scanned sheets: operator and supervisor know the draw, not the sheets (DOMAIN §1)."""


@dataclass(frozen=True)
class Paper:
    """What fills one slot of the case's materials."""

    slot: str
    file_id: int
    name: str
    kind: str
    size: int
    page_from: int | None
    page_to: int | None


def papers_for(user: User, seat_id: int) -> tuple[Paper, ...]:
    """The materials as the case holds them now; none before the declaration is signed and after the panel has ended.

    Raises: NotVisible (experts_seat_not_visible).
    """
    return papers_at(own_seat(user, seat_id))


def papers_at(seat: Seat) -> tuple[Paper, ...]:
    """The same of a seat that was read as one's own."""
    if not may_read_papers(seat):
        return ()
    current = MaterialVersion.objects.filter(case=seat.panel.case, is_current=True, file__isnull=False)
    return tuple(
        Paper(
            slot=version.slot,
            file_id=version.file.pk,
            name=version.file.name,
            kind=version.file.kind,
            size=version.file.size,
            page_from=version.page_from,
            page_to=version.page_to,
        )
        for version in current.select_related("file").order_by("slot")
        if version.file is not None
    )


def paper_for(user: User, seat_id: int, file_id: int) -> StoredFile:
    """One file of the materials, for a member who may read them.

    Raises: NotVisible (experts_seat_not_visible, experts_file_not_visible).
    """
    if file_id not in {paper.file_id for paper in papers_for(user, seat_id)}:
        raise NotVisible("experts_file_not_visible")
    return StoredFile.objects.select_related("case__commission").get(pk=file_id)


def readable_panel_file(user: User, scope: Scope, file_id: int) -> StoredFile:
    """A paper of a panel: sheets to secretary and auditor, the rest also to operator and supervisor.

    The discipline office reads the document of a departure that it may have to countersign.
    Raises: NotVisible (experts_file_not_visible), the same for a file that does not exist.
    """
    found = StoredFile.objects.select_related("case__commission").filter(pk=file_id, is_of_panel=True).first()
    if found is None or not _may_read(user, scope, found):
        raise NotVisible("experts_file_not_visible")
    return found


def evidence_of_condition(scope: Scope, file_id: int) -> StoredFile:
    """The proof of a condition, to every reader of the case, the enterprise that brought it included.

    Raises: NotVisible (experts_file_not_visible), the same for a file that does not exist.
    """
    proofs = StoredFile.objects.filter(pk=file_id, pk__in=Condition.objects.values("evidence"))
    found = proofs.filter(case__in=visible_cases(scope)).select_related("case__commission").first()
    if found is None:
        raise NotVisible("experts_file_not_visible")
    return found


def _may_read(user: User, scope: Scope, stored: StoredFile) -> bool:
    if ScoreSheet.objects.filter(scan=stored).exists():
        return scope.holds_any(_OF_SHEETS, stored.case.path)
    if scope.holds_any(NAMING_ROLES, stored.case.path):
        return True
    office = user.office
    is_of_discipline = office is not None and office.kind == Office.Kind.DISCIPLINE
    is_of_commission = user.commission_id == stored.case.commission_id
    return is_of_discipline and is_of_commission and Departure.objects.filter(document=stored).exists()
