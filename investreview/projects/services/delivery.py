"""The way out: the sealed original comes back, the reply is delivered, the enterprise acknowledges it."""

from datetime import date, datetime
from typing import IO

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.documents.kinds import DeliveryChannel
from investreview.documents.models import Delivery, Document
from investreview.documents.services import acknowledge_delivery, record_delivery, record_sealed_original
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_role
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_state, save_case


def deliver(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    sealed: IO[bytes],
    sealed_name: str,
    sealed_on: date,
    channel: str,
    delivered_on: date,
    at: datetime,
) -> Case:
    """The sealed original is kept with its hash and the reply is with the enterprise: effective from now on.

    Raises: Forbidden, Stale, Invalid (projects_delivery_before_signature, the file's fault). Rule: DOMAIN §5.
    Journal: case.deliver.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.DOCUMENT_OFFICER, case)
        require_state(case, Verb.DELIVER)
        if case.signed_at is None or delivered_on < legal_date(case.signed_at) or delivered_on < sealed_on:
            raise Invalid("projects_delivery_before_signature", field="delivered_on")
        if delivered_on > legal_date(at):
            raise Invalid("projects_date_in_future", field="delivered_on", given=delivered_on)
        letter = Document.objects.select_for_update().get(pk=case.letter_id or 0)
        record_sealed_original(
            letter, file=sealed, name=sealed_name, sealed_on=sealed_on, scope=acting.scope, actor=acting.actor, at=at
        )
        record_delivery(
            letter,
            channel=DeliveryChannel(channel),
            recipient=case.group.short_name_on(delivered_on),
            delivered_at=at,
            scope=acting.scope,
            actor=acting.actor,
            at=at,
        )
        case.delivered_at = at
        save_case(case)
        note(case, Verb.DELIVER, acting=acting, at=at, facts={"channel": channel, "on": delivered_on.isoformat()})
        return case


def acknowledge(*, acting: Acting, case_id: int, version: int | None, at: datetime) -> Case:
    """The enterprise has the reply in hand (签收). Raises: Forbidden, Stale, Invalid. Journal: case.acknowledge."""
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_RELEASER.label)
        require_state(case, Verb.ACKNOWLEDGE)
        if case.delivered_at is None:
            raise Invalid("projects_acknowledge_first_delivered")
        delivery = Delivery.objects.filter(document_id=case.letter_id or 0).latest("id")
        acknowledge_delivery(delivery, scope=acting.scope, actor=acting.actor, at=at)
        case.acknowledged_at = at
        save_case(case)
        note(case, Verb.ACKNOWLEDGE, acting=acting, at=at)
        return case
