"""A process that is killed between the numbers and the panel loses nothing and cannot be used to draw again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from investreview.draws.models import Draw, LogEntry
from investreview.draws.tasks import resume_draws
from investreview.journal.models import Entry
from tests.architecture.source import ROOT
from tests.databases import database_url
from tests.draws import house as acts
from tests.draws.house import House

pytestmark = pytest.mark.both_databases

CHILD = """
import os, signal, sys
import django
django.setup()
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.draws import services
from investreview.draws.services import numbers
from tests.draws.house import AT, BALLS
from investreview.draws.models import Draw

draw = Draw.objects.get(pk=int(sys.argv[1]))
witness = User.objects.get(pk=int(sys.argv[2]))

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "inside the numbers":
    numbers.note = die
services.enter_numbers(
    draw_pk=draw.pk, fingerprint_tail=draw.request_hash[-8:], numbers=BALLS, read_by="WITNESS",
    user=witness, scope=scope_of(witness, AT), at=AT,
)
if sys.argv[3] == "inside the panel":
    numbers.note = die
    services.conclude(draw_pk=draw.pk, at=AT)
die()
"""


def kill_child(house: House, draw: Draw, where: str, folder: Path) -> None:
    """A process of its own enters the numbers and is killed at ``where``."""
    script = folder / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    settings = {"DJANGO_SETTINGS_MODULE": "investreview.settings.test", "DATABASE_URL": database_url()}
    command = [sys.executable, str(script), str(draw.pk), str(house.witness.pk), where]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **settings, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def times(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


@pytest.mark.parametrize("where", ["after the numbers", "inside the panel"])
def test_a_killed_draw_resumes_to_the_same_panel(own_house: House, tmp_path: Path, where: str) -> None:
    draw = acts.announced(own_house)
    kill_child(own_house, draw, where, tmp_path)
    draw.refresh_from_db()
    assert (draw.state, draw.first, times("draw.enter_numbers"), times("draw.conclude")) == ("ENTROPY", None, 1, 0)
    answered = acts.enter(own_house, draw)
    assert answered.state == "ENTROPY"
    assert resume_draws() == 1
    draw.refresh_from_db()
    panel = acts.present(draw)
    assert (draw.state, len(panel), LogEntry.objects.filter(kind="drawn").count()) == ("DRAWN", 5, 1)
    assert acts.present(acts.conclude(draw)) == panel


def test_two_kills_lead_to_one_panel(own_house: House, tmp_path: Path) -> None:
    draw = acts.announced(own_house)
    kill_child(own_house, draw, "inside the panel", tmp_path)
    kill_child(own_house, draw, "inside the panel", tmp_path)
    acts.conclude(draw)
    assert (times("draw.enter_numbers"), times("draw.conclude")) == (1, 1)


def test_numbers_that_were_not_committed_were_never_entered(own_house: House, tmp_path: Path) -> None:
    draw = acts.announced(own_house)
    kill_child(own_house, draw, "inside the numbers", tmp_path)
    draw.refresh_from_db()
    assert (draw.state, draw.public_values, times("draw.enter_numbers")) == ("ANNOUNCED", None, 0)
    assert acts.enter(own_house, draw, acts.OTHER_BALLS).state == "ENTROPY"
