"""``bin/bench``: makes its databases, measures, prints the table, writes the JSON file, leaves nothing else behind."""

import argparse
import json
import os
import platform
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from bench.rows import Size
    from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
RESULT = Path(__file__).resolve().parent / "results" / "latest.json"
PACKAGES = ("django", "django-viewflow", "django-guardian", "reportlab")


def main() -> None:
    """The table is printed and its numbers are in ``bench/results/latest.json``."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="测量性能 / measures how fast the product is")
    parser.add_argument("--full", action="store_true", help="1,000,000 件 / a million cases and tasks")
    full = parser.parse_args().full
    django.setup()
    from bench import databases
    from bench.fill import FULL, LARGE, SMALL
    from bench.table import as_text

    began = time.monotonic()
    sizes = (SMALL, FULL if full else LARGE)
    with databases.made():
        head = _head(databases.version(), *sizes)
        print("\n".join(f"{name}: {value}" for name, value in head.items()), flush=True)
        rows = list(_rows(*sizes))
    seconds = round(time.monotonic() - began)
    print("", as_text(rows), "", sep="\n")
    RESULT.parent.mkdir(exist_ok=True)
    body = head | {"seconds": seconds, "rows": [row.as_json() for row in rows]}
    RESULT.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    missed = sum(not row.is_met for row in rows)
    print(f"{len(rows)} 项，{missed} 项未达 / {missed} of {len(rows)} missed; {seconds} s; {RESULT.relative_to(ROOT)}")


def _rows(small: "Size", large: "Size") -> Iterator["Row"]:
    """Every row of the table, in its order."""
    from django.core.management import call_command

    from bench import databases, draws, eight_steps, inboxes, ledgers, letters, lists, pages, steps_over_http, world
    from bench.fill import fill

    call_command("collectstatic", interactive=False, verbosity=0)
    _say("创建机构与人员 / founding")
    people = world.build()
    databases.copy_default()
    for alias, size in (("small", small), ("large", large)):
        _say(f"写入 {size.cases:,} 件 {size.tasks:,} 项任务 / writing rows")
        fill(alias, people, size)
    databases.gather_statistics()
    _say("测量 / measuring")
    yield from steps_over_http.measure(people)
    yield from eight_steps.measure(people)
    yield from ledgers.measure(people)
    yield from inboxes.measure(people, small, large)
    yield from lists.measure(people, small, large)
    yield from letters.measure()
    yield from draws.measure()
    yield from pages.measure(people)


def _head(database: str, small: "Size", large: "Size") -> dict[str, Any]:
    """Machine, versions and row counts."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{_processor()}, {os.cpu_count()} CPU, load {load}, {platform.system()} {platform.release()}",
        "versions": f"{_commit()}, Python {platform.python_version()}, {database}, {packages}",
        "rows": f"small {small.cases:,} cases {small.tasks:,} tasks; large {large.cases:,} cases {large.tasks:,} tasks",
    }


def _processor() -> str:
    """The processor's name where the system tells it."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _commit() -> str:
    """The revision of the sources, where they are a repository."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "no git"
    return found.stdout.strip() or "no revision"


def _say(text: str) -> None:
    print(f"── {text}", flush=True)


if __name__ == "__main__":
    main()
