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


LETTERS = frozenset({DocumentKind.FILING_LETTER, DocumentKind.REFUSAL_LETTER})
SERIES_FORMS = frozenset({DocumentKind.ACCEPTANCE_RECEIPT, DocumentKind.SUPPLEMENT_NOTICE})
"""Forms whose number comes from a series."""
CODED_FORMS = frozenset({DocumentKind.REGISTRATION_FORM, DocumentKind.APPROVAL_SHEET})
"""Forms whose number is a version code made from their content."""
FORMS = SERIES_FORMS | CODED_FORMS
ENTERPRISE_FORMS = frozenset(
    {DocumentKind.ACCEPTANCE_RECEIPT, DocumentKind.SUPPLEMENT_NOTICE, DocumentKind.REGISTRATION_FORM}
)
"""Forms the enterprise may read as soon as they are issued; a letter only once it is delivered."""


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
