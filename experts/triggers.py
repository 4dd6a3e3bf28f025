"""The database's own refusal to change what an expert has signed; made anew after every migrate."""

from django.db import connections

_REFUSAL = "what an expert signed never changes"
_FUNCTION = "experts_refuse"
SHEET = "experts_scoresheet"
SHEET_FIXED = (
    "id",
    "seat_id",
    "stage",
    "ordinal",
    "scores",
    "total",
    "red_lines",
    "verdict",
    "conditions",
    "comment",
    "correction_reason",
    "saved_at",
    "via",
    "scan_id",
    "dated_on",
    "entered_by_id",
    "compared_by_id",
    "rejected_reason",
    "signed_at",
    "salt",
    "sha256",
)
WHOLE = ("experts_conflictdeclaration", "experts_opinionsignature")


def install(using: str) -> None:
    """A signed sheet can only be superseded or void, declarations and signatures neither change nor vanish."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {SHEET, *WHOLE} <= tables:
        return
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgres:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END$$"
            )
        for table, event, condition in _refused(is_postgres):
            name = f"{table}_no_{event.lower()}"
            on_table = f" ON {table}" if is_postgres else ""
            act = f"EXECUTE FUNCTION {_FUNCTION}()" if is_postgres else f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            when = f"({condition})" if is_postgres else condition
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} {act}")


def _refused(is_postgres: bool) -> list[tuple[str, str, str]]:
    """Table, event and the condition under which it is refused."""
    differs = "IS DISTINCT FROM" if is_postgres else "IS NOT"
    changes = [f"NEW.{column} {differs} OLD.{column}" for column in SHEET_FIXED]
    changes.append("NEW.state NOT IN ('SIGNED', 'SUPERSEDED', 'VOID')")
    changes.append("OLD.state <> 'SIGNED' AND NEW.state <> OLD.state AND NEW.state <> 'VOID'")
    signed = "OLD.signed_at IS NOT NULL"
    refused = [(SHEET, "UPDATE", f"{signed} AND ({' OR '.join(changes)})"), (SHEET, "DELETE", signed)]
    refused += [(table, event, "OLD.id IS NOT NULL") for table in WHOLE for event in ("UPDATE", "DELETE")]
    return refused
