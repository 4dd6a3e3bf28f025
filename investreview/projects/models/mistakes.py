"""Mistakes on decided cases (DOMAIN §17): wrong data put right by a slip, a sent letter put right by another."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User


def _person(label: Any) -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=label
    )


class CorrectionSlip(models.Model):
    """更正单: one fact of a decided case, what was declared and what is right. The declaration itself stays.

    ``before`` and ``after`` are plain values as a submission freezes them. One proposes with evidence, another
    confirms or rejects; only then the page shows the new value.
    """

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="correction_slips")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    field = models.CharField(_("更正项目"), max_length=60)
    before = models.JSONField(_("原记载"), null=True)
    after = models.JSONField(_("更正为"), null=True)
    reason = models.TextField(_("更正理由"))
    evidence = models.ForeignKey("projects.StoredFile", on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出人"))
    proposed_at = models.DateTimeField(_("提出时间"))
    checked_by = _person(_("核对人"))
    confirmed_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("不予更正时间"), null=True, blank=True)
    rejected_reason = models.TextField(_("不予更正理由"), blank=True)
    document_id = models.BigIntegerField(_("更正单文书"), null=True, blank=True)

    class Meta:
        verbose_name = _("更正单")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="correction_slip_once"),
            models.UniqueConstraint(
                fields=["case", "field"],
                condition=Q(confirmed_at__isnull=True, rejected_at__isnull=True),
                name="one_waiting_slip_a_field",
            ),
            models.CheckConstraint(
                name="slip_checked_by_another", condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="slip_waits_or_is_answered",
                condition=Q(checked_by__isnull=True, confirmed_at__isnull=True, rejected_at__isnull=True)
                | Q(checked_by__isnull=False, confirmed_at__isnull=False, rejected_at__isnull=True)
                | (
                    Q(checked_by__isnull=False, confirmed_at__isnull=True, rejected_at__isnull=False)
                    & ~Q(rejected_reason="")
                ),
            ),
            models.CheckConstraint(
                name="confirmed_slip_has_its_paper",
                condition=Q(confirmed_at__isnull=True) | Q(document_id__isnull=False),
            ),
            models.CheckConstraint(name="slip_has_a_reason", condition=~Q(reason="")),
        ]

    @property
    def number(self) -> str:
        """How the slip is called: ``GZ-LYG-2024-0009-1``."""
        return f"GZ-{self.case.number}-{self.ordinal}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person has still to look at it."""
        return self.confirmed_at is None and self.rejected_at is None


class Remedy(models.Model):
    """How a mistake in a sent letter is put right: by a correction letter, or by a new letter in its place.

    It runs through drafting, check, signature and delivery; the case itself stays decided as it was.
    """

    class Kind(models.TextChoices):
        """A letter that corrects, or one that takes the place of the old."""

        CORRECTION = "CORRECTION", _("更正函")
        REISSUE = "REISSUE", _("作废重发")

    class State(models.TextChoices):
        """Where the new letter stands."""

        CHECKING = "CHECKING", _("待审核")
        RETURNED = "RETURNED", _("退回修改")
        SIGNING = "SIGNING", _("待签发")
        SENDING = "SENDING", _("待用印送达")
        DONE = "DONE", _("已送达")
        DROPPED = "DROPPED", _("已放弃")

    OPEN = frozenset({State.CHECKING, State.RETURNED, State.SIGNING, State.SENDING})

    case = models.ForeignKey("projects.Case", on_delete=models.PROTECT, related_name="remedies")
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("方式"), max_length=12, choices=Kind)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.CHECKING)
    attempt = models.PositiveSmallIntegerField(_("报审次数"), default=1)
    reason = models.TextField(_("错误情况"))
    original_id = models.BigIntegerField(_("原复函"))
    original_number = models.CharField(_("原发文字号"), max_length=120)
    letter_id = models.BigIntegerField(_("新文书"))
    number = models.CharField(_("新发文字号"), max_length=120, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("拟稿人"))
    drafted_at = models.DateTimeField(_("拟稿时间"))
    checked_by = _person(_("审核人"))
    signed_by = _person(_("签发人"))
    signed_for = _person(_("被代签人"))
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    dropped_reason = models.TextField(_("放弃理由"), blank=True)

    class Meta:
        verbose_name = _("复函纠错")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="remedy_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["CHECKING", "RETURNED", "SIGNING", "SENDING"]),
                name="one_open_remedy_a_case",
            ),
            models.CheckConstraint(
                name="remedy_in_three_hands",
                condition=(Q(checked_by__isnull=True) | ~Q(checked_by=F("drafted_by")))
                & (Q(signed_by__isnull=True) | (~Q(signed_by=F("drafted_by")) & ~Q(signed_by=F("checked_by")))),
            ),
            models.CheckConstraint(
                name="signed_remedy_has_its_evidence",
                condition=~Q(state__in=["SENDING", "DONE"])
                | (Q(checked_by__isnull=False, signed_by__isnull=False, signed_at__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="ended_remedy_says_when",
                condition=Q(state__in=["DONE", "DROPPED"], ended_at__isnull=False)
                | (~Q(state__in=["DONE", "DROPPED"]) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="dropped_remedy_has_a_reason", condition=~Q(state="DROPPED") | ~Q(dropped_reason="")
            ),
        ]
