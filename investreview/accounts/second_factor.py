"""Second factor 动态口令: keys, codes of a telephone (RFC 6238), recovery codes. Times are the machine's.

A key is offered sealed for one person in the set-up page itself, so that nothing is stored before a first code proves
that the telephone has it.
"""

import base64
import hmac
import secrets
import unicodedata
from binascii import Error as NotBase64
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django_otp.oath import TOTP

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.sealing import Sealer

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SKEW_STEPS: Final = 1
"""A telephone may be half a minute early or late."""
KEY_BYTES: Final = 20
RECOVERY_CODES: Final = 10
_HALF: Final = 5
# Without the letters and digits that are read wrong from paper; 30 ** 10 codes.
_ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"

_SEALER = Sealer(setting="SECOND_FACTOR_KEY", purpose=b"key of a second factor", broken="accounts_factor_seal_broken")


def offered_key(user: User) -> str:
    """A new key, sealed for this person, as a hidden field carries it."""
    return base64.urlsafe_b64encode(_SEALER.seal(secrets.token_bytes(KEY_BYTES), place=_place(user))).decode()


def sealed_bytes(offered: str) -> bytes:
    """What ``offered_key`` sealed, for the row. Raises: Invalid (accounts_factor_seal_broken)."""
    try:
        return base64.urlsafe_b64decode(offered.encode("ascii"))
    except (ValueError, NotBase64) as error:
        raise Invalid("accounts_factor_seal_broken") from error


def key_of(user: User, sealed: bytes) -> bytes:
    """The key itself. Raises: Invalid (accounts_factor_seal_broken)."""
    return _SEALER.unseal(sealed, place=_place(user))


def _place(user: User) -> str:
    return f"second factor of {user.pk}"


def key_in_groups(key: bytes) -> str:
    """The key as it is typed into a telephone without a camera: letters in groups of four."""
    text = base64.b32encode(key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def square_code(user: User, key: bytes) -> SafeString:
    """The key as a square code for the telephone's camera: one inline SVG, without any style."""
    label = quote(f"{settings.PRODUCT_NAME}:{user.username}")
    facts = {"secret": base64.b32encode(key).decode(), "issuer": settings.PRODUCT_NAME}
    address = f"otpauth://totp/{label}?{urlencode(facts, quote_via=quote)}"
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, svgclass="ir-square", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - a path of moves and numbers, drawn by segno


def matched_step(key: bytes, code: str, *, last_step: int, now: datetime) -> int | None:
    """The half minute whose code this is, if it is later than ``last_step`` and at most one from ``now``."""
    typed = plain(code)
    if len(typed) != DIGITS or not typed.isascii() or not typed.isdecimal():
        return None
    clock = TOTP(key, step=STEP_SECONDS, digits=DIGITS)
    clock.time = now.timestamp()
    return clock.t() if clock.verify(int(typed), tolerance=SKEW_STEPS, min_t=last_step + 1) else None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes nobody can guess (49 bits each), as they are printed."""
    return tuple(f"{_half()}-{_half()}" for _ in range(RECOVERY_CODES))


def _half() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_HALF))


def hash_of(code: str) -> str:
    """What is kept of a recovery code: found by it, never read from it without SECOND_FACTOR_KEY."""
    key = _SEALER.key(b"recovery codes")
    return hmac.new(key, plain(code).encode("utf-8", "replace"), "sha256").hexdigest()


def plain(code: str) -> str:
    """The code without blanks and hyphens, full-width forms made plain, in capitals."""
    return "".join(each for each in unicodedata.normalize("NFKC", code) if each not in " -\t\u3000").upper()
