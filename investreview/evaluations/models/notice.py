"""SampleNotice 后评价抽查通知: what a sampled enterprise is told, and who checked and signed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.core.subject import Subject
from investreview.evaluations.models.columns import differ, person
from investreview.evaluations.states import IN_HAND, SIGNED_STATES, WITHOUT_HEAD, NoticeState


class SampleNotice(Versioned):
    """The notice of one year's sample to one sampled group; officer, head and signer are three people.

    ``replaces`` is the notice in whose place this one is issued 作废重发; that one is VOIDED when this is delivered.
    """

    year = models.ForeignKey("evaluations.EvaluationYear", on_delete=models.PROTECT, related_name="notices")
    group = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(_("层级路径"), max_length=200, db_index=True)
    key = models.CharField(_("标识"), max_length=64, unique=True)
    state = models.CharField(_("状态"), max_length=16, choices=NoticeState.choices, default=NoticeState.DRAFTED)
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reissues", verbose_name=_("代替的通知")
    )
    reissue_reason = models.TextField(_("作废重发的理由"), blank=True)
    dropped_reason = models.TextField(_("放弃重发的理由"), blank=True)
    returned_reason = models.TextField(_("退回理由"), blank=True)
    number = models.CharField(_("发文字号"), max_length=120, blank=True)

    officer = person(_("拟稿人"))
    head = person(_("审核人"))
    head_for = person(_("被代审核人"))
    signer = person(_("签发人"))
    signer_for = person(_("被代签人"))
    drafted_at = models.DateTimeField(_("拟稿时间"))
    checked_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    checked_version = models.PositiveIntegerField(_("审核的文字版次"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("后评价抽查通知")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "group"], condition=Q(replaces__isnull=True), name="sample_notice_once_a_group"
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False) & ~Q(state=NoticeState.DROPPED),
                name="sample_notice_replaced_once",
            ),
            models.CheckConstraint(
                name="sample_notice_reissue_says_why",
                condition=Q(replaces__isnull=True, reissue_reason="")
                | (Q(replaces__isnull=False) & ~Q(reissue_reason="")),
            ),
            models.CheckConstraint(
                name="sample_notice_dropped_says_why",
                condition=(Q(state=NoticeState.DROPPED, replaces__isnull=False) & ~Q(dropped_reason=""))
                | (~Q(state=NoticeState.DROPPED) & Q(dropped_reason="")),
            ),
            models.CheckConstraint(
                name="sample_notice_voided_has_its_time",
                condition=Q(state=NoticeState.VOIDED, voided_at__isnull=False)
                | (~Q(state=NoticeState.VOIDED) & Q(voided_at__isnull=True)),
            ),
            models.CheckConstraint(name="sample_notice_has_its_officer", condition=Q(officer__isnull=False)),
            models.CheckConstraint(
                name="sample_notice_checked_by_somebody",
                condition=Q(
                    state__in=sorted(WITHOUT_HEAD),
                    checked_at__isnull=True,
                    head__isnull=True,
                    head_for__isnull=True,
                    checked_version__isnull=True,
                )
                | (
                    ~Q(state__in=sorted(WITHOUT_HEAD))
                    & Q(checked_at__isnull=False, head__isnull=False, checked_version__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="sample_notice_signed_has_its_number",
                condition=~Q(state__in=sorted(SIGNED_STATES))
                | (Q(signed_at__isnull=False, signer__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="sample_notice_delivered_has_its_time",
                condition=~Q(state__in=sorted(IN_HAND)) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sample_notice_acknowledged_has_its_time",
                condition=Q(state=NoticeState.ACKNOWLEDGED, acknowledged_at__isnull=False)
                | Q(state=NoticeState.VOIDED)
                | (~Q(state=NoticeState.ACKNOWLEDGED) & Q(acknowledged_at__isnull=True)),
            ),
            differ("sample_notice_officer_is_not_head", "officer", "head"),
            differ("sample_notice_officer_is_not_signer", "officer", "signer"),
            differ("sample_notice_head_is_not_signer", "head", "signer"),
            differ("sample_notice_head_not_for_self", "head", "head_for"),
            differ("sample_notice_signer_not_for_self", "signer", "signer_for"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def reissue(self) -> "SampleNotice | None":
        """The notice that was drafted to take the place of this one and was not dropped."""
        found: SampleNotice | None = self.reissues.exclude(state=NoticeState.DROPPED).first()
        return found

    @property
    def subject(self) -> Subject:
        """How journal and documents name this notice."""
        return Subject("evaluation_notice", self.key)
