"""What the founding command refuses: with file, line and place, and nothing kept."""

from pathlib import Path

import pytest

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from tests.desk.founding_file import BELOW, GROUP, GROWTH, RULES, TEXT, everything, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "founding.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


CONTRADICTIONS = [
    ("city: ××市", "city: 别的市", 2, "commission.city", "系统中已是“××市”"),
    ("name: 财务监管处", "name: 财务处", 5, "offices[1].name", "系统中已是“财务监管处”"),
    ("kind: FINANCE", "kind: LAW", 5, "offices[1].kind", "系统中已是“FINANCE”"),
    ("name: 甲××集团", "name: 丁××集团", 9, "enterprises[0].names[0]", "文件写的是"),
    ("founded_on: 2010-01-01", "founded_on: 2011-01-01", 10, "enterprises[0].founded_on", "系统中已是“2010年1月1日”"),
    ("12亿元", "13亿元", 12, "enterprises[0].figures[0]", "不得覆盖"),
    ("80.00%", "81.00%", 16, "enterprises[0].subsidiaries[0].owned.share", "8000"),
    ("first: 31", "first: 32", 19, "series[0]", "HAN"),
    ("full_name: 安×", "full_name: 庄×", 23, "administrators[1].full_name", "安×"),
    (
        "username: chen, full_name: 陈×, kind: ENTERPRISE",
        "username: chen, full_name: 陈×, kind: STAFF",
        33,
        "people[1]",
        "ENTERPRISE",
    ),
    ("enterprise: 甲一公司", "enterprise: 甲集团", 33, "people[1].enterprise", "甲一公司"),
]


@pytest.mark.parametrize(("old", "new", "line", "path", "why"), CONTRADICTIONS)
def test_found_again_refuses_a_contradiction_with_line_and_place(
    old: str, new: str, line: int, path: str, why: str, file: Path
) -> None:
    run(file)
    before = everything()
    file.write_text(TEXT.replace(old, new, 1).replace("people:", _newcomer(), 1), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        run(file)
    facts = refused.value.facts
    assert (refused.value.code, facts["file"], facts["path"]) == ("founding_refused", "founding.yaml", _moved(path))
    assert facts["line"] == line + (1 if path.startswith("people") else 0)
    assert why in sentence(refused.value)
    assert everything() == before


def _newcomer() -> str:
    return "people:\n  - {username: neu, full_name: 新×, kind: STAFF}"


def _moved(path: str) -> str:
    return path.replace("people[1]", "people[2]")


FAULTS = [
    ("city: ××市", "town: ××市", 2, "commission.town", "不认识“town”"),
    ("city: ××市, ", "", 1, "commission", "缺少“city”"),
    ("code: LYG,", "code: lyg,", 1, "commission", "1至12位大写字母"),
    ("kind: FINANCE", "kind: FINANCES", 5, "offices[1].kind", "不在可选范围"),
    ("kind: FINANCE", "kind: FINANCE, kind: LAW", 5, "offices[1]", "写了两次"),
    ("code: CW", "code: GH", 5, "offices[1].name", "规划发展处"),
    (GROUP, GROUP[:-1] + ("1" if GROUP[-1] != "1" else "2"), 7, "enterprises[0].credit_code", "校验位不对"),
    (f"credit_code: {BELOW}", f"credit_code: {GROUP}", 14, "enterprises[0].subsidiaries[0]", "系统中已是"),
    ("since: 2010-01-01", "since: 2010-02-30", 9, "enterprises[0].names[0].since", "不是日期"),
    ("12亿元", "12e8", 12, "enterprises[0].figures[0]", "科学计数法"),
    ("62.5%", "0.625", 12, "enterprises[0].figures[0].debt_ratio", "不是百分比"),
    ("80.00%", "100.01%", 16, "enterprises[0].subsidiaries[0].owned", "0.01%至100%"),
    ("short_name: 甲一公司", "short_name: 甲集团", 14, "enterprises[0].subsidiaries[0]", "已由本市另一家企业使用"),
    ("first_year: 2024, last", "first_year: 2025, last", 17, "calendar", "日历年份"),
    ("last_year: 2024", "last_year: 二〇二四", 17, "calendar.last_year", "不是整数"),
    ("{n}号", "号", 19, "series[0]", "编号"),
    (str(RULES), "nowhere.yaml", 20, "rule_set.file", "nowhere.yaml"),
    ("role: AUDIT_ADMIN", "role: SYSTEM_ADMIN", 24, "administrators[2].role", "三员分立"),
    ("role: AUDIT_ADMIN", "role: DIRECTOR", 24, "administrators[2].role", "三员分立"),
    ("  - {role: AUDIT_ADMIN, username: shenji, full_name: 沈×}\n", "", 21, "administrators", "三员分立"),
    ("username: shenji", "username: ANQUAN", 24, "administrators[2].full_name", "安×"),
    ("username: li", "username: l i", 26, "people[0]", "须为2至64位"),
    ("office: GH", "office: XX", 29, "people[0].office", "没有名为“XX”"),
    ("role: OFFICE_HEAD", "role: SECURITY_ADMIN", 31, "people[0].roles[0]", "三员分立"),
    ("role: OFFICE_HEAD", "role: OFFICE_HEAD, office: CW", 31, "people[0].roles[0]", "不分处室"),
    ("valid_until: 2024-12-31", "valid_until: 2023-12-31", 32, "people[0].roles[1]", "早于起始日期"),
    ("enterprise: 甲一公司", "enterprise: 丁公司", 33, "people[1].enterprise", "没有名为“丁公司”"),
    (
        "    kind: STAFF\n    office: GH",
        "    kind: AUDITOR\n    is_seconded: ja",
        29,
        "people[0].is_seconded",
        "true 或 false",
    ),
    (
        "names: [{since: 2012-01-01, name: 甲一××有限公司（示例）, short_name: 甲一公司}]",
        "names: []",
        14,
        "enterprises[0].subsidiaries[0]",
        "缺少“names”",
    ),
    ("people:\n", "people: nobody\nrest:\n", 26, "rest", "不认识“rest”"),
    ("full_name: 方×", "full_name: [方]", 22, "administrators[0].full_name", "写法不对"),
]


@pytest.mark.parametrize(("old", "new", "line", "path", "why"), FAULTS)
def test_found_refuses_a_fault_with_line_and_place_and_keeps_nothing(
    old: str, new: str, line: int, path: str, why: str, file: Path
) -> None:
    before = everything()
    assert TEXT.count(old) >= 1
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        run(file)
    told = sentence(refused.value)
    assert (refused.value.facts.get("line"), refused.value.facts.get("path")) == (line, path), told
    assert why in told
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"", 1), (b"a: [1\nb: 2\n", 2), (b"\xff\xfe", 1), (b"- 1\n", 1), (b"#" * 1_000_001, 1), (b"just text", 1)],
)
def test_found_refuses_what_is_no_founding_file(content: bytes, line: int, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        run(file)
    assert (refused.value.code, refused.value.facts["line"]) == ("founding_refused", line)


def test_found_refuses_names_out_of_order(file: Path) -> None:
    old, new, _expected = GROWTH[-1]
    file.write_text(TEXT.replace(old, new.replace("2024-06-01", "2009-06-01"), 1), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        run(file)
    assert "先后排列" in sentence(refused.value)


def test_found_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        run(tmp_path / "nowhere.yaml")
    assert refused.value.code == "founding_file_missing"
