"""People of a panel are told, each in their language. No text names project, enterprise or expert."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise

from experts.links import seat_url
from experts.models import Seat
from experts.selectors.places import takes_part_on_screen
from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.roles import Role
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify_each
from investreview.projects.models import Case
from investreview.registry.models import Office


def tell(
    *,
    users: Iterable[User],
    text: Promise,
    url: str,
    dedupe_key: str,
    at: datetime,
    sent_by: User | None = None,
    **facts: object,
) -> None:
    """Each of ``users`` is told ``text``, with ``facts`` in its places, in their own language."""
    notify_each(
        users=users,
        text=lambda: str(text) % facts,
        url=url,
        dedupe_key=dedupe_key,
        at=at,
        kind=NoticeKind.PANEL,
        sent_by=sent_by,
    )


def tell_seats(
    *, seats: Iterable[Seat], text: Promise, occasion: str, at: datetime, sent_by: User | None, **facts: object
) -> None:
    """The experts of these seats who take part on screen are told; others are told by telephone or on paper."""
    for seat in seats:
        if takes_part_on_screen(seat) and seat.expert.user is not None:
            key = f"seat:{seat.pk}:{occasion}"
            people = [seat.expert.user]
            tell(users=people, text=text, url=seat_url(seat), dedupe_key=key, at=at, sent_by=sent_by, **facts)


def tell_role(
    role: Role, case: Case, *, text: Promise, url: str, dedupe_key: str, at: datetime, **facts: object
) -> None:
    """Everybody whose ``role`` reaches the case is told."""
    holders = users_holding(role, case.path, at=at)
    tell(users=holders, text=text, url=url, dedupe_key=dedupe_key, at=at, sent_by=None, **facts)


def tell_discipline_office(case: Case, *, text: Promise, url: str, dedupe_key: str, at: datetime) -> None:
    """Everybody of the commission's discipline office is told."""
    people = User.objects.filter(
        commission=case.commission, office__kind=Office.Kind.DISCIPLINE, kind=User.Kind.STAFF, is_active=True
    )
    tell(users=people, text=text, url=url, dedupe_key=dedupe_key, at=at)
