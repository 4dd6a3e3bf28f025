"""No Chinese stands in a page outside what is translated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType

from tests.architecture.source import ROOT
from tests.locale.extraction import templates

CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffee\U00020000-\U0003ffff]")
IN_FILTER = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)""")
TRANSLATED = {"translate", "trans"}
BLOCKS = {"blocktranslate", "blocktrans", "comment"}
# A paper that is printed and signed by hand is Chinese in every language; its page says so to screen readers.
PAPERS = {"experts/secretary/print_sheet.html": '<section class="ir-paper-sheet" lang="zh-CN">'}
# A letter is shown as it is sent.
ALLOWED = {
    "documents/parts/text.html": {"：</p>"},
    "experts/case/paper.html": {'paper.members|join:"、"'},
}


def outside_translation(source: str) -> Iterator[str]:
    """Each stretch of a template that holds Chinese and would be shown as it stands."""
    end = ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            end = _end_of_block(token, end)
        if not end and token.token_type != TokenType.COMMENT and CHINESE.search(_shown(token)):
            yield token.contents.strip()


def _end_of_block(token: Token, end: str) -> str:
    """The tag that ends the block in which Chinese is expected; empty outside."""
    name = token.contents.split()[0]
    if end:
        return "" if name == end else end
    return f"end{name}" if name in BLOCKS else ""


def _shown(token: Token) -> str:
    if token.token_type == TokenType.BLOCK and token.contents.split()[0] in TRANSLATED:
        return ""
    return IN_FILTER.sub("", token.contents)


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_page_holds_no_chinese_outside_translation(file: Path) -> None:
    name = str(file.relative_to(ROOT / "templates"))
    page, _paper, _rest = file.read_text(encoding="utf-8").partition(PAPERS.get(name, "\0"))
    found = set(outside_translation(page))
    assert found - ALLOWED.get(name, set()) == set()


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_paper_is_marked_as_chinese_up_to_the_end_of_its_page(name: str) -> None:
    _page, mark, paper = (ROOT / "templates" / name).read_text(encoding="utf-8").partition(PAPERS[name])
    assert (mark, paper.rstrip().endswith("</section>\n{% endblock %}")) == (PAPERS[name], True)


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_exception_is_still_needed(name: str) -> None:
    found = set(outside_translation((ROOT / "templates" / name).read_text(encoding="utf-8")))
    assert ALLOWED[name] <= found


@pytest.mark.parametrize(
    "source",
    [
        "<b>备案</b>",
        '<a title="备案">x</a>',
        '{{ name|default:"无" }}',
        '{% badge "备案" "green" %}',
        "{% translate '备案' %}（{{ n }}）",
        "{% blocktranslate %}备案{% endblocktranslate %}，",
    ],
)
def test_chinese_outside_translation_is_found(source: str) -> None:
    assert len(list(outside_translation(source))) > 0


@pytest.mark.parametrize(
    "source",
    [
        "{% translate '备案' %}",
        "{% blocktranslate count n=n %}{{ n }} 项{% plural %}{{ n }} 项{% endblocktranslate %}",
        '{{ rows|join:_("、") }}',
        "{# 备案 #}{% comment %}备案{% endcomment %}",
    ],
)
def test_translated_and_commented_chinese_is_let_through(source: str) -> None:
    assert list(outside_translation(source)) == []
