"""A page asks once; everything else asks each time."""

from itertools import count

from investreview.core.once import once, one_page


def test_a_page_asks_each_question_once() -> None:
    numbers = count()
    with one_page():
        assert [once("first", lambda: next(numbers)), once("first", lambda: next(numbers))] == [0, 0]
        assert once("second", lambda: next(numbers)) == 1


def test_an_answer_of_nothing_is_an_answer() -> None:
    asked = []
    with one_page():
        for _ in range(2):
            assert once("nothing", lambda: asked.append(1)) is None
    assert asked == [1]


def test_outside_of_a_page_every_question_is_asked() -> None:
    numbers = count()
    assert [once("first", lambda: next(numbers)), once("first", lambda: next(numbers))] == [0, 1]


def test_the_next_page_asks_again() -> None:
    numbers = count()
    for expected in (0, 1):
        with one_page():
            assert once("first", lambda: next(numbers)) == expected
