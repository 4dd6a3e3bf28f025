"""Panel 专家组 of a case: its draw, its meeting, its seats as they are revealed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experts.states import ConfirmedVia, PanelState, ParticipationMode, SeatState
from investreview.core.models import Versioned
from investreview.core.subject import Subject
from investreview.projects.states import PanelConclusion


def _person(label: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Panel(Versioned):
    """One panel on one case: first, or a later round after the leader's recorded reason."""

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="panels")
    round = models.PositiveSmallIntegerField(_("轮次"))
    round_reason = models.TextField(_("重新组织的理由"), blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=PanelState.choices, default=PanelState.FROZEN)
    draw = models.OneToOneField("draws.Draw", on_delete=models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField(_("席位数"))
    not_listed = models.JSONField(_("未列入名册人数"), default=dict)
    industries = models.JSONField(_("项目所属行业"), default=list)
    mode = models.CharField(_("参加方式"), max_length=8, choices=ParticipationMode.choices)
    meets_at = models.DateTimeField(_("论证时间"))
    place = models.CharField(_("论证地点"), max_length=120)
    duration = models.CharField(_("预计时长"), max_length=40)
    fee = models.CharField(_("劳务标准"), max_length=80)
    operator = _person(_("抽取人"))
    supervisor = _person(_("监督人"))
    secretary = _person(_("论证会务"))
    announced_at = models.DateTimeField(_("公布封存摘要时间"), null=True, blank=True)
    due_on = models.DateField(_("论证意见期限"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("全部确认时间"), null=True, blank=True)
    held_at = models.DateTimeField(_("论证会时间"), null=True, blank=True)
    meeting_note = models.TextField(_("论证会情况"), blank=True)
    chair = models.ForeignKey("experts.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    conclusion = models.CharField(_("论证结论"), max_length=12, choices=PanelConclusion.choices, blank=True)
    concluded_at = models.DateTimeField(_("形成结论时间"), null=True, blank=True)
    void_reason = models.TextField(_("终止理由"), blank=True)
    voided_by = _person(_("决定终止人"))
    voided_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    void_document = models.ForeignKey(
        "projects.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("专家组")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="panel_round_once"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state__in=["CONCLUDED", "VOID"]), name="one_running_panel_a_case"
            ),
            models.CheckConstraint(name="panel_is_odd", condition=Q(size__in=[3, 5, 7, 9, 11, 13])),
            models.CheckConstraint(name="later_round_has_a_reason", condition=Q(round=1) | ~Q(round_reason="")),
            models.CheckConstraint(
                name="void_has_reason_and_time",
                condition=~Q(state="VOID") | (~Q(void_reason="") & Q(voided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="new_round_has_its_document", condition=Q(voided_by__isnull=True) | Q(void_document__isnull=False)
            ),
            models.CheckConstraint(
                name="operator_is_not_supervisor",
                condition=Q(operator__isnull=True) | Q(supervisor__isnull=True) | ~Q(operator=F("supervisor")),
            ),
            models.CheckConstraint(
                name="conclusion_with_its_state",
                condition=Q(state="CONCLUDED", concluded_at__isnull=False, chair__isnull=False) & ~Q(conclusion="")
                | ~Q(state="CONCLUDED") & Q(conclusion="", concluded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject.key

    @property
    def subject(self) -> Subject:
        """How journal and documents name this panel; apart from its case, whose readers know no names."""
        return Subject("panel", f"{self.case.number}-{self.round}")


class Seat(Versioned):
    """One revealed member. ``place`` (1…size) passes from who leaves to who joins; ``draw_no`` is of the draw.

    ``seated_at``: the place is theirs for good, when invitations closed or when it was filled again; until then they
    leave without a task, from then on through the task of the place.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    expert = models.ForeignKey("experts.Expert", on_delete=models.PROTECT, related_name="seats")
    place = models.PositiveSmallIntegerField(_("席位"))
    draw_no = models.PositiveIntegerField(_("抽取编号"))
    seat_class = models.CharField(_("席位类别"), max_length=20, blank=True)
    wave = models.PositiveSmallIntegerField(_("递补批次"), default=0)
    state = models.CharField(_("状态"), max_length=12, choices=SeatState.choices, default=SeatState.REVEALED)
    revealed_at = models.DateTimeField(_("揭示时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_via = models.CharField(_("确认方式"), max_length=12, choices=ConfirmedVia.choices, blank=True)
    seated_at = models.DateTimeField(_("就席时间"), null=True, blank=True)
    left_at = models.DateTimeField(_("离席时间"), null=True, blank=True)
    left_reason = models.CharField(_("离席事由"), max_length=200, blank=True)
    attended = models.BooleanField(_("到会"), null=True, blank=True)
    was_late = models.BooleanField(_("迟到"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("席位")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="one_seat_a_person"),
            models.UniqueConstraint(fields=["panel", "draw_no"], name="seat_number_once"),
            models.UniqueConstraint(
                fields=["panel", "place"], condition=Q(state__in=["REVEALED", "CONFIRMED"]), name="one_person_a_place"
            ),
            models.CheckConstraint(
                name="confirmed_has_time_and_way",
                condition=~Q(state="CONFIRMED") | (Q(confirmed_at__isnull=False) & ~Q(confirmed_via="")),
            ),
            models.CheckConstraint(
                name="seated_after_confirming", condition=Q(seated_at__isnull=True) | Q(confirmed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="left_has_time_and_reason",
                condition=~Q(state__in=["DECLINED", "UNREACHED", "RECUSED", "REMOVED"])
                | (Q(left_at__isnull=False) & ~Q(left_reason="")),
            ),
        ]
