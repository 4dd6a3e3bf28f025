"""What every step of a notice does the same way: lock, read the newest wording, write, note, tell the next."""

from collections.abc import Collection
from datetime import datetime

from investreview.accounts.selectors import users_holding
from investreview.core.errors import Invalid, NotVisible
from investreview.documents.models import DocumentVersion
from investreview.evaluations.models import SampleNotice
from investreview.evaluations.permissions import NEXT_ROLE
from investreview.evaluations.states import NoticeState
from investreview.evaluations.words import tell_of_step
from investreview.journal.selectors import entries_of
from investreview.journal.services import record
from investreview.projects.acting import Acting


def lock_notice(notice_id: int, version: int | None, allowed: Collection[NoticeState]) -> SampleNotice:
    """The notice, locked, unchanged since ``version``, in one of the states that allow the act."""
    held = SampleNotice.objects.select_for_update(of=("self",)).select_related("year__commission", "group", "document")
    notice: SampleNotice | None = held.filter(pk=notice_id).first()
    if notice is None:
        raise NotVisible("evaluations_notice_not_visible")
    if version is not None:
        last = entries_of(notice.subject).order_by("-id").first()
        notice.check_version(version, who=last.actor_name if last is not None else "")
    if notice.state not in allowed:
        raise Invalid("evaluations_notice_state", state=notice.get_state_display())
    return notice


def newest_version(notice: SampleNotice) -> DocumentVersion:
    """The newest wording of the notice."""
    newest: DocumentVersion = notice.document.versions.latest("ordinal")
    return newest


def save_notice(notice: SampleNotice, verb: str, acting: Acting, at: datetime, **facts: object) -> SampleNotice:
    """The notice is written, the act stands in the journal, and whoever has the next step is told."""
    notice.version += 1
    notice.save()
    record(
        chain=notice.year.commission.code,
        verb=f"notice.{verb}",
        actor=acting.actor,
        subject=notice.subject,
        at=at,
        facts={"state": notice.state, "version": notice.version, **facts},
    )
    role = NEXT_ROLE.get(NoticeState(notice.state))
    if role is not None:
        tell_of_step(
            users_holding(role, notice.path, at=at),
            group=notice.group.short_name,
            year=notice.year.year,
            notice_id=notice.pk,
            version=notice.version,
            state=NoticeState(notice.state),
            at=at,
        )
    return notice
