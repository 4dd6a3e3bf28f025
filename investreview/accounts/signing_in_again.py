"""Signing in again without losing a form: the page that keeps it, and the page that sends it again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from investreview.accounts.forms import SignInForm
from investreview.core.kept import KeptForm, readable


def sign_in_again(request: HttpRequest, kept: KeptForm) -> HttpResponse:
    """The sign-in page, with what was typed on it; nothing was carried out."""
    context = {
        "form": SignInForm(request),
        "kept": kept,
        "typed": readable(kept.typed),
        "has_files": bool(request.FILES),
    }
    return render(request, "accounts/sign_in.html", context, status=HTTPStatus.FORBIDDEN)


def send_again(request: HttpRequest, kept: KeptForm) -> HttpResponse:
    """The person is signed in again and sends the form with one press; until then nothing is carried out."""
    return render(request, "accounts/send_again.html", {"kept": kept, "typed": readable(kept.typed)})
