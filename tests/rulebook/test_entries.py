"""Two rule files compared entry by entry."""

import pytest

from investreview.rulebook.entries import EntryChange, entry_changes
from tests.rulebook.factories import Change, drop, mapping_2024, put


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("limits", "opinion_days", "value", value=4), ("limits.opinion_days.value", "3", "4")),
        (put("thresholds", 0, "upper_inclusive", value=True), ("thresholds[filing].upper_inclusive", "false", "true")),
        (put("materials", "slots", 0, "levels", "filing", value="O"), ("materials.slots[M01].levels.filing", "R", "O")),
        (put("rows", 3, "clock_days", value=15), ("rows[OVERSEAS].clock_days", "20", "15")),
        (put("panel", "sizes", 1, "size", value=9), ("panel.sizes[100000000.00].size", "7", "9")),
        (put("columns", value=["filing"]), ("columns", "filing、panel、acquisition、non_main、plan、record", "filing")),
        (drop("rows", 3, "clock_days"), ("rows[OVERSEAS].clock_days", "20", "")),
        (put("paragraphs", 0, "source", value="seed"), ("paragraphs[§1.1].source", "default", "seed")),
    ],
)
def test_a_changed_entry_is_told_by_its_name(change: Change, told: tuple[str, str, str]) -> None:
    after = mapping_2024()
    change(after)
    assert entry_changes(mapping_2024(), after) == (EntryChange(*told),)


def test_a_step_of_a_chain_is_named_by_routes_and_amount() -> None:
    after = mapping_2024()
    after["chains"][-1]["steps"][0]["limit_days"] = 9
    assert entry_changes(mapping_2024(), after) == (
        EntryChange("chains[SPECIAL_REVIEW 0.00].steps[check].limit_days", "2", "9"),
    )


def test_texts_of_paragraphs_are_left_to_the_comparison_of_texts() -> None:
    after = mapping_2024()
    after["paragraphs"][0] |= {"text": "别的", "heading": "别的"}
    assert entry_changes(mapping_2024(), after) == ()


def test_the_order_of_members_with_keys_does_not_matter() -> None:
    after = mapping_2024()
    after["rows"].reverse()
    assert entry_changes(mapping_2024(), after) == ()
