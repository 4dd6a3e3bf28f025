"""What the rule set's names are called in the reader's language."""

from django.utils.translation import get_language

from investreview.evaluations.frame import FrameEntry
from investreview.rulebook.evaluations import EvaluationRules


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def method_label(rules: EvaluationRules, key: str) -> str:
    """What a method of sampling is called."""
    method = rules.method(key)
    return method.name_en if _is_english() else method.name


def rule_label(rules: EvaluationRules, key: str) -> str:
    """What a rule of mandatory picks is called; its key where the rule set has dropped it."""
    for rule in rules.mandatory:
        if rule.key == key:
            return rule.name_en if _is_english() else rule.name
    return key


def band_label(rules: EvaluationRules, key: str) -> str:
    """What a band of amounts is called."""
    for band in rules.bands:
        if band.key == key:
            return band.name_en if _is_english() else band.key
    return key


def pick_labels(rules: EvaluationRules, entry: FrameEntry) -> tuple[str, ...]:
    """Why a project must be in, in the order of the rule set."""
    return tuple(rule_label(rules, pick.rule) for pick in entry.picks)
