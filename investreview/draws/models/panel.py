"""Who was drawn: names sealed by number, members, reveals by two, waves by two."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from investreview.draws.kinds import WaveState
from investreview.draws.models.draw import HASH, Draw, person


class SealedOpening(models.Model):
    """Who stands behind a number, sealed until it is revealed or the confidential evidence is handed out."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="openings", verbose_name=_("抽取"))
    no = models.PositiveIntegerField(_("编号"))
    sealed = models.BinaryField(_("封存内容"))

    class Meta:
        verbose_name = verbose_name_plural = _("封存的姓名")
        ordering = ["draw", "no"]
        constraints = [models.UniqueConstraint(fields=["draw", "no"], name="draws_opening_once")]


class Member(models.Model):
    """Somebody who was drawn, by number. Whoever left never comes back."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="members", verbose_name=_("抽取"))
    no = models.PositiveIntegerField(_("编号"))
    ticket = models.CharField(_("签号"), max_length=HASH)
    rank = models.PositiveIntegerField(_("名次"))
    joined_wave = models.PositiveSmallIntegerField(_("入组批次"), default=0)
    left_wave = models.PositiveSmallIntegerField(_("退出批次"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入选人")
        ordering = ["draw", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "no"], name="draws_member_once"),
            models.UniqueConstraint(fields=["draw", "rank"], name="draws_rank_once"),
            models.CheckConstraint(
                condition=Q(left_wave__isnull=True) | Q(left_wave__gt=F("joined_wave")),
                name="draws_member_leaves_after_joining",
            ),
        ]


class Reveal(models.Model):
    """A name that the operator asked for and the witness let be shown; one at a time, in ticket order."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="reveals", verbose_name=_("抽取"))
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="reveal", verbose_name=_("入选人"))
    asked_by = person(pgettext_lazy("draw", "申请人"), null=False)
    asked_at = models.DateTimeField(_("申请时间"))
    confirmed_by = person(pgettext_lazy("draw", "确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("姓名揭示")
        constraints = [
            models.UniqueConstraint(
                fields=["draw"], condition=Q(confirmed_at__isnull=True), name="draws_one_reveal_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="draws_reveal_takes_two",
            ),
        ]


class Wave(models.Model):
    """Members leave and others join: asked for by the operator, in effect with the witness."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="waves", verbose_name=_("抽取"))
    ordinal = models.PositiveSmallIntegerField(_("批次"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=WaveState, default=WaveState.PROPOSED)
    left = models.JSONField(pgettext_lazy("wave", "退出"))
    own_acts = models.JSONField(_("本人在线表示的编号"), default=list)
    joined = models.JSONField(_("递补"), default=list)
    is_filled = models.BooleanField(_("已补足"), default=False)
    needs_countersignature = models.BooleanField(_("须纪检会签"))
    proposed_by = person(_("抽取人"), null=False)
    proposed_at = models.DateTimeField(_("提出时间"))
    countersigned_by = person(_("会签人"))
    countersigned_at = models.DateTimeField(_("会签时间"), null=True, blank=True)
    decided_by = person(_("监督人"))
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("递补")
        ordering = ["draw", "id"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "ordinal"], name="draws_wave_once"),
            models.UniqueConstraint(
                fields=["draw"], condition=Q(state=WaveState.PROPOSED), name="draws_one_wave_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=WaveState.RECORDED)
                | (
                    Q(ordinal__gte=1, decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="draws_wave_takes_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=WaveState.RECORDED, needs_countersignature=True)
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False),
                name="draws_large_wave_is_countersigned",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True)
                | (
                    ~Q(countersigned_by=F("proposed_by"))
                    & (Q(decided_by__isnull=True) | ~Q(countersigned_by=F("decided_by")) | Q(state=WaveState.CANCELLED))
                ),
                name="draws_wave_is_countersigned_by_a_third",
            ),
        ]
