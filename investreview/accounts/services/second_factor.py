"""The second factor: set up by its person, asked for at sign-in, taken away by its person or for a lost telephone."""

from datetime import datetime

from django.db import transaction

from investreview.accounts.models import RecoveryCode, SecondFactor, User
from investreview.accounts.permissions import require_people_manager
from investreview.accounts.second_factor import (
    hash_of,
    key_of,
    matched_step,
    new_recovery_codes,
    sealed_bytes,
)
from investreview.accounts.services.noting import home_of, subject_of
from investreview.accounts.services.own_sessions import forget_sessions
from investreview.core.actor import SYSTEM, Actor
from investreview.core.errors import Forbidden, Invalid
from investreview.core.text import clean_line
from investreview.journal.services import record_access


def set_up_second_factor(
    *, user: User, offered: str, password: str, code: str, address: str, now: datetime, at: datetime
) -> tuple[str, ...]:
    """The person's telephone is known; returned are ten recovery codes, kept nowhere in clear.

    ``now`` is the machine's time, ``at`` the business's.
    Raises: Invalid (accounts_password_wrong, accounts_factor_exists, accounts_factor_code_wrong,
    accounts_factor_seal_broken). Journal: factor.set_up, in the access chain
    """
    with transaction.atomic():
        held = _locked(user)
        _require_password(held, password)
        if SecondFactor.objects.filter(user=held).exists():
            raise Invalid("accounts_factor_exists")
        sealed = sealed_bytes(offered)
        step = matched_step(key_of(held, sealed), code, last_step=0, now=now)
        if step is None:
            raise Invalid("accounts_factor_code_wrong", field="otp_code")
        factor = SecondFactor.objects.create(user=held, sealed_key=sealed, last_step=step, confirmed_at=now)
        codes = _issue_codes(factor)
        _note(held, "factor.set_up", held.as_actor(), at, address=address)
        return codes


def renew_recovery_codes(
    *, user: User, password: str, code: str, address: str, now: datetime, at: datetime
) -> tuple[str, ...]:
    """Ten new recovery codes; the earlier ones open nothing any more.

    Raises: Invalid (accounts_password_wrong, accounts_factor_missing, accounts_factor_code_wrong).
    Journal: factor.renew_codes, in the access chain
    """
    with transaction.atomic():
        factor = _proved(user, password, code, now)
        RecoveryCode.objects.filter(factor=factor).delete()
        codes = _issue_codes(factor)
        _note(user, "factor.renew_codes", user.as_actor(), at, address=address)
        return codes


def use_code(*, user: User, code: str, now: datetime) -> str:
    """The code is used up and proves the telephone ("telephone") or the paper with recovery codes ("recovery").

    Two requests with one code: one of them is refused. Raises: Invalid (accounts_factor_code_wrong). Journal: none
    here, the sign-in or the act that it opens has its own entry.
    """
    with transaction.atomic():
        return _use(_factor_of(user, locked=True), code, now)


def remove_own_second_factor(
    *, user: User, password: str, code: str, address: str, now: datetime, at: datetime
) -> None:
    """The person signs in with the password alone again.

    Raises: Forbidden (accounts_factor_of_administrator), Invalid (accounts_password_wrong, accounts_factor_missing,
    accounts_factor_code_wrong). Journal: factor.remove, in the access chain
    """
    if user.kind == User.Kind.ADMIN:
        raise Forbidden("accounts_factor_of_administrator")
    with transaction.atomic():
        _remove(_proved(user, password, code, now))
        _note(user, "factor.remove", user.as_actor(), at, address=address)


def remove_lost_second_factor(*, user: User, reason: str, by: User, at: datetime) -> None:
    """The telephone is lost: the person signs in with the password alone and sets up another; their sessions end.

    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_factor_missing, text_*).
    Journal: factor.remove, in the access chain
    """
    require_people_manager(by, home_of(user), at)
    if by.pk == user.pk:
        raise Forbidden("accounts_not_oneself")
    _remove_for(user, clean_line(reason, max_length=200), by.as_actor(), at)


def remove_second_factor_at_console(*, user: User, reason: str, at: datetime) -> None:
    """The same where no other security administrator is left: by whoever runs the server. Only the command leads here.

    Raises: Invalid (accounts_factor_missing, text_*). Journal: factor.remove, in the access chain
    """
    _remove_for(user, clean_line(reason, max_length=200), SYSTEM, at)


def _remove_for(user: User, reason: str, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        _remove(_factor_of(_locked(user), locked=True))
        forget_sessions(user)
        _note(user, "factor.remove", actor, at, reason=reason)


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _factor_of(user: User, *, locked: bool) -> SecondFactor:
    rows = SecondFactor.objects.select_for_update() if locked else SecondFactor.objects.all()
    factor = rows.filter(user=user).first()
    if factor is None:
        raise Invalid("accounts_factor_missing")
    return factor


def _proved(user: User, password: str, code: str, now: datetime) -> SecondFactor:
    held = _locked(user)
    _require_password(held, password)
    factor = _factor_of(held, locked=True)
    _use(factor, code, now)
    return factor


def _use(factor: SecondFactor, code: str, now: datetime) -> str:
    step = matched_step(key_of(factor.user, factor.sealed_key), code, last_step=factor.last_step, now=now)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return "telephone"
    used = RecoveryCode.objects.filter(factor=factor, hash=hash_of(code), used_at__isnull=True).update(used_at=now)
    if not used:
        raise Invalid("accounts_factor_code_wrong", field="otp_code")
    return "recovery"


def _issue_codes(factor: SecondFactor) -> tuple[str, ...]:
    codes = new_recovery_codes()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, hash=hash_of(code)) for code in codes)
    return codes


def _remove(factor: SecondFactor) -> None:
    RecoveryCode.objects.filter(factor=factor).delete()
    factor.delete()


def _require_password(held: User, password: str) -> None:
    if not held.check_password(password):
        raise Invalid("accounts_password_wrong", field="password")


def _note(user: User, verb: str, actor: Actor, at: datetime, **facts: str) -> None:
    record_access(
        commission=home_of(user).code, verb=verb, actor=actor, subject=subject_of(user), at=at, facts=dict(facts)
    )
