from datetime import timedelta

from investreview.settings import base


def test_passwords_are_kept_with_argon2() -> None:
    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_lock_counts_failures_by_name_alone() -> None:
    assert (base.AXES_FAILURE_LIMIT, base.AXES_LOCKOUT_PARAMETERS) == (5, ["username"])
    assert base.AXES_USERNAME_CALLABLE == "investreview.accounts.signin.counted_username"
    assert base.AXES_CLIENT_IP_CALLABLE == "investreview.accounts.signin.address_of"


def test_session_nobody_uses_ends_after_half_an_hour() -> None:
    assert timedelta(minutes=30) == base.SESSION_IDLE_LIMIT
    assert base.MIDDLEWARE.index("investreview.accounts.middleware.IdleLimit") > base.MIDDLEWARE.index(
        "django.contrib.auth.middleware.AuthenticationMiddleware"
    )
