"""The words of the rule book in the reader's language."""

from django.utils.translation import get_language

from investreview.rulebook.names import DUTIES, LEVELS, ROUTES, STEP_KINDS, Words
from investreview.rulebook.vocabulary import Duty, Level, Route, StepKind


def said(words: Words) -> str:
    """The words in the active language; Chinese unless that is English."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def route_label(route: str) -> str:
    """What a route is called."""
    return said(ROUTES[Route(route)])


def duty_label(duty: str) -> str:
    """What a duty is called."""
    return said(DUTIES[Duty(duty)])


def level_label(level: str) -> str:
    """What a level of the catalogue is called."""
    return said(LEVELS[Level(level)])


def step_label(kind: str) -> str:
    """What a kind of step is called."""
    return said(STEP_KINDS[StepKind(kind)])
