"""The verbs of people and rights."""

from investreview.accounts.services.grants import RoleOffer, confirm_grant, found_role, grant_role, revoke_role
from investreview.accounts.services.own_sessions import (
    close_session,
    end_other_sessions,
    end_session,
    forget_sessions,
    open_session,
    see_session,
)
from investreview.accounts.services.passwords import ask_by_mail, change_password, choose_by_link, reset_password
from investreview.accounts.services.people import NewUser, create_user, deactivate_user, found_user, remember_language
from investreview.accounts.services.profile import change_email, change_profile, confirm_email
from investreview.accounts.services.roster import import_people
from investreview.accounts.services.second_factor import (
    remove_lost_second_factor,
    remove_own_second_factor,
    remove_second_factor_at_console,
    renew_recovery_codes,
    set_up_second_factor,
    use_code,
)
from investreview.accounts.services.sessions import (
    note_denial,
    note_lock,
    note_refused_code,
    note_refused_sign_in,
    note_sign_in,
    note_sign_out,
)
from investreview.accounts.services.slips import MOST_SLIPS, Slip, issue_slips
from investreview.accounts.services.substitutions import Authority, end_substitution, record_substitution

__all__ = [
    "MOST_SLIPS",
    "Authority",
    "NewUser",
    "RoleOffer",
    "Slip",
    "ask_by_mail",
    "change_email",
    "change_password",
    "change_profile",
    "choose_by_link",
    "close_session",
    "confirm_email",
    "confirm_grant",
    "create_user",
    "deactivate_user",
    "end_other_sessions",
    "end_session",
    "end_substitution",
    "forget_sessions",
    "found_role",
    "found_user",
    "grant_role",
    "import_people",
    "issue_slips",
    "note_denial",
    "note_lock",
    "note_refused_code",
    "note_refused_sign_in",
    "note_sign_in",
    "note_sign_out",
    "open_session",
    "record_substitution",
    "remember_language",
    "remove_lost_second_factor",
    "remove_own_second_factor",
    "remove_second_factor_at_console",
    "renew_recovery_codes",
    "reset_password",
    "revoke_role",
    "see_session",
    "set_up_second_factor",
    "use_code",
]
