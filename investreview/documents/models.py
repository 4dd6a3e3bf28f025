"""Documents, their versions, PDFs, numbers, sealed originals and deliveries.

People and commissions are kept as text (id and name; code): the room knows no other room, and a document stays
readable when an account is gone.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.documents import codec
from investreview.documents.contents import Content
from investreview.documents.kinds import (
    EDITABLE_STATES,
    ISSUED_STATES,
    LETTERS,
    LIVE_STATES,
    UNSENT_STATES,
    DeliveryChannel,
    DocumentKind,
    DocumentState,
    Mark,
    NumberMode,
    NumberState,
    RenditionPurpose,
    RenditionState,
)


class NumberSeries(models.Model):
    """A row of numbers of one commission: label ``连国资函〔{year}〕{n}号`` or ``BA{year}-{n:04d}``."""

    commission = models.CharField(_("国资委代码"), max_length=16)
    code = models.CharField(_("系列代码"), max_length=32)
    label = models.CharField(_("编号格式"), max_length=80)
    mode = models.CharField(_("编号方式"), max_length=16, choices=NumberMode)
    first_year = models.PositiveIntegerField(_("启用年度"))
    first = models.PositiveIntegerField(_("启用年度起始号"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commission", "code"], name="documents_series_once"),
            models.CheckConstraint(condition=Q(first__gte=1), name="documents_series_first_positive"),
        ]


class NumberCounter(models.Model):
    """The next number of a series in a year; locked last, in the transaction that uses the number."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="counters")
    year = models.PositiveIntegerField(_("年度"))
    next = models.PositiveIntegerField(_("下一号"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="documents_counter_once"),
            models.CheckConstraint(condition=Q(next__gte=1), name="documents_counter_positive"),
        ]


class Document(Versioned):
    """One paper from its draft to its archive; state and evidence are tied by CHECK."""

    commission = models.CharField(_("国资委代码"), max_length=16)
    path = models.CharField(_("主体路径"), max_length=200)
    kind = models.CharField(_("文种"), max_length=32, choices=DocumentKind)
    subject_kind = models.CharField(_("事项类别"), max_length=32)
    subject_key = models.CharField(_("事项编号"), max_length=64)
    edition = models.PositiveIntegerField(_("同一事项第几份"))
    title = models.CharField(_("标题"), max_length=4000)
    mark = models.CharField(_("标识"), max_length=16, choices=Mark, default=Mark.INTERNAL)
    state = models.CharField(_("状态"), max_length=16, choices=DocumentState, default=DocumentState.DRAFT)
    created_at = models.DateTimeField(_("起草时间"))

    series = models.ForeignKey(NumberSeries, models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("编号"), max_length=120, blank=True)
    registration_number = models.CharField(_("备案登记号"), max_length=120, blank=True)
    dated_on = models.DateField(_("成文日期"), null=True)

    signed_version = models.ForeignKey("DocumentVersion", models.PROTECT, null=True, related_name="+")
    signer = models.CharField(_("签发人标识"), max_length=64, blank=True)
    signer_name = models.CharField(_("签发人"), max_length=100, blank=True)
    signer_on_behalf_of = models.CharField(_("代签发"), max_length=100, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True)
    issued_version = models.ForeignKey("DocumentVersion", models.PROTECT, null=True, related_name="+")
    content_sha256 = models.CharField(_("正文摘要"), max_length=64, blank=True)

    sealed_at = models.DateTimeField(_("用印时间"), null=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True)
    archived_at = models.DateTimeField(_("归档时间"), null=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    void_reason = models.CharField(_("作废原因"), max_length=500, blank=True)
    corrected_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrects")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replacements")

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_key"]), models.Index(fields=["number"])]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "subject_kind", "subject_key", "kind", "edition"],
                name="documents_edition_once",
            ),
            models.UniqueConstraint(
                fields=["commission", "subject_kind", "subject_key", "kind"],
                condition=Q(kind__in=sorted(LETTERS), state__in=sorted(LIVE_STATES), replaces__isnull=True),
                name="documents_one_live_letter",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False, state__in=sorted(UNSENT_STATES)),
                name="documents_one_remedy_at_work",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(EDITABLE_STATES))
                | Q(signed_version__isnull=True, signer="", signed_at__isnull=True, number=""),
                name="documents_draft_is_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ISSUED_STATES | {DocumentState.SIGNED}))
                | (Q(signed_version__isnull=False, signed_at__isnull=False, dated_on__isnull=False) & ~Q(signer="")),
                name="documents_signed_has_signer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ISSUED_STATES))
                | (Q(issued_version__isnull=False) & ~Q(number="") & ~Q(content_sha256="")),
                name="documents_issued_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.SEALED) | Q(sealed_at__isnull=False),
                name="documents_sealed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.DELIVERED) | Q(delivered_at__isnull=False),
                name="documents_delivered_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.ARCHIVED) | Q(archived_at__isnull=False),
                name="documents_archived_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.VOIDED) | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="documents_voided_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.CORRECTED) | Q(corrected_by__isnull=False),
                name="documents_corrected_has_correction",
            ),
        ]

    @property
    def kept_registration_number(self) -> str:
        """The 备案登记号 that a reissued reply takes over from the one it replaces; a 更正函 carries none."""
        if self.replaces is None or self.kind == DocumentKind.CORRECTION_LETTER:
            return ""
        number: str = self.replaces.registration_number
        return number


