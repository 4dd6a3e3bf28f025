"""A draft is thrown away; a project begins again after its case was returned, withdrawn or thrown away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.projects.forms.facts_page import version_in
from investreview.projects.permissions import require_role
from investreview.projects.services.drafts import begin_again, discard_draft
from investreview.projects.states import CaseState
from investreview.projects.views.common import acting_of, enterprise_case


@login_required
@require_POST
def discard(request: ScopedRequest, number: str) -> HttpResponse:
    """The draft is closed; pressed again, it stays so."""
    case, acting = enterprise_case(request, number), acting_of(request)
    require_role(acting, Role.ENTERPRISE_DRAFTER, case)
    if case.state != CaseState.DISCARDED:
        discard_draft(acting=acting, case_id=case.pk, version=version_in(request.POST), at=clock.now())
    messages.success(request, _("草稿 %(number)s 已作废，编号保留。") % {"number": number})
    return redirect("/")


@login_required
@require_POST
def again(request: ScopedRequest, number: str) -> HttpResponse:
    """A new draft with the facts of the last case; pressed again, it leads to the one that was made."""
    case = enterprise_case(request, number)
    try:
        begun = begin_again(user=request.user, project_id=case.project_id, at=clock.now())
    except Invalid as error:
        messages.error(request, sentence(error))
        newest = case.project.cases.order_by("-id").values_list("number", flat=True)[0]
        return redirect("projects:facts", newest)
    messages.success(request, _("已建立新的办件，内容由上一办件带入，请核对后报送。"))
    return redirect("projects:facts", begun.number)
