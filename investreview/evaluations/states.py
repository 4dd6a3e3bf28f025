"""The states of an evaluation year and of a sample notice, and the groups of them that rules speak of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class YearState(TextChoices):
    """How far a year's sample has come; frame, numbers and list are published in the act that draws them."""

    OPEN = "OPEN", _("确定范围")
    FROZEN = "FROZEN", _("已封存，待抽取")
    PUBLISHED = "PUBLISHED", _("已公布")


FIXED = frozenset({YearState.FROZEN, YearState.PUBLISHED})
"""The frame does not change any more."""


class NoticeState(TextChoices):
    """How far the notice to one enterprise has come."""

    DRAFTED = "DRAFTED", _("拟稿")
    HANDED_IN = "HANDED_IN", _("待审核")
    CHECKED = "CHECKED", _("待签发")
    SIGNED = "SIGNED", _("已签发")
    DELIVERED = "DELIVERED", _("已送达")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("已签收")
    VOIDED = "VOIDED", _("已作废，另发代替")
    DROPPED = "DROPPED", _("已放弃重发")


RETURNABLE = frozenset({NoticeState.HANDED_IN, NoticeState.CHECKED})
"""Head or leader may send the notice back to its officer."""
UNCHECKED = frozenset({NoticeState.DRAFTED, NoticeState.HANDED_IN})
WITHOUT_HEAD = UNCHECKED | {NoticeState.DROPPED}
IN_FORCE = frozenset({NoticeState.DELIVERED, NoticeState.ACKNOWLEDGED})
"""The enterprise has the notice and it holds; it can be made void and issued again."""
IN_HAND = IN_FORCE | {NoticeState.VOIDED}
"""The enterprise has the notice in hand."""
SIGNED_STATES = IN_HAND | {NoticeState.SIGNED}
