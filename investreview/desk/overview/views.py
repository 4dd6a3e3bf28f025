"""The overview, the lists its numbers open, and both as Excel, Word and PDF."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.subject import Subject
from investreview.desk.overview.asking import Asked, asked
from investreview.desk.overview.exports.report import report_of
from investreview.desk.overview.exports.workbook import write_overview
from investreview.desk.overview.lists import listing
from investreview.desk.overview.page import counted_how, overview_page
from investreview.desk.overview.reading import Reading
from investreview.desk.selectors.viewing import Viewer
from investreview.documents.reports import write_pdf, write_word
from investreview.journal.services import record_access
from investreview.projects.past.views.common import XLSX, file_answer

ROWS = 100
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_safe
def overview(request: ScopedRequest) -> HttpResponse:
    """The figures of a period; a filter that cannot be followed is said, and this year is shown."""
    question = _asked(request)
    page = overview_page(Reading(question.wish, question.scope))
    context = {"page": page, "form": question.form, "counted_how": counted_how()}
    return render(request, "desk/overview/page.html", context, status=200 if question.is_valid else 422)


@login_required
@require_safe
def overview_list(request: ScopedRequest, key: str) -> HttpResponse:
    """The very rows that a number of the overview counts, a hundred a page."""
    question, chosen = _asked(request), listing(key)
    rows = chosen.rows(Reading(question.wish, question.scope))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "title": chosen.title,
        "note": chosen.note,
        "table": chosen.table(list(page)),
        "rows": page,
        "wish": question.wish,
        "form": question.form,
        "query": question.wish.query(),
    }
    return render(request, "desk/overview/list.html", context, status=200 if question.is_valid else 422)


@login_required
@require_safe
def workbook(request: ScopedRequest) -> FileResponse:
    """The overview with its lists as a workbook, in the language of the page."""
    question = _asked_for_export(request, "xlsx")
    reading = Reading(question.wish, question.scope)
    write = partial(write_overview, reading=reading, at=clock.now())
    name = _("监管总览 %(period)s.xlsx") % {"period": question.wish.period.label}
    return file_answer(write, name=name, content_type=XLSX)


@login_required
@require_safe
def word(request: ScopedRequest) -> FileResponse:
    """The report (专报) as a Word file, for whoever goes on writing it; Chinese, as papers are."""
    question = _asked_for_export(request, "docx")
    with override("zh-hans"):
        report = report_of(Reading(question.wish, question.scope), at=clock.now())
    return file_answer(partial(write_word, report=report), name=f"{report.title}.docx", content_type=DOCX)


@login_required
@require_safe
def pdf(request: ScopedRequest) -> FileResponse:
    """The same report as a PDF."""
    question = _asked_for_export(request, "pdf")
    with override("zh-hans"):
        report = report_of(Reading(question.wish, question.scope), at=clock.now())
    return file_answer(partial(write_pdf, report=report), name=f"{report.title}.pdf", content_type=PDF)


def _asked(request: ScopedRequest) -> Asked:
    """What was asked for. Journal: overview.read, in the access chain, of who reads as auditor only."""
    at = clock.now()
    question = asked(request.GET, scope=request.scope, at=at)
    commission = question.wish.commission
    if Viewer(user=request.user, scope=request.scope, at=at).only_audits(commission.path):
        record_access(
            commission=commission.code,
            verb="overview.read",
            actor=request.user.as_actor(),
            subject=_subject(question),
            at=at,
        )
    return question


def _asked_for_export(request: ScopedRequest, form: str) -> Asked:
    """What is to be taken out. Journal: overview.export, in the access chain, with form and filter.

    Raises: Invalid (desk_overview_filter): no file is made of a filter that was not meant so.
    """
    at = clock.now()
    question = asked(request.GET, scope=request.scope, at=at)
    question.require_valid()
    wish = question.wish
    record_access(
        commission=wish.commission.code,
        verb="overview.export",
        actor=request.user.as_actor(),
        subject=_subject(question),
        at=at,
        facts={"form": form, "year": wish.period.year, "part": wish.period.part, "group": wish.group_name},
    )
    return question


def _subject(question: Asked) -> Subject:
    wish = question.wish
    return Subject("overview", f"{wish.commission.code}-{wish.period.year}{wish.period.part}")
