"""Files of cases: who may open which, and where it lies."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.journal.services import record_access
from investreview.projects.acting import Acting
from investreview.projects.models import StoredFile
from investreview.projects.selectors import visible_cases


def readable_file(scope: Scope, file_id: int) -> StoredFile:
    """The file, if this person may know its case; to the enterprise only what fills a slot, never a scanned 呈批表.

    Raises: NotVisible (projects_case_not_visible), the same for a file that does not exist.
    """
    found = (
        StoredFile.objects.select_related("case__commission")
        .filter(pk=file_id, case__in=visible_cases(scope))
        .first()
    )
    if found is None or not (_reads_inside(scope, found) or found.fills.exists()):
        raise NotVisible("projects_case_not_visible")
    return found


def _reads_inside(scope: Scope, stored: StoredFile) -> bool:
    return bool(scope.roles_on(stored.case.path) - ENTERPRISE_ROLES)


def place_of(stored: StoredFile) -> Path:
    """Where the file lies.

    Raises: Invalid (projects_file_gone) when the store has lost it.
    """
    place = Path(settings.MEDIA_ROOT) / stored.storage_name
    if not place.is_file():
        raise Invalid("projects_file_gone", name=stored.name, sha256=stored.sha256[:16])
    return place


def note_download(stored: StoredFile, *, acting: Acting, at: datetime) -> None:
    """The download stands in the access chain of the commission.

    Journal: file.download
    """
    record_access(
        commission=stored.case.commission.code,
        verb="file.download",
        actor=acting.actor,
        subject=Subject("file", str(stored.pk)),
        at=at,
        facts={"case": stored.case.number, "name": stored.name, "sha256": stored.sha256},
    )
