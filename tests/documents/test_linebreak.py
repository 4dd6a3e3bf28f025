"""Line breaking: pure, so many cases."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from investreview.documents.layout.linebreak import (
    NO_LINE_END,
    NO_LINE_START,
    Cluster,
    break_lines,
    split_clusters,
)


def clusters(text: str) -> list[Cluster]:
    return [Cluster(piece, sum(0.5 if ord(c) < 0x2000 else 1.0 for c in piece)) for piece in split_clusters(text)]


def lines(text: str, room: float, **how: float) -> list[str]:
    return [line.text for line in break_lines(clusters(text), room=room, **how)]


def test_numbers_and_words_stay_whole() -> None:
    assert split_clusters("投资1,860.00万元，BA2024-0007") == [*"投资", "1,860.00", *"万元，", "BA2024-0007"]


def test_dashes_and_ellipses_stay_whole() -> None:
    assert split_clusters("甲——乙……") == ["甲", "——", "乙", "……"]


def test_closing_mark_takes_its_character_to_the_next_line() -> None:
    assert lines("一二三四》，五六七", 4) == ["一二三", "四》，五", "六七"]


def test_closing_mark_hangs_by_half_where_it_may_be_squeezed() -> None:
    assert lines("一二三四，五六七", 4, squeeze=0.2) == ["一二三四，", "五六七"]


def test_opening_mark_does_not_end_a_line() -> None:
    assert lines("一二三（四五", 4) == ["一二三", "（四五"]


def test_first_line_is_indented() -> None:
    assert lines("一二三四五六", 4, indent=2) == ["一二", "三四五六"]


def test_single_character_is_not_left_alone() -> None:
    assert lines("一二三四五。", 4) == ["一二三", "四五。"]


def test_piece_wider_than_a_line_is_cut() -> None:
    assert "".join(lines("A" * 50, 4)) == "A" * 50
    assert max(len(line) for line in lines("A" * 50, 4)) <= 8


def test_empty_text_is_one_empty_line() -> None:
    assert lines("", 4) == [""]


@given(
    st.lists(st.sampled_from(["项", "目", "A1", "（甲）", "乙，", "《丙》。", " ", "丁——"]), max_size=80).map("".join)
)
def test_marks_stand_right_and_nothing_is_lost(text: str) -> None:
    broken = break_lines(clusters(text), room=10)
    assert "".join(line.text for line in broken).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= 10.51 for line in broken)
    for before, after in pairwise(broken):
        assert before.text[-1] not in NO_LINE_END
        assert after.text[:1] not in NO_LINE_START


@given(st.text(alphabet="，。（）《》A ", max_size=200))
def test_marks_alone_never_stop_the_breaking(text: str) -> None:
    broken = break_lines(clusters(text), room=10)
    assert "".join(line.text for line in broken).replace(" ", "") == text.replace(" ", "")
