"""Draw 随机抽取: one ceremony with everything that proves it. What was hashed is stored as the bytes that were hashed.

State and evidence are tied by CHECK on one row; ``triggers`` holds the database's refusal to change what is fixed.
"""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.core.subject import Subject
from investreview.draws.kinds import (
    BEFORE_NUMBERS,
    BEFORE_REQUEST,
    BEFORE_RESULT,
    DrawKind,
    DrawOutcome,
    DrawState,
    Reader,
)

HASH = 64


def person(label: Any, *, null: bool = True) -> Any:
    """A foreign key to somebody; people are never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=null, verbose_name=label
    )


def _tied(name: str, states: frozenset[DrawState], filled: Q, empty: Q) -> models.CheckConstraint:
    """Before these states are left nothing of the step is there; afterwards all of it."""
    before = Q(state__in=sorted(states))
    return models.CheckConstraint(name=name, condition=(before & empty) | (~before & filled))


class Draw(Versioned):
    """One draw of a commission: for a subject, a round and a purpose there is one and never another."""

    commission = models.ForeignKey(
        "registry.Commission", on_delete=models.PROTECT, related_name="draws", verbose_name=_("国资委")
    )
    kind = models.CharField(_("类别"), max_length=8, choices=DrawKind)
    subject_kind = models.CharField(_("事项类别"), max_length=32)
    subject_key = models.CharField(_("事项编号"), max_length=64)
    round = models.PositiveSmallIntegerField(_("轮次"))
    purpose = models.CharField(_("用途"), max_length=40)
    round_reason = models.CharField(_("重新抽取的理由"), max_length=500, blank=True)
    round_leader = person(_("决定重新抽取的领导"))
    round_document_sha256 = models.CharField(_("决定的扫描件摘要"), max_length=HASH, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=DrawState, default=DrawState.FROZEN)
    outcome = models.CharField(_("结果"), max_length=12, choices=DrawOutcome, blank=True)

    hash_name = models.CharField(_("摘要算法"), max_length=8)
    terms = models.JSONField(_("席位与回避，或抽样规则"))
    sources = models.JSONField(_("现场随机数字的来源"))
    pool_size = models.PositiveIntegerField(_("在库"))
    admitted_count = models.PositiveIntegerField(_("30日内新增"), default=0)
    removed_count = models.PositiveIntegerField(_("30日内退出"), default=0)
    simulated_count = models.PositiveIntegerField(_("模拟次数"), default=0)
    least_hits = models.PositiveIntegerField(_("模拟中最少入选次数"), default=0)
    most_hits = models.PositiveIntegerField(_("模拟中最多入选次数"), default=0)
    snapshot = models.BinaryField(_("名册"))
    snapshot_hash = models.CharField(_("名册摘要"), max_length=HASH)
    frozen_by = person(_("封存人"), null=False)
    frozen_at = models.DateTimeField(_("封存时间"))
    withdrawn_by = person(_("撤回人"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)

    seq = models.PositiveIntegerField(_("链上序号"), null=True, blank=True)
    number = models.CharField(_("抽取编号"), max_length=40, null=True, blank=True, unique=True)
    previous = models.CharField(_("前一次的日志首"), max_length=HASH, blank=True)
    request = models.BinaryField(_("抽取事项"), null=True, blank=True)
    request_hash = models.CharField(_("封存摘要"), max_length=HASH, blank=True)
    nonce_sealed = models.BinaryField(_("系统封存随机数"), null=True, blank=True)
    announced_by = person(_("抽取人"))
    announced_at = models.DateTimeField(_("公布时间"), null=True, blank=True)

    public_values = models.BinaryField(_("现场随机数字"), null=True, blank=True)
    witness = person(_("监督人"))
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    read_by = models.CharField(_("唱读人"), max_length=8, choices=Reader, blank=True)
    photo_sha256 = models.CharField(_("照片摘要"), max_length=HASH, blank=True)

    first = models.BinaryField(_("首次抽取结果"), null=True, blank=True)
    ranking = models.JSONField(_("已公布的签号"), default=list)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)
    wave_count = models.PositiveSmallIntegerField(_("递补次数"), default=0)

    result = models.BinaryField(_("最终结果"), null=True, blank=True)
    closed_by = person(_("关闭人"))
    closed_at = models.DateTimeField(_("关闭时间"), null=True, blank=True)
    close_reason = models.CharField(_("未成的理由"), max_length=500, blank=True)
    disclosed_by = person(_("公开人"))
    disclosed_at = models.DateTimeField(_("公开时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("随机抽取")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_key"], name="draws_draw_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "subject_kind", "subject_key", "round", "purpose"],
                condition=~Q(state=DrawState.WITHDRAWN),
                name="draws_one_draw_a_round",
            ),
            models.UniqueConstraint(fields=["commission", "seq"], name="draws_one_draw_a_place"),
            models.CheckConstraint(condition=Q(round__gte=1), name="draws_round_begins_at_one"),
            models.CheckConstraint(
                condition=Q(round=1, round_reason="", round_leader__isnull=True, round_document_sha256="")
                | (Q(round__gt=1, round_leader__isnull=False) & ~Q(round_reason="") & ~Q(round_document_sha256="")),
                name="draws_another_round_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawal_reason="")
                | ~Q(state=DrawState.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawal_reason=""),
                name="draws_withdrawn_by_somebody",
            ),
            _tied(
                "draws_announced_has_request",
                BEFORE_REQUEST,
                filled=Q(
                    seq__gte=1,
                    number__isnull=False,
                    request__isnull=False,
                    nonce_sealed__isnull=False,
                    announced_by__isnull=False,
                    announced_at__isnull=False,
                )
                & ~Q(previous="")
                & ~Q(request_hash=""),
                empty=Q(
                    seq__isnull=True,
                    number__isnull=True,
                    request__isnull=True,
                    nonce_sealed__isnull=True,
                    announced_by__isnull=True,
                    announced_at__isnull=True,
                    previous="",
                    request_hash="",
                ),
            ),
            _tied(
                "draws_numbers_have_witness",
                BEFORE_NUMBERS,
                filled=Q(public_values__isnull=False, witness__isnull=False, entered_at__isnull=False) & ~Q(read_by=""),
                empty=Q(
                    public_values__isnull=True,
                    witness__isnull=True,
                    entered_at__isnull=True,
                    read_by="",
                    photo_sha256="",
                ),
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | (~Q(witness=F("frozen_by")) & ~Q(witness=F("announced_by"))),
                name="draws_operator_is_not_witness",
            ),
            _tied(
                "draws_drawn_has_time",
                BEFORE_RESULT,
                filled=Q(drawn_at__isnull=False),
                empty=Q(drawn_at__isnull=True, first__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(kind=DrawKind.PANEL, state__in=[DrawState.DRAWN, DrawState.WAVE]) | Q(first__isnull=False),
                name="draws_panel_at_work_was_drawn",
            ),
            models.CheckConstraint(
                condition=(~Q(state=DrawState.WAVE) | Q(wave_count__gte=1))
                & (~Q(state__in=sorted(BEFORE_RESULT | {DrawState.DRAWN})) | Q(wave_count=0)),
                name="draws_waves_are_counted",
            ),
            _tied(
                "draws_ended_has_result",
                BEFORE_RESULT | {DrawState.DRAWN, DrawState.WAVE},
                filled=Q(result__isnull=False, closed_at__isnull=False) & ~Q(outcome=""),
                empty=Q(
                    result__isnull=True, closed_at__isnull=True, closed_by__isnull=True, outcome="", close_reason=""
                ),
            ),
            models.CheckConstraint(
                condition=~Q(outcome=DrawOutcome.FAILED) | ~Q(close_reason=""), name="draws_failed_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.DISCLOSED, disclosed_at__isnull=False)
                | (~Q(state=DrawState.DISCLOSED) & Q(disclosed_at__isnull=True, disclosed_by__isnull=True)),
                name="draws_disclosed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.INFEASIBLE) | Q(outcome=DrawOutcome.INFEASIBLE),
                name="draws_infeasible_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.subject_key} {self.round}"

    @property
    def subject(self) -> Subject:
        """What is drawn for, as journal entries keep it."""
        return Subject(self.subject_kind, self.subject_key)

    @property
    def snapshot_data(self) -> Any:
        """The snapshot as values."""
        return json.loads(bytes(self.snapshot))

    @property
    def request_data(self) -> Any:
        """The request as values; nothing before it is announced."""
        return json.loads(bytes(self.request)) if self.request is not None else None


class DrawChain(models.Model):
    """Where a commission's chain of draws ends; announcing locks this row."""

    commission = models.OneToOneField(
        "registry.Commission", on_delete=models.PROTECT, primary_key=True, related_name="+", verbose_name=_("国资委")
    )
    last_seq = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("抽取链")


class LogEntry(models.Model):
    """One entry of a draw's log: the bytes that were hashed and their hash. Append-only."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="log", verbose_name=_("抽取"))
    seq = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("类别"), max_length=16)
    at = models.DateTimeField(_("时间"))
    content = models.BinaryField(_("原文"))
    hash = models.CharField(_("摘要"), max_length=HASH)

    class Meta:
        verbose_name = verbose_name_plural = _("抽取日志")
        ordering = ["draw", "seq"]
        constraints = [models.UniqueConstraint(fields=["draw", "seq"], name="draws_log_entry_once")]

    @property
    def data(self) -> Any:
        """The entry as values."""
        return json.loads(bytes(self.content))
