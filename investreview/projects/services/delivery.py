"""The way out: the sealed original comes back, the reply is delivered, the enterprise acknowledges it."""

from datetime import date, datetime, time
from typing import IO

from django.db import transaction

from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.documents.kinds import LETTERS, LIVE_STATES, DeliveryChannel
from investreview.documents.models import Delivery, Document
from investreview.documents.services import acknowledge_delivery, record_delivery, record_sealed_original
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_role
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_state, save_case


def keep_sealed_original(
    *, acting: Acting, case_id: int, letter_id: int, sealed: IO[bytes], sealed_name: str, sealed_on: date, at: datetime
) -> Document:
    """The sealed original of a signed letter of the case is kept with its hash; the letter still waits to be sent.

    The same file again is the same original. Raises: NotVisible, Forbidden, Invalid (projects_date_in_future,
    documents_wrong_state, the file's fault). Rule: DOMAIN §5. Journal: document.seal.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        require_role(acting, Role.DOCUMENT_OFFICER, case)
        letter = Document.objects.filter(pk=letter_id, subject_kind="case", subject_key=case.number).first()
        if letter is None:
            raise NotVisible("projects_case_not_visible")
        if sealed_on > legal_date(at):
            raise Invalid("projects_date_in_future", field="sealed_on", given=sealed_on)
        record_sealed_original(
            letter, file=sealed, name=sealed_name, sealed_on=sealed_on, scope=acting.scope, actor=acting.actor, at=at
        )
        return letter


def deliver(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    sealed: IO[bytes] | None,
    sealed_name: str,
    sealed_on: date,
    channel: str,
    delivered_on: date,
    at: datetime,
) -> Case:
    """The sealed original is kept with its hash and the reply is with the enterprise: effective from now on.

    A delivery that is entered on a later day counts from the end of its own.
    Raises: Forbidden, Stale, Invalid (projects_delivery_before_signature, projects_delivery_before_seal,
    projects_date_in_future, the file's fault). Rule: DOMAIN §5.
    Journal: case.deliver.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.DOCUMENT_OFFICER, case)
        require_state(case, Verb.DELIVER)
        letter = Document.objects.select_for_update(of=("self",)).get(pk=case.letter_id or 0)
        effective_at = send_letter(
            case,
            letter,
            acting=acting,
            sealed=sealed,
            sealed_name=sealed_name,
            sealed_on=sealed_on,
            channel=channel,
            delivered_on=delivered_on,
            at=at,
        )
        case.delivered_at = effective_at
        save_case(case)
        note(case, Verb.DELIVER, acting=acting, at=at, facts={"channel": channel, "on": delivered_on.isoformat()})
        return case


def send_letter(
    case: Case,
    letter: Document,
    *,
    acting: Acting,
    sealed: IO[bytes] | None,
    sealed_name: str,
    sealed_on: date,
    channel: str,
    delivered_on: date,
    at: datetime,
) -> datetime:
    """The sealed original of a signed letter is kept and the letter is with the group; answers since when.

    Without ``sealed`` the original that came back earlier is the one. Raises: Invalid (projects_sealed_missing,
    projects_delivery_before_signature, projects_delivery_before_seal, projects_date_in_future,
    the file's fault).
    """
    _check_days(letter, sealed_on=sealed_on, delivered_on=delivered_on, today=legal_date(at))
    effective_at = at if delivered_on == legal_date(at) else _end_of(delivered_on)
    if sealed is not None:
        record_sealed_original(
            letter, file=sealed, name=sealed_name, sealed_on=sealed_on, scope=acting.scope, actor=acting.actor, at=at
        )
    elif not letter.sealed_originals.exists():
        raise Invalid("projects_sealed_missing", field="sealed")
    record_delivery(
        letter,
        channel=DeliveryChannel(channel),
        recipient=case.group.short_name_on(delivered_on),
        delivered_at=effective_at,
        scope=acting.scope,
        actor=acting.actor,
        at=at,
    )
    return effective_at


def _check_days(letter: Document, *, sealed_on: date, delivered_on: date, today: date) -> None:
    for field, given in (("sealed_on", sealed_on), ("delivered_on", delivered_on)):
        if given > today:
            raise Invalid("projects_date_in_future", field=field, given=given)
    if letter.signed_at is None or delivered_on < legal_date(letter.signed_at):
        raise Invalid("projects_delivery_before_signature", field="delivered_on")
    if delivered_on < sealed_on:
        raise Invalid("projects_delivery_before_seal", field="delivered_on", sealed_on=sealed_on)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), SHANGHAI)


def acknowledge(*, acting: Acting, case_id: int, version: int | None, at: datetime) -> Case:
    """The enterprise has every letter that was sent to it in hand (签收); the first time counts for the case.

    Raises: Forbidden, Stale, Invalid (projects_acknowledge_first_delivered). Journal: case.acknowledge.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_RELEASER.label)
        require_state(case, Verb.ACKNOWLEDGE)
        if case.delivered_at is None:
            raise Invalid("projects_acknowledge_first_delivered")
        for delivery in _outstanding(case):
            acknowledge_delivery(delivery, scope=acting.scope, actor=acting.actor, at=at)
        case.acknowledged_at = case.acknowledged_at or at
        save_case(case)
        note(case, Verb.ACKNOWLEDGE, acting=acting, at=at)
        return case


def _outstanding(case: Case) -> list[Delivery]:
    """The deliveries of letters in force that nobody has acknowledged."""
    sent = Delivery.objects.filter(
        acknowledged_at__isnull=True,
        document__commission=case.commission.code,
        document__subject_kind=case.subject.kind,
        document__subject_key=case.subject.key,
        document__kind__in=LETTERS,
        document__state__in=sorted(LIVE_STATES),
    )
    return list(sent.order_by("pk"))
