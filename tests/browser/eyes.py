"""What an English page is looked at for: Chinese left over."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from investreview.core.actor import SYSTEM
from investreview.projects.past.ledger import LEDGER
from tests.browser.house import ASKED
from tests.browser.window import Window

HAN = re.compile(r"[\u3400-\u9fff]")
READ = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        if (!text.parentElement.closest("[lang|=zh]:not(html)")) found.push(text.textContent);
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        for (const one of document.querySelectorAll(`body [${name}]`)) {
            if (!one.closest("[lang|=zh]:not(html)")) found.push(one.getAttribute(name));
        }
    }
    return found;
}"""
ROOMS = ("registry", "accounts", "projects", "documents", "experts", "notices", "evaluations")
CAPITALS = re.compile(r"人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+")


def untranslated(window: Window, data: list[str]) -> set[str]:
    """Texts of an English page with Chinese that nobody typed and no part of the page declares to be Chinese.

    A picture breaks a long name over lines and cuts its end: a line of it is the beginning of something typed.
    """
    texts: list[str] = window.page.evaluate(READ)
    left = {text.strip() for text in texts if HAN.search(text) and HAN.search(_without(text, data))}
    return {text for text in left if not any(value.startswith(text.rstrip("…")) for value in data)}


def _without(text: str, data: list[str]) -> str:
    text = CAPITALS.sub("", text)
    for value in data:
        text = text.replace(value, "")
    return text


def chinese_data() -> list[str]:
    """What the database holds in Chinese, longest first: names, declared facts, opinions, letters.

    The columns of the office's ledger are named as the office names them, and a language in its own, in every language.
    """
    found = {settings.PRODUCT_NAME, SYSTEM.name, ASKED, *(column.title for column in LEDGER.columns)}
    found |= {name for _code, name in settings.LANGUAGES}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            fields = [field.name for field in model._meta.concrete_fields if _is_typed(field)]
            for values in model._default_manager.values_list(*fields) if fields else ():
                found.update(text for value in values for text in _texts(value))
    return sorted((text for text in found if HAN.search(text)), key=len, reverse=True)


def _is_typed(field: models.Field) -> bool:
    return isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not field.choices


def _texts(value: Any) -> Iterator[str]:
    """Lines of a text; of a content only whole sentences, so that no word of it hides a word of the page."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one) if len(text) > 8)
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one) if len(text) > 8)
