"""The pages that join the rooms: list of cases, case, comparison of submissions, check of the journal."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core.errors import Forbidden, Invalid
from investreview.core.messages import sentence
from investreview.desk.forms import CaseFilterForm
from investreview.desk.selectors.case_list import CasePageOfList, list_cases, states_shown_to
from investreview.desk.selectors.case_page import case_page
from investreview.desk.selectors.readers import reader_lines, readers_by_role
from investreview.desk.selectors.submissions import comparison
from investreview.desk.selectors.viewing import Reading, read_case, viewer_of
from investreview.desk.ways import CASE_ROLES
from investreview.journal.heads import Head, read_heads
from investreview.journal.services import record_access, seal, verify
from workflows.bpmn import review_model


@login_required
@require_safe
def cases(request: ScopedRequest) -> HttpResponse:
    """The cases this person may know, narrowed and paged."""
    viewer = viewer_of(request)
    if not viewer.scope.roles & CASE_ROLES:
        raise Forbidden("desk_no_cases_here")
    form = CaseFilterForm(request.GET, states=states_shown_to(viewer))
    page = CasePageOfList(rows=(), next_before=0)
    if form.is_valid():
        chosen = form.cleaned_data
        page = list_cases(
            viewer,
            text=chosen["q"],
            state=chosen["state"],
            origin=chosen["origin"],
            before=chosen["before"] or 0,
            past=chosen["past"],
        )
    query = request.GET.copy()
    for key in ("before", "past"):
        query.pop(key, None)
    return render(request, "desk/cases.html", {"form": form, "page": page, "query": query.urlencode()})


@login_required
@require_safe
def case(request: ScopedRequest, number: str) -> HttpResponse:
    """The page of a case; what an auditor reads is noted where only the audit administrator sees it."""
    reading = read_case(viewer_of(request), number)
    _note_audit(reading)
    return render(request, "desk/case.html", {"page": case_page(reading)})


@login_required
@require_safe
def bpmn(request: ScopedRequest, number: str) -> HttpResponse:
    """The process that this case goes through, as BPMN 2.0 XML to be opened in a modelling tool."""
    reading = read_case(viewer_of(request), number)
    answer = HttpResponse(review_model(), content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{reading.case.number}.bpmn"'
    return answer


@login_required
@require_safe
def readers(request: ScopedRequest, number: str) -> HttpResponse:
    """Who can open the case now, person by person, each with the reason."""
    reading = read_case(viewer_of(request), number)
    _note_audit(reading)
    context = {"case": reading.case, "groups": readers_by_role(reading), "inside": reading.inside}
    return render(request, "desk/readers.html", context | {"lines": reader_lines(reading.case)})


@login_required
@require_safe
def submissions(request: ScopedRequest, number: str, earlier: int, later: int) -> HttpResponse:
    """What changed from one submission of a case to another."""
    reading = read_case(viewer_of(request), number)
    _note_audit(reading)
    compared = comparison(reading.case, earlier, later)
    return render(request, "desk/submissions.html", {"case": reading.case, "comparison": compared})


def _note_audit(reading: Reading) -> None:
    """Journal: case.read, in the access chain."""
    viewer, subject = reading.viewer, reading.case.subject
    if viewer.only_audits(reading.case.path):
        record_access(
            commission=reading.case.commission.code,
            verb="case.read",
            actor=viewer.user.as_actor(),
            subject=subject,
            at=viewer.at,
        )


@login_required
@require_POST
def check_journal(request: ScopedRequest, number: str) -> HttpResponse:
    """The commission's journal was recomputed from its first entry; the case page says with what result.

    Raises: Forbidden (desk_journal_not_yours) for the enterprise.
    """
    reading = read_case(viewer_of(request), number)
    if not reading.inside:
        raise Forbidden("desk_journal_not_yours")
    chain = reading.case.commission.code
    seal(chain)
    report = verify(chain, _outside_heads())
    said = {"count": report.checked_count, "faults": report.fault_count}
    if report.is_whole:
        messages.success(request, _("完整性校验通过：已逐条核对 %(count)d 条操作日志。") % said)
        if report.outside_seq is None:
            messages.info(request, _("没有库外留存的链首可供比对，仅凭库内数据不能发现末尾被整体截去。"))
    else:
        messages.error(request, _("完整性校验未通过：发现 %(faults)d 处问题，请立即报告审计管理员。") % said)
        for fault in report.faults[:5]:
            messages.error(request, sentence(fault.as_error()))
    return redirect("desk:case", number)


def _outside_heads() -> tuple[Head, ...]:
    """The heads kept outside of the database; none before the first was written."""
    try:
        return read_heads(settings.HEADS_LOG)
    except Invalid:
        return ()
