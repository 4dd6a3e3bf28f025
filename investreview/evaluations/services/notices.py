"""The notices of a sample: drafted by the officer, checked by the head, signed, numbered, delivered, acknowledged."""

from datetime import date, datetime, time
from typing import IO

from django.db import transaction

from investreview.accounts.selectors import users_holding
from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.text import clean_block
from investreview.documents import services as documents
from investreview.documents.kinds import DeliveryChannel
from investreview.documents.models import Delivery, Document
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.evaluations.papers import notice_content
from investreview.evaluations.permissions import OFFICER, barred_people, require_role
from investreview.evaluations.series import NOTICES
from investreview.evaluations.services.common import lock_year, note, require_state
from investreview.evaluations.services.notice_remedies import void_replaced
from investreview.evaluations.services.notice_steps import lock_notice, newest_version, save_notice
from investreview.evaluations.states import RETURNABLE, NoticeState, YearState
from investreview.evaluations.words import tell_of_notice
from investreview.projects.acting import Acting
from investreview.projects.permissions import require_apart
from investreview.projects.services.common import require_reason
from investreview.registry.models import Enterprise


def draft_notices(*, acting: Acting, year_id: int, at: datetime) -> list[SampleNotice]:
    """Every sampled enterprise has its notice as a draft; drafted again, nothing happens.

    Raises: NotVisible, Forbidden, Invalid (evaluations_wrong_state, evaluations_not_sampled,
    evaluations_contact_missing). Rule: DOMAIN §10 and §11, office and contact.
    Journal: evaluation.draft_notices, document.draft each.
    """
    with transaction.atomic():
        year = lock_year(year_id)
        require_role(acting, OFFICER, year.path)
        require_state(year, {YearState.PUBLISHED})
        sampled = Enterprise.objects.filter(pk__in=year.rows.filter(is_picked=True).values("group")).order_by("path")
        if not sampled:
            raise Invalid("evaluations_not_sampled")
        told = set(year.notices.values_list("group_id", flat=True))
        new = [_draft(year, group, acting, at) for group in sampled if group.pk not in told]
        if new:
            note(year, "draft_notices", acting=acting, at=at, facts={"to": [one.group.short_name for one in new]})
        return list(year.notices.order_by("pk"))


def _draft(year: EvaluationYear, group: Enterprise, acting: Acting, at: datetime) -> SampleNotice:
    notice = SampleNotice(
        year=year,
        group=group,
        path=group.path,
        key=f"{year.subject.key}-TZ-{group.path.rstrip('/').rsplit('/', 1)[-1]}",
        officer=acting.person,
        drafted_at=at,
    )
    notice.document = documents.draft_document(
        commission=year.commission.code,
        path=group.path,
        subject=notice.subject,
        content=notice_content(year, group, at),
        scope=acting.scope,
        actor=acting.actor,
        at=at,
    )
    notice.save()
    return notice


def hand_in_notice(*, acting: Acting, notice_id: int, version: int | None, at: datetime) -> SampleNotice:
    """The notice waits for the head's check.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_notice_state). Journal: notice.hand_in.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.DRAFTED})
        require_role(acting, OFFICER, notice.path)
        notice.officer, notice.state, notice.returned_reason = acting.person, NoticeState.HANDED_IN, ""
        return save_notice(notice, "hand_in", acting, at)


def check_notice(*, acting: Acting, notice_id: int, version: int | None, at: datetime) -> SampleNotice:
    """The head agrees with the newest wording; the notice waits for its signature.

    Raises: NotVisible, Forbidden (also projects_duty_conflict), Stale, Invalid (evaluations_notice_state).
    Journal: notice.check.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.HANDED_IN})
        require_role(acting, Role.OFFICE_HEAD, notice.path)
        require_apart(acting, *barred_people(notice), duty=Role.OFFICE_HEAD)
        notice.head, notice.head_for = acting.person, acting.principal
        notice.checked_at, notice.state = at, NoticeState.CHECKED
        notice.checked_version = newest_version(notice).ordinal
        return save_notice(notice, "check", acting, at, text_version=notice.checked_version)


