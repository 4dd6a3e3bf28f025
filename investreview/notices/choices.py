"""How people want to be told beside the page: by mail, by short message, kind by kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from investreview.accounts.models import User
from investreview.notices.kinds import CHOSEN_KINDS, NoticeKind
from investreview.notices.models import NoticeChoice

_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")


@dataclass(frozen=True)
class Ways:
    """How one person is told of one kind beside the page."""

    by_mail: bool = True
    by_sms: bool = False


def is_mobile(phone: str) -> bool:
    """Whether a short message reaches this number: eleven digits of a mobile telephone."""
    return _MOBILE.fullmatch(re.sub(r"[\s-]", "", phone)) is not None


def choices_of(users: Iterable[User], kind: NoticeKind) -> Mapping[int, Ways]:
    """What each of ``users`` chose for ``kind``; one query, none for what nobody can choose."""
    ways = {user.pk: Ways() for user in users}
    if kind in CHOSEN_KINDS and ways:
        for row in NoticeChoice.objects.filter(user__in=ways, kind=kind):
            ways[row.user_id] = Ways(row.by_mail, row.by_sms)
    return ways


def all_choices_of(user: User) -> dict[NoticeKind, Ways]:
    """What the person chose for each kind that can be chosen."""
    chosen = {row.kind: Ways(row.by_mail, row.by_sms) for row in NoticeChoice.objects.filter(user=user)}
    return {kind: chosen.get(kind.value, Ways()) for kind in CHOSEN_KINDS}
