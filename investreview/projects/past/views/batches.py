"""The list of batches, one batch, and what its enterer does with it: send, order, discard, try again."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.core.tables import write_blank
from investreview.core.text import safe_filename
from investreview.projects.forms.facts_page import version_in
from investreview.projects.forms.placing import place
from investreview.projects.models import Backfill
from investreview.projects.past.exporting import write_faults
from investreview.projects.past.forms.files import LedgerForm
from investreview.projects.past.kinds import ledger_kind
from investreview.projects.past.pages import batch_page, rows_page
from investreview.projects.past.permissions import ENTERING
from investreview.projects.past.selectors import backfill_for, backfills, waiting_for
from investreview.projects.past.services.batches import (
    discard_backfill,
    order_storing,
    retry_backfill,
    upload_ledger,
)
from investreview.projects.past.views.common import asked_key, require_batch_reader, require_enterer, sent, table_answer
from investreview.projects.past.views.noting import note_download, note_reading
from investreview.projects.storage import stored_place

PAGE = 50


@login_required
@require_safe
def index(request: ScopedRequest) -> HttpResponse:
    """What waits for this person's check, and every batch, latest first."""
    require_batch_reader(request)
    found = list(backfills(request.scope, before=asked_key(request, "before"))[: PAGE + 1])
    context = {
        "waiting": waiting_for(request.user, request.scope),
        "batches": found[:PAGE],
        "next_before": found[PAGE - 1].pk if len(found) > PAGE else 0,
        "may_enter": bool(request.scope.roles & ENTERING),
    }
    return render(request, "projects/past/index.html", context)


@login_required
@require_safe
def template(request: ScopedRequest, source: str) -> FileResponse:
    """The blank ledger of its kind."""
    require_enterer(request, source)
    kind = ledger_kind(source)
    return table_answer(partial(write_blank, shape=kind.shape), name=str(kind.blank))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ScopedRequest, source: str) -> HttpResponse:
    """The office's ledger is sent; a fault of file or header is told here, faults of rows on the batch's page."""
    require_enterer(request, source)
    shape = ledger_kind(source).shape
    form = LedgerForm(*sent(request), max_rows=shape.max_rows, initial={"creation_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            backfill = upload_ledger(
                user=request.user,
                file=file,
                name=file.name,
                creation_key=f"ledger:{form.cleaned_data['creation_key']}",
                at=clock.now(),
                source=source,
            )
        except Invalid as error:
            place(form, error, field="file")
        else:
            messages.success(request, _("台账已上传，正在试导入；此时什么都没有写入。"))
            return redirect("past:batch", backfill.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "shape": shape, "is_ongoing": source == Backfill.Source.ONGOING}
    return render(request, "projects/past/upload.html", context, status=status)


@login_required
@require_safe
def batch(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """One batch: how far it is, what is wrong, what comes next."""
    backfill = backfill_for(request.scope, backfill_id)
    page = batch_page(backfill, user=request.user, scope=request.scope)
    rows = rows_page(backfill, after=asked_key(request, "after"))
    whose, who, scope = backfill.commission, request.user, request.scope
    note_reading(backfill.subject, commission=whose, user=who, scope=scope, at=clock.now())
    return render(request, "projects/past/batch.html", {"page": page, "rows": rows})


@login_required
@require_safe
def progress(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """The part of the page that asks how far the work is; it asks no more once the work is done."""
    backfill = backfill_for(request.scope, backfill_id)
    page = batch_page(backfill, user=request.user, scope=request.scope)
    answer = render(request, "projects/past/parts/progress.html", {"page": page})
    if not page.is_working:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_safe
def faults(request: ScopedRequest, backfill_id: int) -> FileResponse:
    """The rows that are wrong, each with what is wrong, as a table that can be corrected and sent again."""
    backfill = backfill_for(request.scope, backfill_id)
    return table_answer(partial(write_faults, backfill=backfill), name=_("待改正的行.xlsx"))


@login_required
@require_safe
def source(request: ScopedRequest, backfill_id: int) -> FileResponse:
    """The ledger as it was sent."""
    backfill = backfill_for(request.scope, backfill_id)
    if not backfill.storage_name:
        raise Invalid("past_has_no_ledger")
    place_of = stored_place(backfill.storage_name, name=backfill.file_name, sha256=backfill.sha256)
    note_download(request, backfill, name=backfill.file_name, sha256=backfill.sha256)
    answer = FileResponse(
        place_of.open("rb"),
        as_attachment=True,
        filename=safe_filename(backfill.file_name),
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def store(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """The rows of a ledger without fault are being written."""
    return _ordered(request, backfill_id, order_storing, _("正在写入；写完后由另一人核对，核对以前不生效。"))


@login_required
@require_POST
def discard(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """The batch is given up."""
    return _ordered(request, backfill_id, discard_backfill, _("本批正在清除；台账原件和操作日志保留。"))


@login_required
@require_POST
def retry(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """Work that was broken off is tried again."""
    return _ordered(request, backfill_id, retry_backfill, _("已重新排队处理。"))


def _ordered(request: ScopedRequest, backfill_id: int, order: Callable[..., Backfill], told: str) -> HttpResponse:
    backfill_for(request.scope, backfill_id)
    try:
        order(user=request.user, backfill_id=backfill_id, version=version_in(request.POST), at=clock.now())
    except Invalid as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, told)
    return redirect("past:batch", backfill_id)
