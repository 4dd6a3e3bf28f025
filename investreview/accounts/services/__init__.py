"""The verbs of people and rights."""

from investreview.accounts.services.grants import RoleOffer, confirm_grant, found_role, grant_role, revoke_role
from investreview.accounts.services.passwords import change_password, reset_password
from investreview.accounts.services.people import NewUser, create_user, deactivate_user, found_user, remember_language
from investreview.accounts.services.sessions import (
    note_denial,
    note_lock,
    note_refused_sign_in,
    note_sign_in,
    note_sign_out,
)
from investreview.accounts.services.substitutions import Authority, end_substitution, record_substitution

__all__ = [
    "Authority",
    "NewUser",
    "RoleOffer",
    "change_password",
    "confirm_grant",
    "create_user",
    "deactivate_user",
    "end_substitution",
    "found_role",
    "found_user",
    "grant_role",
    "note_denial",
    "note_lock",
    "note_refused_sign_in",
    "note_sign_in",
    "note_sign_out",
    "record_substitution",
    "remember_language",
    "reset_password",
    "revoke_role",
]
