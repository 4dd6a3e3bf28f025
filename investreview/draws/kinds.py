"""The words of the draws room: kinds, states, outcomes, and the groups of them that rules speak of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DrawKind(TextChoices):
    """What is drawn: people for a panel or a team, or projects for a sample."""

    PANEL = "PANEL", _("抽取专家")
    SAMPLE = "SAMPLE", _("抽取项目")


class DrawState(TextChoices):
    """How far the ceremony has come (DRAW, "The ceremony on screen")."""

    FROZEN = "FROZEN", _("已封存名册")
    ANNOUNCED = "ANNOUNCED", _("已公布封存摘要")
    ENTROPY = "ENTROPY", _("已录入现场随机数字")
    DRAWN = "DRAWN", _("已抽取")
    WAVE = "WAVE", _("已递补")
    CLOSED = "CLOSED", pgettext_lazy("draw", "已关闭")
    DISCLOSED = "DISCLOSED", pgettext_lazy("draw", "已公开")
    INFEASIBLE = "INFEASIBLE", _("无法补足")
    WITHDRAWN = "WITHDRAWN", _("公布前撤回")


BEFORE_REQUEST = frozenset({DrawState.FROZEN, DrawState.WITHDRAWN})
"""No request yet, so no place in the chain of draws."""
BEFORE_NUMBERS = BEFORE_REQUEST | {DrawState.ANNOUNCED}
BEFORE_RESULT = BEFORE_NUMBERS | {DrawState.ENTROPY}
AT_WORK = frozenset({DrawState.DRAWN, DrawState.WAVE})
"""A panel stands and may still change."""
ENDED = frozenset({DrawState.CLOSED, DrawState.DISCLOSED, DrawState.INFEASIBLE})
"""The log is complete and the evidence may be handed out."""


class DrawOutcome(TextChoices):
    """How a round ended. After anything but COMPLETED the same subject may have another round."""

    COMPLETED = "COMPLETED", pgettext_lazy("draw", "已完成")
    FAILED = "FAILED", _("本轮未成")
    INFEASIBLE = "INFEASIBLE", _("人数不足")


class Reader(TextChoices):
    """Who read the numbers out; the other one typed them."""

    OPERATOR = "OPERATOR", _("抽取人")
    WITNESS = "WITNESS", _("监督人")


class WaveState(TextChoices):
    """A wave is asked for by the operator and takes effect with the witness."""

    PROPOSED = "PROPOSED", _("待监督人确认")
    RECORDED = "RECORDED", _("已记录")
    CANCELLED = "CANCELLED", pgettext_lazy("wave", "已取消")


class RankOutcome(TextChoices):
    """What became of a number, in ticket order."""

    SEATED = "SEATED", _("入选")
    JOINED = "JOINED", _("递补")
    LEFT = "LEFT", _("入选后退出")
    EXCLUDED = "EXCLUDED", _("回避")
    NOT_FITTING = "NOT_FITTING", _("席位不符")
