from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from investreview.core import clock
from investreview.core.actor import Actor
from investreview.core.subject import Subject
from investreview.journal import triggers
from investreview.journal.models import Entry
from investreview.journal.services import record

AT = datetime(2024, 8, 7, 1, 0, tzinfo=UTC)
OFFICER = Actor(id="7", name="王××（示例）")
CASE = Subject("case", "LYG-2024-0009")


@pytest.fixture(autouse=True)
def _real_clock() -> Iterator[None]:
    clock.reset()
    yield
    clock.reset()


@pytest.fixture
def heads_log(settings, tmp_path: Path) -> Path:
    """Where this test's heads go."""
    settings.HEADS_LOG = tmp_path / "outside" / "heads.log"
    return settings.HEADS_LOG


@pytest.fixture
def record_acts() -> Callable[[int], list[Entry]]:
    """Writes so many entries into LYG's chain."""

    def write(count: int, chain: str = "LYG") -> list[Entry]:
        return [
            record(
                chain=chain,
                verb="CASE_RELEASED",
                actor=OFFICER,
                subject=CASE,
                at=AT,
                facts={"amount_yuan": "18600000.00", "step": number},
            )
            for number in range(1, count + 1)
        ]

    return write


@pytest.fixture
def without_triggers(db: None) -> None:
    """The forger's first step: rolled back with the test."""
    connection.check_constraints()  # PostgreSQL alters no table that still has deferred checks to do
    triggers.remove()
