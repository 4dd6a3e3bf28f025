"""The link that confirms a new mail address: made when the mail leaves, stored in no row, good once and for a while."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from investreview.accounts.models import User


class MailTokens(PasswordResetTokenGenerator):
    """Signed over the address it confirms; dies with it, with the password, with the next request."""

    key_salt = "investreview.accounts.mail_links"

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        asked = user.new_email_asked_at.timestamp() if user.new_email_asked_at else 0
        return f"{user.pk}{user.password}{user.email}>{user.new_email}{asked:.6f}{timestamp}"


_tokens = MailTokens()


def confirm_path(user: User) -> str:
    """The address under which the person confirms the mail address that waits."""
    key = urlsafe_base64_encode(str(user.pk).encode())
    return reverse("accounts:confirm_email", args=[key, _tokens.make_token(user)])


def opens_mail(user: User, token: str) -> bool:
    """Whether the link still confirms the address that waits."""
    return bool(user.new_email) and bool(_tokens.check_token(user, token))
