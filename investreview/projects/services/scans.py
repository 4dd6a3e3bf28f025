"""A large scan of the commission's comes in pieces before its form, and goes with it as if the form had brought it.

What it is a scan of, and whether the person may bring it there, the form's own service decides.
"""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.selectors import substitutions_for
from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.text import safe_filename
from investreview.projects import unfinished
from investreview.projects.models import ArrivingScan
from investreview.projects.past.permissions import ENTERING
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.services.arriving import check_room, check_size, forget_lost, give_up, scans_of, take_bytes

SCAN_BYTES = 100 * 1024 * 1024
"""The most any form takes; each service has its own limit below this."""
SCANNING_ROLES = ENTERING_ROLES | ENTERING
"""Who keeps sealed originals, brings paper decisions back, and enters papers of the past."""


@dataclass(frozen=True)
class AnnouncedScan:
    """A scan as the browser describes it before the first byte. Units: bytes; milliseconds since 1970."""

    name: str
    size: int
    changed_ms: int


def begin_scan(*, user: User, scope: Scope, scan: AnnouncedScan, at: datetime) -> ArrivingScan:
    """The upload of this scan by this person: the one begun before, also when it is whole, else a new one.

    Raises: Forbidden (projects_role_missing), Invalid (file_empty, file_too_large, projects_scans_too_many,
    projects_uploads_too_many), Busy (projects_upload_no_room).
    """
    _require_scanning(user, scope, at)
    check_size(scan.size, limit=SCAN_BYTES)
    with transaction.atomic():
        same = {"person": user, "name": safe_filename(scan.name), "size": scan.size, "changed_ms": scan.changed_ms}
        upload = ArrivingScan.objects.select_for_update().filter(**same).first()
        if upload is None:
            check_room(user, scan.size)
            # Two windows that announce one scan: the second waits for the person's row and finds what the first made.
            upload = ArrivingScan.objects.filter(**same).first() or ArrivingScan(**same, begun_at=at)
        forget_lost(upload)
        upload.touched_at = at
        upload.save()
        return upload


def _require_scanning(user: User, scope: Scope, at: datetime) -> None:
    if scope.roles & SCANNING_ROLES:
        return
    if not any(lent.role in SCANNING_ROLES for lent in substitutions_for(user, at)):
        raise Forbidden("projects_role_missing", role=Role.DOCUMENT_OFFICER.label)


def take_scan_piece(
    *, user: User, scope: Scope, key: UUID, offset: int, stream: unfinished.Readable, at: datetime
) -> ArrivingScan:
    """The bytes of ``stream`` follow those that were received. Raises: Forbidden, and as ``take_bytes``."""
    _require_scanning(user, scope, at)
    return take_bytes(scans_of(user).filter(key=key), offset=offset, stream=stream, at=at)


def discard_scan(*, user: User, key: UUID) -> str:
    """The scan is given up, its bytes are gone; its name. Raises: NotVisible (projects_upload_unknown)."""
    return give_up(scans_of(user).filter(key=key))


@contextmanager
def opened_scans(user: User, keys: Collection[UUID]) -> Iterator[list[UploadedFile]]:
    """Inside, the scans of this person that are whole, as a form takes files; others are passed over."""
    found = [scan for scan in scans_of(user).filter(key__in=keys).order_by("pk") if _is_here(scan)]
    with ExitStack() as stack:
        yield [
            UploadedFile(stack.enter_context(unfinished.place_of(scan.key).open("rb")), name=scan.name, size=scan.size)
            for scan in found
        ]


def _is_here(scan: ArrivingScan) -> bool:
    return scan.is_whole and unfinished.has(scan.key, scan.size)


def forget_scans(user: User, keys: Collection[UUID]) -> None:
    """The scans of this person are gone: their form took them."""
    for key in keys:
        with suppress(NotVisible):
            discard_scan(user=user, key=key)
