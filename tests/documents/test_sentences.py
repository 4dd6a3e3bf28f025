"""Every code of this room has its sentence, and every sentence its code."""

import re
from pathlib import Path

import investreview.documents
from investreview.core.messages.documents import SENTENCES

ROOM = Path(investreview.documents.__file__).parent
CODE = re.compile(r'"(documents_[a-z_]+)"')


def codes_in_source() -> set[str]:
    files = [path for path in ROOM.rglob("*.py") if path.name != "models.py" and "migrations" not in path.parts]
    return {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_codes_and_sentences_are_the_same_set() -> None:
    assert codes_in_source() == set(SENTENCES)


def test_sentences_are_in_both_languages_with_the_same_facts() -> None:
    for chinese, english in SENTENCES.values():
        assert re.search("[\u4e00-\u9fff]", chinese)
        assert english
        assert set(re.findall(r"\{(\w+)\}", english)) <= set(re.findall(r"\{(\w+)\}", chinese))
