"""Our rows beside viewflow's: the process of a case, the work items people see, escalations that happened once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from experts.models import Seat
from experts.selectors.places import seat_at
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
    place = models.CharField(_("席位"), max_length=8, blank=True)
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
    refused_count = models.PositiveSmallIntegerField(_("自动办理被拒次数"), default=0)
    refused_code = models.CharField(_("被拒原因代码"), max_length=80, blank=True)

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
                fields=["process", "node", "office", "place"], condition=Q(state="OPEN"), name="one_open_item_a_node"
            ),
        ]

    @cached_property
    def holder(self) -> Seat:
        """Whoever holds the step's place of the panel now. Raises: NotVisible (experts_seat_not_visible)."""
        return seat_at(self.case, self.place)

    @property
    def hides_person(self) -> bool:
        """Whether the name of whoever does it is known to operator, supervisor and secretary only (DOMAIN §6)."""
        return bool(self.place)


class Stall(models.Model):
    """A process that stands still and was found so by the watchdog; one row until a person has set it going again."""

    class Kind(models.TextChoices):
        """What is wrong, in words that tell nothing of the case."""

        NO_STEP = "NO_STEP", _("流程没有待办环节")
        STEP_WITHOUT_ITEM = "STEP_WITHOUT_ITEM", _("环节没有待办事项")
        ACT_REFUSED = "ACT_REFUSED", _("到期自动办理多次未成")

    process = models.ForeignKey(ReviewProcess, on_delete=models.PROTECT, related_name="stalls")
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    code = models.CharField(_("错误代码"), max_length=80, blank=True)
    found_at = models.DateTimeField(_("发现时间"))
    ended_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("停滞的流程")
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=Q(ended_at__isnull=True), name="a_process_stalls_once_at_a_time"
            )
        ]


class Escalation(models.Model):
    """A reminder or escalation that happened; the unique key lets each happen once, whatever beats there are."""

    class Level(models.TextChoices):
        """Who was told (DOMAIN §4): the person before and on the last day, then the head, days later the leader."""

        AHEAD = "AHEAD", _("提前提醒")
        REMINDED = "REMINDED", _("提醒")
        HEAD = "HEAD", _("报处长")
        LEADER = "LEADER", _("报分管领导")

    class Clock(models.TextChoices):
        """Which deadline it was about."""

        STEP = "STEP", _("本环节")
        WHOLE = "WHOLE", _("全程")
        SUPPLEMENT = "SUPPLEMENT", _("补正")
        CONDITION = "CONDITION", _("论证条件")
        INSTRUCTION = "INSTRUCTION", _("批示")

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations")
    instruction = models.ForeignKey(
        "projects.Instruction", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
                condition=Q(item__isnull=True, instruction__isnull=True),
                name="case_escalates_once",
            ),
            models.UniqueConstraint(
                fields=["instruction", "level", "due_on"],
                condition=Q(instruction__isnull=False),
                name="instruction_escalates_once",
            ),
            models.CheckConstraint(
                name="escalation_of_an_instruction_names_it",
                condition=Q(clock="INSTRUCTION", instruction__isnull=False, item__isnull=True)
                | (~Q(clock="INSTRUCTION") & Q(instruction__isnull=True)),
            ),
        ]


class Circulation(models.Model):
    """传阅: a case is put before somebody who may read it anyway. It gives no right and moves no clock."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("传阅人员")
    )
    note = models.CharField(_("附言"), max_length=200, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("送阅人")
    )
    sent_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField(_("送阅时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("传阅")
        ordering = ["-id"]
        indexes = [models.Index(fields=["reader", "-id"], name="circulations_of_a_reader")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reader"], condition=Q(read_at__isnull=True), name="a_case_waits_once_for_a_reader"
            ),
            models.CheckConstraint(name="nobody_circulates_to_themselves", condition=~Q(reader=F("sent_by"))),
        ]


class Urging(models.Model):
    """催办: the enterprise asked the commission to go on, and may ask again from a day on."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("催办人")
    )
    asked_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField(_("催办时间"))
    asked_on = models.DateField(_("催办日期"))
    again_from = models.DateField(_("可再次催办日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("催办")
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "-id"], name="urgings_of_a_case")]
        constraints = [
            models.UniqueConstraint(fields=["case", "asked_on"], name="a_case_is_urged_once_a_day"),
            models.CheckConstraint(name="urged_again_later", condition=Q(again_from__gt=F("asked_on"))),
        ]


class Handover(models.Model):
    """工作交接: everything one person held went to others in one act, with its sheet."""

    number = models.CharField(_("交接单编号"), max_length=40, unique=True)
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(_("层级路径"), max_length=200)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("移交人")
    )
    performed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    reason = models.TextField(_("移交原因"))
    at = models.DateTimeField(_("移交时间"))
    document_id = models.BigIntegerField(_("交接单文书"), null=True, blank=True)

    class Meta:
        verbose_name = _("工作交接单")
        ordering = ["-id"]
        indexes = [models.Index(fields=["path", "-id"], name="handovers_by_path")]
        constraints = [models.CheckConstraint(name="handover_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.number


class HandoverLine(models.Model):
    """One thing that changed hands: a step, a case as its officer or drafter, a promise made on the telephone, an
    instruction by a leader."""

    PROMISE = "PROMISE"
    INSTRUCTION = "INSTRUCTION"

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(_("类别"), max_length=24)
    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("承办身份"), max_length=12, blank=True)
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.ForeignKey("projects.PhoneNote", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    instruction = models.ForeignKey(
        "projects.Instruction", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("接交人")
    )

    class Meta:
        verbose_name = _("移交事项")
        ordering = ["id"]
        indexes = [models.Index(fields=["case"], name="handover_lines_of_a_case")]
        constraints = [
            models.CheckConstraint(
                name="handover_line_moves_something",
                condition=Q(kind="PROMISE", note__isnull=False, instruction__isnull=True, item__isnull=True, part="")
                | Q(kind="INSTRUCTION", note__isnull=True, instruction__isnull=False, item__isnull=True, part="")
                | (
                    ~Q(kind__in=["INSTRUCTION", "PROMISE"])
                    & Q(note__isnull=True, instruction__isnull=True)
                    & (Q(item__isnull=False) | ~Q(part=""))
                ),
            )
        ]
