"""What happens between a name and its seat: calls, a departure with its document, the conflict declaration."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experts.models.panel import Seat
from experts.states import LEFT, CallResult, SeatState, SignedVia


def _person(label: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


def _scan() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Call(models.Model):
    """One line of the 电话通知登记表."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="calls")
    called_at = models.DateTimeField(_("通话时间"))
    masked_phone = models.CharField(_("号码"), max_length=40)
    result = models.CharField(_("结果"), max_length=16, choices=CallResult.choices)
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    present = models.CharField(_("在场人员"), max_length=120)
    noted_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("电话通知登记")
        ordering = ["called_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="refusing_call_has_a_reason", condition=~Q(result__in=["LEAVE", "RECUSAL"]) | ~Q(reason="")
            ),
        ]


class Departure(models.Model):
    """离席: why a member leaves, on whose word, and the wave of the draw that filled the seat.

    On the expert's own sign-in it counts at once; told by the operator it needs a document and the supervisor.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="departures")
    kind = models.CharField(
        _("离席类别"), max_length=12, choices=[(state.value, state.label) for state in SeatState if state in LEFT]
    )
    reason = models.CharField(_("事由"), max_length=200)
    via = models.CharField(_("方式"), max_length=8, choices=SignedVia.choices)
    document = _scan()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    asked_at = models.DateTimeField(_("登记时间"))
    confirmed_by = _person(_("监督人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("不予确认时间"), null=True, blank=True)
    rejected_reason = models.TextField(_("不予确认理由"), blank=True)
    left_at = models.DateTimeField(_("离席时间"), null=True, blank=True)
    wave = models.PositiveSmallIntegerField(_("递补批次"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("离席")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(rejected_at__isnull=True), name="one_departure_a_seat"
            ),
            models.CheckConstraint(name="departure_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="told_departure_has_its_document",
                condition=Q(via="SCREEN", document__isnull=True) | Q(via="PAPER", document__isnull=False),
            ),
            models.CheckConstraint(
                name="departure_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="departure_decided_is_dated",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, rejected_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, rejected_at__isnull=True)
                | (Q(confirmed_by__isnull=False, rejected_at__isnull=False) & ~Q(rejected_reason="")),
            ),
            models.CheckConstraint(
                name="told_departure_left_after_the_supervisor",
                condition=Q(left_at__isnull=True) | Q(via="SCREEN") | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="wave_after_leaving", condition=Q(wave__isnull=True) | Q(left_at__isnull=False)
            ),
        ]


class ConflictDeclaration(models.Model):
    """The expert's signed statement on the parties listed by name; documents open only after it."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="declaration")
    parties = models.JSONField(_("所列单位"))
    has_conflict = models.BooleanField(_("存在应当回避的情形"))
    statement = models.TextField(_("说明"), blank=True)
    via = models.CharField(_("签名方式"), max_length=8, choices=SignedVia.choices)
    scan = _scan()
    entered_by = _person(_("录入人"))
    signed_at = models.DateTimeField(_("签名时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("回避承诺")
        constraints = [
            models.CheckConstraint(
                name="conflict_declared_with_its_statement", condition=Q(has_conflict=False) | ~Q(statement="")
            ),
            models.CheckConstraint(
                name="paper_declaration_has_its_scan",
                condition=Q(via="SCREEN", scan__isnull=True)
                | Q(via="PAPER", scan__isnull=False, entered_by__isnull=False),
            ),
        ]
