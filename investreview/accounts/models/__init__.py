"""People, what they may do on which body, and who acts for whom."""

from investreview.accounts.models.grant import (
    BodyRole,
    CommissionGroupObjectPermission,
    EnterpriseGroupObjectPermission,
    RoleMembership,
)
from investreview.accounts.models.leave import Leave
from investreview.accounts.models.opening import PasswordRequest, PeopleImport
from investreview.accounts.models.second_factor import RecoveryCode, SecondFactor
from investreview.accounts.models.session import PersonSession
from investreview.accounts.models.substitution import Substitution
from investreview.accounts.models.user import User, UserManager

__all__ = [
    "BodyRole",
    "CommissionGroupObjectPermission",
    "EnterpriseGroupObjectPermission",
    "Leave",
    "PasswordRequest",
    "PeopleImport",
    "PersonSession",
    "RecoveryCode",
    "RoleMembership",
    "SecondFactor",
    "Substitution",
    "User",
    "UserManager",
]
