"""A process that is killed at a named point, and whoever comes after it: the same end as without the kill.

The child is this process forked: it has the house in its memory and a connection of its own.
"""

import os
import signal
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections

from investreview.core import clock
from investreview.core.crashing import POINTS, crash_point
from investreview.core.errors import Stale
from investreview.demo import hands
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.documents.services import make_rendition
from investreview.documents.services.renditions import LEASE as RENDERING_LEASE
from investreview.draws.models import Draw, LogEntry
from investreview.draws.tasks import resume_draws
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.notices.services import notify, send_due_mail
from investreview.notices.services.mail import LEASE as MAIL_LEASE
from investreview.projects.models import Case
from investreview.projects.services import checking, deciding, releases
from tests.architecture.source import ROOT
from tests.draws import house as draws
from tests.draws.house import found_house
from tests.world import World, drive, later
from workflows import engine
from workflows.models import ReviewProcess, WorkItem
from workflows.tasks import sweep

pytestmark = pytest.mark.both_databases
MOMENT = timedelta(seconds=1)
LEASED = {"render.after_lease", "render.after_render", "render.after_store", "store.before_rename"}
"""Points at which the dead worker still holds the row."""
WORKED_ON = ("state", "file", "sha256", "attempts", "done_at", "next_try_at")


def killed_at(point: str, act: Callable[[], object]) -> None:
    """A process did ``act`` and was killed at the point."""
    connections.close_all()
    child = os.fork()
    if not child:
        os.environ["CRASH_AT"] = point
        try:
            act()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"{point} was never reached"


def points(*rooms: str) -> list[str]:
    return sorted(point for point in POINTS if point.split(".")[0] in rooms)


def times(case: Case, verb: str) -> int:
    return Entry.objects.filter(subject_key=case.number, verb=verb).count()


def open_nodes(case: Case) -> list[str]:
    return list(WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).values_list("node", flat=True))


def test_a_draft_handed_over_as_the_process_dies_is_handed_over_once(world: World) -> None:
    for point in points("start"):
        case = drive(world, "draft", key=point, name=f"改造项目{point}（示例）")
        hands.gather_materials(case, world.group_drafter, later(0))
        facts = {"user": world.group_drafter, "version": hands.fresh(case).version, "service": releases.hand_over}
        hand_over = partial(engine.start, record_id=case.pk, at=later(1), **facts)
        killed_at(point, hand_over)
        try:
            hand_over()
        except Stale as error:
            assert (error.code, point) == ("workflows_already_started", "start.after_commit")
        assert (open_nodes(case), times(case, "case.hand_over")) == (["release"], 1)
        assert ReviewProcess.objects.filter(case=case).count() == 1


def test_an_act_sent_again_after_the_process_died_counts_once(world: World) -> None:
    for point in points("act"):
        case = drive(world, "released", key=point, name=f"改造项目{point}（示例）")
        facts = {"user": world.officer, "version": hands.fresh(case).version, "key": str(uuid4())}
        task_id, service = hands.task_of(case, "check_completeness"), checking.confirm_completeness
        confirm = partial(engine.perform, task_id=task_id, at=later(5), service=service, **facts)
        killed_at(point, confirm)
        assert hands.fresh(confirm()).state == "REVIEWING"
        assert (open_nodes(case), times(case, "case.confirm_completeness")) == (["opinion"], 1)


def test_a_deferral_ends_once_though_the_sweep_dies(world: World) -> None:
    for point in points("clock"):
        case = drive(world, "checked", key=point, name=f"改造项目{point}（示例）")
        hands.act(case, "sign", world.deputy, deciding.defer, later(8), reason="等待批复。", until=date(2024, 7, 20))
        killed_at(point, partial(sweep, later(20)))
        sweep(later(20))
        assert (open_nodes(case), times(case, "case.resume")) == (["sign"], 1)


def test_a_pdf_is_made_once_though_its_worker_dies(world: World, tmp_path: Path) -> None:
    drive(world, "released")
    row = Rendition.objects.filter(state=RenditionState.PENDING).latest("pk")
    as_asked = Rendition.objects.filter(pk=row.pk).values(*WORKED_ON).get()
    files = set()
    for count, point in enumerate(points("render", "store"), 1):
        Rendition.objects.filter(pk=row.pk).update(**as_asked)
        killed_at(point, partial(make_rendition, row.pk, at=later(9)))
        meanwhile = make_rendition(row.pk, at=later(9))
        is_leased = point in LEASED
        assert (meanwhile.state == RenditionState.PENDING) == is_leased, point
        done = make_rendition(row.pk, at=later(9) + RENDERING_LEASE + MOMENT)
        assert (done.state, done.attempts) == (RenditionState.DONE, 2 if is_leased else 1), point
        assert Entry.objects.filter(verb="document.render").count() == count
        files |= {done.file.name}
    assert {str(file.relative_to(tmp_path / "media")) for file in (tmp_path / "media").rglob(f"{row.pk}-*")} == files


def test_a_mail_leaves_though_its_sender_dies(world: World, settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for point in points("mail"):
        notify(users=[world.officer], text="请办理。", url="/", dedupe_key=point, at=later(1))
        now = clock.machine_now()
        killed_at(point, partial(send_due_mail, now=now))
        send_due_mail(now=now)
        send_due_mail(now=now + MAIL_LEASE + MOMENT)
        notice = Notice.objects.get(dedupe_key=point)
        sent = "".join(file.read_text() for file in (tmp_path / "mail").iterdir()).count(f"<notice-{notice.pk}@")
        assert (notice.mail_state, sent) == (Notice.Mail.SENT, 2 if point == "mail.after_send" else 1), point


def test_a_draw_that_died_after_its_numbers_has_one_panel(file_database: str) -> None:
    house = found_house()
    draw = draws.announced(house)
    draws.enter(house, draw)
    for point in points("draw"):
        killed_at(point, partial(draws.conclude, draw))
        assert Draw.objects.get(pk=draw.pk).state == "ENTROPY"
    assert (resume_draws(), resume_draws()) == (1, 0)
    assert (len(draws.present(draw)), LogEntry.objects.filter(kind="drawn").count()) == (5, 1)


def test_a_point_that_is_not_enumerated_is_refused() -> None:
    with pytest.raises(KeyError):
        crash_point("nowhere")


def test_no_point_kills_where_the_settings_do_not_allow_it(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ALLOW_CRASH_POINTS = False
    monkeypatch.setenv("CRASH_AT", "act.after_commit")
    crash_point("act.after_commit")


@pytest.mark.parametrize("name", ["production", "demo"])
def test_no_installation_allows_crash_points(name: str) -> None:
    from investreview.settings import base

    source = (ROOT / "investreview" / "settings" / f"{name}.py").read_text(encoding="utf-8")
    assert ("ALLOW_CRASH_POINTS" in source, base.ALLOW_CRASH_POINTS) == (False, False)
