"""The word beside points: both sides of each bound."""

import pytest

from experts.rules.grades import Grade, grade_of


@pytest.mark.parametrize(
    ("points", "most", "grade"),
    [
        (20, 20, Grade.EXCELLENT),
        (18, 20, Grade.EXCELLENT),
        (17, 20, Grade.GOOD),
        (16, 20, Grade.GOOD),
        (15, 20, Grade.FAIR),
        (14, 20, Grade.FAIR),
        (13, 20, Grade.PASSABLE),
        (12, 20, Grade.PASSABLE),
        (11, 20, Grade.WEAK),
        (0, 20, Grade.WEAK),
        (9, 15, Grade.PASSABLE),
        (8, 15, Grade.WEAK),
    ],
)
def test_the_word_follows_the_share(points: int, most: int, grade: Grade) -> None:
    assert grade_of(points, most) == grade
