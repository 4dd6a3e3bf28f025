"""How an amount reads, while it is typed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from investreview.core.errors import Invalid
from investreview.core.fields import reading_of
from investreview.core.messages import sentence
from investreview.core.money import Unit, parse_amount

LONGEST = 64


@login_required
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """The typed amount in 万元, in 元 and in capital letters, or the sentence that says why it cannot be read."""
    typed = request.GET.get("amount", "")[:LONGEST].strip()
    unit = Unit.YUAN if request.GET.get("unit") == "YUAN" else Unit.WAN
    if not typed:
        return _text("")
    try:
        amount = parse_amount(typed, default_unit=unit)
    except Invalid as error:
        return _text(sentence(error))
    return _text(reading_of(amount))


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
