"""The journal (操作日志): what was done, by whom, for ever. No foreign key leaves this room.

``Entry`` and ``Seal`` are append-only: ``triggers`` holds the database's own refusal. ``content`` holds the exact bytes
that are sealed; the columns beside it are for finding entries and are compared with it by ``verify``.
"""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

SHORT = 64
LONG = 200


class Entry(models.Model):
    """One act: a verb, who did it, on what, when (the act's time and the machine's), with what result."""

    chain = models.CharField(_("链"), max_length=SHORT)
    verb = models.CharField(_("操作"), max_length=SHORT)
    actor_id = models.CharField(_("操作人编号"), max_length=SHORT)
    actor_name = models.CharField(_("操作人"), max_length=LONG)
    on_behalf_of = models.CharField(_("代行"), max_length=LONG, blank=True)
    subject_kind = models.CharField(_("对象类别"), max_length=SHORT)
    subject_key = models.CharField(_("对象编号"), max_length=LONG)
    at = models.DateTimeField(_("操作时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    result = models.CharField(_("结果"), max_length=SHORT)
    request_id = models.CharField(_("请求编号"), max_length=SHORT, blank=True)
    content = models.BinaryField(_("原文"))

    class Meta:
        verbose_name = verbose_name_plural = _("日志")
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "id"], name="journal_entry_subject"),
            models.Index(fields=["chain", "id"], name="journal_entry_chain"),
            models.Index(fields=["actor_id", "id"], name="journal_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.verb} {self.subject_kind}:{self.subject_key}"

    @property
    def facts(self) -> dict[str, Any]:
        """What the act was about, as it was sealed."""
        facts: dict[str, Any] = json.loads(bytes(self.content))["facts"]
        return facts


class Unsealed(models.Model):
    """An entry that waits for the sealer."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="unsealed")
    chain = models.CharField(_("链"), max_length=SHORT)

    class Meta:
        verbose_name = verbose_name_plural = _("待封存")
        indexes = [models.Index(fields=["chain", "entry"], name="journal_unsealed_chain")]


class Seal(models.Model):
    """An entry's place in its chain: number without gap, hash of the entry before, hash over both."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    chain = models.CharField(_("链"), max_length=SHORT)
    seq = models.PositiveBigIntegerField(_("序号"))
    prev = models.CharField(_("前一哈希"), max_length=64)
    hash = models.CharField(_("哈希"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("封存")
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="journal_seal_once_per_place"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="journal_seal_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.hash}"


class ChainHead(models.Model):
    """Where a chain ends; the sealer locks this row, so that only one seals a chain at a time."""

    chain = models.CharField(_("链"), max_length=SHORT, primary_key=True)
    seq = models.PositiveBigIntegerField(_("序号"), default=0)
    hash = models.CharField(_("哈希"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("链首")


class DenialWindow(models.Model):
    """One address and minute in which a denial was recorded; the rest of the scan is not."""

    chain = models.CharField(max_length=SHORT)
    address = models.CharField(_("地址"), max_length=SHORT)
    minute = models.DateTimeField(_("分钟"))

    class Meta:
        verbose_name = verbose_name_plural = _("拒绝访问窗口")
        constraints = [
            models.UniqueConstraint(fields=["chain", "address", "minute"], name="journal_one_denial_per_minute")
        ]
