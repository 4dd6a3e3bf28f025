"""A published rule set never changes: the database itself refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from investreview.core.actor import SYSTEM
from investreview.core.errors import Invalid
from investreview.registry.models import Commission
from investreview.rulebook import triggers
from investreview.rulebook.models import RuleSet
from investreview.rulebook.services import load_rule_set
from tests.registry.factories import AT, make_commission
from tests.rulebook.conftest import content_of
from tests.rulebook.factories import FILE

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHANGES: dict[str, Any] = {
    "code": "2024-9",
    "effective_from": date(2023, 1, 1),
    "content": "code: 2024-1",
    "sha256": "0" * 64,
    "drafted_by_name": "别人（示例）",
    "drafted_at": AT + timedelta(days=1),
    "published_by_name": "别人（示例）",
    "published_at": AT + timedelta(days=1),
    "state": "DRAFT",
}


@pytest.mark.parametrize("column", CHANGES)
def test_no_column_of_a_published_set_changes(founded: RuleSet, column: str) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        RuleSet.objects.filter(pk=founded.pk).update(**{column: CHANGES[column]})


def test_a_published_set_does_not_move_to_another_commission(founded: RuleSet) -> None:
    other = make_commission("XZ")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        RuleSet.objects.filter(pk=founded.pk).update(commission=other)


def test_every_column_is_fixed_but_state_and_last_day() -> None:
    columns = {field.column for field in RuleSet._meta.concrete_fields}
    assert columns - set(triggers.FIXED) == {"state", "effective_until"}


def test_a_published_set_is_not_deleted(founded: RuleSet) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        models.QuerySet(RuleSet).filter(pk=founded.pk).delete()


def test_the_last_day_is_written_once(founded: RuleSet) -> None:
    held = RuleSet.objects.filter(pk=founded.pk)
    held.update(state="SUPERSEDED", effective_until=date(2024, 9, 30))
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        held.update(effective_until=date(2024, 12, 31))
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        held.update(state="IN_FORCE", effective_until=None)


def test_a_draft_may_change_and_vanish(commission: Commission) -> None:
    draft = load_rule_set(commission=commission, content=content_of("2024-2", date(2024, 10, 1)), actor=SYSTEM, at=AT)
    RuleSet.objects.filter(pk=draft.pk).update(drafted_by_name="别人（示例）")
    assert RuleSet.objects.filter(pk=draft.pk).delete()[0] == 1


def test_the_triggers_are_made_anew(founded: RuleSet) -> None:
    connection.check_constraints()  # PostgreSQL alters no table that still has deferred checks to do
    triggers.install("default")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        RuleSet.objects.update(sha256="0" * 64)


def test_content_altered_behind_the_triggers_is_noticed(commission: Commission) -> None:
    draft = load_rule_set(commission=commission, content=FILE.read_bytes(), actor=SYSTEM, at=AT)
    draft.content = draft.content.replace('"30000000.00"', '"90000000.00"')
    with pytest.raises(Invalid) as caught:
        assert draft.data
    assert caught.value.code == "rulebook_content_altered"
