"""Mistakes in a notice (DOMAIN §17): its signature taken back before the seal; void and issued again afterwards.

The notice that takes the place of a sent one goes the same way, by the same three people's separation; until it is
delivered the sent one holds.
"""

from datetime import datetime

from django.db import transaction

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.documents import services as documents
from investreview.evaluations.models import SampleNotice
from investreview.evaluations.papers import reissued_content
from investreview.evaluations.permissions import OFFICER, require_role
from investreview.evaluations.services.notice_steps import lock_notice, newest_version, save_notice
from investreview.evaluations.states import IN_FORCE, NoticeState
from investreview.projects.acting import Acting
from investreview.projects.permissions import require_apart
from investreview.projects.services.common import require_reason
from investreview.projects.services.withdrawing import one_line

REASON_LENGTH = 400


def withdraw_notice_signature(
    *, acting: Acting, notice_id: int, version: int | None, reason: str, at: datetime
) -> SampleNotice:
    """The notice waits for its signature again, with the text that was checked; its number waits with it.

    Raises: NotVisible, Forbidden (projects_not_your_signature), Stale, Invalid (evaluations_notice_state,
    projects_reason_needed, documents_already_sealed). Rule: DOMAIN §17, by the signer before the seal.
    Journal: notice.withdraw_signature, document.withdraw_signature.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.SIGNED})
        if acting.person.pk not in (notice.signer_id, notice.signer_for_id):
            raise Forbidden("projects_not_your_signature")
        require_role(acting, Role.DEPUTY_DIRECTOR, notice.path)
        stated = one_line(require_reason(reason))
        number = notice.number
        documents.withdraw_signature(notice.document, reason=stated, scope=acting.scope, actor=acting.actor, at=at)
        notice.signer = notice.signer_for = notice.signed_at = None
        notice.number, notice.state = "", NoticeState.CHECKED
        notice.checked_version = newest_version(notice).ordinal
        return save_notice(notice, "withdraw_signature", acting, at, number=number, reason=stated)


def begin_reissue(*, acting: Acting, notice_id: int, version: int | None, reason: str, at: datetime) -> SampleNotice:
    """A new notice is drafted that names the sent one and will take its place; the sent one holds until then.

    Raises: NotVisible, Forbidden (also projects_duty_conflict), Stale, Invalid (evaluations_notice_state,
    evaluations_reissue_open, projects_reason_needed). Rule: DOMAIN §17. Journal: notice.begin_reissue, document.draft.
    """
    with transaction.atomic():
        sent = lock_notice(notice_id, version, IN_FORCE)
        require_role(acting, OFFICER, sent.path)
        require_apart(acting, sent.head, sent.head_for, sent.signer, sent.signer_for, duty=OFFICER)
        if sent.reissue is not None:
            raise Invalid("evaluations_reissue_open")
        notice = SampleNotice(
            year=sent.year,
            group=sent.group,
            path=sent.path,
            key=f"{sent.key}-{sent.reissues.count() + 2}",
            replaces=sent,
            reissue_reason=one_line(require_reason(reason)),
            officer=acting.person,
            drafted_at=at,
        )
        notice.document = documents.draft_document(
            commission=sent.year.commission.code,
            path=sent.path,
            subject=notice.subject,
            content=reissued_content(sent.year, sent.group, sent.document, at),
            scope=acting.scope,
            actor=acting.actor,
            at=at,
            replaces=sent.document,
        )
        return save_notice(
            notice, "begin_reissue", acting, at, replaces=sent.key, number=sent.number, reason=notice.reissue_reason
        )


def drop_reissue(*, acting: Acting, notice_id: int, version: int | None, reason: str, at: datetime) -> SampleNotice:
    """The draft is void, with a number that it kept; the sent notice holds as it is.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_notice_state, evaluations_no_reissue,
    projects_reason_needed). Journal: notice.drop_reissue, document.discard.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.DRAFTED})
        require_role(acting, OFFICER, notice.path)
        if notice.replaces_id is None:
            raise Invalid("evaluations_no_reissue")
        stated = one_line(require_reason(reason))
        documents.discard_draft(notice.document, reason=stated, scope=acting.scope, actor=acting.actor, at=at)
        notice.state, notice.dropped_reason = NoticeState.DROPPED, stated
        return save_notice(notice, "drop_reissue", acting, at, reason=stated)


def void_replaced(notice: SampleNotice, *, acting: Acting, at: datetime) -> None:
    """The notice in whose place a delivered one is issued is void, and its number with it; in the caller's transaction.

    Raises: Invalid (evaluations_notice_state). Journal: notice.void, document.replace.
    """
    if notice.replaces_id is None:
        return
    sent = lock_notice(notice.replaces_id, None, IN_FORCE)
    reason = one_line(f"作废重发：{notice.reissue_reason}")[:REASON_LENGTH]
    documents.replace_document(
        sent.document, by=notice.document, reason=reason, scope=acting.scope, actor=acting.actor, at=at
    )
    sent.state, sent.voided_at = NoticeState.VOIDED, at
    save_notice(sent, "void", acting, at, number=sent.number, by=notice.number, reason=notice.reissue_reason)
