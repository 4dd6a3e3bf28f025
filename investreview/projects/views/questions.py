"""Questions and answers of a case: one thread, written by the officer on one side and the enterprise on the other."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.projects.forms.many_files import with_names
from investreview.projects.forms.placing import place
from investreview.projects.forms.questions import AnswerForm, QuestionForm
from investreview.projects.models import Case
from investreview.projects.permissions import ASKING_ROLES, may_answer, may_ask
from investreview.projects.questions import Asked, as_asked, asked_questions
from investreview.projects.reading import known_case
from investreview.projects.services.questions import answer_question, ask_question
from investreview.projects.views.common import acting_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: ScopedRequest, number: str) -> HttpResponse:
    """The thread, and the form of whoever may write now; a refused form keeps what was typed."""
    case, scope = known_case(number, user=request.user, scope=request.scope, at=clock.now())
    asks = request.scope.holds_any(ASKING_ROLES, case.path)
    answers = request.scope.holds_any(ENTERPRISE_ROLES, case.path)
    form: forms.Form | None = None
    ordinal = 0
    if request.method == "POST":
        if not (asks or answers):
            raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
        ordinal = int(given) if (given := request.POST.get("question", "")).isdigit() and len(given) < 5 else 0
        form = AnswerForm(request.POST, request.FILES) if answers else QuestionForm(request.POST)
        if form.is_valid() and _carry_out(request, case, form, ordinal):
            return redirect("projects:questions", number)
    inside = bool(scope.roles_on(case.path) - ENTERPRISE_ROLES)
    thread = [as_asked(one, case=case, inside=inside) for one in asked_questions().filter(case=case)]
    context = {
        "case": case,
        "thread": thread,
        "ask_form": (form or QuestionForm()) if may_ask(request.scope, case) else None,
        "answer_forms": _answer_forms(thread, form, ordinal) if may_answer(request.scope, case) else {},
        "inside": inside,
    }
    return render(request, "projects/questions.html", context, status=422 if form is not None else 200)


def _answer_forms(thread: list[Asked], form: forms.Form | None, ordinal: int) -> dict[int, forms.Form]:
    waiting = [one.ordinal for one in thread if one.is_waiting]
    fresh = {each: AnswerForm(auto_id=f"answer_{each}_%s") for each in waiting}
    return fresh | ({ordinal: form} if form is not None and ordinal in waiting else {})


def _carry_out(request: ScopedRequest, case: Case, form: forms.Form, ordinal: int) -> bool:
    """Whether the question or the answer was taken; else the form says what is wrong."""
    acting, at, given = acting_of(request), clock.now(), form.cleaned_data
    try:
        if isinstance(form, AnswerForm):
            files = with_names(given["attachments"])
            answer_question(acting=acting, case_id=case.pk, ordinal=ordinal, text=given["text"], files=files, at=at)
            messages.success(request, _("已答复，经办会收到通知。"))
        else:
            ask_question(acting=acting, case_id=case.pk, text=given["text"], at=at)
            messages.success(request, _("问题已发给企业，办理时限照常计算。"))
    except Invalid as error:
        place(form, error)
        return False
    return True
