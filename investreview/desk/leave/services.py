"""A leave is recorded, and the security administrators know that an authority is to be registered."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import Leave, User
from investreview.accounts.selectors import users_holding
from investreview.accounts.services.leaves import Absence, record_leave
from investreview.accounts.services.noting import home_of
from investreview.core.roles import Role
from investreview.notices.kinds import NoticeKind
from investreview.notices.services import notify


def propose_leave(*, person: User, absence: Absence, at: datetime) -> Leave:
    """The leave is recorded; a proposed substitute is told, and so is whoever registers authorities.

    Raises: what ``record_leave`` raises. Journal: leave.record.
    """
    with transaction.atomic():
        leave = record_leave(person=person, absence=absence, at=at)
        if leave.substitute is not None:
            for keeper in users_holding(Role.SECURITY_ADMIN, home_of(person).path, at=at):
                with translation.override(keeper.language):
                    text = _("%(person)s拟请%(substitute)s在休假期间代办，请收到书面授权后登记。")
                _tell(leave, keeper, text, f"/people/{person.pk}/?leave={leave.pk}", at)
            with translation.override(leave.substitute.language):
                text = _("%(person)s拟请%(substitute)s在休假期间代办；书面授权登记后生效。")
            _tell(leave, leave.substitute, text, "/leave/", at)
        return leave


def _tell(leave: Leave, whom: User, text: str, url: str, at: datetime) -> None:
    names = {"person": leave.person.full_name, "substitute": leave.substitute.full_name if leave.substitute else ""}
    key, kind = f"leave:{leave.pk}", NoticeKind.HANDOVER
    notify(users=[whom], text=text % names, url=url, dedupe_key=key, at=at, kind=kind)
