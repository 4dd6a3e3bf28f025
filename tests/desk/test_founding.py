import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import revoke_role
from investreview.core.clock import SHANGHAI
from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.core.roles import ADMIN_ROLES, Role
from investreview.core.subject import Subject
from investreview.desk.founding import Founding, found
from investreview.documents.models import NumberSeries
from investreview.journal.selectors import entries_of
from investreview.registry.models import Commission, Enterprise, FinancialPosition, Office
from investreview.registry.rules import check_credit_code
from investreview.registry.selectors import work_calendar
from investreview.rulebook.models import RuleSet
from tests.registry.factories import credit_code

pytestmark = pytest.mark.django_db

AT = datetime(2024, 1, 2, 9, tzinfo=SHANGHAI)
EXAMPLE = Path(settings.BASE_DIR) / "docs" / "founding" / "lianyungang.yaml"
RULES = Path(settings.BASE_DIR) / "investreview" / "rulebook" / "rulesets" / "2024-lyg.yaml"
GROUP, BELOW, NEW = (credit_code(number) for number in (8_000_001, 8_000_002, 8_000_003))

TEXT = f"""\
commission:
  {{code: LYG, name: ××市国资委全称（示例）, short_name: ××市国资委, city: ××市, contact_phone: "1", case_prefix: LYG}}
offices:
  - {{code: GH, name: 规划发展处, kind: BUSINESS}}
  - {{code: CW, name: 财务监管处, kind: FINANCE}}
enterprises:
  - credit_code: {GROUP}
    names:
      - {{since: 2010-01-01, name: 甲××集团有限公司（示例）, short_name: 甲集团}}
    founded_on: 2010-01-01
    figures:
      - {{year: 2023, net_assets: 12亿元, debt_ratio: 62.5%, source: 2023年度审计报告（示例）}}
    subsidiaries:
      - credit_code: {BELOW}
        names: [{{since: 2012-01-01, name: 甲一××有限公司（示例）, short_name: 甲一公司}}]
        owned: {{share: 80.00%, since: 2012-01-01}}
calendar: {{first_year: 2024, last_year: 2024}}
series:
  - {{code: HAN, label: "×国资函〔{{year}}〕{{n}}号", mode: OWN_SERIES, first_year: 2024, first: 31}}
rule_set: {{file: {RULES}}}
administrators:
  - {{role: SYSTEM_ADMIN, username: xitong, full_name: 方×}}
  - {{role: SECURITY_ADMIN, username: anquan, full_name: 安×}}
  - {{role: AUDIT_ADMIN, username: shenji, full_name: 沈×}}
people:
  - username: li
    full_name: 李×
    kind: STAFF
    office: GH
    roles:
      - {{role: OFFICE_HEAD}}
      - {{role: COUNTERSIGNER, office: CW, valid_until: 2024-12-31}}
  - {{username: chen, full_name: 陈×, kind: ENTERPRISE, enterprise: 甲一公司, roles: [{{role: ENTERPRISE_DRAFTER}}]}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "founding.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(file: Path, *, at: datetime = AT) -> Founding:
    numbers = count(1)
    return found(file, at=at, draw_password=lambda: f"Yici-Mima-{next(numbers)}")


def new_things(result: Founding) -> list[str]:
    return [f"{line.thing.value} {line.text}" for line in result.lines if line.is_new]


def everything() -> dict[str, list[dict[str, object]]]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}


def test_found_brings_everything_the_file_names(file: Path) -> None:
    result = run(file)
    group, below = Enterprise.objects.order_by("path")
    assert (group.path, below.path, below.parent) == ("LYG/0001/", "LYG/0001/0001/", group)
    assert group.organisation.credit_code == GROUP
    figures = FinancialPosition.objects.get()
    assert (figures.net_assets_yuan, figures.debt_ratio_bps) == (Decimal("1200000000.00"), 6250)
    assert below.organisation.shareholders.get().share_bps == 8000
    assert [office.name for office in Office.objects.order_by("pk")] == ["规划发展处", "财务监管处"]
    assert NumberSeries.objects.get().first == 31
    assert RuleSet.objects.get().state == RuleSet.State.IN_FORCE
    assert work_calendar(result.commission).estimated_from == date(2025, 1, 1)
    held = {person.username: scope_of(person, AT).roles for person in User.objects.all()}
    assert held == {
        "xitong": {Role.SYSTEM_ADMIN},
        "anquan": {Role.SECURITY_ADMIN},
        "shenji": {Role.AUDIT_ADMIN},
        "li": {Role.OFFICE_HEAD, Role.COUNTERSIGNER},
        "chen": {Role.ENTERPRISE_DRAFTER},
    }
    assert scope_of(User.objects.get(username="chen"), AT).grants[0].path == below.path


def test_found_hands_out_one_time_passwords_once(file: Path) -> None:
    result = run(file)
    assert result.one_time_passwords == {
        name: f"Yici-Mima-{number}" for number, name in enumerate(["xitong", "anquan", "shenji", "li", "chen"], 1)
    }
    for username, password in result.one_time_passwords.items():
        person = User.objects.get(username=username)
        assert (person.check_password(password), person.must_change_password) == (True, True)
    assert result.administrators.keys() == ADMIN_ROLES
    assert run(file).one_time_passwords == {}


def test_found_again_changes_nothing(file: Path) -> None:
    run(file)
    before = everything()
    again = run(file, at=AT + timedelta(days=400))
    assert (again.is_changed, new_things(again)) == (False, [])
    assert everything() == before
    assert again.administrators.keys() == ADMIN_ROLES


def test_found_is_told_in_the_journal_when_there_was_anything_new(file: Path) -> None:
    run(file)
    run(file)
    told = entries_of(Subject("commission", "LYG")).filter(verb="founding.run").get()
    assert told.actor_name.startswith("创建文件 founding.yaml（")
    assert "OFFICE GH 规划发展处" in told.facts["new"]


GROWTH = [
    ("  - {code: CW,", "  - {code: FG, name: 法规处, kind: LAW}\n  - {code: CW,", ["OFFICE FG 法规处"]),
    ("last_year: 2024", "last_year: 2025", ["CALENDAR 2025"]),
    ("first_year: 2024, last", "first_year: 2023, last", ["CALENDAR 2023"]),
    (
        "administrators:",
        '  - {code: JS, label: "JS{year}-{n:04d}", mode: ENTERED, first_year: 2024, first: 1}\nadministrators:',
        ["SERIES JS JS{year}-{n:04d}"],
    ),
    (
        "people:",
        "people:\n  - {username: wang, full_name: 王×, kind: STAFF, is_seconded: true, roles: [{role: CASE_OFFICER}]}",
        ["PERSON wang 王×", "ROLE wang CASE_OFFICER LYG/"],
    ),
    (
        "    subsidiaries:",
        f"    subsidiaries:\n      - credit_code: {NEW}\n"
        "        names: [{since: 2020-01-01, name: 甲二××有限公司（示例）, short_name: 甲二公司}]",
        ["ENTERPRISE LYG/0001/0002/ 甲二公司"],
    ),
    (
        "    figures:",
        "    figures:\n      - {year: 2022, net_assets: 90000万元, debt_ratio: 61%, source: 审计报告（示例）}",
        ["FIGURES 甲集团 2022"],
    ),
    (
        "    founded_on:",
        "      - {since: 2024-06-01, name: 新甲××集团有限公司（示例）, short_name: 新甲集团}\n    founded_on:",
        ["ENTERPRISE LYG/0001/ 2024-06-01 新甲集团"],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), GROWTH)
def test_found_again_with_a_longer_file_adds_only_what_is_new(
    old: str, new: str, expected: list[str], file: Path
) -> None:
    run(file)
    text = TEXT.replace(old, new, 1) if "administrators:" not in old else _insert_series(new)
    file.write_text(text, encoding="utf-8")
    assert new_things(run(file)) == expected
    assert new_things(run(file)) == []


def _insert_series(new: str) -> str:
    """A line below the last series, which the rule set follows."""
    return TEXT.replace("rule_set:", new.removesuffix("administrators:") + "rule_set:", 1)


def test_found_again_with_a_new_name_keeps_the_old_one_for_its_days(file: Path) -> None:
    run(file)
    old, new, _expected = GROWTH[-1]
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    run(file)
    group = Enterprise.objects.get(path="LYG/0001/")
    assert [group.name_on(date(2024, 5, 31)), group.name_on(date(2024, 6, 1))] == [
        "甲××集团有限公司（示例）",
        "新甲××集团有限公司（示例）",
    ]
    assert group.short_name == "新甲集团"


def test_found_again_gives_no_role_back(file: Path) -> None:
    run(file)
    head, security = User.objects.get(username="li"), User.objects.get(username="anquan")
    for membership in head.memberships.all():
        revoke_role(membership=membership, reason="轮岗（示例）", by=security, at=AT)
    run(file)
    assert scope_of(head, AT).grants == ()


CONTRADICTIONS = [
    ("city: ××市", "city: 别的市", 2, "commission.city", "系统中已是“××市”"),
    ("name: 财务监管处", "name: 财务处", 5, "offices[1].name", "系统中已是“财务监管处”"),
    ("kind: FINANCE", "kind: LAW", 5, "offices[1].kind", "系统中已是“FINANCE”"),
    ("name: 甲××集团", "name: 丁××集团", 9, "enterprises[0].names[0]", "文件写的是"),
    ("founded_on: 2010-01-01", "founded_on: 2011-01-01", 10, "enterprises[0].founded_on", "2010-01-01"),
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


def test_second_commission_stands_beside_the_first(file: Path, tmp_path: Path) -> None:
    run(file)
    other = tmp_path / "other.yaml"
    text = re.sub(r"username: (\w+)", r"username: xz.\1", TEXT.replace("LYG", "XZ").replace("××市", "别市"))
    other.write_text(
        text.replace(GROUP, NEW).replace(BELOW, credit_code(8_000_004)).replace("甲", "丁"), encoding="utf-8"
    )
    run(other)
    assert [each.code for each in Commission.objects.order_by("pk")] == ["LYG", "XZ"]
    assert Enterprise.objects.filter(path__startswith="XZ/").count() == 2
    taken = tmp_path / "taken.yaml"
    taken.write_text(text.replace("丁", "戊"), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        run(taken)
    assert refused.value.facts["path"].startswith("enterprises[0]")


# The example and the command.


def test_example_founds_the_ten_groups_and_says_that_it_is_one() -> None:
    result = run(EXAMPLE)
    groups = Enterprise.objects.filter(tier=1).order_by("path")
    assert [group.short_name for group in groups] == [
        "港控集团",
        "城控集团",
        "金控集团",
        "农商集团",
        "交控集团",
        "方洋控股集团",
        "能源集团",
        "数据集团",
        "海洋集团",
        "人才集团",
    ]
    for enterprise in Enterprise.objects.select_related("organisation"):
        assert enterprise.organisation.name.endswith("（示例）")
        code = enterprise.organisation.credit_code
        assert check_credit_code(code) == code
        assert code.startswith("91320700MA0000")
    assert Enterprise.objects.filter(tier=2).count() == 8
    seed = yaml.safe_load(
        (Path(settings.BASE_DIR) / "investreview/demo/data/seed-2024.json").read_text(encoding="utf-8")
    )
    assert result.commission.name == seed["commission"]["name"]
    assert result.commission.short_name == seed["commission"]["short"]
    assert [group.short_name for group in groups] == seed["groups_named"]
    assert run(EXAMPLE).is_changed is False


def test_command_says_what_it_did_and_prints_passwords_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT.replace(", valid_until: 2024-12-31", ""), encoding="utf-8")
    call_command("found_commission", str(file))
    first = capsys.readouterr().out
    assert "+ 处室 GH 规划发展处" in first
    [password] = re.findall(r"^  anquan  (\S{14})$", first, re.MULTILINE)
    assert User.objects.get(username="anquan").check_password(password)
    call_command("found_commission", str(file))
    second = capsys.readouterr().out
    assert ("= 处室 GH 规划发展处" in second, "+ " in second, "没有新的内容" in second) == (True, False, True)
    assert password not in second


def test_command_refuses_with_a_sentence(file: Path) -> None:
    file.write_text(TEXT.replace("kind: FINANCE", "kind: MONEY"), encoding="utf-8")
    with pytest.raises(CommandError, match=re.escape("founding.yaml 第5行 offices[1].kind：“MONEY”不在可选范围")):
        call_command("found_commission", str(file))
