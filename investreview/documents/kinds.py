"""The words of the documents room: kinds, states, marks, and the groups of them that rules speak of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What a document is."""

    ACCEPTANCE_RECEIPT = "ACCEPTANCE_RECEIPT", _("接收单")
    SUPPLEMENT_NOTICE = "SUPPLEMENT_NOTICE", _("补正通知书")
    REGISTRATION_FORM = "REGISTRATION_FORM", _("投资项目备案表")
    APPROVAL_SHEET = "APPROVAL_SHEET", _("呈批表")
    FILING_LETTER = "FILING_LETTER", _("备案复函")
    REFUSAL_LETTER = "REFUSAL_LETTER", _("不予备案复函")
    SECOND_REVIEW_LETTER = "SECOND_REVIEW_LETTER", _("二次论证复函")
    DRAW_SEAL_SHEET = "DRAW_SEAL_SHEET", _("抽取事项封存单")
    DRAW_RECORD = "DRAW_RECORD", _("抽取记录表")
    DRAW_RECORD_PUBLIC = "DRAW_RECORD_PUBLIC", _("抽取记录表公开版")
    PANEL_OPINION = "PANEL_OPINION", _("专家组论证意见")
    PANEL_OPINION_EXCERPT = "PANEL_OPINION_EXCERPT", _("专家组论证意见（送企业文本）")
    CORRECTION_LETTER = "CORRECTION_LETTER", _("更正函")
    CORRECTION_SLIP = "CORRECTION_SLIP", _("更正单")
    HANDOVER_SHEET = "HANDOVER_SHEET", _("工作交接单")
    SAMPLE_NOTICE = "SAMPLE_NOTICE", _("后评价抽查通知")


LETTERS = frozenset(
    {
        DocumentKind.FILING_LETTER,
        DocumentKind.REFUSAL_LETTER,
        DocumentKind.SECOND_REVIEW_LETTER,
        DocumentKind.CORRECTION_LETTER,
        DocumentKind.SAMPLE_NOTICE,
    }
)
"""What is drafted, edited, signed and delivered; everything else is a form, issued in one act."""
DRAW_PAPERS = frozenset({DocumentKind.DRAW_SEAL_SHEET, DocumentKind.DRAW_RECORD, DocumentKind.DRAW_RECORD_PUBLIC})
"""What a draw leaves on paper; the enterprise never has one in hand."""
SERIES_FORMS = frozenset({DocumentKind.ACCEPTANCE_RECEIPT, DocumentKind.SUPPLEMENT_NOTICE, DocumentKind.PANEL_OPINION})
"""Forms whose number comes from a series."""
CODED_FORMS = DRAW_PAPERS | {
    DocumentKind.REGISTRATION_FORM,
    DocumentKind.APPROVAL_SHEET,
    DocumentKind.PANEL_OPINION_EXCERPT,
    DocumentKind.CORRECTION_SLIP,
    DocumentKind.HANDOVER_SHEET,
}
"""Forms that bring their number: a version code made from their content, or the number of what they belong to."""
ISSUED_BY_RULE = DRAW_PAPERS | {DocumentKind.PANEL_OPINION, DocumentKind.PANEL_OPINION_EXCERPT}
"""Papers that follow from a record by themselves, issued by the system when it is complete."""
FORMS = SERIES_FORMS | CODED_FORMS
ENTERPRISE_FORMS = frozenset(
    {
        DocumentKind.ACCEPTANCE_RECEIPT,
        DocumentKind.SUPPLEMENT_NOTICE,
        DocumentKind.REGISTRATION_FORM,
        DocumentKind.PANEL_OPINION_EXCERPT,
        DocumentKind.CORRECTION_SLIP,
        DocumentKind.HANDOVER_SHEET,
    }
)
"""Forms the enterprise may read as soon as they are issued; a letter only once it is delivered."""
ENTERPRISE_PAPERS = ENTERPRISE_FORMS | LETTERS
"""All that ever goes to an enterprise."""


