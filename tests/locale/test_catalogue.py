"""English is complete, compiled, and says what the Chinese says: with the same facts, and in English."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

from tests.architecture.source import ROOT
from tests.locale.extraction import messages

SOURCE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
SUPPLEMENT = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
CATALOGUE = polib.pofile(str(SOURCE))
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
CHINESE_MARKS = re.compile(r"[，。、；：？！（）《》「」　]")
# %(name)s and %d as Python fills them in, {name} as str.format does.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def englishes(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_of_code_and_templates_has_its_english() -> None:
    translated = {(entry.msgctxt, entry.msgid) for entry in CATALOGUE if entry.translated() and not entry.fuzzy}
    missing = [f"{message.place}: {message.text}" for message in messages() if message.key not in translated]
    assert missing == [], "run bin/refresh-locale and translate what it lists"


def test_every_entry_is_still_used() -> None:
    used = {message.key for message in messages()}
    assert [entry.msgid for entry in CATALOGUE if (entry.msgctxt, entry.msgid) not in used] == []


def test_every_plural_has_two_forms() -> None:
    plurals = {message.key for message in messages() if message.plural}
    entries = [entry for entry in CATALOGUE if (entry.msgctxt, entry.msgid) in plurals]
    assert [entry.msgid for entry in entries if sorted(entry.msgstr_plural) != [0, 1]] == []


def test_no_entry_is_a_guess_and_none_is_empty() -> None:
    assert [entry.msgid for entry in CATALOGUE if entry.fuzzy or not all(englishes(entry))] == []


@pytest.mark.parametrize("source", [SOURCE, SUPPLEMENT], ids=["en", "zh_Hans"])
def test_compiled_catalogue_is_the_source_compiled(source: Path) -> None:
    compiled = source.with_suffix(".mo").read_bytes()
    assert compiled == polib.pofile(str(source)).to_binary(), "run bin/refresh-locale"


def test_english_carries_the_same_facts_as_the_chinese() -> None:
    differing = [
        (entry.msgid, english)
        for entry in CATALOGUE
        for english in englishes(entry)
        if Counter(PLACEHOLDER.findall(entry.msgid)) != Counter(PLACEHOLDER.findall(english))
    ]
    assert differing == []


def test_english_holds_no_chinese() -> None:
    texts = [english for entry in CATALOGUE for english in englishes(entry)]
    assert [text for text in texts if HAN.search(text) or CHINESE_MARKS.search(text)] == []


def test_no_source_text_is_english() -> None:
    foreign = [
        f"{message.place}: {message.text}"
        for message in messages()
        if not HAN.search(message.text) and re.search(r"[A-Za-z]", PLACEHOLDER.sub("", message.text))
    ]
    assert foreign == []


def test_filing_is_never_called_approved_in_english() -> None:
    """DOMAIN §5: a filing is filed; only the approval sheet (呈批表) and what is approved elsewhere carry the word."""
    approving = re.compile(r"\bapprov(?:e|es|ed|al|als|ing)\b(?! sheet)", re.IGNORECASE)
    found = [entry.msgid for entry in CATALOGUE if any(approving.search(text) for text in englishes(entry))]
    assert found == ["以市国资委核定的主业目录为准。"]
