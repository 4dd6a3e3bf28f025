"""One-time slips: printed for the people of an import or of the list who have never signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from investreview.accounts import services
from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.accounts.people_page import never_signed_in
from investreview.accounts.services import Slip
from investreview.accounts.slips_page import slips_page
from investreview.accounts.views.common import managed_commission
from investreview.core import clock
from investreview.core.errors import Invalid, NotVisible

LONGEST_ID = 18
SHOWN = 200


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: ScopedRequest) -> HttpResponse:
    """Who has never signed in; sent with some of them, their slips to print, shown this once."""
    commission = managed_commission(request)
    people = never_signed_in(commission).exclude(pk=request.user.pk)[:SHOWN]
    if request.method != "POST":
        return render(request, "accounts/slips_choice.html", {"people": people, "limit": services.MOST_SLIPS})
    asked = {int(pk) for pk in request.POST.getlist("person") if _is_id(pk)}
    everybody = User.objects.filter(commission=commission).select_related("commission", "enterprise", "office")
    chosen = list(everybody.filter(pk__in=asked))
    if len(chosen) != len(asked):
        raise NotVisible("accounts_person_not_visible")
    try:
        made = services.issue_slips(people=chosen, by=request.user, at=clock.now())
    except Invalid as error:
        context = {"people": people, "limit": services.MOST_SLIPS, "error": error, "asked": asked}
        return render(request, "accounts/slips_choice.html", context, status=error.status)
    return show_slips(request, made)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


@sensitive_variables("made")
def show_slips(request: HttpRequest, made: tuple[Slip, ...]) -> HttpResponse:
    """The slips to print; they are in this answer and nowhere else, and the calling view lets nothing keep it."""
    return render(request, "accounts/slips.html", {"slips": slips_page(made)})
