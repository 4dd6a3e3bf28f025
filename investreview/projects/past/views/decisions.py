"""The page of a past decision, and all of them as a table."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.journal.services import record_access
from investreview.projects.past.exporting import write_export
from investreview.projects.past.pages import decision_page
from investreview.projects.past.permissions import READERS
from investreview.projects.past.selectors import readable_past, visible_past
from investreview.projects.past.views.common import table_answer
from investreview.projects.past.views.noting import note_reading


@login_required
@require_safe
def decision(request: ScopedRequest, decision_id: int) -> HttpResponse:
    """A past decision; there is nothing to be done with it."""
    found = readable_past(request.scope, decision_id)
    subject, scope = Subject("past", found.number), request.scope
    note_reading(subject, commission=found.commission, user=request.user, scope=scope, at=clock.now())
    return render(request, "projects/past/decision.html", {"page": decision_page(found, scope=request.scope)})


@login_required
@require_safe
def export(request: ScopedRequest) -> FileResponse:
    """Every accepted past decision of the person's commissions, in the columns of the ledger, each marked."""
    if not request.scope.roles & READERS:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    at = clock.now()
    codes = sorted({path.split("/", 1)[0] for path in request.scope.paths_for(*READERS)})
    for code in codes:
        record_access(
            commission=code,
            verb="past.export",
            actor=request.user.as_actor(),
            subject=Subject("past", code),
            at=at,
        )
    rows = visible_past(request.scope)
    line = _("补录项目：%(codes)s") % {"codes": "、".join(codes)}
    return table_answer(partial(write_export, decisions=rows, scope_line=line, at=at), name=_("补录项目.xlsx"))
