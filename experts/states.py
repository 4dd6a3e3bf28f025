"""The states of seats, panels, sheets and conditions, and the groups of them that rules speak of (DOMAIN §6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PanelState(TextChoices):
    """Where a panel stands."""

    FROZEN = "FROZEN", _("已封存")
    ANNOUNCED = "ANNOUNCED", _("已公布摘要")
    INVITING = "INVITING", _("通知确认中")
    SCORING = "SCORING", _("独立评分中")
    FINALISING = "FINALISING", _("最终评分中")
    OPINION = "OPINION", _("论证意见签署中")
    CONCLUDED = "CONCLUDED", _("已形成结论")
    VOID = "VOID", _("已终止")


RUNNING = frozenset(PanelState) - {PanelState.CONCLUDED, PanelState.VOID}


class SeatState(TextChoices):
    """Where one seat stands; a seat exists from the moment its name is revealed to operator and supervisor."""

    REVEALED = "REVEALED", _("待通知")
    CONFIRMED = "CONFIRMED", _("已确认")
    DECLINED = "DECLINED", _("请假")
    UNREACHED = "UNREACHED", _("未能联系")
    RECUSED = "RECUSED", _("回避")
    REMOVED = "REMOVED", _("离席")
    CANCELLED = "CANCELLED", _("已取消")


SITTING = frozenset({SeatState.REVEALED, SeatState.CONFIRMED})
LEFT = frozenset({SeatState.DECLINED, SeatState.UNREACHED, SeatState.RECUSED, SeatState.REMOVED})
SEATING = frozenset({PanelState.INVITING, PanelState.SCORING, PanelState.FINALISING})
"""While names may still be revealed, confirmed and replaced; after the opinion is drafted nobody joins."""
REVIEWING = frozenset({PanelState.SCORING, PanelState.FINALISING})


class ParticipationMode(TextChoices):
    """Three equal ways to take part, chosen per panel."""

    ONLINE = "ONLINE", _("线上论证")
    ON_SITE = "ON_SITE", _("现场论证")
    PAPER = "PAPER", _("纸质论证")


class ConfirmedVia(TextChoices):
    """How a member confirmed: from their own sign-in, or on the telephone with an entry in the call register."""

    SIGN_IN = "SIGN_IN", _("本人登录确认")
    TELEPHONE = "TELEPHONE", _("电话确认")


class CallResult(TextChoices):
    """What came of one telephone call (电话通知登记表)."""

    AGREED = "AGREED", _("同意")
    LEAVE = "LEAVE", _("请假")
    RECUSAL = "RECUSAL", _("回避")
    NO_ANSWER = "NO_ANSWER", _("无人接听")
    SWITCHED_OFF = "SWITCHED_OFF", _("关机")
    WRONG_NUMBER = "WRONG_NUMBER", _("空号")


UNREACHED_RESULTS = frozenset({CallResult.NO_ANSWER, CallResult.SWITCHED_OFF, CallResult.WRONG_NUMBER})


class SheetStage(TextChoices):
    """An independent sheet before the discussion, a final one after; both kept, the final one counts."""

    INDEPENDENT = "INDEPENDENT", _("独立评分")
    FINAL = "FINAL", _("最终评分")


class SheetState(TextChoices):
    """A signed sheet never changes; a correction is a new version, a replaced expert's sheet is void."""

    DRAFT = "DRAFT", _("填写中")
    ENTERED = "ENTERED", _("已录入待核对")
    SIGNED = "SIGNED", _("已签名")
    SUPERSEDED = "SUPERSEDED", _("已被更正")
    VOID = "VOID", _("已作废")


class Verdict(TextChoices):
    """What one expert says."""

    AGREE = "AGREE", _("同意")
    AGREE_WITH_CHANGES = "AGREE_WITH_CHANGES", _("修改后同意")
    DISAGREE = "DISAGREE", _("不同意")


AGREEING = frozenset({Verdict.AGREE, Verdict.AGREE_WITH_CHANGES})


class SignedVia(TextChoices):
    """On screen or on paper; for a paper sheet the paper is the original."""

    SCREEN = "SCREEN", _("线上签名")
    PAPER = "PAPER", _("纸质签名")


class ConditionState(TextChoices):
    """Where a condition of the panel stands; only the commission finds it met."""

    OPEN = "OPEN", _("待落实")
    SUBMITTED = "SUBMITTED", _("已提交证明")
    RETURNED = "RETURNED", _("退回补充")
    MET = "MET", _("已落实")


AWAITED = frozenset({ConditionState.OPEN, ConditionState.RETURNED})
"""Conditions that wait for the enterprise."""


class TieKind(TextChoices):
    """How an expert belongs to an organisation."""

    EMPLOYED = "EMPLOYED", _("在职")
    REEMPLOYED = "REEMPLOYED", _("返聘")
    RETIRED = "RETIRED", _("退休前任职")
    OUTSIDE_DIRECTOR = "OUTSIDE_DIRECTOR", _("外部董事")


class ConflictKind(TextChoices):
    """Why a declared conflict party is one."""

    KIN = "KIN", _("近亲属任职")
    SHAREHOLDING = "SHAREHOLDING", _("股权关系")
    LOAN = "LOAN", _("借贷关系")
    DISPUTE = "DISPUTE", _("纠纷")
    FIRST_REVIEW = "FIRST_REVIEW", _("参加首次论证")
    OTHER = "OTHER", _("其他影响公正的关系")


class RecusalKind(TextChoices):
    """Whom an enterprise asks to stand aside: the people of an organisation, or a class of people; never a name."""

    ORGANISATION = "ORGANISATION", _("某一单位的人员")
    CLASS = "CLASS", _("某一类人员")


class RecusalState(TextChoices):
    """Where an enterprise's request of recusal stands."""

    OPEN = "OPEN", _("待答复")
    GRANTED = "GRANTED", _("同意")
    REFUSED = "REFUSED", _("不同意")
    WITHDRAWN = "WITHDRAWN", _("企业撤回")
