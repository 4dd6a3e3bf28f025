"""The roles of DOMAIN §1, and the groups of roles that rules speak of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What a person may be on one body (a commission, a group, a subsidiary)."""

    ENTERPRISE_DRAFTER = "ENTERPRISE_DRAFTER", _("申报")
    ENTERPRISE_RELEASER = "ENTERPRISE_RELEASER", pgettext_lazy("role", "报送")
    CASE_OFFICER = "CASE_OFFICER", _("经办")
    OFFICE_HEAD = "OFFICE_HEAD", _("处长")
    COUNTERSIGNER = "COUNTERSIGNER", pgettext_lazy("role", "会签")
    DOCUMENT_OFFICER = "DOCUMENT_OFFICER", _("办公室")
    DEPUTY_DIRECTOR = "DEPUTY_DIRECTOR", _("分管领导")
    DIRECTOR = "DIRECTOR", _("主任")
    DRAW_OPERATOR = "DRAW_OPERATOR", _("抽取人")
    DRAW_SUPERVISOR = "DRAW_SUPERVISOR", _("监督人")
    PANEL_SECRETARY = "PANEL_SECRETARY", _("论证会务")
    POOL_KEEPER = "POOL_KEEPER", _("专家库管理")
    EVALUATION_OFFICER = "EVALUATION_OFFICER", _("后评价经办")
    RULE_KEEPER = "RULE_KEEPER", _("规则管理")
    ARCHIVIST = "ARCHIVIST", _("档案")
    AUDITOR = "AUDITOR", _("审计监督")
    SYSTEM_ADMIN = "SYSTEM_ADMIN", _("系统管理员")
    SECURITY_ADMIN = "SECURITY_ADMIN", _("安全管理员")
    AUDIT_ADMIN = "AUDIT_ADMIN", _("审计管理员")
    EXPERT = "EXPERT", _("评审专家")
    """Never granted on a body: a seat of a panel is the right (DOMAIN §1)."""


ENTERPRISE_ROLES = frozenset({Role.ENTERPRISE_DRAFTER, Role.ENTERPRISE_RELEASER})
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
DECIDING_ROLES = frozenset(
    {
        Role.CASE_OFFICER,
        Role.OFFICE_HEAD,
        Role.COUNTERSIGNER,
        Role.DOCUMENT_OFFICER,
        Role.DEPUTY_DIRECTOR,
        Role.DIRECTOR,
    }
)
PANEL_ROLES = frozenset({Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.PANEL_SECRETARY})
"""Who runs a panel (抽取、监督、会务); with the experts themselves the only ones who know names before the meeting."""
COMMISSION_ROLES = (
    DECIDING_ROLES | PANEL_ROLES | {Role.POOL_KEEPER, Role.EVALUATION_OFFICER, Role.RULE_KEEPER, Role.ARCHIVIST}
)
CASE_READING_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DEPUTY_DIRECTOR, Role.DIRECTOR, Role.AUDITOR})
SIGNING_ROLES = frozenset({Role.DEPUTY_DIRECTOR, Role.DIRECTOR})
