"""A material that comes in pieces: announced, taken piece by piece, made a material by its last byte, given up.

Locks are taken in the order case, person, upload; a piece in the middle locks its upload alone.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from investreview.accounts.models import User
from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.text import safe_filename
from investreview.projects import unfinished
from investreview.projects.acting import Acting
from investreview.projects.catalogue import FORM_SLOT
from investreview.projects.models import Case, MaterialVersion, UnfinishedUpload
from investreview.projects.rules import Verb
from investreview.projects.services.arriving import check_room, check_size, forget_lost, give_up, locked, take_bytes
from investreview.projects.services.common import require_state
from investreview.projects.services.materials import (
    SIZE_LIMIT,
    check_form_code,
    lock_writable,
    requirement_of,
    upload_material,
)


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
            check_room(acting.person, file.size)
            upload = UnfinishedUpload(**same, begun_at=at)
        forget_lost(upload)
        upload.mark, upload.form_code, upload.touched_at = file.mark, file.form_code.strip().upper(), at
        upload.save()
        return upload


def _check(case: Case, file: Announced) -> None:
    requirement = requirement_of(case, file.slot)
    check_size(file.size, limit=min(requirement.size_limit or SIZE_LIMIT, SIZE_LIMIT))
    if file.slot == FORM_SLOT:
        check_form_code(case, file.form_code)


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
    upload = take_bytes(mine, offset=offset, stream=stream, at=at)
    if upload.version is not None:
        return Progress(upload.size, upload.version)
    if not upload.is_whole:
        return Progress(upload.received)
    return Progress(upload.size, _finish(acting, case, mine, at))


def _require_writable(acting: Acting, case: Case) -> None:
    if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    require_state(case, Verb.SAVE)


def _finish(acting: Acting, case: Case, mine: QuerySet[UnfinishedUpload], at: datetime) -> MaterialVersion:
    """What the whole file became, once, however often its last piece came.

    A file that is refused for itself is gone; one refused for its person, its case or its code stays to be tried again.
    """
    try:
        with transaction.atomic():
            lock_writable(acting, case.pk)
            upload = locked(mine)
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
                give_up(mine)
        raise


def _is_fault_of_the_file(error: DomainError) -> bool:
    return error.code.startswith("file_") or error.code == "projects_kind_not_of_slot"


def discard_upload(*, person: User, case: Case, slot: str, key: UUID) -> str:
    """The upload is given up, its bytes are gone; its name. Raises: NotVisible (projects_upload_unknown)."""
    return give_up(UnfinishedUpload.objects.filter(case=case, person=person, slot=slot, key=key, version=None))
