"""Contents as canonical JSON and back: the very bytes that are stored, hashed and signed."""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices

from investreview.core.characters import is_unstorable
from investreview.core.errors import Invalid
from investreview.documents.contents import (
    AcceptanceReceipt,
    ApprovalSheet,
    Content,
    CorrectionSlip,
    DrawRecord,
    DrawRecordPublic,
    DrawSealSheet,
    HandoverSheet,
    Letter,
    PanelOpinion,
    PanelOpinionExcerpt,
    RegistrationForm,
    SampleNotice,
    SupplementNotice,
)
from investreview.documents.kinds import DocumentKind

CONTENT_TYPES: Mapping[DocumentKind, type[Content]] = {
    DocumentKind.ACCEPTANCE_RECEIPT: AcceptanceReceipt,
    DocumentKind.SUPPLEMENT_NOTICE: SupplementNotice,
    DocumentKind.REGISTRATION_FORM: RegistrationForm,
    DocumentKind.APPROVAL_SHEET: ApprovalSheet,
    DocumentKind.FILING_LETTER: Letter,
    DocumentKind.REFUSAL_LETTER: Letter,
    DocumentKind.SECOND_REVIEW_LETTER: Letter,
    DocumentKind.DRAW_SEAL_SHEET: DrawSealSheet,
    DocumentKind.DRAW_RECORD: DrawRecord,
    DocumentKind.DRAW_RECORD_PUBLIC: DrawRecordPublic,
    DocumentKind.PANEL_OPINION: PanelOpinion,
    DocumentKind.PANEL_OPINION_EXCERPT: PanelOpinionExcerpt,
    DocumentKind.CORRECTION_LETTER: Letter,
    DocumentKind.CORRECTION_SLIP: CorrectionSlip,
    DocumentKind.HANDOVER_SHEET: HandoverSheet,
    DocumentKind.SAMPLE_NOTICE: SampleNotice,
}


def to_json(content: Content) -> str:
    """The content as canonical JSON: sorted keys, no spaces, UTF-8.

    Raises: Invalid (documents_text_not_storable) for NUL and lone surrogates, which no database keeps.
    """
    data = {"kind": content.kind.value, "content": _encode(content)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Content:
    """The content that ``to_json`` wrote."""
    data = json.loads(text)
    content: Content = _decode(CONTENT_TYPES[DocumentKind(data["kind"])], data["content"])
    return content


def content_sha256(text: str) -> str:
    """The SHA-256 of canonical JSON, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and any(is_unstorable(character) for character in value):
        raise Invalid("documents_text_not_storable")
    return value.value if isinstance(value, StrEnum | TextChoices) else value


def _decode(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return _decode_union(hint, value)
    if typing.get_origin(hint) is tuple:
        return tuple(_decode(typing.get_args(hint)[0], item) for item in value)
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return typing.cast(Any, hint)(**{name: _decode(hints[name], item) for name, item in value.items()})
    if hint is date:
        return date.fromisoformat(value)
    return hint(value)


def _decode_union(hint: types.UnionType, value: Any) -> Any:
    """Unions here are ``X | None``, or dataclasses told apart by the names of their fields."""
    if value is None:
        return None
    options = [option for option in typing.get_args(hint) if option is not types.NoneType]
    if len(options) == 1:
        return _decode(options[0], value)
    named = (option for option in options if {f.name for f in dataclasses.fields(option)} == value.keys())
    return _decode(next(named), value)
