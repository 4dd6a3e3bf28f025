"""The code on system copies: ``number | date | first 16 hex of the content's hash | check code``."""

import hmac
from base64 import b32encode
from hashlib import sha256

from django.conf import settings

from investreview.core.errors import Invalid
from investreview.documents.models import DocumentVersion

HEX_LENGTH = 16
CHECK_LENGTH = 8


def check_code(number: str, dated_on: str, hex16: str) -> str:
    """Eight letters and digits that only a holder of VERIFICATION_KEY can make. The key is never rotated: old
    papers must stay verifiable."""
    message = f"{number}|{dated_on}|{hex16}".encode()
    digest = hmac.new(settings.VERIFICATION_KEY.encode(), message, sha256).digest()
    return b32encode(digest).decode()[:CHECK_LENGTH]


def code_of(version: DocumentVersion) -> str:
    """The text of the code of an issued version.

    Raises: Invalid (documents_not_issued) for a version without number or date.
    """
    content = version.parsed
    if not content.number or content.dated_on is None:
        raise Invalid("documents_not_issued")
    dated_on, hex16 = content.dated_on.isoformat(), version.sha256[:HEX_LENGTH]
    return " | ".join((content.number, dated_on, hex16, check_code(content.number, dated_on, hex16)))


def is_own_code(number: str, dated_on: str, hex16: str, check: str) -> bool:
    """Whether the check code belongs to the other three, compared in constant time."""
    return hmac.compare_digest(check_code(number, dated_on, hex16).encode(), check.encode())
