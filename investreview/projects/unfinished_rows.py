"""The files of a case that one person began to send, as the page of materials lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from investreview.accounts.models import User
from investreview.projects.models import Case, UnfinishedUpload

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class UnfinishedRow:
    """One file, how far it came, in the megabytes (1024 × 1024) of the limits; ``size_bytes`` as the browser knows."""

    key: UUID
    slot: str
    name: str
    received: str
    size: str
    size_bytes: int
    touched_at: datetime


@dataclass(frozen=True)
class Unfinished:
    """What a person began to send to a case; how large a piece is, how many days what came is kept."""

    rows: tuple[UnfinishedRow, ...]
    piece_bytes: int
    kept_days: int


def unfinished_files(case: Case, person: User) -> QuerySet[UnfinishedUpload]:
    """What this person did not finish, the newest first."""
    return UnfinishedUpload.objects.filter(case=case, person=person, version=None).order_by("-touched_at", "-pk")


def unfinished_of(found: Iterable[UnfinishedUpload]) -> Unfinished:
    """The files as they are listed."""
    return Unfinished(
        rows=tuple(_row(upload) for upload in found),
        piece_bytes=settings.UPLOAD_PIECE_BYTES,
        kept_days=settings.UNFINISHED_UPLOAD_DAYS,
    )


def _row(upload: UnfinishedUpload) -> UnfinishedRow:
    return UnfinishedRow(
        key=upload.key,
        slot=upload.slot,
        name=upload.name,
        received=f"{upload.received / MEGABYTE:.1f}",
        size=f"{upload.size / MEGABYTE:.1f}",
        size_bytes=upload.size,
        touched_at=upload.touched_at,
    )
