"""PersonSession 登录会话: where a person is signed in, as they recognise it. Times are the machine's."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonSession(models.Model):
    """One signed-in session; the row goes with it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("用户")
    )
    session_key = models.CharField(_("会话"), max_length=40, unique=True)
    address = models.CharField(_("地址"), max_length=64, blank=True)
    agent = models.CharField(_("浏览器标识"), max_length=300, blank=True)
    began_at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近使用"))

    class Meta:
        verbose_name = verbose_name_plural = _("登录会话")

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at:%Y-%m-%d %H:%M}"
