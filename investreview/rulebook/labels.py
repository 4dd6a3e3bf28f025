"""The words of the rule book in the reader's language."""

from django.utils.translation import get_language

from investreview.rulebook.names import Words


def said(words: Words) -> str:
    """The words in the active language; Chinese unless that is English."""
    return words.en if (get_language() or "").startswith("en") else words.zh
