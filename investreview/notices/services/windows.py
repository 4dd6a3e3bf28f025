"""The system administrator sets how long the commission's mails wait before they leave."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.journal.services import record
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import LONGEST_WINDOW, HoldWindow
from investreview.notices.permissions import can_keep_outbox
from investreview.notices.windows import signature, windows_of
from investreview.registry.models import Commission


def set_windows(
    *,
    commission: Commission,
    minutes: Mapping[NoticeKind, int | None],
    seen: str,
    user: User,
    scope: Scope,
    at: datetime,
) -> bool:
    """Mails sent from now on wait as given; nothing given for a kind is the installation's setting.

    ``seen`` is the signature of what the page showed. Returns whether anything changed. Units: minutes.
    Raises: Forbidden (notices_outbox_keeper_only), Invalid (notices_window_too_long), Stale (notices_windows_changed).
    Journal: mail.windows, with each change
    """
    if not can_keep_outbox(scope, commission):
        raise Forbidden("notices_outbox_keeper_only")
    for given in minutes.values():
        if given is not None and not 0 <= given <= LONGEST_WINDOW:
            raise Invalid("notices_window_too_long", given=given, most=LONGEST_WINDOW)
    with transaction.atomic():
        Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        present = windows_of(commission)
        changes = {one.kind: (one.own, minutes.get(one.kind)) for one in present if one.own != minutes.get(one.kind)}
        if not changes:
            return False
        if signature(present) != seen:
            raise Stale("notices_windows_changed")
        for kind, (_before, after) in changes.items():
            _set(commission, kind, after)
        record(
            chain=commission.code,
            verb="mail.windows",
            actor=user.as_actor(),
            subject=Subject("commission", commission.code),
            at=at,
            facts={kind.value: list(change) for kind, change in changes.items()},
        )
        return True


def _set(commission: Commission, kind: NoticeKind, minutes: int | None) -> None:
    if minutes is None:
        HoldWindow.objects.filter(commission=commission, kind=kind).delete()
    else:
        HoldWindow.objects.update_or_create(commission=commission, kind=kind, defaults={"minutes": minutes})
