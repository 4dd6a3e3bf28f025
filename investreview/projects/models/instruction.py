"""Instruction 批示: a leader's remark with a task, an addressee and a date, followed until it is settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Instruction(models.Model):
    """What a leader wants done about a case, by one office or one person, until when; kept for ever."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "OPEN", _("承办中")
        REPORTED = "REPORTED", _("已报告，待审阅")
        DONE = "DONE", _("已办结")

    UNSETTLED = frozenset({State.OPEN, State.REPORTED})

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="instructions")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("批示"))
    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承办人"),
    )
    due_on = models.DateField(_("完成期限"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.OPEN)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("批示人")
    )
    given_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(_("批示时间"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    key = models.CharField(_("提交标识"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("批示")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["office", "due_on"], condition=~Q(state="DONE"), name="instructions_of_an_office"),
            models.Index(fields=["person", "due_on"], condition=~Q(state="DONE"), name="instructions_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="instruction_once_a_case"),
            models.CheckConstraint(
                name="instruction_has_one_addressee",
                condition=Q(office__isnull=True, person__isnull=False) | Q(office__isnull=False, person__isnull=True),
            ),
            models.CheckConstraint(
                name="instruction_done_says_when_and_by_whom",
                condition=Q(state="DONE", done_at__isnull=False, done_by__isnull=False)
                | (~Q(state="DONE") & Q(done_at__isnull=True, done_by__isnull=True)),
            ),
            models.CheckConstraint(name="instruction_has_a_text", condition=~Q(text="")),
        ]

    @property
    def addressee(self) -> str:
        """Who is to do it, by name."""
        return str(self.office.name if self.office is not None else self.person.full_name if self.person else "")


class InstructionReport(models.Model):
    """One report on an instruction; the leader settles the instruction by it or sends it back with a reason."""

    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="reports")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("办理情况"))
    file = models.OneToOneField(
        "projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="reports_with"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("报告人")
    )
    reported_at = models.DateTimeField(_("报告时间"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("审阅时间"), null=True, blank=True)
    returned_reason = models.TextField(_("退回意见"), blank=True)

    class Meta:
        verbose_name = _("批示办理报告")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["instruction", "ordinal"], name="instruction_report_once"),
            models.UniqueConstraint(
                fields=["instruction"], condition=Q(answered_at__isnull=True), name="one_open_report_an_instruction"
            ),
            models.CheckConstraint(
                name="instruction_report_answered_by_somebody",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, returned_reason="")
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(name="instruction_report_has_a_text", condition=~Q(text="")),
        ]
