"""Pages of the rule book: every citation opens here. They only read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.core.scope import Scope
from investreview.rulebook import selectors
from investreview.rulebook.labels import said
from investreview.rulebook.uses import uses_of


class ScopedRequest(HttpRequest):
    """A request of somebody who is signed in; the middleware of accounts puts the scope there."""

    scope: Scope


@login_required
@require_safe
def rule_sets(request: ScopedRequest) -> HttpResponse:
    """The rule sets of the person's commission."""
    return render(request, "rulebook/rule_sets.html", {"rule_sets": selectors.rule_sets(request.scope)})


@login_required
@require_safe
def rule_set(request: ScopedRequest, code: str) -> HttpResponse:
    """One rule set, all its paragraphs."""
    return render(request, "rulebook/rule_set.html", {"rule_set": selectors.readable_rule_set(request.scope, code)})


@login_required
@require_safe
def paragraph(request: ScopedRequest, code: str, key: str) -> HttpResponse:
    """The paragraph that a citation names, what stands below it, and what rests on it."""
    held = selectors.readable_rule_set(request.scope, code)
    context = {
        "rule_set": held,
        "paragraph": selectors.paragraph(held, key),
        "details": selectors.details(held, key),
        "uses": [said(words) for words in uses_of(key, held.data)],
    }
    return render(request, "rulebook/paragraph.html", context)