def return_notice(*, acting: Acting, notice_id: int, version: int | None, reason: str, at: datetime) -> SampleNotice:
    """The notice is with the officer again, for a reason: sent back by the head, or by the leader before signing.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_notice_state, projects_reason_needed, text_*).
    Journal: notice.return.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, RETURNABLE)
        role = Role.OFFICE_HEAD if notice.state == NoticeState.HANDED_IN else Role.DEPUTY_DIRECTOR
        require_role(acting, role, notice.path)
        notice.returned_reason = clean_block(require_reason(reason), max_length=2000)
        notice.state, notice.head, notice.head_for = NoticeState.DRAFTED, None, None
        notice.checked_at, notice.checked_version = None, None
        return save_notice(notice, "return", acting, at, reason=notice.returned_reason)


def sign_notice(
    *, acting: Acting, notice_id: int, version: int | None, at: datetime, entered_number: str = ""
) -> SampleNotice:
    """The notice is signed as it was checked and has its number; its PDFs are queued.

    ``entered_number`` is the document office's number where the series is entered. Raises: NotVisible, Forbidden (also
    projects_duty_conflict), Stale, Invalid (evaluations_notice_state, evaluations_wording_changed, documents_*).
    Rule: DOMAIN §1, officer, head and signer are three people. Journal: notice.sign, document.sign.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.CHECKED})
        require_role(acting, Role.DEPUTY_DIRECTOR, notice.path)
        require_apart(acting, *barred_people(notice), duty=Role.DEPUTY_DIRECTOR)
        newest = newest_version(notice)
        if newest.ordinal != notice.checked_version:
            raise Stale("evaluations_wording_changed", ordinal=newest.ordinal)
        signed = documents.sign_document(
            notice.document,
            version_ordinal=newest.ordinal,
            sha256=newest.sha256,
            signer=acting.actor,
            signed_on=legal_date(at),
            series=NOTICES,
            scope=acting.scope,
            actor=acting.actor,
            at=at,
        )
        if not signed.number:
            signed = documents.enter_number(signed, text=entered_number, scope=acting.scope, actor=acting.actor, at=at)
        notice.signer, notice.signer_for = acting.person, acting.principal
        notice.signed_at, notice.number, notice.state = at, signed.number, NoticeState.SIGNED
        return save_notice(notice, "sign", acting, at, number=signed.number, content_sha256=signed.content_sha256)


def deliver_notice(
    *,
    acting: Acting,
    notice_id: int,
    version: int | None,
    sealed: IO[bytes],
    sealed_name: str,
    sealed_on: date,
    channel: DeliveryChannel,
    delivered_on: date,
    at: datetime,
) -> SampleNotice:
    """The sealed original is kept and the enterprise has the notice; its people are told; one it replaces is void.

    A delivery that is entered on a later day counts from the end of its own. Raises: NotVisible, Forbidden, Stale,
    Invalid (evaluations_notice_state, projects_delivery_before_seal, documents_*, the file's fault).
    Journal: notice.deliver, document.seal, document.deliver; notice.void, document.replace of a replaced one.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.SIGNED})
        require_role(acting, Role.DOCUMENT_OFFICER, notice.path)
        if delivered_on < sealed_on:
            raise Invalid("projects_delivery_before_seal", field="delivered_on", sealed_on=sealed_on)
        document = Document.objects.get(pk=notice.document_id)
        documents.record_sealed_original(
            document, file=sealed, name=sealed_name, sealed_on=sealed_on, scope=acting.scope, actor=acting.actor, at=at
        )
        effective_at = at if delivered_on == legal_date(at) else datetime.combine(delivered_on, time(23, 59), SHANGHAI)
        documents.record_delivery(
            document,
            channel=channel,
            recipient=notice.group.short_name_on(delivered_on),
            delivered_at=effective_at,
            scope=acting.scope,
            actor=acting.actor,
            at=at,
        )
        notice.delivered_at, notice.state = effective_at, NoticeState.DELIVERED
        told = {
            person.pk: person for role in sorted(ENTERPRISE_ROLES) for person in users_holding(role, notice.path, at=at)
        }
        tell_of_notice(
            told.values(),
            year=notice.year.year,
            notice_id=notice.pk,
            number=notice.number,
            at=at,
            sent_by=acting.user,
        )
        void_replaced(notice, acting=acting, at=at)
        return save_notice(notice, "deliver", acting, at, channel=channel, on=delivered_on.isoformat())


def acknowledge_notice(*, acting: Acting, notice_id: int, version: int | None, at: datetime) -> SampleNotice:
    """The enterprise has the notice in hand (签收).

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_notice_state). Journal: notice.acknowledge,
    document.acknowledge.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id, version, {NoticeState.DELIVERED})
        if not acting.scope.holds_any(ENTERPRISE_ROLES, notice.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_RELEASER.label)
        delivery = Delivery.objects.filter(document_id=notice.document_id).latest("id")
        documents.acknowledge_delivery(delivery, scope=acting.scope, actor=acting.actor, at=at)
        notice.acknowledged_at, notice.state = at, NoticeState.ACKNOWLEDGED
        return save_notice(notice, "acknowledge", acting, at)
