"""Files stay small enough to read; templates keep to what the content security policy allows."""

import re
from pathlib import Path

from tests.architecture.source import ROOT

FOLDERS = ("investreview", "workflows", "experts", "templates", "static", "tests", "bin", "docs", ".ci")
LINES = 400
ONE_FILE = {"investreview/draws/verify_draw.py"}
"""What must be one file, because auditors carry it alone (DRAW)."""
SUFFIXES = {".py", ".html", ".css", ".js", ".sh", ".md", ".yaml", ""}
SKIPPED = ("static/vendor/", "/migrations/", "/rulesets/", "/golden/", "/fonts/", "__pycache__")
REFUSED_BY_CSP = re.compile(r"""\sstyle\s*=|<style[\s>]|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""")
OTHER_HOST = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""")


def our_files() -> list[Path]:
    files = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.is_file())
    return [file for file in files if not any(part in str(file) for part in SKIPPED)]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in our_files()
        if file.suffix in SUFFIXES
    }
    assert {name: length for name, length in lengths.items() if length > LINES} == {
        name: lengths[name] for name in ONE_FILE
    }


def templates() -> list[Path]:
    return [*(ROOT / "templates").rglob("*.html"), *(ROOT / "workflows").rglob("*.html")]


def test_templates_hold_no_inline_style_or_script() -> None:
    assert [str(file.relative_to(ROOT)) for file in templates() if REFUSED_BY_CSP.search(file.read_text("utf-8"))] == []


def test_templates_load_nothing_from_another_host() -> None:
    assert [str(file.relative_to(ROOT)) for file in templates() if OTHER_HOST.search(file.read_text("utf-8"))] == []


def test_style_sheets_load_nothing_from_another_host() -> None:
    sheets = (ROOT / "static").rglob("*.css")
    assert [sheet.name for sheet in sheets if re.search(r"url\(.?(?:https?:|//|data:)", sheet.read_text("utf-8"))] == []


def test_no_file_holds_a_to_do() -> None:
    marks = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
    code = [file for file in our_files() if file.suffix in {".py", ".html", ".js", ".css", ".sh"}]
    found = [str(file.relative_to(ROOT)) for file in code if marks.search(file.read_text("utf-8"))]
    assert [name for name in found if name != "tests/architecture/test_files.py"] == []
