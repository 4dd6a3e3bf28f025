"""Every text that the code and the templates hand to gettext, found without the gettext program."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

from tests.architecture.source import ROOT, python_files, tree

TRANSLATION = "django.utils.translation"
# Which argument of each function is what.
SHAPES = {
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
    "_": ("text",),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({LITERAL}(?:\s*,\s*{LITERAL})*)")


class Message(NamedTuple):
    """One text to translate, and where it stands."""

    text: str
    context: str | None
    plural: str | None
    place: str

    @property
    def key(self) -> tuple[str | None, str]:
        """What the catalogue knows it by."""
        return self.context, self.text


class NotLiteral(Exception):
    """A text was put together before it was translated: nobody could have translated it."""


@cache
def messages() -> tuple[Message, ...]:
    """All texts of code and templates, in the order of the files."""
    from_code = (message for file in python_files() for message in of_module(tree(file), _place(file)))
    from_templates = (
        message for file in templates() for message in of_template(file.read_text(encoding="utf-8"), _place(file))
    )
    return (*from_code, *from_templates)


@cache
def templates() -> tuple[Path, ...]:
    """Every page and part of a page; the letters' wordings (.txt) are documents and stay Chinese."""
    return tuple(sorted(ROOT.glob("templates/**/*.html")))


def of_module(module: ast.Module, place: str) -> Iterator[Message]:
    """The texts of one module. Raises: NotLiteral for a text that is not written out in the call."""
    functions = dict(_translating_names(module))
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _called(node) in functions:
            shape = SHAPES[functions[_called(node)]]
            where = f"{place}:{node.lineno}"
            yield _message(shape, [_literal(argument, where) for argument in node.args[: len(shape)]], where)


def _translating_names(module: ast.Module) -> Iterator[tuple[str, str]]:
    """The names under which the module knows Django's functions."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names if alias.name in SHAPES)
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils":
            names = [alias.asname or alias.name for alias in node.names if alias.name == "translation"]
            yield from ((f"{name}.{function}", function) for name in names for function in SHAPES)


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def _literal(argument: ast.expr, where: str) -> str:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise NotLiteral(f"{where}: {ast.unparse(argument)}")


def of_template(source: str, place: str) -> Iterator[Message]:
    """The texts of one template, as Django's own reader of templates finds them."""
    for found in IN_TEMPLATE.finditer(templatize(source, origin=place)):
        function, arguments = found.groups()
        yield _message(SHAPES[function], list(ast.literal_eval(f"({arguments},)")), place)


def _message(shape: tuple[str, ...], arguments: list[str], place: str) -> Message:
    given = dict(zip(shape, arguments, strict=True))
    return Message(given["text"], given.get("context"), given.get("plural"), place)


def _place(file: Path) -> str:
    return str(file.relative_to(ROOT))
