"""Agenda 议题清单 of a meeting, the cases on it, and the pack of all their papers in one PDF."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.core.subject import Subject


class Agenda(Versioned):
    """One meeting (党委会、主任办公会) with the cases that it is to consider, in order."""

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("会议名称"), max_length=80)
    held_on = models.DateField(_("会议日期"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("建立时间"))
    key = models.CharField(_("提交标识"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("会议议题清单")
        ordering = ["-held_on", "-id"]
        constraints = [models.CheckConstraint(name="agenda_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """How the journal names it."""
        return Subject("agenda", str(self.pk))


class AgendaItem(models.Model):
    """One case on an agenda; ``papers`` are the materials that go into the pack besides the commission's own papers."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="items")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="agenda_items")
    papers = models.ManyToManyField("projects.StoredFile", related_name="+", blank=True)

    class Meta:
        verbose_name = _("议题")
        ordering = ["ordinal", "id"]
        constraints = [models.UniqueConstraint(fields=["agenda", "case"], name="case_once_an_agenda")]


class MeetingPack(models.Model):
    """会议材料汇编: all papers of an agenda in one PDF, made in the background; never overwritten."""

    class State(models.TextChoices):
        """How far it is."""

        PENDING = "PENDING", _("正在汇编")
        DONE = "DONE", _("已汇编")
        FAILED = "FAILED", _("汇编失败")

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="packs")
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PENDING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"))
    of_version = models.PositiveIntegerField(_("清单版本"))
    papers_done = models.PositiveIntegerField(_("已汇入"), default=0)
    papers_total = models.PositiveIntegerField(_("共有"), default=0)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_try_at = models.DateTimeField(_("下次尝试"))
    error = models.CharField(_("错误代码"), max_length=80, blank=True)
    storage_name = models.CharField(_("存储名"), max_length=200, blank=True)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    size = models.BigIntegerField(_("大小（字节）"), default=0)
    page_count = models.PositiveIntegerField(_("页数"), default=0)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("会议材料汇编")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["agenda"], condition=Q(state="PENDING"), name="one_pack_at_work_an_agenda"),
            models.CheckConstraint(
                name="pack_done_has_its_file",
                condition=~Q(state="DONE") | (~Q(storage_name="") & ~Q(sha256="") & Q(done_at__isnull=False)),
            ),
            models.CheckConstraint(name="pack_failed_says_why", condition=~Q(state="FAILED") | ~Q(error="")),
        ]
