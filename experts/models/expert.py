"""Expert 专家: a person of the commission's pools, with specialties, employers, conflicts and suspensions, dated."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experts.labels import POOL_LABELS
from experts.states import ConflictKind, TieKind
from investreview.core.models import Versioned
from investreview.core.subject import Subject


class Expert(Versioned):
    """A person who may be drawn. ``user`` is their account where they take part on screen."""

    commission = models.ForeignKey("registry.Commission", on_delete=models.PROTECT, related_name="experts")
    number = models.CharField(_("专家编号"), max_length=20)
    name = models.CharField(_("姓名"), max_length=60)
    born_on = models.DateField(_("出生日期"))
    phone = models.CharField(_("电话"), max_length=40)
    email = models.EmailField(_("电子邮箱"), blank=True)
    title = models.CharField(_("职称或者执业资格"), max_length=80)
    in_field_since = models.DateField(_("从事本专业起始日期"))
    specialties = models.JSONField(_("专业"), default=list)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="expert"
    )
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("专家")
        ordering = ["commission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "number"], name="expert_number_once"),
            models.UniqueConstraint(fields=["commission", "name", "phone"], name="expert_once"),
            models.CheckConstraint(name="expert_has_a_name", condition=~Q(name="") & ~Q(number="")),
            models.CheckConstraint(
                name="expert_in_the_field_after_birth", condition=Q(in_field_since__gt=F("born_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Subject:
        """How the journal names this expert; only readers of the pool may read its entries."""
        return Subject("expert", self.number)


class Membership(models.Model):
    """An expert's term in one pool, both days included: proposed by the pool keeper, admitted by the office head.

    Once it has ended, was refused or was removed it stays; the next term is a row of its own.
    """

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="memberships")
    pool = models.CharField(_("专家库"), max_length=12, choices=list(POOL_LABELS.items()))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("提出时间"))
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    admitted_on = models.DateField(_("入库日期"), null=True, blank=True)
    term_until = models.DateField(_("任期届满"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_on = models.DateField(_("出库日期"), null=True, blank=True)
    removal_reason = models.CharField(_("出库理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入库")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "pool"],
                condition=Q(removed_on__isnull=True, admitted_on__isnull=True),
                name="one_proposal_a_pool",
            ),
            models.UniqueConstraint(
                fields=["expert", "pool", "admitted_on"],
                condition=Q(removed_on__isnull=True, admitted_on__isnull=False),
                name="one_term_from_a_day",
            ),
            models.CheckConstraint(
                name="admitted_by_another_with_a_term",
                condition=Q(admitted_by__isnull=True, admitted_on__isnull=True, term_until__isnull=True)
                | (
                    Q(admitted_by__isnull=False, admitted_on__isnull=False, term_until__gt=F("admitted_on"))
                    & ~Q(admitted_by=F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="removed_with_a_reason",
                condition=Q(removed_on__isnull=True, removed_by__isnull=True, removal_reason="")
                | (Q(removed_on__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
        ]


class Employer(models.Model):
    """Where an expert works or worked, and since when; ``organisation`` is empty until somebody has matched it.

    An expert with an unmatched employer is not eligible: nobody could tell whether they must stand aside.
    """

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="employers")
    kind = models.CharField(_("关系"), max_length=16, choices=TieKind.choices, default=TieKind.EMPLOYED)
    stated_name = models.CharField(_("单位名称（本人填写）"), max_length=120)
    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.CharField(_("职务"), max_length=80, blank=True)
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("任职经历")
        ordering = ["expert", "-from_on", "id"]
        constraints = [
            models.CheckConstraint(name="employer_has_a_name", condition=~Q(stated_name="")),
            models.CheckConstraint(
                name="employed_until_after_from", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="retired_since_a_day", condition=~Q(kind="RETIRED") | Q(until_on__isnull=False)
            ),
        ]


class ConflictParty(models.Model):
    """An organisation the expert must stand aside from, declared by the expert or noted by the keeper, dated."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="conflict_parties")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("关系"), max_length=16, choices=ConflictKind.choices)
    basis = models.CharField(_("依据"), max_length=200)
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("利害关系单位")
        ordering = ["expert", "id"]
        constraints = [
            models.CheckConstraint(name="conflict_has_a_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="conflict_until_after_from", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
        ]


class Suspension(models.Model):
    """The expert is not drawn while it lasts (正在接受审查, 连续请假 …); both days included."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.CharField(_("理由"), max_length=200)
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("暂停")
        ordering = ["expert", "id"]
        constraints = [
            models.CheckConstraint(name="suspension_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="suspended_until_after_from", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
        ]
