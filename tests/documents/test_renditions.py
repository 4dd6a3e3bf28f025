"""PDFs as jobs: from stored content only, once, with failures a person can see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.documents import selectors, services, tasks
from investreview.documents.kinds import RenditionPurpose, RenditionState
from investreview.documents.models import DocumentVersion, Rendition
from investreview.documents.render import render_draft
from investreview.documents.services import renditions
from investreview.journal.models import Entry

from .factories import LATER, OFFICER, OFFICER_SCOPE, draft, open_all_series, scope, sign
from .reading import flat_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued() -> Rendition:
    return draft().renditions.get()


def test_pdf_is_made_from_the_stored_content(queued: Rendition, media: Path) -> None:
    done = services.make_rendition(queued.pk, at=LATER)
    data = (media / done.file.name).read_bytes()
    assert done.state == RenditionState.DONE
    assert data == render_draft(queued.version.parsed)
    assert done.sha256 == sha256(data).hexdigest()
    assert done.file.name == f"documents/2024/{done.pk}-{done.sha256[:8]}.pdf"


def test_second_run_changes_nothing(queued: Rendition, media: Path) -> None:
    services.make_rendition(queued.pk, at=LATER)
    before = Rendition.objects.values().get()
    services.make_rendition(queued.pk, at=LATER + timedelta(days=1))
    assert Rendition.objects.values().get() == before
    assert len(list(media.rglob("*.*"))) == 1
    assert Entry.objects.filter(verb="document.render").count() == 1


def test_hash_of_the_file_is_in_the_journal(queued: Rendition) -> None:
    done = services.make_rendition(queued.pk, at=LATER)
    assert done.sha256 in bytes(Entry.objects.get(verb="document.render").content).decode()


def meanwhile_another(monkeypatch: pytest.MonkeyPatch, at: datetime) -> list[str]:
    """While one worker renders, another is woken for the same row at ``at``; who rendered, in order of beginning."""
    render, begun = renditions._render, []

    def rendering(rendition: Rendition) -> bytes:
        begun.append("first" if not begun else "second")
        if begun == ["first"]:
            services.make_rendition(rendition.pk, at=at)
        return render(rendition)

    monkeypatch.setattr(renditions, "_render", rendering)
    return begun


@pytest.mark.parametrize(("after", "begun"), [(timedelta(), 1), (renditions.LEASE, 2)])
def test_a_row_is_rendered_by_one_worker_until_its_lease_is_over(
    queued: Rendition, media: Path, monkeypatch: pytest.MonkeyPatch, after: timedelta, begun: int
) -> None:
    rendered = meanwhile_another(monkeypatch, LATER + after)
    services.make_rendition(queued.pk, at=LATER)
    assert (len(rendered), len(list(media.rglob("*.*")))) == (begun, 1)
    assert Entry.objects.filter(verb="document.render").count() == 1


def test_a_row_that_is_not_due_is_left_alone(queued: Rendition) -> None:
    Rendition.objects.update(next_try_at=LATER + timedelta(seconds=1))
    assert (services.make_rendition(queued.pk, at=LATER).state, Rendition.objects.get().attempts) == ("PENDING", 0)


def test_second_row_of_a_purpose_is_refused_by_the_database(queued: Rendition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(
            document=queued.document, version=queued.version, purpose=queued.purpose, next_try_at=LATER
        )


def test_issued_pdf_and_system_copy_of_a_letter(media: Path) -> None:
    open_all_series()
    document = sign(draft())
    texts = {}
    for rendition in document.renditions.filter(version=document.issued_version):
        services.make_rendition(rendition.pk, at=LATER)
        rendition.refresh_from_db()
        texts[rendition.purpose] = flat_text((media / rendition.file.name).read_bytes())
    assert document.number in texts[RenditionPurpose.ISSUED]
    assert document.content_sha256[:16] not in texts[RenditionPurpose.ISSUED]
    assert document.content_sha256[:16] in texts[RenditionPurpose.SYSTEM_COPY]


def break_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr(renditions, "render_draft", broken)


def run_task(rendition: Rendition) -> None:
    with pytest.raises(OSError, match="no space"):
        tasks.render_rendition(rendition.pk)


def test_failure_is_kept_and_after_three_a_person_sees_it(queued: Rendition, monkeypatch: pytest.MonkeyPatch) -> None:
    break_rendering(monkeypatch)
    for attempt in (1, 2):
        run_task(queued)
        queued.refresh_from_db()
        assert (queued.state, queued.attempts, queued.error) == (RenditionState.PENDING, attempt, "OSError")
    run_task(queued)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (RenditionState.FAILED, 3)
    assert Entry.objects.filter(verb="document.render_failed").count() == 1


def test_failed_pdf_is_made_after_a_retry(queued: Rendition, monkeypatch: pytest.MonkeyPatch, woken: list) -> None:
    with monkeypatch.context() as patched:
        break_rendering(patched)
        for _ in range(3):
            run_task(queued)
    services.retry_rendition(queued, scope=OFFICER_SCOPE, actor=OFFICER, at=LATER)
    tasks.render_rendition(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.error) == (RenditionState.DONE, "")


def test_only_a_failed_pdf_is_retried_and_not_by_everybody(queued: Rendition) -> None:
    with pytest.raises(Invalid) as raised:
        services.retry_rendition(queued, scope=OFFICER_SCOPE, actor=OFFICER, at=LATER)
    assert raised.value.code == "documents_rendition_not_failed"
    with pytest.raises(Forbidden):
        services.retry_rendition(queued, scope=scope(Role.AUDITOR), actor=OFFICER, at=LATER)


def test_attempt_that_kills_its_worker_is_counted(queued: Rendition, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(_: object) -> bytes:
        raise Killed

    monkeypatch.setattr(renditions, "_render", die)
    for attempt in range(3):
        with pytest.raises(Killed):
            services.make_rendition(queued.pk, at=LATER + attempt * renditions.LEASE)
    given_up = services.make_rendition(queued.pk, at=LATER + 3 * renditions.LEASE)
    assert (given_up.state, given_up.error) == (RenditionState.FAILED, "worker_lost")
    assert Entry.objects.filter(verb="document.render_failed").count() == 1


def test_changed_content_is_noticed_and_not_printed(queued: Rendition) -> None:
    content = queued.version.content
    DocumentVersion.objects.filter(pk=queued.version_id).update(content=content.replace("1860", "9860"))
    with pytest.raises(Invalid) as raised:
        services.make_rendition(queued.pk, at=LATER)
    assert raised.value.code == "documents_content_changed"


def test_half_written_file_is_never_seen(queued: Rendition, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        services.make_rendition(queued.pk, at=LATER)
    assert list(media.rglob("*.pdf")) == []


def test_sweep_wakes_what_is_due_and_nothing_else(queued: Rendition, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(tasks.render_rendition, "delay", told.append)
    later = LATER + timedelta(days=1)
    monkeypatch.setattr(tasks.clock, "now", lambda: later)
    assert tasks.render_pending() == 1
    Rendition.objects.update(next_try_at=later + timedelta(seconds=1))
    assert tasks.render_pending() == 0
    Rendition.objects.update(next_try_at=later, state=RenditionState.FAILED, error="x")
    assert tasks.render_pending() == 0
    assert told == [queued.pk]


def test_begun_attempt_is_left_alone_until_its_lease_ends(queued: Rendition) -> None:
    renditions._begin_attempt(queued.pk, at=LATER)
    assert selectors.due_renditions(LATER) == []
    assert selectors.due_renditions(LATER + renditions.LEASE) == [queued.pk]


def test_broker_that_is_away_does_not_undo_the_act(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks, caplog: pytest.LogCaptureFixture
) -> None:
    from kombu.exceptions import OperationalError

    from investreview.documents import waking

    def away(*_: object) -> None:
        raise OperationalError("broker away")

    monkeypatch.setattr(waking, "_publish", away)
    with django_capture_on_commit_callbacks(execute=True):
        document = draft()
    assert document.renditions.get().state == RenditionState.PENDING
    assert "broker away" in caplog.text


@pytest.fixture
def worker_at_hand() -> Iterator[None]:
    """Messages are worked on at once, in this process."""
    from investreview.celery import app

    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.mark.usefixtures("worker_at_hand")
def test_woken_worker_finds_the_task_by_its_name(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = draft()
    assert document.renditions.get().state == RenditionState.DONE


def test_names_of_the_tasks_are_those_of_the_schedule() -> None:
    from investreview.celery import SCHEDULE

    assert tasks.render_pending.name in SCHEDULE
    assert tasks.render_rendition.name == renditions.RENDER_TASK
