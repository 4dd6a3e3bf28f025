import pytest
from django.db import DatabaseError, connection, transaction

from investreview.journal import triggers
from investreview.journal.checks import check_triggers
from investreview.journal.models import Entry, Seal, Unsealed
from investreview.journal.services import seal

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _sealed(record_acts, heads_log) -> None:
    record_acts(2)
    seal()
    connection.check_constraints()  # PostgreSQL alters no table that still has deferred checks to do


def execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor_name = 'x'",
        "UPDATE journal_seal SET seq = seq + 10",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_seal",
    ],
)
def test_triggers_refuse_change(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        execute(statement)


def test_triggers_refuse_the_orm_too() -> None:
    entry = Entry.objects.first()
    entry.result = "x"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Seal.objects.all().delete()


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["journal_entry", "journal_seal"])
def test_triggers_refuse_truncate(table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgres
def test_triggers_hold_for_a_replica_session() -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        execute("SET LOCAL session_replication_role = replica", "DELETE FROM journal_seal")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO journal_seal (id, entry_id, chain, seq, prev, hash) "
        "SELECT id, entry_id, chain, seq, prev, 'x' FROM journal_seal",
        "INSERT OR REPLACE INTO journal_seal (entry_id, chain, seq, prev, hash) "
        "SELECT entry_id, chain, seq, prev, 'x' FROM journal_seal",
        "UPDATE OR REPLACE journal_seal SET seq = 2 WHERE seq = 1",
    ],
)
def test_triggers_refuse_replace_on_sqlite(statement: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")

    with pytest.raises(DatabaseError, match="append-only"):
        execute(statement)


def test_triggers_let_the_sealer_empty_its_queue(record_acts) -> None:
    record_acts(1)

    assert (seal(), Unsealed.objects.count()) == (1, 0)


def test_missing_names_nothing_while_all_stand() -> None:
    assert triggers.missing() == ()


def test_missing_names_what_was_removed() -> None:
    triggers.remove()

    assert len(triggers.missing()) == 6
    assert {error.id for error in check_triggers(databases=["default"])} == {"journal.E001"}


def test_missing_names_what_was_altered_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's syntax")
    execute(
        "DROP TRIGGER journal_entry_no_update",
        "CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry WHEN 0 BEGIN SELECT 1; END",
    )

    assert triggers.missing() == ("journal_entry_no_update",)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("statement", "missing_count"),
    [
        ("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_update", 1),
        ("ALTER TABLE journal_entry ENABLE REPLICA TRIGGER journal_entry_no_delete", 1),
        (
            "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN NEW; END$$",
            6,
        ),
    ],
)
def test_missing_names_what_was_altered_on_postgresql(statement: str, missing_count: int) -> None:
    execute(statement)

    assert len(triggers.missing()) == missing_count

    triggers.install()

    assert triggers.missing() == ()


def test_install_makes_removed_triggers_anew() -> None:
    triggers.remove()

    triggers.install()

    assert triggers.missing() == ()
    with pytest.raises(DatabaseError, match="append-only"):
        execute("DELETE FROM journal_seal")


def test_check_without_database_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert check_triggers(databases=None) == []
