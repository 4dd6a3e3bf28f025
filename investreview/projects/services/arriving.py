"""What all files in pieces share: bytes taken once and in order, room for one person, given up, swept.

A piece in the middle locks its upload alone.
"""

from datetime import datetime, timedelta
from functools import partial
from os import SEEK_END
from typing import IO, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.http import UnreadablePostError

from investreview.accounts.models import User
from investreview.core.errors import Busy, Invalid, NotVisible, Stale
from investreview.projects import unfinished
from investreview.projects.models import ArrivingScan, InPieces, UnfinishedUpload

MEGABYTE = 1024 * 1024
STRANGERS_STAY = timedelta(days=1)
"""How long bytes without a row may lie about: longer than any request lasts."""
Upload = TypeVar("Upload", bound=InPieces)


def check_size(size: int, *, limit: int) -> None:
    """Nothing happens when a file of this size may be sent at all. Units: bytes. Raises: Invalid (file_…)."""
    if size <= 0:
        raise Invalid("file_empty")
    if size > limit:
        raise Invalid("file_too_large", limit=limit // MEGABYTE)


def check_room(person: User, size: int) -> None:
    """Nothing happens when the person may begin one more of this size, also when two begin at once. Units: bytes.

    Raises: Invalid (projects_uploads_too_many, projects_scans_too_many), Busy (projects_upload_no_room).
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    materials = UnfinishedUpload.objects.filter(person=person, version=None)
    held = [rows.aggregate(count=Count("pk"), size=Sum("size")) for rows in (materials, scans_of(person))]
    count, held_bytes = sum(each["count"] for each in held), sum(each["size"] or 0 for each in held)
    if count >= settings.UNFINISHED_UPLOADS_A_PERSON or held_bytes + size > settings.UNFINISHED_BYTES_A_PERSON:
        cases = materials.order_by("case__number").values_list("case__number", flat=True).distinct()
        raise Invalid(
            "projects_uploads_too_many" if cases else "projects_scans_too_many",
            count=count,
            held=held_bytes // MEGABYTE,
            limit=settings.UNFINISHED_BYTES_A_PERSON // MEGABYTE,
            most=settings.UNFINISHED_UPLOADS_A_PERSON,
            cases="、".join(cases[:5]),
        )
    if not unfinished.has_room_for(size):
        raise Busy("projects_upload_no_room")


def scans_of(person: User) -> QuerySet[ArrivingScan]:
    """The scans of this person that no form took yet."""
    return ArrivingScan.objects.filter(person=person)


def forget_lost(upload: InPieces) -> None:
    """What the disk has lost was not received; the caller saves."""
    if not unfinished.has(upload.key, upload.received):
        upload.received = upload.checksum = 0


def take_bytes(mine: QuerySet[Upload], *, offset: int, stream: unfinished.Readable, at: datetime) -> Upload:
    """The bytes of ``stream`` follow those that were received; what takes no more is answered as it is.

    Raises: NotVisible (projects_upload_unknown), Stale (projects_upload_elsewhere, ``received`` in its facts), Invalid,
    Busy (projects_upload_no_room).
    """
    if not mine.exists():
        raise NotVisible("projects_upload_unknown")
    try:
        with unfinished.spooled(stream) as piece, transaction.atomic():
            upload = locked(mine)
            wrong = None if upload.takes_no_more else _wrong_place(upload, offset)
            if wrong is None and not upload.takes_no_more:
                _append(upload, piece, at)
    except UnreadablePostError as error:
        raise Invalid("projects_upload_cut_off") from error
    if wrong is not None:
        raise wrong
    return upload


def locked(mine: QuerySet[Upload]) -> Upload:
    """The one upload, locked. Raises: NotVisible (projects_upload_unknown)."""
    # No join: PostgreSQL would read the locked row anew, but what is joined to it as it was before the wait.
    upload = mine.select_for_update().first()
    if upload is None:
        raise NotVisible("projects_upload_unknown")
    return upload


def _wrong_place(upload: InPieces, offset: int) -> Stale | None:
    """The refusal of a piece that does not follow what was received; bytes the disk has lost were not received."""
    if not unfinished.has(upload.key, upload.received):
        forget_lost(upload)
        upload.save(update_fields=["received", "checksum"])
    elif offset == upload.received:
        return None
    return Stale("projects_upload_elsewhere", received=upload.received)


def _append(upload: InPieces, piece: IO[bytes], at: datetime) -> None:
    length = piece.seek(0, SEEK_END)
    piece.seek(0)
    if upload.received + length > upload.size:
        raise Invalid("projects_upload_longer_than_said", size=upload.size)
    if length:
        upload.checksum = unfinished.append(upload.key, piece, at=upload.received, checksum=upload.checksum)
        upload.received += length
    upload.touched_at = at
    upload.save(update_fields=["received", "checksum", "touched_at"])


def give_up(mine: QuerySet[Upload]) -> str:
    """The upload is gone, and its bytes; its name. Raises: NotVisible (projects_upload_unknown)."""
    with transaction.atomic():
        upload = locked(mine)
        transaction.on_commit(partial(unfinished.remove, upload.key))
        upload.delete()
        return upload.name


def sweep_uploads(*, at: datetime, machine_now: datetime) -> int:
    """Uploads that nobody went on with for UNFINISHED_UPLOAD_DAYS are gone, and bytes no row speaks of; how many.

    Each in a transaction of its own; one that is being taken at this moment is left alone.
    """
    last = at - timedelta(days=settings.UNFINISHED_UPLOAD_DAYS)
    count = _swept(UnfinishedUpload.objects.filter(touched_at__lt=last))
    count += _swept(ArrivingScan.objects.filter(touched_at__lt=last))
    return count + unfinished.remove_strangers(
        lambda key: (
            UnfinishedUpload.objects.filter(key=key, version=None).exists()
            or ArrivingScan.objects.filter(key=key).exists()
        ),
        before=machine_now - STRANGERS_STAY,
    )


def _swept(old: QuerySet[Upload]) -> int:
    count = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            upload = old.select_for_update(skip_locked=True).filter(pk=pk).first()
            if upload is not None:
                transaction.on_commit(partial(unfinished.remove, upload.key))
                upload.delete()
                count += 1
    return count
