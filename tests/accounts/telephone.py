"""The telephone of a person in tests: the codes it shows at a moment."""

from datetime import datetime

from django.test import Client
from django_otp.oath import TOTP

from investreview.accounts.models import SecondFactor, User
from investreview.accounts.second_factor import key_of, offered_key, sealed_bytes
from investreview.accounts.services import set_up_second_factor
from tests.accounts.factories import PASSWORD
from tests.registry.factories import AT


def shown(key: bytes, at: datetime) -> str:
    """The six digits on the telephone at ``at``."""
    clock = TOTP(key)
    clock.time = at.timestamp()
    return f"{clock.token():06d}"


def code_of(user: User, at: datetime) -> str:
    """The same for the person's own key."""
    return shown(key_of(user, SecondFactor.objects.get(user=user).sealed_key), at)


def give_telephone(user: User, now: datetime, password: str = PASSWORD) -> tuple[str, ...]:
    """The person has a second factor since ``now``; their recovery codes."""
    offered = offered_key(user)
    code = shown(key_of(user, sealed_bytes(offered)), now)
    return set_up_second_factor(
        user=user, offered=offered, password=password, code=code, address="127.0.0.1", now=now, at=AT
    )


def type_password(client: Client, username: str, **data: str) -> object:
    """The first step of signing in."""
    return client.post("/sign-in/", {"username": username, "password": PASSWORD, **data})
