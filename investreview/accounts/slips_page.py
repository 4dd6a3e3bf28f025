"""What stands on a one-time slip."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from investreview.accounts.models import User
from investreview.accounts.services import Slip


@dataclass(frozen=True)
class SlipCard:
    """One slip as it is printed: who, with what, and where to go."""

    name: str
    unit: str
    username: str
    password: str
    address: str


def slips_page(slips: Iterable[Slip]) -> list[SlipCard]:
    """The slips in the order in which they are handed out: by unit, then by person."""
    address = f"{settings.SITE_URL}{reverse('accounts:sign_in')}"
    cards = [
        SlipCard(slip.user.full_name, _unit(slip.user), slip.user.username, slip.password, address) for slip in slips
    ]
    return sorted(cards, key=lambda card: (card.unit, card.name, card.username))


def _unit(person: User) -> str:
    if person.enterprise is not None:
        return person.enterprise.short_name
    commission = person.commission.short_name if person.commission is not None else ""
    return f"{commission} {person.office.name}" if person.office is not None else commission
