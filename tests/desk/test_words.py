"""Acts are told in words, never by their code."""

from experts.verbs import PanelVerb
from investreview.desk.words import verb_name


def test_acts_upon_a_panels_condition_have_names() -> None:
    on_the_case = [verb.value for verb in PanelVerb if not verb.value.startswith("panel.")]
    assert [code for code in on_the_case if verb_name(code) == code] == []
