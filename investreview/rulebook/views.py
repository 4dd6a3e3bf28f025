"""Pages of the rule book: everybody reads the rules in force, every citation opens here. They only read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.core import clock
from investreview.core.scope import Scope
from investreview.rulebook import selectors
from investreview.rulebook.entries import entry_changes
from investreview.rulebook.labels import said
from investreview.rulebook.models import RuleSet
from investreview.rulebook.text_page import differences, parts_of
from investreview.rulebook.uses import uses_of

SEARCH_LENGTH = 60


class ScopedRequest(HttpRequest):
    """A request of somebody who is signed in; the middleware of accounts puts the scope there."""

    scope: Scope


@login_required
@require_safe
def rule_sets(request: ScopedRequest) -> HttpResponse:
    """The rule sets of the person's commission, the one in force marked."""
    held = list(selectors.rule_sets(request.scope))
    context = {"rule_sets": held, "in_force": {each.pk for each in held if each.holds_on(clock.today())}}
    return render(request, "rulebook/rule_sets.html", context)


@login_required
@require_safe
def rule_set(request: ScopedRequest, code: str) -> HttpResponse:
    """One rule set: contents, every paragraph with what rests on it, search, and its other versions."""
    known = list(selectors.rule_sets(request.scope))
    held = selectors.one_of(known, code)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:SEARCH_LENGTH]
    parts = parts_of(held.data, search=search)
    context = {
        "rule_set": held,
        "is_in_force": held.holds_on(clock.today()),
        "parts": parts,
        "count": sum(len(part.paragraphs) for part in parts),
        "search": search,
        "versions": [each for each in known if each.commission_id == held.commission_id],
        "in_force": {each.pk for each in known if each.holds_on(clock.today())},
        "earlier": _earlier(held, known),
    }
    return render(request, "rulebook/rule_set.html", context)


def _earlier(held: RuleSet, known: list[RuleSet]) -> RuleSet | None:
    """The version before this one."""
    before = [
        each for each in known if each.commission_id == held.commission_id and each.effective_from < held.effective_from
    ]
    return max(before, key=lambda each: each.effective_from, default=None)


@login_required
@require_safe
def since(request: ScopedRequest, code: str, earlier: str) -> HttpResponse:
    """What a rule set says otherwise than an earlier one: texts to the character, and what rests on them."""
    known = list(selectors.rule_sets(request.scope))
    after, before = selectors.one_of(known, code), selectors.one_of(known, earlier)
    context = {
        "rule_set": after,
        "before": before,
        "differences": differences(before.data, after.data),
        "entries": entry_changes(before.entries, after.entries),
    }
    return render(request, "rulebook/since.html", context)


@login_required
@require_safe
def file(request: ScopedRequest, code: str) -> HttpResponse:
    """The rule file itself, byte for byte as it was reviewed."""
    held = selectors.readable_rule_set(request.scope, code)
    answer = HttpResponse(held.content.encode(), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{held.commission.code}-{held.code}.yaml"'
    return answer


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
