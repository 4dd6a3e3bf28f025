"""The log of accesses says every verb in words: what the code writes there is what the page can name."""

import ast

from django.utils import translation

from investreview.accounts.access_page import RESULTS, SUBJECTS, VERBS
from tests.architecture.source import ROOT

NOTING = {
    ROOT / "investreview" / place
    for place in ("accounts/services/sessions.py", "accounts/services/second_factor.py", "projects/files.py")
}
"""Where a function ``_note`` of the file's own writes there."""


def written_verbs() -> set[str]:
    """Every verb that stands in a call which writes to the access chain."""
    found = set()
    for file in [*(ROOT / "investreview").rglob("*.py"), *(ROOT / "workflows").rglob("*.py")]:
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name == "record_access":
                found |= {one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)} - {"DENIED"}
            elif name == "note_access" or (name == "_note" and file in NOTING):
                prefix = "document." if name == "note_access" else ""
                found |= {f"{prefix}{one.value}" for one in call.args[:2] if isinstance(one, ast.Constant)}
    return found


def test_every_verb_of_the_access_chain_has_a_word() -> None:
    assert written_verbs() == set(VERBS)


def test_the_words_exist_in_english_too() -> None:
    words = {key: word for table in (VERBS, SUBJECTS, RESULTS) for key, word in table.items()}
    with translation.override("zh-hans"):
        chinese = {key: str(word) for key, word in words.items()}
    with translation.override("en"):
        assert [key for key, word in words.items() if str(word) == chinese[key]] == []
