"""What the pages of the past share."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from investreview.accounts.http import ScopedRequest
from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.core.text import safe_filename
from investreview.projects.models import Backfill
from investreview.projects.past.permissions import BATCH_READERS, entering_roles, require_entering

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def require_batch_reader(request: ScopedRequest) -> None:
    """Nothing happens when this person enters, checks or audits a commission's past.

    Raises: Forbidden (projects_role_missing).
    """
    if not request.scope.roles & BATCH_READERS:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)


def require_enterer(request: ScopedRequest, source: str = Backfill.Source.FORM) -> None:
    """Nothing happens when this person enters and checks batches of this source in their commission.

    Raises: Forbidden (projects_role_missing).
    """
    commission = request.user.commission
    if commission is None or not request.scope.roles & entering_roles(source):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    require_entering(request.scope, commission, source)


def sent(request: ScopedRequest) -> tuple[QueryDict | None, MultiValueDict[str, UploadedFile] | None]:
    """What a form is bound to: what was posted, also when that is nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def asked_key(request: ScopedRequest, name: str) -> int:
    """Where a list goes on, 0 at its beginning; what is no key begins it too."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def table_answer(write: Callable[[IO[bytes]], None], *, name: str) -> FileResponse:
    """A workbook that ``write`` writes, as attachment."""
    return file_answer(write, name=name, content_type=XLSX)


def file_answer(write: Callable[[IO[bytes]], None], *, name: str, content_type: str) -> FileResponse:
    """What ``write`` writes, as attachment; it lies in a file of its own until it is sent."""
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it
    write(file)
    file.seek(0)
    answer = FileResponse(file, as_attachment=True, filename=safe_filename(name), content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    return answer
