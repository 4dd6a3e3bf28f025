"""The demonstration as a site: web and worker under one command, ended together."""

import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType

from django.core.management import call_command

from investreview.demo import build, directory, processes

START_SECONDS = 30.0
POLL_SECONDS = 0.2


class Ended(Exception):
    """Somebody asked the demonstration to end."""


def serve(folder: Path, port: int) -> int:
    """The demonstration was served until somebody ended it (0) or one of its two processes died (1)."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    running = []
    try:
        _make_ready(folder)
        web = processes.start(processes.web_command(port))
        running.append(web)
        worker = processes.start(processes.worker_command())
        running.append(worker)
        _wait_for(port, web)
        _introduce(port)
        while web.poll() is None and worker.poll() is None:
            time.sleep(POLL_SECONDS)
        name = "网页服务 / web" if web.poll() is not None else "后台进程 / worker"
        print(
            f"{name} 意外结束，演示已停止；原因见上方。 / ended by itself, so the demonstration stops.", file=sys.stderr
        )
        return 1
    except Ended:
        print("\n演示已停止。 / Stopped.")
        return 0
    finally:
        processes.stop(*running)


def _end(signum: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Ended


def _make_ready(folder: Path) -> None:
    if not directory.is_complete(folder):
        print("正在准备演示数据，约两分钟 / Preparing the demonstration, about two minutes", flush=True)
        build.build(folder, leaves_work=True)
    else:
        call_command("migrate", interactive=False, verbosity=0)
    build.add_open_cases()
    call_command("collectstatic", interactive=False, verbosity=0)


def _wait_for(port: int, web: object) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(POLL_SECONDS)


def _introduce(port: int) -> None:
    print(f"\n演示系统已启动：http://127.0.0.1:{port}    （Ctrl-C 停止 / stops it）\n")
    print("可用的演示账号 / Accounts to try:")
    for account in build.accounts():
        print(f"  {account.username:<24} {account.password:<20} {account.part}")
    print("其他专家（zj01 起）口令相同，目前没有待办。 / The other experts, from zj01 on, have nothing to do now.")
    print(
        "县区国资办（示例）的其他人员（dh.、gy.、gn.、gu. 后接 ping、zhao、ji、li、liu、he、qiye1 等）口令相同。"
        " / The other people of the counties, e.g. dh.ping or gu.qiye1, have the same password."
    )
    print(flush=True)
