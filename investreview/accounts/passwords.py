"""One-time passwords: drawn at the door, told once, changed at the first sign-in."""

import secrets

# Without the letters and digits that are read wrong from paper.
_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 14


def one_time_password() -> str:
    """A password nobody can guess (82 bits), easy to copy from paper."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
