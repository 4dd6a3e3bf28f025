"""What a notice speaks of: for choosing how one is told, for holding mails, for whoever may not read the text."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """One kind for each occasion that a person would want to hear of in another way."""

    DUE = "DUE", _("期限提醒")
    OVERDUE = "OVERDUE", _("超期督办")
    QUESTION = "QUESTION", _("询问与答复")
    CORRECTION = "CORRECTION", _("更正")
    PANEL = "PANEL", _("专家论证")
    EVALUATION = "EVALUATION", _("后评价")
    MESSAGE = "MESSAGE", _("传阅与催办")
    HANDOVER = "HANDOVER", _("交接与代办")
    OPERATION = "OPERATION", _("系统运行")
    ACCOUNT = "ACCOUNT", _("账户安全")
    OTHER = "OTHER", _("其他")


CHOSEN_KINDS = tuple(kind for kind in NoticeKind if kind not in {NoticeKind.ACCOUNT, NoticeKind.OTHER})
"""How one is told of these is the person's choice; what concerns the account itself is always mailed."""
SENT_KINDS = (
    NoticeKind.QUESTION,
    NoticeKind.CORRECTION,
    NoticeKind.PANEL,
    NoticeKind.EVALUATION,
    NoticeKind.MESSAGE,
)
"""Mails of these are sent by a person, who may hold them before they leave."""
CALLED_KINDS = (NoticeKind.DUE, NoticeKind.OVERDUE)
"""What the office calls about when nobody has read it."""
