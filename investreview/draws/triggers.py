"""The database's own refusal to change what a draw has fixed; made anew after every migrate.

A draw is never deleted. What belongs to a step (snapshot, request, numbers, first panel, result) can be written once
and not changed afterwards. The log of a draw only grows.
"""

from django.db import connections

DRAW, LOG = "draws_draw", "draws_logentry"
FIXED: dict[str, tuple[str, ...]] = {
    "snapshot": (
        "id",
        "commission_id",
        "kind",
        "subject_kind",
        "subject_key",
        "round",
        "purpose",
        "round_reason",
        "round_leader_id",
        "round_document_sha256",
        "hash_name",
        "pool_size",
        "admitted_count",
        "removed_count",
        "simulated_count",
        "least_hits",
        "most_hits",
        "snapshot",
        "snapshot_hash",
        "terms",
        "sources",
        "frozen_by_id",
        "frozen_at",
    ),
    "request": (
        "seq",
        "number",
        "previous",
        "request",
        "request_hash",
        "nonce_sealed",
        "announced_by_id",
        "announced_at",
    ),
    "public_values": ("public_values", "witness_id", "entered_at", "read_by", "photo_sha256"),
    "first": ("first", "drawn_at"),
    "result": ("result", "outcome", "closed_at"),
}
"""Once the column is filled, these no longer change."""
_SAME_ROW = {
    DRAW: "SELECT 1 FROM draws_draw WHERE id = NEW.id",
    LOG: "SELECT 1 FROM draws_logentry WHERE id = NEW.id OR (draw_id = NEW.draw_id AND seq = NEW.seq)",
}
"""SQLite's REPLACE deletes the row in its way without asking a delete trigger: inserting over one is refused too."""
_REFUSAL = "what a draw has fixed never changes"
_FUNCTION = "draws_refuse"


def install(using: str) -> None:
    """Nothing fixed can change and nothing can vanish in this database."""
    connection = connections[using]
    if not {DRAW, LOG} <= set(connection.introspection.table_names()):
        return
    is_postgres = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if is_postgres else "IS NOT"
    changes = [
        f'OLD."{filled}" IS NOT NULL AND NEW."{column}" {differs} OLD."{column}"'
        for filled, columns in FIXED.items()
        for column in columns
    ]
    triggers = [(DRAW, "UPDATE", " OR ".join(changes)), (DRAW, "DELETE", ""), (LOG, "UPDATE", ""), (LOG, "DELETE", "")]
    with connection.cursor() as cursor:
        if is_postgres:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END$$"
            )
            triggers += [(DRAW, "TRUNCATE", ""), (LOG, "TRUNCATE", "")]
        else:
            triggers += [(table, "INSERT", f"EXISTS ({same})") for table, same in _SAME_ROW.items()]
        for table, event, condition in triggers:
            name = f"{table}_no_{event.lower()}"
            on_table = f" ON {table}" if is_postgres else ""
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            when = f" WHEN ({condition})" if condition else ""
            act = f"EXECUTE FUNCTION {_FUNCTION}()" if is_postgres else f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each}{when} {act}")