class DrawOutcome(TextChoices):
    """What became of one rank of a draw's order."""

    SEATED = "SEATED", _("入选")
    JOINED = "JOINED", _("递补")
    LEFT = "LEFT", _("入选后退出")
    RECUSED = "RECUSED", _("回避")
    NO_SEAT = "NO_SEAT", _("席位已满")
    SAME_UNIT = "SAME_UNIT", _("同一单位已有入选")


class DrawParty(TextChoices):
    """The two sides of a draw; papers name the side, never the person."""

    OPERATOR = "OPERATOR", _("抽取人")
    SUPERVISOR = "SUPERVISOR", _("监督人")


class PanelVerdict(TextChoices):
    """What one expert's final sheet says."""

    AGREE = "AGREE", _("同意")
    AGREE_IF_CHANGED = "AGREE_IF_CHANGED", _("修改后同意")
    DISAGREE = "DISAGREE", _("不同意")


class PanelConclusion(TextChoices):
    """What the panel concludes; advice to the commission, never its decision."""

    PASS = "PASS", _("通过")
    CONDITIONAL = "CONDITIONAL", _("有条件通过")
    FAIL = "FAIL", _("不通过")


class DocumentState(TextChoices):
    """How far a document has come (DOMAIN §5, "A document lives")."""

    DRAFT = "DRAFT", _("草稿")
    COUNTERSIGNED = "COUNTERSIGNED", _("已会签")
    OFFICE_CHECKED = "OFFICE_CHECKED", _("已核稿")
    SIGNED = "SIGNED", _("已签发")
    NUMBERED = "NUMBERED", _("已编号")
    SEALED = "SEALED", _("已用印")
    DELIVERED = "DELIVERED", _("已送达")
    ARCHIVED = "ARCHIVED", _("已归档")
    VOIDED = "VOIDED", _("已作废")
    CORRECTED = "CORRECTED", _("已更正")


EDITABLE_STATES = frozenset({DocumentState.DRAFT, DocumentState.COUNTERSIGNED, DocumentState.OFFICE_CHECKED})
ISSUED_STATES = frozenset(
    {
        DocumentState.NUMBERED,
        DocumentState.SEALED,
        DocumentState.DELIVERED,
        DocumentState.ARCHIVED,
        DocumentState.CORRECTED,
    }
)
LIVE_STATES = frozenset(DocumentState) - {DocumentState.VOIDED, DocumentState.CORRECTED}
SENT_STATES = frozenset(
    {DocumentState.SEALED, DocumentState.DELIVERED, DocumentState.ARCHIVED, DocumentState.CORRECTED}
)
"""States after the seal: a mistake is put right by another letter, never by taking the signature back."""
UNSENT_STATES = EDITABLE_STATES | {DocumentState.SIGNED, DocumentState.NUMBERED}
"""States before the seal."""


class Mark(TextChoices):
    """Who may see a paper; printed on each page of a form. State secrets never enter this system."""

    PUBLIC = "PUBLIC", _("公开")
    INTERNAL = "INTERNAL", _("内部")
    TRADE_SECRET = "TRADE_SECRET", _("商业秘密")
    WORK_SECRET = "WORK_SECRET", _("工作秘密")


class RenditionPurpose(TextChoices):
    """What a PDF is for."""

    DRAFT = "DRAFT", _("草稿")
    ISSUED = "ISSUED", _("正式文稿（待用印）")
    SYSTEM_COPY = "SYSTEM_COPY", _("系统副本")


class RenditionState(TextChoices):
    """How far the making of a PDF has come; the row is the queue of record."""

    PENDING = "PENDING", _("排队中")
    DONE = "DONE", _("已生成")
    FAILED = "FAILED", _("生成失败")


class NumberMode(TextChoices):
    """Where the numbers of a series come from."""

    OWN_SERIES = "OWN_SERIES", _("系统自动编号")
    ENTERED = "ENTERED", _("按办公室登记簿录入")


class NumberState(TextChoices):
    """Whether a number is in use; a voided one stays in the register."""

    ISSUED = "ISSUED", _("有效")
    VOIDED = "VOIDED", _("作废")


class DeliveryChannel(TextChoices):
    """How a document went out."""

    ONLINE = "ONLINE", _("网上送达")
    PAPER = "PAPER", _("纸质送达")
