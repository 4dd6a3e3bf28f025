"""Looking on while a worker process works."""

import subprocess
from collections.abc import Callable

PATIENCE = 600
"""Looks of a tenth of a second at most, while a process starts and works; nothing is asserted about time."""


def watch(worker: subprocess.Popen[bytes], done: Callable[[], bool]) -> None:
    """``done`` says so while the worker still runs."""
    for _look in range(PATIENCE):
        if done():
            return
        try:
            worker.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the worker ended by itself with {worker.returncode}")
    raise AssertionError("the worker did not get to it")
