"""The pure rules: levels, numbers, what a reply must say."""

import pytest

from investreview.documents import rules


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、内容。", 1),
        ("十二、内容", 1),
        ("（三）内容", 2),
        ("3. 内容", 3),
        ("（3）内容", 4),
        ("一是内容", 0),
        ("", 0),
    ],
)
def test_level_is_read_from_the_first_characters(text: str, level: int) -> None:
    assert rules.level_of(text) == level


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_ordinals_are_written_in_chinese(number: int, text: str) -> None:
    assert rules.ordinal_chinese(number) == text


@pytest.mark.parametrize("label", ["连国资函〔{year}〕{n}号", "BA{year}-{n:04d}", "{n}/{year}"])
def test_usable_labels(label: str) -> None:
    assert not rules.label_fault(label)


@pytest.mark.parametrize(
    "label", ["", "{n}", "{year}", "{year}{n}{n}", "{year}{n}{", "{year}{n}{x}", "{year}{n.__class__}", "{year}{n!r}"]
)
def test_unusable_labels(label: str) -> None:
    assert rules.label_fault(label)


def test_number_is_written_without_padding() -> None:
    assert rules.number_text("连国资函〔{year}〕{n}号", year=2024, ordinal=7) == "连国资函〔2024〕7号"
    assert rules.number_text("BA{year}-{n:04d}", year=2024, ordinal=7) == "BA2024-0007"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("连国资函〔2024〕38号", (2024, 38)),
        ("连国资函〔2024〕038号", None),
        ("连国资函[2024]38号", None),
        ("连国资函〔2024〕0号", None),
        ("连国资函〔2024〕３８号", None),
        ("连国资〔2024〕38号", None),
        ("连国资函〔2024〕38号 ", None),
    ],
)
def test_entered_number_is_read_only_in_its_shape(text: str, read: tuple[int, int] | None) -> None:
    assert rules.parse_number("连国资函〔{year}〕{n}号", text) == read


def test_padded_number_is_read_back() -> None:
    assert rules.parse_number("BA{year}-{n:04d}", "BA2024-0007") == (2024, 7)
    assert rules.parse_number("BA{year}-{n:04d}", "BA2024-7") is None


GOOD = "对该项目予以备案。不代表对项目可行性、收益和风险的认可。"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD, None),
        (GOOD + "项目已经省发展改革委批准立项。", None),
        (GOOD + "我委批准。", "documents_filing_says_approved"),
        (GOOD + "同意批准该项目。", "documents_filing_says_approved"),
        ("不代表对项目可行性、收益和风险的认可。", "documents_filing_not_said"),
        ("对该项目予以备案。", "documents_endorsement_not_excluded"),
    ],
)
def test_filing_reply_says_what_it_must(text: str, fault: str | None) -> None:
    assert rules.filing_wording_fault(text) == fault


def test_refusal_says_so() -> None:
    assert rules.refusal_wording_fault("不予备案。") is None
    assert rules.refusal_wording_fault("予以备案。") == "documents_refusal_not_said"
