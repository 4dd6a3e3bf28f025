"""What routes and duties are called on screen; the words are the rule book's."""

from django.utils.translation import get_language

from investreview.rulebook.names import DUTIES, ROUTES, Words
from investreview.rulebook.vocabulary import Duty, Route


def route_label(key: str) -> str:
    """The name of a route in the language of the page; empty for a case that is not routed yet."""
    return _said(ROUTES[Route(key)]) if key else ""


def duty_label(key: str) -> str:
    """The name of a duty in the language of the page."""
    return _said(DUTIES[Duty(key)])


def procedure_label(key: str) -> str:
    """The name of a route or a duty, whichever ``key`` is."""
    return route_label(key) if key in set(Route) else duty_label(key)


def _said(words: Words) -> str:
    return words.en if (get_language() or "").startswith("en") else words.zh
