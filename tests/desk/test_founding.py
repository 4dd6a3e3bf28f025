import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import revoke_role
from investreview.core.errors import Invalid
from investreview.core.roles import ADMIN_ROLES, Role
from investreview.core.subject import Subject
from investreview.documents.models import NumberSeries
from investreview.journal.selectors import entries_of
from investreview.registry.models import Commission, Enterprise, FinancialPosition, Office
from investreview.registry.rules import check_credit_code
from investreview.registry.selectors import work_calendar
from investreview.rulebook.models import RuleSet
from tests.desk.founding_file import AT, BELOW, EXAMPLE, GROUP, GROWTH, NEW, TEXT, everything, new_things, run
from tests.registry.factories import credit_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "founding.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


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
