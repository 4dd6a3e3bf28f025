"""The database's own refusal to change what was journalled.

Made anew after every migrate: SQLite's table rebuild drops triggers silently. On SQLite, REPLACE deletes the row in its
way without asking a delete trigger, so inserting over an existing row is refused too.
"""

from typing import Any

from django.db import connections

TABLES = ("journal_entry", "journal_seal")
_SAME_ROW = {
    "journal_entry": "SELECT 1 FROM journal_entry WHERE id = NEW.id",
    "journal_seal": "SELECT 1 FROM journal_seal WHERE id = NEW.id OR entry_id = NEW.entry_id "
    "OR (chain = NEW.chain AND seq = NEW.seq)",
}
_REFUSAL = "the journal is append-only"
_FUNCTION = "journal_append_only"
_FUNCTION_BODY = f"BEGIN RAISE EXCEPTION '{_REFUSAL}: % on %', TG_OP, TG_TABLE_NAME; END"


def _sqlite() -> dict[str, str]:
    triggers = {}
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            triggers[name] = (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        name = f"{table}_no_replace"
        triggers[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "
            f"WHEN EXISTS ({_SAME_ROW[table]}) "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
    return triggers


def _postgresql() -> dict[str, str]:
    triggers = {}
    for table in TABLES:
        for event, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table}_no_{event.lower()}"
            triggers[name] = (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {_FUNCTION}(); "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
            )
    return triggers


def has_tables(using: str = "default") -> bool:
    """Whether the journal's tables exist in this database."""
    return set(TABLES) <= set(connections[using].introspection.table_names())


def install(using: str = "default") -> None:
    """Every trigger stands as written here; one that was missing or altered is made anew."""
    connection = connections[using]
    wrong = missing(using)
    if not wrong:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$"
            )
        for name in wrong:
            _drop(connection, cursor, name)
            cursor.execute(_wanted(connection.vendor)[name])


def remove(using: str = "default") -> None:
    """No trigger stands; only a test that falsifies the journal calls this."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _wanted(connection.vendor):
            _drop(connection, cursor, name)


def missing(using: str = "default") -> tuple[str, ...]:
    """The names of the triggers that do not stand as written here: absent, disabled or altered."""
    connection = connections[using]
    with connection.cursor() as cursor:
        standing = _standing_postgresql(cursor) if connection.vendor == "postgresql" else _standing_sqlite(cursor)
    return tuple(name for name in _wanted(connection.vendor) if name not in standing)


def _wanted(vendor: str) -> dict[str, str]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _drop(connection: Any, cursor: Any, name: str) -> None:
    on_table = f" ON {name.partition('_no_')[0]}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _standing_sqlite(cursor: Any) -> set[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    wanted = _sqlite()
    return {name for name, sql in cursor.fetchall() if wanted.get(name) == sql}


def _standing_postgresql(cursor: Any) -> set[str]:
    cursor.execute(
        "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND t.tgqual IS NULL AND p.proname = %s AND p.prosrc = %s "
        "AND t.tgname LIKE c.relname || '_no_%%'",
        [_FUNCTION, _FUNCTION_BODY],
    )
    return {name for (name,) in cursor.fetchall()}
