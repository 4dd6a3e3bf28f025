"""公文办理: the document office's letters by what they wait for, and the sealed original that comes back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.documents.models import Document
from investreview.projects.services.delivery import keep_sealed_original
from investreview.projects.views.scans import with_scans
from workflows.models import WorkItem
from workflows.review.forms.delivery import SealedForm
from workflows.review.letters import letter_at
from workflows.review.office import DELIVERING, office_desk
from workflows.review.views.common import SignedIn
from workflows.selectors import item_for

LONGEST_KEY = 18


@login_required
@require_safe
def office(request: SignedIn) -> HttpResponse:
    """The letters that wait for the document office, tab by tab.

    Raises: Forbidden (projects_role_missing) for everybody else.
    """
    if Role.DOCUMENT_OFFICER not in request.scope.roles:
        raise Forbidden("projects_role_missing", role=Role.DOCUMENT_OFFICER.label)
    at, before = clock.now(), request.GET.get("before", "")
    desk = office_desk(
        user=request.user,
        scope=request.scope,
        lent=request.lent,
        at=at,
        today=legal_date(at),
        tab=request.GET.get("tab", ""),
        before=int(before) if before.isascii() and before.isdigit() and len(before) <= LONGEST_KEY else 0,
    )
    return render(request, "workflows/office/desk.html", {"desk": desk})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_scans
def seal(request: SignedIn, task_id: int) -> HttpResponse:
    """The sealed original is kept; the letter is sent afterwards, on the step's own page.

    Raises: NotVisible, Forbidden, Invalid (review_nothing_to_seal) for a step that sends no letter.
    """
    at = clock.now()
    item, acting = item_for(task_id=task_id, user=request.user, at=at)
    letter = Document.objects.filter(pk=letter_at(item) or 0).first()
    if item.node not in DELIVERING or item.state != WorkItem.State.OPEN or letter is None:
        raise Invalid("review_nothing_to_seal")
    form = SealedForm(request.POST or None, request.FILES or None, initial={"sealed_on": legal_date(at)})
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sealed"]
        try:
            keep_sealed_original(
                acting=acting,
                case_id=item.case_id,
                letter_id=letter.pk,
                sealed=upload,
                sealed_name=upload.name,
                sealed_on=form.cleaned_data["sealed_on"],
                at=at,
            )
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, gettext("盖章原件已登记，可以送达。"))
            return redirect("review:task", item.task_id)
    context = {
        "item": item,
        "case": item.case,
        "letter": letter,
        "originals": letter.sealed_originals.order_by("pk"),
        "form": form,
    }
    return render(request, "workflows/office/seal.html", context, status=422 if form.errors else 200)
