"""Notice 通知: one sentence to one person, with the address of what it speaks of; the row is also the mail's outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """What a person is told once: ``dedupe_key`` keeps the same reminder from reaching them twice."""

    class Mail(models.TextChoices):
        """Where the mail to this notice is."""

        NONE = "NONE", _("不发邮件")
        PENDING = "PENDING", _("待发送")
        SENT = "SENT", _("已发送")
        FAILED = "FAILED", _("发送失败")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name=_("收件人")
    )
    text = models.CharField(_("内容"), max_length=500)
    url = models.CharField(_("页面地址"), max_length=300)
    dedupe_key = models.CharField(_("去重标识"), max_length=200)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    mail_state = models.CharField(_("邮件"), max_length=8, choices=Mail, default=Mail.NONE)
    mail_attempt_count = models.PositiveSmallIntegerField(_("邮件尝试次数"), default=0)
    mail_next_try_at = models.DateTimeField(_("下次发送时间"), null=True, blank=True)
    mail_sent_at = models.DateTimeField(_("邮件发送时间"), null=True, blank=True)
    mail_error = models.CharField(_("邮件错误"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(fields=["mail_next_try_at"], condition=Q(mail_state="PENDING"), name="notices_mail_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe_key"], name="notices_told_once"),
            models.CheckConstraint(
                name="notices_lead_into_this_site", condition=Q(url__startswith="/") & ~Q(url__startswith="//")
            ),
            models.CheckConstraint(
                name="notices_mail_state_has_its_facts",
                condition=Q(mail_state="NONE")
                | Q(mail_state="PENDING", mail_next_try_at__isnull=False)
                | Q(mail_state="SENT", mail_sent_at__isnull=False)
                | (Q(mail_state="FAILED") & ~Q(mail_error="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text
