"""A fault of a rule file is found again at its line."""

import pytest

from investreview.core.errors import Invalid
from investreview.rulebook.places import line_of, line_of_fault, lines_around
from investreview.rulebook.ruleset import read_rule_file

CONTENT = b"""code: a
rows:
  - key: ONE
    when: {all: [always, {declared: x}]}
  - key: TWO
columns: [x]
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("code", 1),
        ("rows[0].when.all[1].declared", 4),
        ("rows[1].key", 5),
        ("rows[1].route", 5),
        ("rows: TWO", 2),
        ("nowhere", 1),
        ("rows[7]", 2),
        ("/", 1),
    ],
)
def test_a_place_has_the_line_of_its_entry_or_of_what_should_hold_it(where: str, line: int) -> None:
    assert line_of(CONTENT, where) == line


def test_an_empty_file_and_one_that_is_no_yaml_have_no_lines() -> None:
    assert (line_of(b"", "code"), line_of(b"a: [", "a")) == (None, None)


@pytest.mark.parametrize(("content", "line"), [(b"a: 1\nb: *x\n", 2), (CONTENT, 1), (b"a: 1\nb: c: d\n", 2)])
def test_every_error_of_reading_leads_to_a_line(content: bytes, line: int) -> None:
    with pytest.raises(Invalid) as caught:
        read_rule_file(content)
    assert line_of_fault(caught.value, content) == line


def test_an_error_without_a_place_has_no_line() -> None:
    assert line_of_fault(Invalid("rulebook_code_taken", rule_set="2024-1"), CONTENT) is None


def test_the_lines_around_stop_at_the_ends_of_the_file() -> None:
    text = CONTENT.decode()
    assert [(each.number, each.is_fault) for each in lines_around(text, 2)] == [
        (1, False), (2, True), (3, False), (4, False), (5, False),
    ]  # fmt: skip
    assert [each.number for each in lines_around(text, 6)] == [3, 4, 5, 6]
    assert lines_around(text, None) == ()
