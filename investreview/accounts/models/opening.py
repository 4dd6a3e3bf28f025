"""Opening the office: people who came in one table, and passwords asked for by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PeopleImport(models.Model):
    """One table of people whose accounts were made in one act; ``key`` keeps the same form from doing it twice."""

    commission = models.ForeignKey(
        "registry.Commission", on_delete=models.PROTECT, related_name="+", verbose_name=_("国资委")
    )
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件校验值"), max_length=64)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("人员"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("导入人")
    )
    imported_at = models.DateTimeField(_("导入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("人员导入")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class PasswordRequest(models.Model):
    """Somebody asked by mail for a new password. The row is the queue: it is answered by the worker, once.

    The address is forgotten with the answer; ``email_key`` alone stays, so that the rate can be limited whether or
    not anybody has that address. Times are the machine's.
    """

    email = models.CharField(_("电子邮箱"), max_length=254, blank=True)
    email_key = models.CharField(_("邮箱标识"), max_length=64)
    address = models.CharField(_("网络地址"), max_length=64)
    asked_at = models.DateTimeField(_("申请时间"))
    answered_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("重设密码申请")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["email_key", "asked_at"], name="accounts_asked_by_mail"),
            models.Index(fields=["address", "asked_at"], name="accounts_asked_from"),
            models.Index(fields=["id"], condition=Q(answered_at__isnull=True), name="accounts_asked_unanswered"),
        ]
        constraints = [
            models.CheckConstraint(
                name="accounts_answered_address_is_forgotten",
                condition=(Q(answered_at__isnull=True) & ~Q(email="")) | Q(answered_at__isnull=False, email=""),
            ),
        ]

    def __str__(self) -> str:
        return self.email_key[:12]
