"""Titles broken by sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.documents.layout.titles import break_title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "连云港市国资委关于旗台作业区皮带机节能改造项目（示例）备案的复函",
            ("连云港市国资委关于旗台作业区皮带机", "节能改造项目（示例）备案的复函"),
        ),
        ("连云港市国资委关于规范投资项目报送工作的提示函", ("连云港市国资委关于规范投资", "项目报送工作的提示函")),
        ("关于甲的复函", ("关于甲的复函",)),
    ],
)
def test_known_titles_break_by_sense(title: str, lines: tuple[str, ...]) -> None:
    assert break_title(title, 19) == lines


def test_three_lines_are_short_long_short() -> None:
    lines = break_title(
        "连云港市国资委关于农产品冷链加工及交易中心二期扩建工程智能化仓储设备采购项目（示例）备案的复函", 19
    )
    lengths = [len(line) for line in lines]
    assert len(lengths) == 3
    assert lengths[0] < lengths[1] > lengths[2]


def test_writers_own_breaks_are_kept() -> None:
    assert break_title("关于甲\n乙项目备案的复函", 19) == ("关于甲", "乙项目备案的复函")


@given(st.text(alphabet="关于项目备案的复函（）A1，示例建设", min_size=1, max_size=120), st.integers(8, 26))
def test_no_character_is_lost(title: str, per_line: int) -> None:
    assert "".join(break_title(title, per_line)) == title
