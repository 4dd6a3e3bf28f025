"""The last step: the draft as the enterprise will be held to it, read by whoever drafts, hands over or releases."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core import clock
from investreview.core.roles import Role
from investreview.projects.models import Case, UnsavedText
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.stated import stated
from investreview.projects.steps import StepKey
from investreview.projects.views.common import enterprise_case
from investreview.projects.views.step_context import step_context


@login_required
@require_safe
def submission(request: ScopedRequest, number: str) -> HttpResponse:
    """Everything that is declared, pledged and attached, on one page that prints; what still keeps it back."""
    case = enterprise_case(request, number)
    context = step_context(request, case, StepKey.SUBMISSION)
    is_draft = is_allowed(Verb.HAND_OVER, case.state)
    unsaved = UnsavedText.objects.filter(case=case, person=request.user) if is_draft else UnsavedText.objects.none()
    context |= {
        "stated": stated(case),
        "unsaved": list(unsaved.values_list("step", flat=True)),
        "releasers": _releasers(case),
        "is_before_release": is_draft or is_allowed(Verb.RELEASE, case.state),
        "may_hand_over": is_draft and context["is_writable"],
    }
    return render(request, "projects/steps/submission.html", context)


def _releasers(case: Case) -> list[User]:
    """Who of the group may release next; never who drafted it."""
    return [
        one for one in users_holding(Role.ENTERPRISE_RELEASER, case.path, at=clock.now()) if one.pk != case.drafter_id
    ]
