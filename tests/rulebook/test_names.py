"""Every word of the closed vocabulary has a name in both languages."""

from dataclasses import fields

from investreview.rulebook.conditions import ENUM_FACTS, FLAG_FACTS, ITEM_FACTS
from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.names import DUTIES, FLAGS, LEVELS, ROUTES, STEP_KINDS, VALUES
from investreview.rulebook.vocabulary import Duty, Level, Route, StepKind


def test_every_word_has_a_name() -> None:
    assert set(ROUTES) == set(Route)
    assert set(DUTIES) == set(Duty)
    assert set(LEVELS) == set(Level)
    assert set(STEP_KINDS) == set(StepKind)
    assert set(VALUES) == {value for kind in ENUM_FACTS.values() for value in kind}
    assert set(FLAGS) == {*FLAG_FACTS, *ITEM_FACTS}


def test_every_fact_of_the_vocabulary_is_a_fact_of_a_case() -> None:
    names = {field.name for field in fields(CaseFacts)}
    assert {*ENUM_FACTS, *FLAG_FACTS, *ITEM_FACTS} <= names
