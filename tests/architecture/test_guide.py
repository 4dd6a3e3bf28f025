"""The guide by role says what the product says: names, messages and paragraphs are its own; no picture is missing."""

import re
import runpy
from functools import cache
from pathlib import Path

import polib
import pytest
import yaml

from investreview.core.messages import SENTENCES
from investreview.core.roles import Role
from investreview.desk.guide.pages import COMMON, LANGUAGES, NAMES, PAGE_OF
from tests.architecture.source import ROOT

GUIDE = ROOT / "docs" / "guide"
LINES = 150
BYTES = 6_000_000
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)")
NAMED = {"zh": re.compile(r"「([^」]+)」"), "en": re.compile(r"\*\*([^*]+)\*\*")}
SAID = re.compile(r"(?<![*\w])\*([^*]+)\*(?!\*)")
CITED = re.compile(r"§[\d.]*\d")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w+\}|…")


def pages(language: str) -> dict[str, str]:
    """The pages of one language by name."""
    return {file.stem: file.read_text("utf-8") for file in sorted((GUIDE / language).glob("*.md"))}


@cache
def product_texts(language: str) -> frozenset[str]:
    """Every text of pages and messages in one language."""
    place = 0 if language == "zh" else 1
    texts = {sentence[place] for sentence in SENTENCES.values()}
    for entry in polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po")):
        english = [entry.msgstr, *entry.msgstr_plural.values()]
        texts.update([entry.msgid] if language == "zh" else english)
    return frozenset(text.replace("%%", "%") for text in texts if text)


def shape(text: str) -> list[str]:
    """The levels of headings and the pictures of a page, in their order."""
    found = re.findall(r"^(#+) |^!\[.*/([\w-]+)\.png\)$", text, re.MULTILINE)
    return [level or picture for level, picture in found]


def test_every_role_has_its_page_in_both_languages() -> None:
    wanted = {*(PAGE_OF[role] for role in Role), COMMON}
    assert {language: set(pages(language)) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, wanted)


def test_every_page_is_listed_and_short() -> None:
    listed = set(LINK.findall((GUIDE / "README.md").read_text("utf-8")))
    files = {f"{language}/{name}.md": text for language in LANGUAGES for name, text in pages(language).items()}
    assert listed == set(files)
    assert {name for name, text in files.items() if len(text.splitlines()) > LINES} == set()


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_headings_and_pictures(name: str) -> None:
    assert shape(pages("zh")[name]) == shape(pages("en")[name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(language: str) -> None:
    folder = GUIDE / language
    links = {link for text in pages(language).values() for link in LINK.findall(text)}
    assert {link for link in links if not (folder / link).is_file()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_shown_are_the_pictures_kept(language: str) -> None:
    shown = {link for text in pages(language).values() for link in PICTURE.findall(text)}
    kept = {f"../pictures/{language}/{file.name}" for file in (GUIDE / "pictures" / language).glob("*")}
    assert shown == kept


def test_pictures_kept_are_those_that_the_script_takes() -> None:
    taken = runpy.run_path(str(ROOT / "bin" / "lib" / "picture_list.py"))["PICTURES"]
    places = [picture.place(language) for picture in taken for language in picture.languages]
    kept = {str(file.relative_to(ROOT / "docs")) for file in (GUIDE / "pictures").rglob("*.png")}
    assert {place for place in places if place.startswith("guide/")} == kept
    assert len(places) == len(set(places))


def test_pictures_are_no_larger_than_promised() -> None:
    assert sum(file.stat().st_size for file in (GUIDE / "pictures").rglob("*.png")) <= BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_on_the_page_are_those_of_the_product(language: str) -> None:
    texts = product_texts(language)
    named = {(page, name) for page, text in pages(language).items() for name in NAMED[language].findall(text)}
    assert {(page, name) for page, name in named if name not in texts} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_quoted_are_those_of_the_product(language: str) -> None:
    said = {(page, words) for page, text in pages(language).items() for words in SAID.findall(plain(text))}
    known = {PLACEHOLDER.sub("…", text) for text in product_texts(language)}
    assert {(page, words) for page, words in said if words not in known} == set()


def plain(text: str) -> str:
    """The page without what is set in bold."""
    return NAMED["en"].sub("", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_paragraphs_cited_are_in_the_rule_set(language: str) -> None:
    file = ROOT / "investreview" / "rulebook" / "rulesets" / "2024-lyg.yaml"
    keys = {paragraph["key"] for paragraph in yaml.safe_load(file.read_text("utf-8"))["paragraphs"]}
    cited = {(page, key) for page, text in pages(language).items() for key in CITED.findall(text)}
    assert {(page, key) for page, key in cited if key not in keys} == set()


def test_both_read_me_files_lead_to_the_guide() -> None:
    assert [name for name in ("README.md", "README.zh-CN.md") if "docs/guide/README.md" not in read(name)] == []


def read(name: str) -> str:
    """A file of the project's folder."""
    return Path(ROOT / name).read_text("utf-8")
