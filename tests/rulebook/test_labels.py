"""Words in the reader's language."""

import pytest
from django.utils import translation

from investreview.rulebook.labels import duty_label, level_label, route_label, step_label

LABELS = {
    "zh-hans": ["二次论证", "报市国资委备案", "必交", "会签"],
    "en": ["second review by experts", "filing with the commission", "required", "countersign"],
}


@pytest.mark.parametrize("language", LABELS)
def test_words_are_said_in_the_active_language(language: str) -> None:
    with translation.override(language):
        said = [route_label("EXPERT_PANEL"), duty_label("FILING"), level_label("R"), step_label("COUNTERSIGN")]
    assert said == LABELS[language]


def test_without_a_language_words_are_chinese() -> None:
    with translation.override(None):
        assert route_label("FILING") == "备案"
