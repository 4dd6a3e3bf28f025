"""Files of cases: who may open which, and where it lies."""

from datetime import datetime
from pathlib import Path

from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.journal.services import record_access
from investreview.projects.acting import Acting
from investreview.projects.models import AnswerFile, StoredFile
from investreview.projects.reading import reading_scope
from investreview.projects.storage import stored_place

PREVIEWED = {"PDF": "application/pdf", "JPG": "image/jpeg", "PNG": "image/png"}
"""The kinds a page shows, and as what they are sent to it."""
PREVIEW_LIMIT = 100 * 1024**2
"""Bytes above which a browser does not well with a whole file at once."""


def readable_file(file_id: int, *, user: User, scope: Scope, at: datetime) -> StoredFile:
    """The file, if this person may know its case; to the enterprise only what it handed in, never a scanned 呈批表.

    A paper of an expert panel is nobody's here (``experts.selectors.files``).

    Raises: NotVisible (projects_case_not_visible), the same for a file that does not exist.
    """
    found = StoredFile.objects.select_related("case__commission").filter(pk=file_id, is_of_panel=False).first()
    if found is None:
        raise NotVisible("projects_case_not_visible")
    reads_with = reading_scope(found.case_id, user=user, scope=scope, at=at)
    if not (_reads_inside(reads_with, found) or _was_handed_in(found)):
        raise NotVisible("projects_case_not_visible")
    return found


def _reads_inside(scope: Scope, stored: StoredFile) -> bool:
    return bool(scope.roles_on(stored.case.path) - ENTERPRISE_ROLES)


def _was_handed_in(stored: StoredFile) -> bool:
    """Whether the file fills a slot or came with an answer of the enterprise."""
    return stored.fills.exists() or AnswerFile.objects.filter(file=stored).exists()


def place_of(stored: StoredFile) -> Path:
    """Where the file lies.

    Raises: Invalid (projects_file_gone) when the store has lost it.
    """
    return stored_place(stored.storage_name, name=stored.name, sha256=stored.sha256)


def is_previewed(stored: StoredFile) -> bool:
    """Whether a page shows the file."""
    return stored.kind in PREVIEWED and stored.size <= PREVIEW_LIMIT


def note_download(stored: StoredFile, *, acting: Acting, at: datetime) -> None:
    """The download stands in the access chain of the commission.

    Journal: file.download
    """
    _note("file.download", stored, acting, at)


def note_preview(stored: StoredFile, *, acting: Acting, at: datetime) -> None:
    """That the file was read on its page stands in the access chain of the commission.

    Journal: file.preview
    """
    _note("file.preview", stored, acting, at)


def _note(verb: str, stored: StoredFile, acting: Acting, at: datetime) -> None:
    record_access(
        commission=stored.case.commission.code,
        verb=verb,
        actor=acting.actor,
        subject=Subject("file", str(stored.pk)),
        at=at,
        facts={"case": stored.case.number, "name": stored.name, "sha256": stored.sha256},
    )
