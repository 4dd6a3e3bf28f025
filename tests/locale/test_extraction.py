"""The extractor finds what gettext's own program would find."""

import ast

import pytest

from tests.locale.extraction import NotLiteral, of_module, of_template


def found_in(source: str) -> list[tuple[str | None, str, str | None]]:
    return [(one.context, one.text, one.plural) for one in of_module(ast.parse(source), "module.py")]


def test_module_with_an_alias_and_a_context_gives_both_texts() -> None:
    source = (
        "from django.utils.translation import gettext_lazy as _, pgettext_lazy\n"
        "A = _('备' '案')\nB = pgettext_lazy('role', '会签')\n"
    )
    assert found_in(source) == [(None, "备案", None), ("role", "会签", None)]


def test_module_that_imports_the_package_is_read_too() -> None:
    source = "from django.utils import translation\nA = translation.ngettext('%d 天', '%d 天', 2)\n"
    assert found_in(source) == [(None, "%d 天", "%d 天")]


def test_module_with_its_own_underscore_gives_nothing() -> None:
    assert found_in("def _(text): return text\nA = _('备案')\n") == []


def test_text_put_together_before_the_call_is_refused() -> None:
    with pytest.raises(NotLiteral, match=r"module.py:2"):
        found_in("from django.utils.translation import gettext\nA = gettext(f'备案 {1}')\n")


def test_template_gives_tags_blocks_plurals_contexts_and_filter_arguments() -> None:
    source = (
        '{% load i18n %}{% translate \'备案\' %}{% translate "资" context "徽标" %}{{ rows|join:_("、") }}'
        "{% blocktranslate with name=person %}（代{{ name }}）{% endblocktranslate %}"
        "{% blocktranslate count n=rows|length %}{{ n }} 项{% plural %}共 {{ n }} 项{% endblocktranslate %}"
    )
    assert [(one.context, one.text, one.plural) for one in of_template(source, "page.html")] == [
        (None, "备案", None),
        ("徽标", "资", None),
        (None, "、", None),
        (None, "（代%(name)s）", None),
        (None, "%(n)s 项", "共 %(n)s 项"),
    ]
