"""PDFs: a row queues one, a worker makes it from the stored content only; a second run changes nothing."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from investreview.core.actor import SYSTEM, Actor
from investreview.core.crashing import crash_point
from investreview.core.errors import DomainError, Invalid
from investreview.core.scope import Scope
from investreview.documents import permissions, storage, verification
from investreview.documents.codec import content_sha256
from investreview.documents.kinds import RenditionPurpose, RenditionState
from investreview.documents.models import Document, DocumentVersion, Rendition
from investreview.documents.render import render_draft, render_issued, render_system_copy
from investreview.documents.services.common import journal
from investreview.documents.waking import wake

RENDER_TASK = "investreview.documents.tasks.render_rendition"
MAXIMUM_ATTEMPTS = 3
LEASE = timedelta(minutes=2)
"""How long an attempt may last before the sweep tries again."""


def queue(version: DocumentVersion, purpose: RenditionPurpose, *, at: datetime) -> Rendition:
    """A PDF of the version is queued, once per purpose, and the worker is woken after the commit."""
    rendition, is_new = Rendition.objects.get_or_create(
        version=version, purpose=purpose, defaults={"document_id": version.document_id, "next_try_at": at}
    )
    if is_new:
        wake(RENDER_TASK, rendition.pk)
    return rendition


def make_rendition(rendition_id: int, *, at: datetime) -> Rendition:
    """The PDF lies in the media folder and its row says DONE with its hash; when it already did, nothing changes.

    Whoever begins has the row for the lease; meanwhile and before it is due nobody else begins. Rendering is outside of
    any transaction, and a worker that outlives its lease writes the same bytes to the same name.
    Raises: whatever the rendering raises; then ``fail_rendition`` is to be called.
    Journal: document.render (with the file's SHA-256), once.
    """
    crash_point("render.before_lease")
    rendition, is_mine = _begin_attempt(rendition_id, at=at)
    if not is_mine:
        return rendition
    crash_point("render.after_lease")
    data = _render(rendition)
    crash_point("render.after_render")
    digest = sha256(data).hexdigest()
    name = storage.write_rendition(data, year=rendition.document.created_at.year, row_id=rendition.pk, digest=digest)
    crash_point("render.after_store")
    done = _finish(rendition_id, name=name, digest=digest, at=at)
    crash_point("render.after_commit")
    return done


def _begin_attempt(rendition_id: int, *, at: datetime) -> tuple[Rendition, bool]:
    """The row, and whether it is now this caller's to render.

    The attempt is counted before it is made, so that one which kills its worker is counted too.
    """
    with transaction.atomic():
        rendition = _locked(rendition_id)
        if rendition.state != RenditionState.PENDING or rendition.next_try_at > at:
            return rendition, False
        if rendition.attempts >= MAXIMUM_ATTEMPTS:
            rendition.error = rendition.error or "worker_lost"
            _give_up(rendition, at=at)
            return rendition, False
        rendition.attempts += 1
        rendition.next_try_at = at + LEASE
        rendition.save()
        return rendition, True


def _give_up(rendition: Rendition, *, at: datetime) -> None:
    rendition.state = RenditionState.FAILED
    rendition.save()
    facts = {"purpose": rendition.purpose, "error": rendition.error, "attempts": rendition.attempts}
    journal(rendition.document, "render_failed", actor=SYSTEM, at=at, facts=facts)


def _locked(rendition_id: int) -> Rendition:
    rows = Rendition.objects.select_for_update(of=("self",)).select_related("document", "version")
    return rows.get(pk=rendition_id)


def _render(rendition: Rendition) -> bytes:
    version = rendition.version
    if content_sha256(version.content) != version.sha256:
        raise Invalid("documents_content_changed")
    content = version.parsed
    if rendition.purpose == RenditionPurpose.DRAFT:
        return render_draft(content)
    if rendition.purpose == RenditionPurpose.ISSUED:
        return render_issued(content)
    return render_system_copy(content, code=verification.code_of(version))


def _finish(rendition_id: int, *, name: str, digest: str, at: datetime) -> Rendition:
    with transaction.atomic():
        rendition = _locked(rendition_id)
        if rendition.state == RenditionState.DONE:
            return rendition
        rendition.state = RenditionState.DONE
        rendition.file.name = name
        rendition.sha256 = digest
        rendition.error = ""
        rendition.done_at = at
        rendition.save()
        facts = {"purpose": rendition.purpose, "version": rendition.version.ordinal, "file_sha256": digest}
        journal(rendition.document, "render", actor=SYSTEM, at=at, facts=facts)
        return rendition


def fail_rendition(rendition_id: int, *, error: BaseException, at: datetime) -> Rendition:
    """The failed attempt is kept with its error code; after the last one a person sees FAILED and may retry.

    Journal: document.render with the error, when it failed for good.
    """
    with transaction.atomic():
        rendition = _locked(rendition_id)
        if rendition.state == RenditionState.DONE:
            return rendition
        rendition.error = (error.code if isinstance(error, DomainError) else type(error).__name__)[:80]
        if rendition.attempts >= MAXIMUM_ATTEMPTS:
            _give_up(rendition, at=at)
        else:
            rendition.next_try_at = at
            rendition.save()
        return rendition


def retry_rendition(rendition: Rendition, *, scope: Scope, actor: Actor, at: datetime) -> Rendition:
    """A failed PDF is queued again with all its attempts.

    Raises: Forbidden, Invalid (documents_rendition_not_failed). Journal: document.retry_rendition.
    """
    with transaction.atomic():
        rendition = _locked(rendition.pk)
        permissions.require(permissions.can_retry(scope, rendition.document))
        if rendition.state != RenditionState.FAILED:
            raise Invalid("documents_rendition_not_failed")
        rendition.state = RenditionState.PENDING
        rendition.attempts = 0
        rendition.next_try_at = at
        rendition.save()
        facts = {"purpose": rendition.purpose, "error": rendition.error}
        journal(rendition.document, "retry_rendition", actor=actor, at=at, facts=facts)
        wake(RENDER_TASK, rendition.pk)
        return rendition


def queue_issued(document: Document, version: DocumentVersion, *, is_letter: bool, at: datetime) -> None:
    """The PDFs of an issued document are queued: a letter for sealing, and a system copy of everything."""
    if is_letter:
        queue(version, RenditionPurpose.ISSUED, at=at)
    queue(version, RenditionPurpose.SYSTEM_COPY, at=at)
