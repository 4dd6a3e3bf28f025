"""Which entries of the registry are one legal person."""

import pytest

from experts.rules.identity import Bodies, NamedBody, folded


@pytest.mark.parametrize(
    "name", ["示例(集团)有限公司", "示例（集团）有限公司", " 示例（集团） 有限公司", "示例（集团）有限公司\u3000"]
)
def test_widths_and_blanks_of_a_name_say_nothing(name: str) -> None:
    assert folded(name) == "示例(集团)有限公司"


def test_capitals_of_a_name_say_nothing() -> None:
    assert folded("ＡBC Ltd") == folded("abc ltd") == "abcltd"


KNOWN = Bodies(
    [
        NamedBody(1, "甲公司", True),
        NamedBody(1, "甲旧公司", True),
        NamedBody(2, "乙公司", True),
        NamedBody(3, "甲公司", False),
        NamedBody(4, "甲旧公司", False),
        NamedBody(5, "丙公司", False),
        NamedBody(6, "丙公司", False),
        NamedBody(7, "同名公司", True),
        NamedBody(8, "同名公司", True),
        NamedBody(9, "同名公司", False),
    ]
)


@pytest.mark.parametrize(
    ("entry", "meant", "only"),
    [
        (1, {1}, 1),
        (2, {2}, 2),
        (3, {1}, 1),
        (4, {1}, 1),
        (5, {5}, 5),
        (6, {5}, 5),
        (7, {7}, 7),
        (9, {7, 8}, 9),
        (99, {99}, 99),
    ],
)
def test_an_entry_without_code_is_whoever_bore_its_name(entry: int, meant: set[int], only: int) -> None:
    assert (KNOWN.all_meant_by(entry), KNOWN.meant_by(entry)) == (meant, only)