class DocumentVersion(models.Model):
    """One state of the text, never changed; ``content`` is the canonical JSON whose SHA-256 is kept beside it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    ordinal = models.PositiveIntegerField(_("版次"))
    content = models.TextField(_("内容"))
    sha256 = models.CharField(_("摘要"), max_length=64)
    author = models.CharField(_("修改人标识"), max_length=64)
    author_name = models.CharField(_("修改人"), max_length=100)
    at = models.DateTimeField(_("时间"))
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="documents_version_once")]

    @property
    def parsed(self) -> Content:
        """The content as its dataclass."""
        return codec.from_json(self.content)


class Rendition(models.Model):
    """One PDF of one version; at most one per purpose."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="renditions")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="renditions")
    purpose = models.CharField(_("用途"), max_length=16, choices=RenditionPurpose)
    state = models.CharField(_("状态"), max_length=16, choices=RenditionState, default=RenditionState.PENDING)
    file = models.FileField(_("文件"), max_length=200, blank=True)
    sha256 = models.CharField(_("文件摘要"), max_length=64, blank=True)
    attempts = models.PositiveIntegerField(_("尝试次数"), default=0)
    error = models.CharField(_("错误代码"), max_length=80, blank=True)
    next_try_at = models.DateTimeField(_("下次尝试"))
    done_at = models.DateTimeField(_("生成时间"), null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state=RenditionState.PENDING), name="documents_renditions_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "purpose"], name="documents_rendition_once"),
            models.CheckConstraint(
                condition=~Q(state=RenditionState.DONE) | (~Q(file="") & ~Q(sha256="") & Q(done_at__isnull=False)),
                name="documents_rendition_done_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(state=RenditionState.FAILED) | ~Q(error=""), name="documents_rendition_failed_has_error"
            ),
        ]


class IssuedNumber(models.Model):
    """One number that was given, in the register for ever."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="numbers")
    year = models.PositiveIntegerField(_("年度"))
    ordinal = models.PositiveIntegerField(_("序号"))
    text = models.CharField(_("编号"), max_length=120)
    subject_kind = models.CharField(_("事项类别"), max_length=32)
    subject_key = models.CharField(_("事项编号"), max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="numbers")
    state = models.CharField(_("状态"), max_length=16, choices=NumberState, default=NumberState.ISSUED)
    issued_at = models.DateTimeField(_("编号时间"))
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    void_reason = models.CharField(_("作废原因"), max_length=500, blank=True)
    voided_by = models.CharField(_("作废人标识"), max_length=64, blank=True)
    voided_by_name = models.CharField(_("作废人"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "ordinal"], name="documents_number_once"),
            models.UniqueConstraint(fields=["series", "text"], name="documents_number_text_once"),
            models.CheckConstraint(
                condition=~Q(state=NumberState.VOIDED) | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="documents_voided_number_has_reason",
            ),
        ]

    @property
    def is_reserved(self) -> bool:
        """Whether the number waits for its letter, whose signature was taken back."""
        document = self.document
        if document is None or self.state != NumberState.ISSUED:
            return False
        return self.text not in (document.number, document.registration_number)


class WithdrawnSignature(models.Model):
    """A signature that its signer took back before the seal; what was signed and issued then stays readable."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="withdrawn_signatures")
    signed_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")
    issued_version = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("编号"), max_length=120, blank=True)
    registration_number = models.CharField(_("备案登记号"), max_length=120, blank=True)
    dated_on = models.DateField(_("成文日期"))
    content_sha256 = models.CharField(_("正文摘要"), max_length=64, blank=True)
    signer = models.CharField(_("签发人标识"), max_length=64)
    signer_name = models.CharField(_("签发人"), max_length=100)
    signer_on_behalf_of = models.CharField(_("代签发"), max_length=100, blank=True)
    signed_at = models.DateTimeField(_("签发时间"))
    withdrawn_by = models.CharField(_("撤回人标识"), max_length=64)
    withdrawn_by_name = models.CharField(_("撤回人"), max_length=100)
    withdrawn_at = models.DateTimeField(_("撤回时间"))
    reason = models.CharField(_("撤回理由"), max_length=500)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["number"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="documents_withdrawal_has_reason"),
        ]


class SealedOriginal(models.Model):
    """The paper that was sealed, as a scan (PDF) or as OFD, with its hash."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="sealed_originals")
    file = models.FileField(_("文件"), max_length=200)
    name = models.CharField(_("原文件名"), max_length=300)
    kind = models.CharField(_("格式"), max_length=16)
    size = models.PositiveBigIntegerField(_("字节数"))
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    uploaded_by = models.CharField(_("上传人标识"), max_length=64)
    uploaded_by_name = models.CharField(_("上传人"), max_length=100)
    sealed_on = models.DateField(_("用印日期"))
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "sha256"], name="documents_sealed_original_once")]


class Delivery(models.Model):
    """One way by which a document went to the enterprise, and the enterprise's acknowledgement."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("送达方式"), max_length=16, choices=DeliveryChannel)
    recipient = models.CharField(_("收件单位或收件人"), max_length=200)
    delivered_at = models.DateTimeField(_("送达时间"))
    delivered_by = models.CharField(_("送达人标识"), max_length=64)
    delivered_by_name = models.CharField(_("送达人"), max_length=100)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True)
    acknowledged_by = models.CharField(_("签收人标识"), max_length=64, blank=True)
    acknowledged_by_name = models.CharField(_("签收人"), max_length=100, blank=True)

    class Meta:
        verbose_name_plural = _("送达")
        constraints = [
            models.UniqueConstraint(fields=["document", "channel"], name="documents_delivery_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="")
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by="")),
                name="documents_acknowledgement_has_person",
            ),
        ]
