"""Texts stored so that the database alone does not tell them: AES-256-GCM, keys outside the database.

A sealed text is bound to its place: moved to another row it cannot be opened.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from investreview.core.errors import Invalid

_NONCE_LENGTH = 12


@dataclass(frozen=True)
class Sealer:
    """One kind of sealed text: the setting that holds its secret, what the key is for, what a broken seal is called."""

    setting: str
    purpose: bytes
    broken: str

    def seal(self, content: bytes, *, place: str) -> bytes:
        """The content, readable only with the secret and only at ``place``."""
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return nonce + AESGCM(self.key(self.purpose)).encrypt(nonce, content, place.encode())

    def unseal(self, sealed: bytes, *, place: str) -> bytes:
        """What was sealed for ``place``.

        Raises: Invalid under the code ``broken`` when it was altered, moved, or sealed with another secret.
        """
        box = bytes(sealed)
        try:
            return AESGCM(self.key(self.purpose)).decrypt(box[:_NONCE_LENGTH], box[_NONCE_LENGTH:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise Invalid(self.broken) from error

    def key(self, purpose: bytes) -> bytes:
        """A key for one purpose, from which no other and not the secret can be computed."""
        secret: str = getattr(settings, self.setting)
        return hmac.digest(secret.encode(), purpose, "sha256")
