"""Grants: a role on one body (guardian's row), given to the role group of that body, whose members are dated."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from investreview.core.roles import ADMIN_ROLES, COMMISSION_ROLES, ENTERPRISE_ROLES, SIGNING_ROLES, Role

_ENTERPRISE = sorted(ENTERPRISE_ROLES)
_COMMISSION = sorted(COMMISSION_ROLES)
_ADMIN = sorted(ADMIN_ROLES)
_SIGNING = sorted(SIGNING_ROLES)


class EnterpriseGroupObjectPermission(GroupObjectPermissionBase):
    """What a role group may be on one enterprise and everything below it."""

    content_object = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        verbose_name = verbose_name_plural = _("企业授权")


class CommissionGroupObjectPermission(GroupObjectPermissionBase):
    """What a role group may be on one commission and all its enterprises."""

    content_object = models.ForeignKey("registry.Commission", on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        verbose_name = verbose_name_plural = _("国资委授权")


class BodyRole(models.Model):
    """The role group of one body, ``港控物流/申报``; it never spans two bodies. A countersigner's names an office."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="body_role", verbose_name=_("角色组"))
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    path = models.CharField(_("层级路径"), max_length=200)
    office = models.CharField(_("处室代码"), max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("角色组")
        constraints = [
            models.UniqueConstraint(fields=["role", "path", "office"], name="accounts_one_group_per_body_and_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.path}{self.office}"


class RoleMembership(models.Model):
    """A person in a role group, from a day to a day, given by somebody and, for auditors, confirmed by another.

    ``user_kind``, ``user_is_seconded`` and ``role`` repeat what person and group say, so that one row can be checked.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("人员")
    )
    body_role = models.ForeignKey(
        BodyRole, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("角色组")
    )
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    user_kind = models.CharField(_("人员类别"), max_length=12)
    user_is_seconded = models.BooleanField(_("借调人员"))
    valid_from = models.DateField(_("起始日期"))
    valid_until = models.DateField(_("截止日期"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("授权人"),
    )
    granted_at = models.DateTimeField(_("授权时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("确认人"),
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("收回人"),
    )
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    revocation_reason = models.CharField(_("收回理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("角色授权")
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "revoked_at"], name="accounts_membership_of_user")]
        constraints = [
            models.CheckConstraint(
                name="accounts_role_suits_the_kind_of_person",
                condition=Q(user_kind="ENTERPRISE", role__in=_ENTERPRISE)
                | Q(user_kind="STAFF", role__in=_COMMISSION)
                | Q(user_kind="AUDITOR", role=Role.AUDITOR)
                | Q(user_kind="ADMIN", role__in=_ADMIN),
            ),
            models.CheckConstraint(
                name="accounts_seconded_staff_never_sign",
                condition=Q(user_is_seconded=False) | ~Q(role__in=_SIGNING),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=_ADMIN, revoked_at__isnull=True),
                name="accounts_nobody_is_two_administrators",
            ),
            models.CheckConstraint(
                name="accounts_administrators_end_by_revocation",
                condition=~Q(role__in=_ADMIN) | Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_auditors_are_limited_in_time",
                condition=~Q(role=Role.AUDITOR) | Q(valid_until__isnull=False, granted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_grant_is_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False, granted_by__isnull=False)
                    & ~Q(confirmed_by=F("granted_by"))
                    & ~Q(confirmed_by=F("user"))
                ),
            ),
            models.CheckConstraint(
                name="accounts_nobody_grants_themselves",
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
            ),
            models.CheckConstraint(
                name="accounts_grant_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="accounts_revoked_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
