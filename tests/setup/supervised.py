"""Run by test_supervisor: the supervisor of the demonstration with two small processes instead of web and worker."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

os.environ["DJANGO_SETTINGS_MODULE"] = "investreview.settings.test"
folder, port = Path(sys.argv[1]), int(sys.argv[2])

import django  # noqa: E402

django.setup()

account = SimpleNamespace(username="wang", password="示例口令", part="经办")
sys.modules["investreview.demo.build"] = SimpleNamespace(
    build=lambda target, *, leaves_work: leaves_work and (target / "built").write_text("x"),
    add_open_cases=lambda: (folder / "opened").write_text("x"),
    accounts=lambda: [account],
)

from investreview.demo import processes, serve  # noqa: E402

processes.web_command = lambda number: [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(number)]
processes.worker_command = lambda: [sys.executable, "-c", "import time; time.sleep(600)"]
start = processes.start


def start_and_note(command: list[str]):
    process = start(command)
    with (folder / "pids").open("a") as notes:
        notes.write(f"{process.pid}\n")
    return process


processes.start = start_and_note
sys.exit(serve.serve(folder, port))
