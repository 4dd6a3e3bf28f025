"""What an expert has signed never changes: the database itself refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from experts import triggers
from experts.models import ConflictDeclaration, OpinionSignature, ScoreSheet
from experts.states import SheetStage, SheetState
from tests.experts import sittings
from tests.experts.halls import Hall

pytestmark = pytest.mark.both_databases

CHANGES: dict[str, Any] = {
    "stage": "FINAL",
    "ordinal": 9,
    "scores": {},
    "total": 99,
    "red_lines": {},
    "verdict": "DISAGREE",
    "conditions": ["另加一项"],
    "comment": "改过的意见",
    "correction_reason": "改过的理由",
    "via": "PAPER",
    "dated_on": date(2024, 1, 1),
    "rejected_reason": "改过",
    "salt": "0" * 32,
    "sha256": "0" * 64,
    "state": "DRAFT",
}


@pytest.fixture
def signed(there: Hall) -> Hall:
    sittings.to_scoring(there)
    sittings.sign(there, 1)
    return there


def sheets() -> "models.QuerySet[ScoreSheet]":
    return ScoreSheet.objects.filter(stage=SheetStage.INDEPENDENT, signed_at__isnull=False)


def refuses(act: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        act(*args, **kwargs)


@pytest.mark.parametrize("column", CHANGES)
def test_no_column_of_a_signed_sheet_changes(signed: Hall, column: str) -> None:
    refuses(sheets().update, **{column: CHANGES[column]})


def test_no_moment_and_no_person_of_a_signed_sheet_changes(signed: Hall) -> None:
    for column in ("signed_at", "saved_at"):
        refuses(sheets().update, **{column: signed.now + timedelta(days=1)})
    for column in ("entered_by", "compared_by"):
        refuses(sheets().update, **{column: signed.world.panel_secretary})
    refuses(sheets().update, seat=signed.seat(2))


def test_every_column_is_fixed_but_state_and_version() -> None:
    columns = {field.column for field in ScoreSheet._meta.concrete_fields}
    assert columns - set(triggers.SHEET_FIXED) == {"state", "version"}


def test_a_signed_sheet_is_superseded_or_void_and_nothing_else(signed: Hall) -> None:
    for state in ("DRAFT", "ENTERED"):
        refuses(sheets().update, state=state)
    assert sheets().update(state=SheetState.SUPERSEDED) == 1
    refuses(sheets().update, state=SheetState.SIGNED)
    assert sheets().update(state=SheetState.VOID) == 1
    for state in (SheetState.SIGNED, SheetState.SUPERSEDED):
        refuses(sheets().update, state=state)


def test_nothing_signed_is_deleted(signed: Hall) -> None:
    refuses(models.QuerySet(ScoreSheet).filter(seat=signed.seat(1)).delete)
    refuses(models.QuerySet(ConflictDeclaration).delete)


def test_a_declaration_never_changes(signed: Hall) -> None:
    refuses(ConflictDeclaration.objects.update, has_conflict=True, statement="后加的冲突")


def test_a_signature_never_changes(there: Hall) -> None:
    sittings.to_opinion(there)
    sittings.sign_opinion(there, 1)
    refuses(OpinionSignature.objects.update, signed_at=there.now + timedelta(days=1))
    refuses(models.QuerySet(OpinionSignature).delete)


def test_a_draft_may_change_and_vanish(there: Hall) -> None:
    sittings.to_scoring(there)
    sheet = ScoreSheet.objects.create(seat=there.seat(1), stage=SheetStage.INDEPENDENT, saved_at=there.now)
    ScoreSheet.objects.filter(pk=sheet.pk).update(comment="草稿")
    assert ScoreSheet.objects.filter(pk=sheet.pk).delete()[0] == 1


def test_the_triggers_are_made_anew(signed: Hall) -> None:
    connection.check_constraints()  # PostgreSQL alters no table that still has deferred checks to do
    triggers.install("default")
    refuses(sheets().update, total=1)


@pytest.mark.parametrize(
    "columns",
    [
        {"total": None},
        {"verdict": ""},
        {"sha256": ""},
        {"via": "PAPER"},
    ],
)
def test_a_sheet_is_not_signed_without_what_belongs_to_it(there: Hall, columns: dict[str, Any]) -> None:
    sittings.to_scoring(there)
    whole: dict[str, Any] = {
        "seat": there.seat(1),
        "stage": SheetStage.INDEPENDENT,
        "state": SheetState.SIGNED,
        "saved_at": there.now,
        "signed_at": there.now,
        "total": 80,
        "verdict": "AGREE",
        "via": "SCREEN",
        "sha256": "0" * 64,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.create(**whole | columns)
    assert ScoreSheet.objects.create(**whole).pk
