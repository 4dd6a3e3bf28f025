"""Addresses in other rooms that the desk leads to; what exists is reversed here and nowhere else."""

from django.urls import reverse

from investreview.rulebook.models import RuleSet


def paragraph_url(rule_set: RuleSet, key: str) -> str:
    """The page of the paragraph that a citation names."""
    return reverse("rulebook:paragraph", args=[rule_set.code, key])
