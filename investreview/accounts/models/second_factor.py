"""Second factor 动态口令: what a person's telephone computes besides what they know, and the codes for its loss."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SecondFactor(models.Model):
    """One person's telephone. The row exists from its confirmation by a first code; the key is sealed in it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="second_factor", verbose_name=_("用户")
    )
    sealed_key = models.BinaryField(_("密钥（密文）"))
    last_step = models.PositiveBigIntegerField(_("最近用过的时间步"))
    """Codes of this half minute and of earlier ones are used up."""
    confirmed_at = models.DateTimeField(_("启用时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("动态口令")

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """恢复码: one of ten on paper, good for one sign-in without the telephone; only its keyed hash is kept."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.PROTECT, related_name="codes", verbose_name=_("动态口令"))
    hash = models.CharField(_("哈希"), max_length=64)
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("恢复码")
        constraints = [models.UniqueConstraint(fields=["factor", "hash"], name="accounts_recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.factor_id} {self.pk}"
