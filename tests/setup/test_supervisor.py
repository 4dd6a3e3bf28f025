"""The demonstration's two processes start together, are introduced, and end together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PATIENCE_SECONDS = 20.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-u", "-m", "tests.setup.supervised", str(tmp_path), str(free_port())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield process
        if process.poll() is None:
            process.kill()


def introduced(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "wang" in line:
            break
    return lines


def children(folder: Path) -> list[int]:
    return [int(line) for line in (folder / "pids").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_both_processes(
    supervisor: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    introduced(supervisor)
    supervisor.send_signal(number)
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert (supervisor.returncode, "演示已停止" in output) == (0, True)
    assert [is_alive(pid) for pid in children(tmp_path)] == [False, False]


@pytest.mark.parametrize(("which", "name"), [(0, "网页服务"), (1, "后台进程")])
def test_when_one_dies_the_other_ends_too(
    supervisor: subprocess.Popen[str], tmp_path: Path, which: int, name: str
) -> None:
    introduced(supervisor)
    os.kill(children(tmp_path)[which], signal.SIGKILL)
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert (supervisor.returncode, name in output) == (1, True)
    assert [is_alive(pid) for pid in children(tmp_path)] == [False, False]


def test_address_and_accounts_are_introduced(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    text = "".join(introduced(supervisor))
    assert ("http://127.0.0.1:" in text, "示例口令" in text, "经办" in text) == (True, True, True)
    assert ((tmp_path / "built").exists(), (tmp_path / "opened").exists()) == (True, True)
