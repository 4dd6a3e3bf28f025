"""A file that comes in pieces: announced, taken piece by piece, made a material by its last byte, given up, swept.

Locks are taken in the order case, person, upload; a piece in the middle locks its upload alone.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from os import SEEK_END
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.http import UnreadablePostError

from investreview.accounts.models import User
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible, Stale
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.text import safe_filename
from investreview.projects import unfinished
from investreview.projects.acting import Acting
from investreview.projects.catalogue import FORM_SLOT
from investreview.projects.models import Case, MaterialVersion, UnfinishedUpload
from investreview.projects.rules import Verb
from investreview.projects.services.common import require_state
from investreview.projects.services.materials import (
    SIZE_LIMIT,
    check_form_code,
    lock_writable,
    requirement_of,
    upload_material,
)

MEGABYTE = 1024 * 1024
STRANGERS_STAY = timedelta(days=1)
"""How long bytes without a row may lie about: longer than any request lasts."""


@dataclass(frozen=True)
class Announced:
    """A file as the browser describes it before the first byte; ``changed_ms`` is when it was last changed.

    Units: bytes; milliseconds since 1970.
    """

    slot: str
    name: str
    size: int
    changed_ms: int
    mark: str
    form_code: str = ""


@dataclass(frozen=True)
class Progress:
    """How far the upload is; ``version`` once it became a material. Units: bytes."""

    received: int
    version: MaterialVersion | None = None


def begin_upload(*, acting: Acting, case_id: int, file: Announced, at: datetime) -> UnfinishedUpload:
    """The upload of this file that this person has in this slot: the one begun before, else a new one.

    What would be refused at the end for its slot, size or form code is refused here, before a byte is sent.
    Raises: NotVisible, Forbidden, Invalid (projects_slot_unknown, file_empty, file_too_large, projects_form_code_old,
    projects_uploads_too_many), Busy (projects_upload_no_room).
    """
    with transaction.atomic():
        case = lock_writable(acting, case_id)
        _check(case, file)
        same = {
            "case": case,
            "person": acting.person,
            "slot": file.slot,
            "name": safe_filename(file.name),
            "size": file.size,
            "changed_ms": file.changed_ms,
        }
        upload = UnfinishedUpload.objects.select_for_update().filter(**same, version=None).first()
        if upload is None:
            _check_room(acting.person, file.size)
            upload = UnfinishedUpload(**same, begun_at=at)
        elif not unfinished.has(upload.key, upload.received):
            upload.received = upload.checksum = 0
        upload.mark, upload.form_code, upload.touched_at = file.mark, file.form_code.strip().upper(), at
        upload.save()
        return upload


def _check(case: Case, file: Announced) -> None:
    requirement = requirement_of(case, file.slot)
    limit = min(requirement.size_limit or SIZE_LIMIT, SIZE_LIMIT)
    if file.size <= 0:
        raise Invalid("file_empty")
    if file.size > limit:
        raise Invalid("file_too_large", limit=limit // MEGABYTE)
    if file.slot == FORM_SLOT:
        check_form_code(case, file.form_code)


def _check_room(person: User, size: int) -> None:
    """One person's unfinished uploads stay within their number and their bytes, also when two begin at once."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = UnfinishedUpload.objects.filter(person=person, version=None)
    held = mine.aggregate(count=Count("pk"), size=Sum("size"))
    count, held_bytes = held["count"], held["size"] or 0
    if count >= settings.UNFINISHED_UPLOADS_A_PERSON or held_bytes + size > settings.UNFINISHED_BYTES_A_PERSON:
        cases = mine.order_by("case__number").values_list("case__number", flat=True).distinct()
        raise Invalid(
            "projects_uploads_too_many",
            count=count,
            held=held_bytes // MEGABYTE,
            limit=settings.UNFINISHED_BYTES_A_PERSON // MEGABYTE,
            most=settings.UNFINISHED_UPLOADS_A_PERSON,
            cases="、".join(cases[:5]),
        )
    if not unfinished.has_room_for(size):
        raise Busy("projects_upload_no_room")


