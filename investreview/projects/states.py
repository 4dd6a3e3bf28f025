"""The states of a case, the outcomes of a step, and the groups of them that rules speak of (DOMAIN §5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case stands; everything from FILED on is an end."""

    DRAFT = "DRAFT", _("草稿")
    AWAITING_RELEASE = "AWAITING_RELEASE", _("待集团报送")
    CHECKING = "CHECKING", _("齐备性审查")
    SUPPLEMENTING = "SUPPLEMENTING", _("待补正")
    REVIEWING = "REVIEWING", _("办理中")
    DEFERRED = "DEFERRED", _("暂缓")
    FILED = "FILED", _("予以备案")
    FILED_WITH_RISK = "FILED_WITH_RISK", _("备案并提示风险")
    REFUSED = "REFUSED", _("不予备案")
    RETURNED = "RETURNED", _("退回")
    WITHDRAWN = "WITHDRAWN", _("企业撤回")
    ENTERPRISE_DECIDED = "ENTERPRISE_DECIDED", _("企业自主决策")
    DISCARDED = "DISCARDED", _("草稿作废")


DECIDED = frozenset({CaseState.FILED, CaseState.FILED_WITH_RISK, CaseState.REFUSED})
FILED_STATES = frozenset({CaseState.FILED, CaseState.FILED_WITH_RISK})
ENDED = DECIDED | {
    CaseState.RETURNED,
    CaseState.WITHDRAWN,
    CaseState.ENTERPRISE_DECIDED,
    CaseState.DISCARDED,
}
OPEN = frozenset(CaseState) - ENDED
WRITABLE_BY_ENTERPRISE = frozenset({CaseState.DRAFT, CaseState.SUPPLEMENTING})
WITH_ENTERPRISE = WRITABLE_BY_ENTERPRISE | {CaseState.AWAITING_RELEASE}
WITH_COMMISSION = frozenset({CaseState.CHECKING, CaseState.SUPPLEMENTING, CaseState.REVIEWING, CaseState.DEFERRED})
SEEN_BY_COMMISSION = frozenset(CaseState) - {CaseState.DRAFT, CaseState.AWAITING_RELEASE, CaseState.DISCARDED}


class Proposal(TextChoices):
    """What the officer proposes and the signer decides."""

    FILE = "FILE", _("予以备案")
    FILE_WITH_RISK = "FILE_WITH_RISK", _("备案并提示风险")
    REFUSE = "REFUSE", _("不予备案")


OUTCOME_OF_PROPOSAL = {
    Proposal.FILE: CaseState.FILED,
    Proposal.FILE_WITH_RISK: CaseState.FILED_WITH_RISK,
    Proposal.REFUSE: CaseState.REFUSED,
}


class StepOutcome(TextChoices):
    """What a person's act did to the case."""

    PROPOSED = "PROPOSED", _("提出意见")
    AGREED = "AGREED", _("同意")
    NO_OBJECTION = "NO_OBJECTION", _("无意见")
    OBJECTED = "OBJECTED", _("有意见")
    SENT_BACK = "SENT_BACK", _("退回处室")
    SIGNED = "SIGNED", _("签发")
    DEFERRED = "DEFERRED", _("暂缓")
    RECORDED = "RECORDED", _("会议研究")


class DecidedVia(TextChoices):
    """Whether the decision was made on screen or on paper; both count the same.

    TAKEN_OVER: on paper before the case was taken over; its evidence is the 接续单 that two people signed.
    """

    SCREEN = "SCREEN", _("线上办理")
    PAPER = "PAPER", _("线下签批")
    TAKEN_OVER = "TAKEN_OVER", _("接续前线下办理")


class PanelConclusion(TextChoices):
    """What the expert panel concluded; advice to whoever decides (DOMAIN §6)."""

    PASS = "PASS", _("通过")
    CONDITIONAL = "CONDITIONAL", _("有条件通过")
    FAIL = "FAIL", _("不通过")


FAVOURABLE = frozenset({PanelConclusion.PASS, PanelConclusion.CONDITIONAL})
