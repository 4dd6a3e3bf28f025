"""The least that eight steps can cost: one transaction a step, its rows in plain SQL, no rule and no Python objects."""

from django.db import connection, transaction

STEPS = 8
TABLES = {
    "bench_case": "id INTEGER PRIMARY KEY, state TEXT, version INTEGER",
    "bench_task": "id INTEGER PRIMARY KEY, case_id INTEGER, node TEXT, done_by INTEGER",
    "bench_entry": "id INTEGER PRIMARY KEY, case_id INTEGER, verb TEXT, facts TEXT",
}


def make_tables() -> None:
    """The three tables of the floor are in the default database."""
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            cursor.execute(f"CREATE TABLE {table} ({columns})")


def run_steps(number: int) -> None:
    """Case ``number`` has gone through eight steps: read, close a task, change the case, note it, open the next."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_case VALUES (%s, %s, 0)", [number, "DRAFT"])
        cursor.execute("INSERT INTO bench_task VALUES (%s, %s, %s, NULL)", [number * 10, number, "step 0"])
    for step in range(STEPS):
        with transaction.atomic(), connection.cursor() as cursor:
            task = number * 10 + step
            cursor.execute("SELECT state, version FROM bench_case WHERE id = %s", [number])
            cursor.execute("UPDATE bench_task SET done_by = 1 WHERE id = %s", [task])
            cursor.execute(
                "UPDATE bench_case SET state = %s, version = version + 1 WHERE id = %s", [f"step {step}", number]
            )
            cursor.execute("INSERT INTO bench_entry VALUES (%s, %s, %s, %s)", [task, number, f"act {step}", "{}"])
            cursor.execute("INSERT INTO bench_task VALUES (%s, %s, %s, NULL)", [task + 1, number, f"step {step + 1}"])
