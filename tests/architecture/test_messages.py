"""Every error code has a sentence in both languages, and the facts that fill it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from investreview.core.messages import SENTENCES
from tests.architecture.source import ROOT, python_files, tree

ERRORS = {"DomainError", "Invalid", "NotVisible", "Forbidden", "Stale", "Busy"}
OWN_PARAMETERS = {"field", "citation"}


class Use(NamedTuple):
    where: str
    code: str
    facts: frozenset[str]
    has_more_facts: bool


def uses() -> Iterator[Use]:
    for file in python_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and _name(node.func) in ERRORS and node.args:
                for code in _codes(node.args[0]):
                    yield _use(file, node, code)


def _use(file: Path, call: ast.Call, code: str) -> Use:
    names = frozenset(word.arg for word in call.keywords if word.arg)
    has_more = any(word.arg is None for word in call.keywords)
    return Use(f"{file.relative_to(ROOT)}:{call.lineno}", code, names, has_more)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _codes(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert [f"{use.where} {use.code}" for use in uses() if use.code not in SENTENCES] == []


def test_every_sentence_gets_the_facts_it_names() -> None:
    missing = [
        (use.where, use.code, sorted(wanted))
        for use in uses()
        if use.code in SENTENCES and not use.has_more_facts
        if (wanted := placeholders("".join(SENTENCES[use.code])) - use.facts)
    ]
    assert missing == []


def test_both_languages_tell_the_same_facts() -> None:
    differing = [code for code, (zh, en) in SENTENCES.items() if placeholders(zh) != placeholders(en)]
    assert differing == []


def test_every_code_begins_with_the_name_of_its_room() -> None:
    assert [code for code in SENTENCES if "_" not in code or code != code.lower()] == []
