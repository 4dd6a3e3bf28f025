"""The past 补录 (DOMAIN §16): what was decided on paper before the system, entered by one person, checked by another.

Nothing here has a process, a new number or an act: a past decision is read, counted and marked, and no more.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investreview.core.models import Versioned
from investreview.core.money import MoneyField
from investreview.core.subject import Subject
from investreview.projects.labels import route_label
from investreview.projects.models.declaration import KIND_LABELS, NATURE_LABELS
from investreview.projects.states import DECIDED, CaseState
from investreview.rulebook.names import ROUTES
from investreview.rulebook.vocabulary import Route

PAST_ROUTES = tuple((route.value, words.zh) for route, words in ROUTES.items() if route is not Route.BLOCKED)
PAST_OUTCOMES = tuple((state.value, state.label) for state in CaseState if state in DECIDED)


class Backfill(Versioned):
    """A batch of past decisions or of cases under way 补录批次, typed in or from a ledger; its state is the one switch.

    A batch of cases under way is compared row by row: it is ACCEPTED when another person has dealt with its last row.
    The row is the queue of record of its own work: ``next_try_at`` says when a worker may take it (again).
    """

    class Source(models.TextChoices):
        """How the batch came in."""

        FORM = "FORM", _("逐项录入")
        LEDGER = "LEDGER", _("台账导入")
        ONGOING = "ONGOING", _("在途台账导入")

    class State(models.TextChoices):
        """READING, STORING and PURGING are the worker's; only ACCEPTED counts."""

        READING = "READING", _("试导入中")
        FAULTY = "FAULTY", _("有错误，未写入")
        CLEAN = "CLEAN", _("试导入通过，未写入")
        STORING = "STORING", _("写入中")
        WAITING = "WAITING", _("待核对")
        RETURNED = "RETURNED", _("核对不符，已退回")
        ACCEPTED = "ACCEPTED", _("已生效")
        PURGING = "PURGING", _("清除中")
        DISCARDED = "DISCARDED", _("已作废")

    WORKING = frozenset({State.READING, State.STORING, State.PURGING})

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices)
    creation_key = models.CharField(_("创建标识"), max_length=64, unique=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    storage_name = models.CharField(_("存储名"), max_length=200, blank=True)
    size = models.BigIntegerField(_("大小（字节）"), default=0)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    sheet = models.CharField(_("工作表"), max_length=60, blank=True)
    ignored = models.JSONField(_("未读取的列"), default=list)
    row_count = models.PositiveIntegerField(_("行数"), default=0)
    rows_done = models.PositiveIntegerField(_("已处理行数"), default=0)
    percent = models.PositiveSmallIntegerField(_("进度（百分比）"), default=0)
    fault_count = models.PositiveIntegerField(_("错误数"), default=0)
    content_sha256 = models.CharField(_("内容校验值"), max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_try_at = models.DateTimeField(_("下次处理时间"), null=True, blank=True)
    error = models.CharField(_("中断原因"), max_length=80, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("录入人")
    )
    entered_at = models.DateTimeField(_("录入时间"))
    sample = models.JSONField(_("抽查的行"), default=list)
    sampled_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    returned_reason = models.TextField(_("退回理由"), blank=True)

    class Meta:
        verbose_name = _("补录批次")
        indexes = [
            models.Index(fields=["commission", "-id"], name="backfill_by_commission"),
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=["PURGING", "READING", "STORING"]), name="backfill_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="backfill_checked_by_another",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="backfill_accepted_was_checked",
                condition=~Q(state="ACCEPTED") | Q(checked_by__isnull=False, checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="backfill_returned_says_why",
                condition=~Q(state="RETURNED") | (Q(checked_by__isnull=False) & ~Q(returned_reason="")),
            ),
            models.CheckConstraint(
                name="backfill_ledger_has_its_file",
                condition=Q(source="FORM", storage_name="", sha256="")
                | (Q(source__in=["LEDGER", "ONGOING"]) & ~Q(storage_name="") & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="backfill_stored_is_without_fault",
                condition=~Q(state__in=["CLEAN", "STORING", "WAITING", "ACCEPTED"]) | Q(fault_count=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.pk}"

    @property
    def subject(self) -> Subject:
        """How the journal names this batch."""
        return Subject("backfill", str(self.pk))


class BackfillFault(models.Model):
    """What a trial import found: place, code and facts, told in the reader's language."""

    backfill = models.ForeignKey(Backfill, on_delete=models.PROTECT, related_name="faults")
    row = models.PositiveIntegerField(_("行"))
    fault = models.JSONField(_("待改正之处"))

    class Meta:
        verbose_name = _("导入问题")
        ordering = ["id"]


class PastDecision(models.Model):
    """One project as it was decided on paper; it counts once its batch is accepted, and can never be acted on."""

    backfill = models.ForeignKey(Backfill, on_delete=models.PROTECT, related_name="decisions")
    ordinal = models.PositiveIntegerField(_("批内序号"))
    source_row = models.PositiveIntegerField(_("台账行号"), null=True, blank=True)
    source_cells = models.JSONField(_("台账原文"), default=dict)
    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="past_decision")
    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, verbose_name=_("国资委"))
    enterprise = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="+", verbose_name=_("投资主体")
    )
    group = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="+", verbose_name=_("监管企业")
    )
    path = models.CharField(_("层级路径"), max_length=200, db_index=True)

    number = models.CharField(_("原备案号"), max_length=60)
    number_key = models.CharField(_("原备案号（归一）"), max_length=60)
    document_number = models.CharField(_("原发文字号"), max_length=60, blank=True)
    kind = models.CharField(_("投资类别"), max_length=12, choices=list(KIND_LABELS.items()))
    nature = models.CharField(_("主业属性"), max_length=12, choices=list(NATURE_LABELS.items()))
    route = models.CharField(_("办理路径"), max_length=24, choices=PAST_ROUTES)
    outcome = models.CharField(_("办理结果"), max_length=20, choices=PAST_OUTCOMES)
    amount_yuan = MoneyField(_("投资额"))
    decided_on = models.DateField(_("决定日期"))
    signer = models.CharField(_("签发人"), max_length=40)
    counterparty = models.CharField(_("合作方或者标的"), max_length=120, blank=True)
    site = models.CharField(_("建设（投资）地点"), max_length=120, blank=True)
    study_number = models.CharField(_("可研报告编号"), max_length=60, blank=True)
    completed_on = models.DateField(_("竣工验收日期"), null=True, blank=True)
    commissioned_on = models.DateField(_("投运（交割）日期"), null=True, blank=True)
    actual_yuan = MoneyField(_("实际完成投资"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("补录项目")
        indexes = [models.Index(fields=["commission", "-decided_on", "-id"], name="past_by_commission")]
        constraints = [
            models.UniqueConstraint(fields=["commission", "number_key"], name="past_number_once"),
            models.UniqueConstraint(fields=["backfill", "ordinal"], name="past_row_once"),
            models.CheckConstraint(
                name="past_is_told_in_full",
                condition=~Q(number="")
                & ~Q(number_key="")
                & ~Q(signer="")
                & Q(kind__in=sorted(KIND_LABELS), nature__in=sorted(NATURE_LABELS))
                & Q(route__in=sorted(key for key, _label in PAST_ROUTES))
                & Q(outcome__in=sorted(key for key, _label in PAST_OUTCOMES)),
            ),
            models.CheckConstraint(
                name="past_amounts_not_negative",
                condition=Q(amount_yuan__gte=0) & (Q(actual_yuan__isnull=True) | Q(actual_yuan__gte=0)),
            ),
            models.CheckConstraint(
                name="past_refused_was_not_built",
                condition=~Q(outcome="REFUSED")
                | Q(completed_on__isnull=True, commissioned_on__isnull=True, actual_yuan__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def route_name(self) -> str:
        """What the route is called, in the language of the page."""
        return route_label(self.route)

    @property
    def needs_panel(self) -> bool:
        """Whether an expert panel reviewed it, so that it counts as a second review and not as a filing."""
        return self.route == Route.EXPERT_PANEL


class PastPaper(models.Model):
    """A scan 扫描件 of what was decided on paper: of a past decision, or of a case that was taken over."""

    decision = models.ForeignKey(PastDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    takeover = models.ForeignKey(
        "projects.Takeover", on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    name = models.CharField(_("文件名"), max_length=200)
    kind = models.CharField(_("类型"), max_length=8)
    size = models.BigIntegerField(_("大小（字节）"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    page_count = models.PositiveIntegerField(_("页数"), null=True, blank=True)
    storage_name = models.CharField(_("存储名"), max_length=200, unique=True)
    is_later = models.BooleanField(_("核对后补挂"), default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("补录扫描件")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="past_paper_belongs_to_one",
                condition=Q(decision__isnull=False, takeover__isnull=True)
                | Q(decision__isnull=True, takeover__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["decision", "sha256"], condition=Q(decision__isnull=False), name="past_paper_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
