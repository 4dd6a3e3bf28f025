"""The sentence for each error code, in Chinese and English.

One module per room holds ``SENTENCES``: code → (Chinese, English) with the facts as ``{placeholders}``: what was
given, what the rule asks, what to do.
"""

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from django.utils.translation import get_language

from investreview.core.dates import in_chinese, in_english
from investreview.core.errors import DomainError


def _collect() -> dict[str, tuple[str, str]]:
    sentences: dict[str, tuple[str, str]] = {}
    for module in iter_modules(__path__):
        room: dict[str, tuple[str, str]] = import_module(f"{__name__}.{module.name}").SENTENCES
        twice = sentences.keys() & room.keys()
        if twice:
            raise ValueError(f"message codes written twice: {sorted(twice)}")
        sentences |= room
    return sentences


SENTENCES = _collect()


def sentence(error: DomainError, language: str | None = None) -> str:
    """The error as a person reads it, in ``language`` or the active one, with its citation at the end."""
    chinese, english = SENTENCES[error.code]
    is_english = (language or get_language() or "zh-hans").startswith("en")
    template, day = (english, in_english) if is_english else (chinese, in_chinese)
    text = template.format_map(_written(error.facts, day))
    if error.citation:
        text += f" ({error.citation})" if is_english else f"（依据：{error.citation}）"
    return text


def _written(facts: Mapping[str, object], day: Callable[[date], str]) -> dict[str, object]:
    """The facts with legal dates as people write them."""
    return {name: day(value) if type(value) is date else value for name, value in facts.items()}
