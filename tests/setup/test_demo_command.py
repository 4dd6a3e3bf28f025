"""bin/demo ends with a sentence that says what to do, never with a trace."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from investreview.demo import directory
from tests.architecture.source import ROOT


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone with nothing installed."""
    shutil.copytree(ROOT / "bin", tmp_path / "clone" / "bin")
    shutil.copy(ROOT / "requirements.lock", tmp_path / "clone")
    return tmp_path / "clone"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with what every system has, and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "env", "dirname", "basename", "cmp", "cp", "rm", "cat"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def put_python(tools: Path, *, accepts: str) -> None:
    """A ``python3`` that succeeds only for programs that hold the text ``accepts``."""
    file = tools / "python3"
    file.write_text(f'#!/bin/sh\ncase "$2" in *{accepts}*) exit 0 ;; esac\nexit 1\n')
    file.chmod(0o755)


def test_no_python_says_which_one_to_install(checkout: Path, tools: Path) -> None:
    result = run(checkout / "bin/demo", PATH=str(tools))
    assert (result.returncode, result.stderr.count("Python 3.11")) == (3, 2)


def test_an_old_python_says_which_one_to_install(checkout: Path, tools: Path) -> None:
    put_python(tools, accepts="never")
    result = run(checkout / "bin/demo", PATH=str(tools))
    assert (result.returncode, result.stderr.count("Python 3.11")) == (3, 2)


def test_a_python_without_ensurepip_says_what_to_install(checkout: Path, tools: Path) -> None:
    put_python(tools, accepts="version_info")
    result = run(checkout / "bin/demo", PATH=str(tools))
    assert (result.returncode, result.stderr.count("apt install python3-venv")) == (3, 2)


def test_no_package_index_says_how_to_bring_the_packages(checkout: Path, tools: Path) -> None:
    (tools / "python3").symlink_to(sys.executable)
    (checkout / "requirements.lock").write_text("not-there==1.0 --hash=sha256:" + "0" * 64 + "\n")
    result = run(checkout / "bin/demo", PATH=str(tools), PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert (result.returncode, result.stderr.count("PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels bin/demo")) == (3, 2)


def demo(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "investreview.demo", *arguments, PYTHONPATH=str(ROOT), **environment)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_in_use_is_named_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = demo("--port", str(port), "--dir", tmp_path)
    assert (result.returncode, f"bin/demo --port {port + 1}" in result.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    result = demo("--once", "--dir", tmp_path)
    assert (result.returncode, "--force" in result.stderr) == (2, True)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert demo("--once", "--force", "--dir", tmp_path / "letter.txt").returncode == 2
    assert demo("--port", str(free_port()), "--dir", tmp_path / "letter.txt").returncode == 2


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000x", "８０００"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    result = demo(f"--port={port}", "--dir", tmp_path)
    assert (result.returncode, "65535" in result.stderr, "Traceback" in result.stderr) == (2, True, False)


@pytest.mark.parametrize("options", [(), ("--once",)])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    result = demo(*options, "--port", str(free_port()), "--dir", tmp_path / "letter.txt" / "deeper")
    assert (result.returncode, "deeper" in result.stderr, "Traceback" in result.stderr) == (2, True, False)


@pytest.mark.parametrize("options", [(), ("--force",), ("--once", "--force")])
def test_a_running_demonstration_is_left_alone(tmp_path: Path, options: tuple[str, ...]) -> None:
    for name in ("demo.sqlite3", "summary.json", "worker.lock"):
        (tmp_path / name).write_text("{}")
    with (tmp_path / "worker.lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = demo(*options, "--port", str(free_port()), "--dir", tmp_path)
    assert (result.returncode, "正在运行" in result.stderr) == (2, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["demo.sqlite3", "summary.json", "worker.lock"]


def test_clearing_takes_what_is_ours_and_leaves_the_rest(tmp_path: Path) -> None:
    directory.prepare(tmp_path)
    (tmp_path / "demo.sqlite3").write_text("x")
    (tmp_path / "summary.json").write_text("{}")
    for name in ("beat-schedule", "beat-schedule.dat", "beat-schedule.dir"):
        (tmp_path / name).write_text("x")
    (tmp_path / "letter.txt").write_text("mine")
    directory.clear(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_a_demonstration_is_complete_once_its_summary_is_written(tmp_path: Path) -> None:
    (tmp_path / "demo.sqlite3").write_text("x")
    assert directory.is_complete(tmp_path) is False
    (tmp_path / "summary.json").write_text("{}")
    assert directory.is_complete(tmp_path) is True


@pytest.mark.parametrize(("is_own", "url"), [(True, "postgresql://nobody@127.0.0.1:1/none"), (False, "")])
def test_a_demonstration_of_another_database_is_left_alone(tmp_path: Path, is_own: bool, url: str) -> None:
    (tmp_path / "summary.json").write_text("{}")
    if is_own:
        (tmp_path / "demo.sqlite3").write_text("x")
    kept = sorted(each.name for each in tmp_path.iterdir())
    result = demo("--port", str(free_port()), "--dir", tmp_path, DATABASE_URL=url)
    assert (result.returncode, result.stderr.count("--force")) == (2, 2)
    assert sorted(each.name for each in tmp_path.iterdir()) == kept


def test_a_database_with_data_is_left_alone(tmp_path: Path) -> None:
    used = tmp_path / "used.sqlite3"
    with sqlite3.connect(used) as database:
        database.execute("CREATE TABLE registry_commission (id INTEGER PRIMARY KEY)")
        database.execute("INSERT INTO registry_commission VALUES (1)")
    before = list(database.iterdump())
    result = demo("--once", "--dir", tmp_path / "out", DATABASE_URL=f"sqlite:///{used}")
    assert (result.returncode, "空库" in result.stderr, "Traceback" in result.stderr) == (2, True, False)
    assert list(database.iterdump()) == before
    database.close()
