"""A folder that all workers of one run share: what one has built, the others take. It is gone when the run ends.

A folder named from outside (INVESTREVIEW_TEST_RUN) stays: while one test is worked on, what it begins from is not built
again. It is stale as soon as what builds it changes.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

STAYS = "INVESTREVIEW_TEST_RUN" in os.environ
# The first process of a run names it; its workers inherit the name.
_RUN = os.environ.setdefault("INVESTREVIEW_TEST_RUN", uuid4().hex)
ROOT = Path(tempfile.gettempdir()) / f"investreview-run-{_RUN}"


def place_of(name: object) -> Path:
    """Where that which is called ``name`` lies, or will lie."""
    ROOT.mkdir(exist_ok=True)
    return ROOT / sha256(repr(name).encode()).hexdigest()[:32]


def new_folder() -> Path:
    """An empty folder; renamed to a place, it becomes what lies there."""
    ROOT.mkdir(exist_ok=True)
    return Path(tempfile.mkdtemp(dir=ROOT, prefix="new-"))


@contextmanager
def alone_at(place: Path) -> Iterator[None]:
    """Inside, no other worker builds what is to lie at ``place``."""
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def clear() -> None:
    """The run is over: nothing is left of it."""
    shutil.rmtree(ROOT, ignore_errors=True)
