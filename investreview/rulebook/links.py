"""Where the paragraphs of a rule set are read, so that every citation opens."""

from django.urls import reverse

from investreview.rulebook.models import RuleSet


def paragraph_url(rule_set: RuleSet, key: str) -> str:
    """The page of the paragraph that a citation names."""
    return reverse("rulebook:paragraph", args=[rule_set.code, key])
