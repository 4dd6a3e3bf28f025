"""Our rows beside viewflow's: the process of a case, the work items people see, escalations that happened once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from investreview.core.roles import Role
from investreview.projects.models import Case


class ReviewProcess(Process):
    """The engine's run of a case; one for the whole life of the case."""

    case: "models.OneToOneField[Case, Case]" = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("办理流程")


class WorkItem(models.Model):
    """One human step: whose it is, since when, until when, who did it and what they did.

    viewflow's own time columns are never read; these are the times that clocks and lists show.
    """

    class State(models.TextChoices):
        """Whether the step is still to be done."""

        OPEN = "OPEN", _("待办")
        DONE = "DONE", _("已办")
        CANCELLED = "CANCELLED", _("已取消")
        RECALLED = "RECALLED", _("已收回")

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")
    process = models.ForeignKey(ReviewProcess, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    node = models.CharField(_("环节"), max_length=40)
    step = models.CharField(_("签批步骤"), max_length=40, blank=True)
    role = models.CharField(_("身份"), max_length=24, choices=Role.choices)
    path = models.CharField(_("层级路径"), max_length=200)
    office = models.CharField(_("处室"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    caused_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="caused")
    arrived_at = models.DateTimeField(_("到达时间"))
    due_on = models.DateField(_("本环节期限"), null=True, blank=True)
    opened_at = models.DateTimeField(_("打开时间"), null=True, blank=True)
    done_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    done_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    done_key = models.CharField(_("提交标识"), max_length=64, blank=True)
    act = models.CharField(_("办理结果"), max_length=40, blank=True)
    before = models.JSONField(_("办理前"), default=dict)

    class Meta:
        verbose_name = _("待办事项")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["role", "path", "due_on"], condition=Q(state="OPEN"), name="open_items_by_role"),
            models.Index(fields=["assignee", "due_on"], condition=Q(state="OPEN"), name="open_items_by_person"),
            models.Index(fields=["done_by", "-done_at"], condition=Q(state="DONE"), name="done_items_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="done_item_says_when_and_what",
                condition=~Q(state__in=["DONE", "RECALLED"]) | (Q(done_at__isnull=False) & ~Q(act="")),
            ),
            models.UniqueConstraint(
                fields=["process", "node", "office"], condition=Q(state="OPEN"), name="one_open_item_a_node"
            ),
        ]


class Escalation(models.Model):
    """A reminder or escalation that happened; the unique key lets each happen once, whatever beats there are."""

    class Level(models.TextChoices):
        """Who was told (DOMAIN §4): the person, the head at the deadline, the leader three working days later."""

        REMINDED = "REMINDED", _("提醒")
        HEAD = "HEAD", _("报处长")
        LEADER = "LEADER", _("报分管领导")

    class Clock(models.TextChoices):
        """Which deadline it was about."""

        STEP = "STEP", _("本环节")
        WHOLE = "WHOLE", _("全程")
        SUPPLEMENT = "SUPPLEMENT", _("补正")

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations")
    level = models.CharField(_("级别"), max_length=12, choices=Level.choices)
    clock = models.CharField(_("期限"), max_length=12, choices=Clock.choices)
    due_on = models.DateField(_("期限日"))
    happened_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("催办升级")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "item", "level", "clock", "due_on"],
                condition=Q(item__isnull=False),
                name="step_escalates_once",
            ),
            models.UniqueConstraint(
                fields=["case", "level", "clock", "due_on"],
                condition=Q(item__isnull=True),
                name="case_escalates_once",
            ),
        ]