def take_piece(
    *, acting: Acting, case: Case, slot: str, key: UUID, offset: int, stream: unfinished.Readable, at: datetime
) -> Progress:
    """The bytes of ``stream`` follow those that were received; with the last of them the file is a material.

    A piece that was taken before changes nothing: the answer says where to go on. An empty piece at the end asks once
    more for what the whole file becomes. Nothing is taken while the person or the case may not.
    Raises: NotVisible (projects_upload_unknown), Forbidden, Stale (projects_upload_elsewhere, ``received`` in its
    facts), Invalid, Busy (projects_upload_no_room); what the whole file is refused for, as ``upload_material``.
    Journal: case.save with the last piece.
    """
    _require_writable(acting, case)
    mine = UnfinishedUpload.objects.filter(case=case, person=acting.person, slot=slot, key=key)
    if not mine.exists():
        raise NotVisible("projects_upload_unknown")
    try:
        with unfinished.spooled(stream) as piece, transaction.atomic():
            upload = _locked(mine)
            if upload.version is not None:
                return Progress(upload.size, upload.version)
            wrong = _wrong_place(upload, offset)
            if wrong is None:
                _append(upload, piece, at)
    except UnreadablePostError as error:
        raise Invalid("projects_upload_cut_off") from error
    if wrong is not None:
        raise wrong
    if upload.received < upload.size:
        return Progress(upload.received)
    return Progress(upload.size, _finish(acting, case, mine, at))


def _require_writable(acting: Acting, case: Case) -> None:
    if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    require_state(case, Verb.SAVE)


def _locked(mine: QuerySet[UnfinishedUpload]) -> UnfinishedUpload:
    # No join: PostgreSQL would read the locked row anew, but what is joined to it as it was before the wait.
    upload = mine.select_for_update().first()
    if upload is None:
        raise NotVisible("projects_upload_unknown")
    return upload


def _wrong_place(upload: UnfinishedUpload, offset: int) -> Stale | None:
    """The refusal of a piece that does not follow what was received; bytes the disk has lost were not received."""
    if not unfinished.has(upload.key, upload.received):
        upload.received = upload.checksum = 0
        upload.save(update_fields=["received", "checksum"])
    elif offset == upload.received:
        return None
    return Stale("projects_upload_elsewhere", received=upload.received)


def _append(upload: UnfinishedUpload, piece: IO[bytes], at: datetime) -> None:
    length = piece.seek(0, SEEK_END)
    piece.seek(0)
    if upload.received + length > upload.size:
        raise Invalid("projects_upload_longer_than_said", size=upload.size)
    if length:
        upload.checksum = unfinished.append(upload.key, piece, at=upload.received, checksum=upload.checksum)
        upload.received += length
    upload.touched_at = at
    upload.save(update_fields=["received", "checksum", "touched_at"])


def _finish(acting: Acting, case: Case, mine: QuerySet[UnfinishedUpload], at: datetime) -> MaterialVersion:
    """What the whole file became, once, however often its last piece came.

    A file that is refused for itself is gone; one refused for its person, its case or its code stays to be tried again.
    """
    try:
        with transaction.atomic():
            lock_writable(acting, case.pk)
            upload = _locked(mine)
            if upload.version is not None:
                return upload.version
            with unfinished.full_disk_is_told(), unfinished.place_of(upload.key).open("rb") as file:
                version = upload_material(
                    acting=acting,
                    case_id=case.pk,
                    slot=upload.slot,
                    file=file,
                    name=upload.name,
                    mark=upload.mark,
                    form_code=upload.form_code,
                    at=at,
                )
            upload.version = version
            upload.save(update_fields=["version"])
            transaction.on_commit(partial(unfinished.remove, upload.key))
            return version
    except Invalid as error:
        if _is_fault_of_the_file(error):
            with suppress(NotVisible):
                _give_up(mine)
        raise


def _is_fault_of_the_file(error: DomainError) -> bool:
    return error.code.startswith("file_") or error.code == "projects_kind_not_of_slot"


def discard_upload(*, person: User, case: Case, slot: str, key: UUID) -> str:
    """The upload is given up, its bytes are gone; its name. Raises: NotVisible (projects_upload_unknown)."""
    return _give_up(UnfinishedUpload.objects.filter(case=case, person=person, slot=slot, key=key, version=None))


def _give_up(rows: QuerySet[UnfinishedUpload]) -> str:
    with transaction.atomic():
        upload = _locked(rows)
        transaction.on_commit(partial(unfinished.remove, upload.key))
        upload.delete()
        return upload.name


def sweep_uploads(*, at: datetime, machine_now: datetime) -> int:
    """Uploads that nobody went on with for UNFINISHED_UPLOAD_DAYS are gone, and bytes no row speaks of; how many.

    Each in a transaction of its own; one that is being taken at this moment is left alone.
    """
    last = at - timedelta(days=settings.UNFINISHED_UPLOAD_DAYS)
    old = UnfinishedUpload.objects.filter(touched_at__lt=last)
    count = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            upload = old.select_for_update(skip_locked=True).filter(pk=pk).first()
            if upload is not None:
                transaction.on_commit(partial(unfinished.remove, upload.key))
                upload.delete()
                count += 1
    return count + unfinished.remove_strangers(
        lambda key: UnfinishedUpload.objects.filter(key=key, version=None).exists(),
        before=machine_now - STRANGERS_STAY,
    )
