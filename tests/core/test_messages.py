import pathlib
import re
from datetime import date
from string import Formatter
from types import SimpleNamespace

import pytest
from django.utils import translation

import investreview
from investreview.core import messages
from investreview.core.errors import DomainError, Invalid
from investreview.core.messages import SENTENCES, sentence

ROOT = pathlib.Path(investreview.__file__).parent
ROOMS = [ROOT / "core", ROOT / "journal"]


def _placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentence_has_the_same_facts_in_both_languages(code: str) -> None:
    chinese, english = SENTENCES[code]

    assert _placeholders(chinese) == _placeholders(english)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentence_is_written_in_its_language(code: str) -> None:
    chinese, english = SENTENCES[code]

    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.match(r"[\u4e00-\u9fff]", english)


def test_every_code_raised_in_core_and_journal_has_a_sentence() -> None:
    written = {
        code
        for room in ROOMS
        for file in room.rglob("*.py")
        for code in re.findall(
            r"""(?:Invalid|Stale|Busy|Forbidden|NotVisible|DomainError|_fault)\(\s*"([a-z_]+)\"""",
            file.read_text(encoding="utf-8"),
        )
    }

    assert written - SENTENCES.keys() == set()
    assert len(written) > 50


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "“5 块”是负数。"), ("en", "“5 块” is negative."), ("en-gb", "“5 块” is negative.")],
)
def test_sentence_in_a_named_language(language: str, expected: str) -> None:
    assert sentence(Invalid("money_negative", given="5 块"), language).startswith(expected)


def test_sentence_without_language_follows_the_active_one() -> None:
    with translation.override("en"):
        text = sentence(DomainError("core_busy"))

    assert text.startswith("The system is busy")


@pytest.mark.parametrize(("language", "ending"), [("zh-hans", "（依据：§3.6）"), ("en", " (§3.6)")])
def test_sentence_ends_with_its_citation(language: str, ending: str) -> None:
    assert sentence(Invalid("core_busy", citation="§3.6"), language).endswith(ending)


@pytest.mark.parametrize(("language", "written"), [("zh-hans", "2024年8月7日"), ("en", "7 August 2024")])
def test_sentence_writes_a_day_as_people_do(language: str, written: str) -> None:
    assert written in sentence(Invalid("projects_date_in_future", given=date(2024, 8, 7)), language)


def test_sentence_with_a_brace_in_a_fact_keeps_it() -> None:
    assert "{given}" in sentence(Invalid("money_not_read", given="{given}"))


def test_a_code_written_twice_stops_the_start(monkeypatch) -> None:
    monkeypatch.setattr(messages, "iter_modules", lambda _path: [SimpleNamespace(name="core")] * 2)

    with pytest.raises(ValueError, match="core_stale"):
        messages._collect()
