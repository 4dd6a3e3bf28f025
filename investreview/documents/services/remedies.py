"""Mistakes (DOMAIN §17): a signature taken back before the seal, a sent letter that another takes the place of.

Nothing is overwritten: what was signed stays as a version, a void number stays in the register with its reason.
"""

from datetime import datetime

from django.db import transaction

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.text import clean_line
from investreview.documents import permissions
from investreview.documents.kinds import SENT_STATES, DocumentState, NumberState
from investreview.documents.kinds import RenditionPurpose as Purpose
from investreview.documents.models import Document, DocumentVersion, WithdrawnSignature
from investreview.documents.services.common import add_version, journal, letter_of, locked, require_state, save
from investreview.documents.services.numbering import void
from investreview.documents.services.renditions import queue

REASON_LENGTH = 500


def withdraw_signature(document: Document, *, reason: str, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The letter is a draft again with the text that was signed; its numbers wait for the next signature.

    Raises: Forbidden (documents_may_not_withdraw), Invalid (documents_already_sealed, documents_wrong_state, text_*).
    Rule: DOMAIN §17, 撤回签发 by the signer before the seal. Journal: document.withdraw_signature.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_withdraw(scope, document, actor))
        signed = document.signed_version
        if document.sealed_originals.exists():
            raise Invalid("documents_already_sealed", title=document.title)
        require_state(document, {DocumentState.SIGNED, DocumentState.NUMBERED})
        if signed is None:
            raise Invalid("documents_not_issued")
        written = clean_line(reason, max_length=REASON_LENGTH)
        kept = _keep(document, signed, reason=written, actor=actor, at=at)
        _as_draft(document)
        version = add_version(document, letter_of(signed), actor=actor, at=at, note="撤回签发")
        save(document)
        facts = {
            "withdrawn": kept.pk,
            "number": kept.number,
            "registration_number": kept.registration_number,
            "signer": kept.signer_name,
            "version": version.ordinal,
            "reason": written,
        }
        journal(document, "withdraw_signature", actor=actor, at=at, facts=facts)
        queue(version, Purpose.DRAFT, at=at)
        return document


def _keep(
    document: Document, signed: DocumentVersion, *, reason: str, actor: Actor, at: datetime
) -> WithdrawnSignature:
    if document.dated_on is None or document.signed_at is None:
        raise Invalid("documents_not_issued")
    kept: WithdrawnSignature = WithdrawnSignature.objects.create(
        document=document,
        signed_version=signed,
        issued_version=document.issued_version,
        number=document.number,
        registration_number=document.registration_number,
        dated_on=document.dated_on,
        content_sha256=document.content_sha256,
        signer=document.signer,
        signer_name=document.signer_name,
        signer_on_behalf_of=document.signer_on_behalf_of,
        signed_at=document.signed_at,
        withdrawn_by=actor.id,
        withdrawn_by_name=actor.name,
        withdrawn_at=at,
        reason=reason,
    )
    return kept


def _as_draft(document: Document) -> None:
    document.state = DocumentState.DRAFT
    document.signed_version = document.issued_version = None
    document.signer = document.signer_name = document.signer_on_behalf_of = ""
    document.signed_at = document.dated_on = None
    document.number = document.registration_number = document.content_sha256 = ""


def replace_document(
    original: Document, *, by: Document, reason: str, scope: Scope, actor: Actor, at: datetime
) -> Document:
    """The sent letter is void and ``by``, delivered under a new number that names it, stands in its place.

    Its own number is void with the reason; a 备案登记号 goes on with the new letter.
    Raises: Forbidden, Invalid (documents_replacement_not_delivered, documents_wrong_state, text_*).
    Rule: DOMAIN §17, 作废重发. Journal: document.replace.
    """
    with transaction.atomic():
        original = locked(original)
        permissions.require(permissions.can_dispatch(scope, original))
        require_state(original, SENT_STATES)
        by = locked(by)
        if by.replaces_id != original.pk or by.state != DocumentState.DELIVERED:
            raise Invalid("documents_replacement_not_delivered")
        written = clean_line(f"{reason}（以{by.number}代替）", max_length=REASON_LENGTH)
        original.state = DocumentState.VOIDED
        original.voided_at = at
        original.void_reason = written
        save(original)
        for number in original.numbers.select_for_update().filter(state=NumberState.ISSUED).order_by("pk"):
            if number.series_id == original.series_id:
                void(number, reason=written, actor=actor, at=at)
            else:
                number.document = by
                number.save(update_fields=["document"])
        journal(original, "replace", actor=actor, at=at, facts={"by": by.number, "reason": written})
        return original
