"""Canonical JSON: the bytes that are hashed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.errors import Invalid
from investreview.documents.codec import content_sha256, from_json, to_json

from . import samples
from .every import EVERY_KIND


@pytest.mark.parametrize("name", EVERY_KIND)
def test_content_survives_json(name: str) -> None:
    content = EVERY_KIND[name]()
    assert from_json(to_json(content)) == content
    assert to_json(from_json(to_json(content))) == to_json(content)


def test_draft_letter_keeps_its_empty_spans() -> None:
    letter = samples.filing_draft()
    assert from_json(to_json(letter)) == letter
    assert letter.dated_on is None


def test_hash_changes_with_one_character() -> None:
    form = samples.receipt()
    changed = replace(form, total=form.total + "。")
    assert content_sha256(to_json(form)) != content_sha256(to_json(changed))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_storable_text_survives(text: str) -> None:
    form = replace(samples.receipt(), enterprise=text)
    assert from_json(to_json(form)) == form


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_text_that_no_database_keeps_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as raised:
        to_json(replace(samples.receipt(), enterprise=text))
    assert raised.value.code == "documents_text_not_storable"


def test_text_that_looks_like_an_escape_is_kept() -> None:
    form = replace(samples.receipt(), enterprise="\\u0000")
    assert from_json(to_json(form)) == form
