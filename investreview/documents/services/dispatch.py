"""After the number: the sealed original comes back, the document goes out, is acknowledged, corrected, archived."""

from datetime import date, datetime
from typing import IO

from django.db import transaction

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.files import FileKind, inspect_upload
from investreview.core.scope import Scope
from investreview.core.text import clean_line, safe_filename
from investreview.documents import permissions, storage
from investreview.documents.kinds import (
    ENTERPRISE_PAPERS,
    ISSUED_STATES,
    SENT_STATES,
    DeliveryChannel,
    DocumentKind,
    DocumentState,
)
from investreview.documents.models import Delivery, Document, SealedOriginal
from investreview.documents.services.common import journal, locked, require_state, save

SEALED_LIMIT = 50 * 1024 * 1024
SEALABLE = frozenset({DocumentState.NUMBERED, DocumentState.SEALED, DocumentState.DELIVERED})
DELIVERABLE = frozenset({DocumentState.NUMBERED, DocumentState.SEALED, DocumentState.DELIVERED})


def record_sealed_original(
    document: Document,
    *,
    file: IO[bytes],
    name: str,
    sealed_on: date,
    scope: Scope,
    actor: Actor,
    at: datetime,
) -> SealedOriginal:
    """The sealed paper is kept as scan (PDF) or OFD with its hash; the document is SEALED unless it already went out.

    The same file again is the same original. Raises: Forbidden, Invalid (documents_sealed_kind,
    documents_sealed_before_date, documents_wrong_state, file_*). Journal: document.seal.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_dispatch(scope, document))
        require_state(document, SEALABLE)
        if document.dated_on is not None and sealed_on < document.dated_on:
            raise Invalid("documents_sealed_before_date", field="sealed_on", dated_on=document.dated_on)
        facts = inspect_upload(file, name=name, limit=SEALED_LIMIT)
        if facts.kind not in {FileKind.PDF, FileKind.OFD}:
            raise Invalid("documents_sealed_kind", field="file", kind=facts.kind.label)
        known = document.sealed_originals.filter(sha256=facts.sha256).first()
        if known is not None:
            return known
        original = SealedOriginal.objects.create(
            document=document,
            file=storage.write_sealed(
                file,
                year=document.created_at.year,
                document_id=document.pk,
                digest=facts.sha256,
                extension=facts.kind.value.lower(),
            ),
            name=safe_filename(name),
            kind=facts.kind,
            size=facts.size,
            sha256=facts.sha256,
            uploaded_by=actor.id,
            uploaded_by_name=actor.name,
            sealed_on=sealed_on,
            at=at,
        )
        document.sealed_at = at
        if document.state == DocumentState.NUMBERED:
            document.state = DocumentState.SEALED
        save(document)
        journal(document, "seal", actor=actor, at=at, facts={"file_sha256": facts.sha256, "size": facts.size})
        return original


def record_delivery(
    document: Document,
    *,
    channel: DeliveryChannel,
    recipient: str,
    delivered_at: datetime,
    scope: Scope,
    actor: Actor,
    at: datetime,
) -> Delivery:
    """The document went to the enterprise by this channel and is DELIVERED; the same channel again changes nothing.

    Raises: Forbidden, Invalid (documents_not_for_enterprise, documents_delivery_before_signature,
    documents_delivery_in_future, documents_wrong_state). Journal: document.deliver.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_dispatch(scope, document))
        if document.kind not in ENTERPRISE_PAPERS:
            raise Invalid("documents_not_for_enterprise", kind=DocumentKind(document.kind).label)
        require_state(document, DELIVERABLE)
        if document.signed_at is not None and delivered_at < document.signed_at:
            raise Invalid("documents_delivery_before_signature", field="delivered_at")
        if delivered_at > at:
            raise Invalid("documents_delivery_in_future", field="delivered_at")
        known = document.deliveries.filter(channel=channel).first()
        if known is not None:
            return known
        delivery = Delivery.objects.create(
            document=document,
            channel=channel,
            recipient=clean_line(recipient),
            delivered_at=delivered_at,
            delivered_by=actor.id,
            delivered_by_name=actor.name,
        )
        document.delivered_at = document.delivered_at or delivered_at
        document.state = DocumentState.DELIVERED
        save(document)
        facts = {"channel": channel, "recipient": delivery.recipient, "delivered_at": delivered_at.isoformat()}
        journal(document, "deliver", actor=actor, at=at, facts=facts)
        return delivery


def acknowledge_delivery(delivery: Delivery, *, scope: Scope, actor: Actor, at: datetime) -> Delivery:
    """The enterprise has acknowledged the delivery (签收); a second acknowledgement changes nothing.

    Raises: Forbidden. Journal: document.acknowledge.
    """
    with transaction.atomic():
        document = locked(delivery.document)
        delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
        permissions.require(permissions.can_acknowledge(scope, document))
        if delivery.acknowledged_at is not None:
            return delivery
        delivery.acknowledged_at = at
        delivery.acknowledged_by = actor.id
        delivery.acknowledged_by_name = actor.name
        delivery.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_by_name"])
        journal(document, "acknowledge", actor=actor, at=at, facts={"channel": delivery.channel})
        return delivery


def archive_document(document: Document, *, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The document's file is closed.

    Raises: Forbidden, Invalid (documents_wrong_state). Journal: document.archive.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_archive(scope, document))
        require_state(document, DELIVERABLE)
        document.state = DocumentState.ARCHIVED
        document.archived_at = at
        save(document)
        journal(document, "archive", actor=actor, at=at)
        return document


def correct_document(document: Document, *, correction: Document, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The document is CORRECTED by an issued letter that takes its place (更正函).

    Raises: Forbidden, Invalid (documents_correction_not_issued, documents_wrong_state). Rule: DOMAIN §17.
    Journal: document.correct.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_dispatch(scope, document))
        require_state(document, SENT_STATES)
        correction = locked(correction)
        if correction.pk == document.pk or correction.state not in ISSUED_STATES:
            raise Invalid("documents_correction_not_issued")
        document.state = DocumentState.CORRECTED
        document.corrected_by = correction
        save(document)
        journal(document, "correct", actor=actor, at=at, facts={"correction": correction.number})
        return document
