"""People from a table: the blank table, the dry run with faults by row and column, the creation, the result."""

from hashlib import sha256
from io import BytesIO
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts import services
from investreview.accounts.forms import RosterForm
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import PeopleImport
from investreview.accounts.roster import ROSTER, Roster, pack, read_roster, unpack
from investreview.accounts.views.common import managed_commission
from investreview.core import clock
from investreview.core.errors import Busy, DomainError, Forbidden, Invalid, NotVisible
from investreview.core.tables import Fault, TableRow, open_table, write_blank
from investreview.core.text import safe_filename
from investreview.registry.forms import show_error
from investreview.registry.models import Commission


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request: ScopedRequest) -> HttpResponse:
    """The table is read and tried; nothing is written yet."""
    commission = managed_commission(request)
    form = RosterForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _upload_page(request, form, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    try:
        rows, closing = _read(file)
    except Invalid as error:
        error.field = "file"
        show_error(form, error)
        return _upload_page(request, form, status=422)
    roster = read_roster(rows, commission=commission, at=clock.now())
    about = {"key": str(uuid4()), "name": safe_filename(file.name or ""), "sha256": _digest(file)}
    return _dry_run(request, commission, rows, Roster(roster.people, (*roster.faults, *closing)), about)


def _read(file: UploadedFile) -> tuple[list[TableRow], tuple[Fault, ...]]:
    with open_table(file, name=file.name or "", shape=ROSTER) as table:  # type: ignore[arg-type]
        rows = list(table.rows())
        if not rows:
            raise Invalid("accounts_roster_empty")
        return rows, table.closing_faults()


def _digest(file: UploadedFile) -> str:
    digest = sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _upload_page(request: ScopedRequest, form: RosterForm, *, status: int) -> HttpResponse:
    return render(request, "accounts/import_people.html", {"form": form, "shape": ROSTER}, status=status)


def _dry_run(
    request: ScopedRequest,
    commission: Commission,
    rows: list[TableRow],
    roster: Roster,
    about: dict[str, str],
    *,
    refused: DomainError | None = None,
) -> HttpResponse:
    is_clean = not roster.faults
    context = {
        "roster": roster,
        "rows": rows,
        "about": about,
        "refused": refused,
        "packed": pack(rows, commission=commission, user=request.user, about=about) if is_clean else "",
    }
    status = 200 if is_clean and refused is None else 422
    return render(request, "accounts/import_dry_run.html", context, status=status)


@login_required
@require_POST
def create_people(request: ScopedRequest) -> HttpResponse:
    """The people of a clean dry run get their accounts; sent twice, once."""
    commission, at = managed_commission(request), clock.now()
    rows, about = unpack(request.POST.get("packed", ""), commission=commission, user=request.user)
    done = PeopleImport.objects.filter(key=about["key"], imported_by=request.user).first()
    if done is not None:
        return redirect("accounts:imported_people", done.pk)
    roster = read_roster(rows, commission=commission, at=at)
    if roster.faults:
        return _dry_run(request, commission, rows, roster, about)
    try:
        made = services.import_people(
            commission=commission,
            people=roster.people,
            key=about["key"],
            file_name=about["name"],
            sha256=about["sha256"],
            by=request.user,
            at=at,
        )
    except (Forbidden, NotVisible, Busy):
        raise
    except DomainError as error:
        return _dry_run(request, commission, rows, roster, about, refused=error)
    messages.success(request, _("账户已建立，尚不能登录。请出具一次性凭条，当面交给本人。"))
    return redirect("accounts:imported_people", made.pk)


@login_required
@require_safe
def imported_people(request: ScopedRequest, pk: int) -> HttpResponse:
    """Who came with one table, and who of them has signed in since."""
    commission = managed_commission(request)
    found = PeopleImport.objects.select_related("imported_by").filter(commission=commission, pk=pk).first()
    if found is None:
        raise NotVisible("accounts_person_not_visible")
    people = list(found.people.select_related("enterprise", "office", "commission").order_by("pk"))
    waiting = sum(person.is_active and person.last_login is None for person in people)
    context = {"found": found, "people": people, "waiting": waiting, "limit": services.MOST_SLIPS}
    return render(request, "accounts/imported_people.html", context)


@login_required
@require_safe
def roster_template(request: ScopedRequest) -> HttpResponse:
    """The blank table with its lists and explanations."""
    managed_commission(request)
    file = BytesIO()
    write_blank(file, ROSTER)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("人员导入模板.xlsx"))  # type: ignore[return-value]
