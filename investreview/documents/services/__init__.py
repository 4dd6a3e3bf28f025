"""The verbs of the documents room. (Signatures first; the bodies follow.)"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import BinaryIO

from investreview.core.actor import Actor
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.documents.contents import FormContent, Letter
from investreview.documents.kinds import DeliveryChannel, NumberMode
from investreview.documents.models import Delivery, Document, DocumentVersion, NumberSeries, Rendition, SealedOriginal


def open_series(
    *, commission: str, code: str, label: str, mode: NumberMode, first_year: int, first: int, actor: Actor, at: datetime
) -> NumberSeries: ...


def take_number(*, commission: str, series: str, year: int, subject: Subject, actor: Actor, at: datetime) -> str: ...


def void_number(
    *, commission: str, series: str, text: str, reason: str, scope: Scope, actor: Actor, at: datetime
) -> None: ...


def draft_document(
    *, commission: str, path: str, subject: Subject, content: Letter, scope: Scope, actor: Actor, at: datetime
) -> Document: ...


def save_wording(
    document: Document, *, base_ordinal: int, content: Letter, scope: Scope, actor: Actor, at: datetime, note: str = ""
) -> DocumentVersion: ...


def redraft_document(
    document: Document, *, base_ordinal: int, content: Letter, scope: Scope, actor: Actor, at: datetime, note: str
) -> DocumentVersion: ...


def discard_draft(document: Document, *, reason: str, scope: Scope, actor: Actor, at: datetime) -> Document: ...


def record_countersigned(document: Document, *, scope: Scope, actor: Actor, at: datetime) -> Document: ...


def record_wording_check(
    document: Document, *, version_ordinal: int, scope: Scope, actor: Actor, at: datetime
) -> Document: ...


def issue_system_copy(
    *,
    commission: str,
    path: str,
    subject: Subject,
    content: FormContent,
    scope: Scope,
    actor: Actor,
    at: datetime,
    series: str = "",
) -> Document: ...


def sign_document(
    document: Document,
    *,
    version_ordinal: int,
    sha256: str,
    signer: Actor,
    signed_on: date,
    series: str,
    scope: Scope,
    actor: Actor,
    at: datetime,
    registration_series: str = "",
) -> Document: ...


def enter_number(document: Document, *, text: str, scope: Scope, actor: Actor, at: datetime) -> Document: ...


def record_sealed_original(
    document: Document, *, file: BinaryIO, name: str, sealed_on: date, scope: Scope, actor: Actor, at: datetime
) -> SealedOriginal: ...


def record_delivery(
    document: Document,
    *,
    channel: DeliveryChannel,
    recipient: str,
    delivered_at: datetime,
    scope: Scope,
    actor: Actor,
    at: datetime,
) -> Delivery: ...


def acknowledge_delivery(delivery: Delivery, *, scope: Scope, actor: Actor, at: datetime) -> Delivery: ...


def archive_document(document: Document, *, scope: Scope, actor: Actor, at: datetime) -> Document: ...


def correct_document(
    document: Document, *, correction: Document, scope: Scope, actor: Actor, at: datetime
) -> Document: ...


def void_document(document: Document, *, reason: str, scope: Scope, actor: Actor, at: datetime) -> Document: ...


def retry_rendition(rendition: Rendition, *, scope: Scope, actor: Actor, at: datetime) -> Rendition: ...


SIGNATURES: Mapping[str, object] = {}
