"""A password asked for by mail: the link, its single use, and how often it may be asked for.

The link is made when the mail leaves and stands in no row. It dies with the next change of the password, with the
next sign-in, and after ``PASSWORD_RESET_TIMEOUT``. Times are the machine's.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from investreview.accounts.models import PasswordRequest, User
from investreview.core.errors import Invalid

PAUSE = timedelta(minutes=5)
A_DAY, MOST_A_DAY = timedelta(days=1), 5
AN_HOUR, MOST_FROM_AN_ADDRESS = timedelta(hours=1), 10
LONGEST_ID = 18


class ResetTokens(PasswordResetTokenGenerator):
    """Signed with a salt of its own, so that no other link of the site opens this door."""

    key_salt = "investreview.accounts.resets"


_tokens = ResetTokens()


def is_mail_configured() -> bool:
    """Whether this installation sends mail at all."""
    return bool(settings.MAIL_IS_CONFIGURED)


def link_minutes() -> int:
    """How long a link opens. Units: minutes."""
    return int(settings.PASSWORD_RESET_TIMEOUT // 60)


def reset_path(user: User) -> str:
    """The address that lets this person, once and for a while, choose a password."""
    key = urlsafe_base64_encode(str(user.pk).encode())
    return reverse("accounts:new_password", args=[key, _tokens.make_token(user)])


def user_of(key: str) -> User | None:
    """The active person a link is for."""
    try:
        pk = force_str(urlsafe_base64_decode(key))
    except ValueError:
        return None
    is_id = pk.isascii() and pk.isdecimal() and len(pk) <= LONGEST_ID
    return User.objects.filter(pk=pk, is_active=True).first() if is_id else None


def opens(user: User, token: str) -> bool:
    """Whether the link still opens: signed by us, in time, unused."""
    return bool(_tokens.check_token(user, token))


def email_key(email: str) -> str:
    """What is kept of an address to count how often it was asked for: nothing can be read from it."""
    return hmac.new(settings.SECRET_KEY.encode(), email.strip().casefold().encode(), sha256).hexdigest()


def require_rate(*, key: str, address: str, now: datetime) -> None:
    """Nothing happens while neither the mail address nor the place it is asked from asks too often.

    The same for addresses that nobody has. Raises: Invalid (accounts_reset_too_often).
    """
    asked = PasswordRequest.objects.filter(email_key=key)
    if asked.filter(asked_at__gt=now - PAUSE).exists():
        raise Invalid("accounts_reset_too_often", minutes=int(PAUSE.total_seconds() // 60))
    if asked.filter(asked_at__gt=now - A_DAY).count() >= MOST_A_DAY:
        raise Invalid("accounts_reset_too_often", minutes=int(A_DAY.total_seconds() // 60))
    if PasswordRequest.objects.filter(address=address, asked_at__gt=now - AN_HOUR).count() >= MOST_FROM_AN_ADDRESS:
        raise Invalid("accounts_reset_too_often", minutes=int(AN_HOUR.total_seconds() // 60))
