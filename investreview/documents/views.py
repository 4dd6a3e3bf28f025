"""The verification page (文件核验): whoever is signed in pastes or types the code of a system copy."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from investreview.documents.forms import VerifyForm
from investreview.documents.selectors import Verified, verify_code


@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The empty form, or the typed code with its verdict. Nothing is changed."""
    form = VerifyForm(request.POST if request.method == "POST" else None)
    verified: Verified | None = None
    status = HTTPStatus.OK
    if form.is_bound:
        if form.is_valid():
            typed = form.cleaned_data["code"]
            verified = verify_code(typed.number, typed.dated_on, typed.hex16, typed.check)
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "documents/verify.html", {"form": form, "verified": verified}, status=status)
