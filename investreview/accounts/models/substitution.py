"""Substitution 代办授权: somebody acts for somebody, under a written authority with a period and limits."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.core.money import MoneyField
from investreview.core.roles import SIGNING_ROLES, Role


class Substitution(models.Model):
    """The substitute holds the principal's role on the body, within period, routes and amount. Units: yuan."""

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="substitutions_given",
        verbose_name=_("委托人"),
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="substitutions_received",
        verbose_name=_("代办人"),
    )
    substitute_is_seconded = models.BooleanField(_("代办人为借调人员"))
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    path = models.CharField(_("层级路径"), max_length=200)
    valid_from = models.DateField(_("起始日期"))
    valid_until = models.DateField(_("截止日期"))
    max_amount_yuan = MoneyField(_("金额上限（元）"), null=True, blank=True)
    routes = models.JSONField(_("限定程序"), default=list, blank=True)
    authority_number = models.CharField(_("书面授权文号"), max_length=80)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("终止人"),
    )
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("代办授权")
        ordering = ["id"]
        indexes = [models.Index(fields=["substitute", "valid_until"], name="accounts_substitutions_of")]
        constraints = [
            models.CheckConstraint(
                name="accounts_nobody_substitutes_themselves", condition=~Q(principal=F("substitute"))
            ),
            models.CheckConstraint(
                name="accounts_substitution_recorded_by_a_third",
                condition=~Q(recorded_by=F("substitute")) & ~Q(recorded_by=F("principal")),
            ),
            models.CheckConstraint(name="accounts_substitution_has_an_authority", condition=~Q(authority_number="")),
            models.CheckConstraint(
                name="accounts_seconded_substitutes_never_sign",
                condition=Q(substitute_is_seconded=False) | ~Q(role__in=sorted(SIGNING_ROLES)),
            ),
            models.CheckConstraint(
                name="accounts_substitution_ends_after_it_begins", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="accounts_substitution_limit_is_positive",
                condition=Q(max_amount_yuan__isnull=True) | Q(max_amount_yuan__gt=0),
            ),
            models.CheckConstraint(
                name="accounts_substitution_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} → {self.substitute_id}"
