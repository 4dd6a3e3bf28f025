"""Notice 通知: one sentence to one person, with the address of what it speaks of; the row is also the mail's outbox.

Beside it how each person wants to be told, and the files in which short messages were picked up.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.notices.kinds import NoticeKind

LONGEST_WINDOW = 24 * 60
"""No mail waits longer for its sender. Units: minutes."""


class Notice(models.Model):
    """What a person is told once: ``dedupe_key`` keeps the same reminder from reaching them twice."""

    class Mail(models.TextChoices):
        """Where the mail to this notice is."""

        NONE = "NONE", _("不发邮件")
        PENDING = "PENDING", _("待发送")
        HELD = "HELD", _("暂缓发送")
        SENT = "SENT", _("已发送")
        FAILED = "FAILED", _("发送失败")

    class Link(models.TextChoices):
        """Where the link in the mail leads: to the notice's page, or to a door that is made when the mail leaves."""

        PAGE = "PAGE", _("通知所述页面")
        NEW_PASSWORD = "NEW_PASSWORD", _("重设密码")
        NEW_EMAIL = "NEW_EMAIL", _("确认邮箱")

    class Sms(models.TextChoices):
        """Where the short message to this notice is."""

        NONE = "NONE", _("不发短信")
        PENDING = "PENDING", _("待提取")
        PICKED = "PICKED", _("已提取")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name=_("收件人")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=NoticeKind, default=NoticeKind.OTHER)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_notices",
        verbose_name=_("发出人"),
    )
    text = models.CharField(_("内容"), max_length=500)
    url = models.CharField(_("页面地址"), max_length=300)
    link = models.CharField(_("邮件链接"), max_length=12, choices=Link, default=Link.PAGE)
    dedupe_key = models.CharField(_("去重标识"), max_length=200)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    mail_state = models.CharField(_("邮件"), max_length=8, choices=Mail, default=Mail.NONE)
    mail_attempt_count = models.PositiveSmallIntegerField(_("邮件尝试次数"), default=0)
    mail_next_try_at = models.DateTimeField(_("下次发送时间"), null=True, blank=True)
    mail_sent_at = models.DateTimeField(_("邮件发送时间"), null=True, blank=True)
    mail_error = models.CharField(_("邮件错误"), max_length=200, blank=True)

    sms_state = models.CharField(_("短信"), max_length=8, choices=Sms, default=Sms.NONE)
    sms_pickup = models.ForeignKey(
        "SmsPickup", on_delete=models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("短信文件")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(fields=["mail_next_try_at"], condition=Q(mail_state="PENDING"), name="notices_mail_due"),
            models.Index(fields=["sent_by", "-id"], condition=Q(sent_by__isnull=False), name="notices_sent_by"),
            models.Index(fields=["user"], condition=Q(sms_state="PENDING"), name="notices_sms_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe_key"], name="notices_told_once"),
            models.CheckConstraint(
                name="notices_lead_into_this_site", condition=Q(url__startswith="/") & ~Q(url__startswith="//")
            ),
            models.CheckConstraint(
                name="notices_mail_state_has_its_facts",
                condition=Q(mail_state="NONE")
                | Q(mail_state="HELD", sent_by__isnull=False)
                | Q(mail_state="PENDING", mail_next_try_at__isnull=False)
                | Q(mail_state="SENT", mail_sent_at__isnull=False)
                | (Q(mail_state="FAILED") & ~Q(mail_error="")),
            ),
            models.CheckConstraint(
                name="notices_sms_picked_up_in_a_file",
                condition=Q(sms_state="PICKED", sms_pickup__isnull=False)
                | (~Q(sms_state="PICKED") & Q(sms_pickup__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def address(self) -> str:
        """Where the mail goes: to the person's address, or to the one that waits for its confirmation."""
        return self.user.new_email if self.link == self.Link.NEW_EMAIL else self.user.email


class NoticeChoice(models.Model):
    """How one person is told of one kind beside the page, on which everything stands; without a row by mail only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_choices", verbose_name=_("用户")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=NoticeKind)
    by_mail = models.BooleanField(_("邮件"), default=True)
    by_sms = models.BooleanField(_("短信"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("通知方式")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notices_one_choice_for_a_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class HoldWindow(models.Model):
    """停留时间: how long mails of a kind wait before they leave, where a commission and not the installation says so.

    Units: minutes.
    """

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    kind = models.CharField(_("类别"), max_length=12, choices=NoticeKind)
    minutes = models.PositiveSmallIntegerField(_("停留分钟"))

    class Meta:
        verbose_name = verbose_name_plural = _("邮件停留时间")
        constraints = [
            models.UniqueConstraint(fields=["commission", "kind"], name="notices_one_window_for_a_kind"),
            models.CheckConstraint(name="notices_window_within_a_day", condition=Q(minutes__lte=LONGEST_WINDOW)),
        ]

    def __str__(self) -> str:
        return f"{self.commission_id} {self.kind} {self.minutes}"


class SmsPickup(models.Model):
    """短信文件: the short messages that waited at one moment, for the commission's own gateway; kept as handed out."""

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    picked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("提取人"))
    picked_at = models.DateTimeField(_("提取时间"))
    message_count = models.PositiveIntegerField(_("条数"))
    content = models.TextField(_("内容"))

    class Meta:
        verbose_name = verbose_name_plural = _("短信文件")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk}"
