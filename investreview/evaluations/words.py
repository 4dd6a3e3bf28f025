"""What people are told of post-evaluation, each in their own language."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.accounts.models import User
from investreview.evaluations.states import NoticeState
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify_each

_tell = partial(notify_each, kind=NoticeKind.EVALUATION)


def tell_of_due(users: Iterable[User], *, count: int, last: int, at: datetime) -> None:
    """The officers know that further projects are due."""

    def text() -> str:
        said = ngettext("又有 %(count)d 项后评价情形到期。", "又有 %(count)d 项后评价情形到期。", count)
        return said % {"count": count}

    _tell(users=users, text=text, url=reverse("evaluations:due"), dedupe_key=f"evaluation-due:{last}", at=at)


def tell_of_publication(users: Iterable[User], *, year: int, year_id: int, at: datetime) -> None:
    """Whoever works on the year knows that its sample is drawn and published."""

    def text() -> str:
        return _("%(year)d年度后评价抽查名单已抽取并公布。") % {"year": year}

    url = reverse("evaluations:sample", args=[year_id])
    _tell(users=users, text=text, url=url, dedupe_key=f"evaluation-published:{year_id}", at=at)


def tell_of_notice(
    users: Iterable[User], *, year: int, notice_id: int, number: str, at: datetime, sent_by: User | None
) -> None:
    """The people of a sampled enterprise know that the notice is theirs to acknowledge."""

    def text() -> str:
        return _("%(year)d年度后评价抽查通知（%(number)s）已送达，请签收。") % {"year": year, "number": number}

    url = reverse("evaluations:notice", args=[notice_id])
    _tell(users=users, text=text, url=url, dedupe_key=f"evaluation-notice:{notice_id}", at=at, sent_by=sent_by)


def tell_of_step(
    users: Iterable[User], *, group: str, year: int, notice_id: int, version: int, state: NoticeState, at: datetime
) -> None:
    """Whoever has the next step of a notice knows that it waits for them."""

    def text() -> str:
        facts = {"group": group, "year": year, "step": state.label}
        return _("%(group)s %(year)d年度后评价抽查通知当前为“%(step)s”，请办理。") % facts

    url = reverse("evaluations:notice", args=[notice_id])
    _tell(users=users, text=text, url=url, dedupe_key=f"evaluation-notice-step:{notice_id}:{version}", at=at)
