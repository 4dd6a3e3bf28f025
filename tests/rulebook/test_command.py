"""``manage.py load_rule_set``."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from tests.rulebook.factories import FILE

pytestmark = pytest.mark.django_db


def test_a_reviewed_file_becomes_a_draft(commission: Commission) -> None:
    out = StringIO()
    call_command("load_rule_set", str(FILE), commission="LYG", stdout=out)
    assert RuleSet.objects.get().state == RuleSet.State.DRAFT
    assert out.getvalue().startswith("2024-1 草案 ")


def test_an_unknown_commission_is_named_with_the_known_ones(commission: Commission) -> None:
    with pytest.raises(CommandError, match="没有代码为 XZ 的国资委，现有：LYG"):
        call_command("load_rule_set", str(FILE), commission="XZ")


def test_a_file_that_cannot_be_read_is_named(commission: Commission, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法读取"):
        call_command("load_rule_set", str(tmp_path / "none.yaml"), commission="LYG")


def test_a_fault_is_told_in_both_languages(commission: Commission, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("code: 2024-1\n")
    with pytest.raises(CommandError, match="title：缺少这一项，请补上。 / title: this entry is missing"):
        call_command("load_rule_set", str(file), commission="LYG")
