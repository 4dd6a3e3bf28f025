"""What a paragraph's page says rests on it."""

from investreview.rulebook.uses import uses_of
from tests.rulebook.factories import rules_2024


def lines(key: str) -> list[str]:
    return [words.zh for words in uses_of(key, rules_2024())]


def test_bounds_show_both_sides() -> None:
    assert lines("§2.3") == [
        "分档界线：1,000.00 万元以下（不含）；1,000.00 万元以上（含）",
        "分档界线：3,000.00 万元以下（不含）；3,000.00 万元以上（含）",
    ]


def test_row_shows_its_route_and_clock() -> None:
    assert lines("§3.6") == ["判定条件：备案 → 备案，期限 10 个工作日"]
    assert lines("§3.7") == ["判定条件：计划外项目先行调整计划"]


def test_materials_and_chains_are_listed() -> None:
    assert lines("§4.6") == ["材料 M19 政府审批文件"]
    assert lines("§5.1") == ["签批链（备案、非主业事前备案：审核 → 签发）", "签批链（计划外小额项目报备：审核 → 签发）"]


def test_a_pledge_stands_at_the_paragraph_it_repeats() -> None:
    assert "承诺：所填内容和所附材料不含国家秘密。" in lines("§4.11")


def test_english_is_complete() -> None:
    english = [words.en for one in rules_2024().paragraphs for words in uses_of(one.key, rules_2024())]
    assert all(line.isascii() or "→" in line for line in english)


def test_a_paragraph_nothing_rests_on_has_no_lines() -> None:
    assert lines("§1.2") == []
