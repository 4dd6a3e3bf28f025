"""A person chooses how they are told."""

from collections.abc import Mapping

from django.db import transaction

from investreview.accounts.models import User
from investreview.notices.choices import Ways
from investreview.notices.kinds import CHOSEN_KINDS, NoticeKind
from investreview.notices.models import NoticeChoice


def choose_ways(*, user: User, ways: Mapping[NoticeKind, Ways]) -> None:
    """The person is told of each kind as chosen from now on; on the page everything stands in any case.

    Journal: none, nobody else is concerned.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        for kind in CHOSEN_KINDS:
            chosen = ways.get(kind, Ways())
            NoticeChoice.objects.update_or_create(
                user=user, kind=kind, defaults={"by_mail": chosen.by_mail, "by_sms": chosen.by_sms}
            )
