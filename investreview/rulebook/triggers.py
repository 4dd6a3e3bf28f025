"""The database's own refusal to change a rule set once it is published; made anew after every migrate."""

from django.db import connections

TABLE = "rulebook_ruleset"
FIXED = (
    "id",
    "commission_id",
    "code",
    "effective_from",
    "content",
    "sha256",
    "drafted_by_id",
    "drafted_by_name",
    "drafted_at",
    "published_by_id",
    "published_by_name",
    "published_at",
)
_REFUSAL = "a published rule set never changes"
_FUNCTION = "rulebook_refuse"


def install(using: str) -> None:
    """A published rule set can neither change nor vanish in this database, only get its last day, once."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    is_postgres = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if is_postgres else "IS NOT"
    changes = [f"NEW.{column} {differs} OLD.{column}" for column in FIXED]
    changes += [
        "NEW.state = 'DRAFT'",
        f"OLD.effective_until {differs} NULL AND NEW.effective_until {differs} OLD.effective_until",
    ]
    conditions = {"UPDATE": f"OLD.state <> 'DRAFT' AND ({' OR '.join(changes)})", "DELETE": "OLD.state <> 'DRAFT'"}
    with connection.cursor() as cursor:
        if is_postgres:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END$$"
            )
        for event, condition in conditions.items():
            name = f"{TABLE}_no_{event.lower()}"
            on_table = f" ON {TABLE}" if is_postgres else ""
            act = f"EXECUTE FUNCTION {_FUNCTION}()" if is_postgres else f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            when = f"({condition})" if is_postgres else condition
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW WHEN {when} {act}")
