"""Our own scripts, sheets and templates keep to what the engine of older domestic browsers knows: Chromium 88 (UX)."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.architecture.test_files import templates

NEWER_IN_SHEETS = {
    r":has\(": 105,
    r"@container|container-type\s*:|container-name\s*:|\dcq[whib]\b": 105,
    r"@layer\b": 99,
    r"@scope\b|@starting-style\b": 118,
    r"@counter-style\b": 91,
    r"@media[^{]*[<>]": 104,
    r"\b(?:oklch|oklab|lch|lab|color-mix)\(": 111,
    r"\bhwb\(": 101,
    r"\blight-dark\(": 123,
    r"\d[dsl]v(?:h|w|i|b|min|max)\b": 108,
    r"\dr?lh\b": 109,
    r"[{;]\s*(?:translate|rotate|scale)\s*:": 104,
    r"[{;]\s*mask(?:-[a-z]+)?\s*:": 120,
    r"\baccent-color\s*:": 93,
    r"\btext-wrap(?:-style)?\s*:": 114,
    r"\btext-decoration-thickness\s*:|\btext-decoration\s*:[^;}]*\d(?:px|em)": 89,
    r"\bscrollbar-gutter\s*:": 94,
    r"\boverflow(?:-[xy])?\s*:\s*clip": 90,
    r"\bfield-sizing\s*:|\binterpolate-size\s*:|\banchor-name\s*:|\bposition-anchor\s*:": 123,
    r"\bimage-set\(|\b(?:sin|cos|tan|round|mod|rem)\(": 111,
    r"\bsubgrid\b": 117,
    r":user-(?:in)?valid\b|:dir\(|:modal\b|:popover-open\b|:autofill\b|::details-content\b": 105,
    r"::file-selector-button\b": 89,
}
"""What a sheet must not hold, with the Chromium that knew it first."""
NEWER_IN_SCRIPTS = {
    r"\.at\(": 92,
    r"\bstructuredClone\(": 98,
    r"\bObject\.(?:hasOwn|groupBy)\(|\bMap\.groupBy\(": 93,
    r"\.findLast(?:Index)?\(": 97,
    r"\.to(?:Sorted|Reversed|Spliced)\(|\bArray\.fromAsync\(": 110,
    r"\bPromise\.(?:withResolvers|try)\(": 119,
    r"\brandomUUID\(": 92,
    r"\bAbortSignal\.(?:timeout|any)\(": 103,
    r"\bURL\.(?:canParse|parse)\(": 119,
    r"\.checkVisibility\(": 105,
    r"\.(?:show|hide|toggle)Popover\(|\.showPicker\(|\bstartViewTransition\(": 99,
    r"\bIntl\.(?:Segmenter|DurationFormat|supportedValuesOf)\b": 99,
    r"\bstatic\s*\{|#[a-zA-Z]\w*\s+in\s": 91,
    r"\binert\b": 102,
}
NEWER_IN_TEMPLATES = {
    r"<[^>]*\sinert\b": 102,
    r"<[^>]*\spopover(?:target)?\b": 114,
    r"<search\b": 118,
    r"<details[^>]*\sname\s*=": 120,
}
OLDER_WAY = {
    r"\bscrollbar-(?:width|color)\s*:": "::-webkit-scrollbar",
    r"(?<!-)\bprint-color-adjust\s*:": "-webkit-print-color-adjust",
    r"summary[\w.]*\s*\{[^}]*\bdisplay\s*:": "::-webkit-details-marker",
    r"(?<!-)\bline-clamp\s*:": "-webkit-line-clamp",
}
"""What a sheet may hold for newer engines where the same sheet says it in the old way, too."""
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
INNERMOST = re.compile(r"\{[^{}]*\}")


def without_comments(file: Path) -> str:
    return COMMENT.sub("", file.read_text(encoding="utf-8"))


def files() -> list[tuple[Path, dict[str, int]]]:
    """Each of our own files that a browser reads, with what it must not hold."""
    return [
        *((file, NEWER_IN_SHEETS) for file in (ROOT / "static" / "css").rglob("*.css")),
        *((file, NEWER_IN_SCRIPTS) for file in (ROOT / "static" / "js").rglob("*.js")),
        *((file, NEWER_IN_TEMPLATES) for file in templates()),
    ]


def newer(text: str, table: dict[str, int]) -> list[str]:
    """What of the text the old engine does not know, with the Chromium that does."""
    found = ((match, version) for pattern, version in table.items() for match in re.finditer(pattern, text))
    return [f"{match[0].strip()} (Chromium {version})" for match, version in found]


def test_files_hold_nothing_newer_than_the_floor() -> None:
    found = {str(file.relative_to(ROOT)): newer(without_comments(file), table) for file, table in files()}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_no_rule_lies_within_another() -> None:
    """Nesting is of Chromium 112: what is left around the innermost blocks are conditions only."""
    sheets = {file: INNERMOST.sub(";", without_comments(file)) for file, table in files() if table is NEWER_IN_SHEETS}
    heads = {file.name: re.findall(r"([^{};]+)\{", text) for file, text in sheets.items()}
    assert [(name, head) for name, all_of in heads.items() for head in all_of if not head.strip().startswith("@")] == []


def test_what_newer_engines_call_otherwise_is_said_in_the_old_way_too() -> None:
    sheets = [(file, without_comments(file)) for file, table in files() if table is NEWER_IN_SHEETS]
    assert [
        (file.name, old)
        for file, text in sheets
        for pattern, old in OLDER_WAY.items()
        if re.search(pattern, text) and old not in text
    ] == []


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a:has(b) { }", NEWER_IN_SHEETS),
        ("@media (width >= 900px) { a { color: red } }", NEWER_IN_SHEETS),
        ("a { height: 100dvh }", NEWER_IN_SHEETS),
        ("a { color: color-mix(in srgb, red, blue) }", NEWER_IN_SHEETS),
        ("a { color: red; rotate: 3deg }", NEWER_IN_SHEETS),
        ("rows.at(-1)", NEWER_IN_SCRIPTS),
        ("structuredClone(row)", NEWER_IN_SCRIPTS),
        ("<details class=a name=one>", NEWER_IN_TEMPLATES),
    ],
)
def test_what_is_newer_is_found(text: str, table: dict[str, int]) -> None:
    assert len(newer(text, table)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a:is(b, c):not(d, e):focus-visible { inset: 0; gap: 4px; aspect-ratio: 1; transform: rotate(3deg) }",
        "@media (max-width: 900px) { a > b { width: min(1px, 2vw) } }",
        "@supports (mask-size: 1px) { a { -webkit-mask: none } }",
    ],
)
def test_what_the_old_engine_knows_is_allowed(text: str) -> None:
    assert newer(text, NEWER_IN_SHEETS) == []
