"""What reached the office by telephone or on paper (DOMAIN §4, last paragraph)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PhoneNote(models.Model):
    """A telephone note 电话记录: who, when, what was promised, and who keeps the promise (else whoever noted it)."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="phone_notes")
    with_whom = models.CharField(_("通话对象"), max_length=60)
    text = models.TextField(_("内容"))
    promised = models.CharField(_("承诺事项"), max_length=200, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("时间"))
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("承办人")
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("落实人"),
    )
    settled_at = models.DateTimeField(_("落实时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("电话记录")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["keeper"],
                condition=Q(settled_at__isnull=True) & ~Q(promised=""),
                name="open_promises_of_a_person",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="settled_promise_has_a_person",
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(promised="")),
            )
        ]


class IncomingPaper(models.Model):
    """A paper that came in 收文: its number, our register number, date, copies."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="incoming_papers")
    sender_number = models.CharField(_("来文字号"), max_length=60)
    register_number = models.CharField(_("收文号"), max_length=40)
    received_on = models.DateField(_("收文日期"))
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("收文登记")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["case", "register_number"], name="register_number_once_a_case")]
