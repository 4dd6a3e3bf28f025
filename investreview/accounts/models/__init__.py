"""People, what they may do on which body, and who acts for whom."""

from investreview.accounts.models.grant import (
    BodyRole,
    CommissionGroupObjectPermission,
    EnterpriseGroupObjectPermission,
    RoleMembership,
)
from investreview.accounts.models.substitution import Substitution
from investreview.accounts.models.user import User, UserManager

__all__ = [
    "BodyRole",
    "CommissionGroupObjectPermission",
    "EnterpriseGroupObjectPermission",
    "RoleMembership",
    "Substitution",
    "User",
    "UserManager",
]
