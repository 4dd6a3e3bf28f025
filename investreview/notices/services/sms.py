"""Short messages: handed to the commission's own gateway as a file, without a word of any case."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.journal.services import record, record_access
from investreview.notices.choices import is_mobile
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice, SmsPickup
from investreview.notices.permissions import can_keep_outbox
from investreview.registry.models import Commission

MESSAGE_LENGTH = 70
"""What a gateway sends as one message."""


def pick_up_sms(*, commission: Commission, user: User, scope: Scope, at: datetime) -> SmsPickup:
    """Everything that waited is in one file, a line for each person; picked up by two at once, it is in one file only.

    A notice that was read meanwhile is told no more. Raises: Forbidden (notices_outbox_keeper_only), Invalid
    (notices_no_sms_waits). Journal: sms.pick_up
    """
    if not can_keep_outbox(scope, commission):
        raise Forbidden("notices_outbox_keeper_only")
    with transaction.atomic():
        waiting = Notice.objects.select_for_update(of=("self",)).filter(
            user__commission=commission, sms_state=Notice.Sms.PENDING
        )
        notices = list(waiting.select_related("user").order_by("user", "pk"))
        told = [notice for notice in notices if _is_wanted(notice)]
        wanted = {notice.pk for notice in told}
        gone = [notice.pk for notice in notices if notice.pk not in wanted]
        Notice.objects.filter(pk__in=gone).update(sms_state=Notice.Sms.NONE)
        if not told:
            raise Invalid("notices_no_sms_waits")
        lines = [(person.phone, sms_text(person, rows)) for person, rows in _by_person(told)]
        made = SmsPickup.objects.create(
            commission=commission, picked_by=user, picked_at=at, message_count=len(lines), content=_as_csv(lines)
        )
        Notice.objects.filter(pk__in=wanted).update(sms_state=Notice.Sms.PICKED, sms_pickup=made)
        record(
            chain=commission.code,
            verb="sms.pick_up",
            actor=user.as_actor(),
            subject=Subject("sms_pickup", str(made.pk)),
            at=at,
            facts={"count": len(lines)},
        )
        return made


def download_sms(*, pickup: SmsPickup, user: User, at: datetime) -> str:
    """The file as it was handed out; whoever takes it is told of. Journal: sms.download, in the access chain"""
    record_access(
        commission=pickup.commission.code,
        verb="sms.download",
        actor=user.as_actor(),
        subject=Subject("sms_pickup", str(pickup.pk)),
        at=at,
        facts={"count": pickup.message_count},
    )
    return pickup.content


def _is_wanted(notice: Notice) -> bool:
    return notice.read_at is None and notice.user.is_active and is_mobile(notice.user.phone)


def _by_person(notices: Iterable[Notice]) -> list[tuple[User, list[Notice]]]:
    return [
        (rows[0].user, rows) for _pk, group in groupby(notices, key=lambda each: each.user_id) if (rows := list(group))
    ]


def sms_text(person: User, notices: list[Notice]) -> str:
    """How many notices of which kinds wait, in the person's language: at most 70 characters, nothing of their text."""
    counts = Counter(NoticeKind(notice.kind) for notice in notices)
    with translation.override(person.language):
        name = settings.PRODUCT_NAME
        total = len(notices)
        said = ngettext(
            "【%(name)s】您有%(count)d条新通知（%(kinds)s），请登录系统查看。",
            "【%(name)s】您有%(count)d条新通知（%(kinds)s），请登录系统查看。",
            total,
        )
        kinds = _("、").join(str(kind.label) for kind, _count in counts.most_common())
        text = said % {"name": name, "count": total, "kinds": kinds}
        if len(text) <= MESSAGE_LENGTH:
            return text
        short = ngettext(
            "【%(name)s】您有%(count)d条新通知，请登录系统查看。",
            "【%(name)s】您有%(count)d条新通知，请登录系统查看。",
            total,
        )
        return (short % {"name": name, "count": total})[:MESSAGE_LENGTH]


def _as_csv(lines: Iterable[tuple[str, str]]) -> str:
    """Two columns as gateways take them; numbers are digits, so that no program reads a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow((_("手机号"), _("短信内容")))
    writer.writerows(("".join(each for each in phone if each.isdecimal()), text) for phone, text in lines)
    return file.getvalue()
