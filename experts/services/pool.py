"""An expert's own record: registered, corrected, tied to an account."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from experts.models import Expert
from experts.permissions import require_pool_role
from experts.services.keeping import lock_expert, note, require_past, save_expert
from investreview.accounts.models import User
from investreview.accounts.services.people import checked_email
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.projects.acting import Acting
from investreview.registry.models import Commission
from investreview.rulebook.selectors import rule_set_in_force

_PRIVATE = frozenset({"phone", "email"})


@dataclass(frozen=True, kw_only=True)
class ExpertFacts:
    """What is known of an expert; ``specialties`` are keys of the rule set in force."""

    name: str
    born_on: date
    phone: str
    title: str
    in_field_since: date
    specialties: tuple[str, ...]
    email: str = ""


def register_expert(*, acting: Acting, commission: Commission, facts: ExpertFacts, at: datetime) -> Expert:
    """The person has a number and a record; they are in no pool until proposed and admitted.

    Raises: NotVisible, Forbidden (experts_role_missing), Invalid (experts_known_already, experts_specialty_unknown,
    experts_specialty_missing, experts_field_before_birth, experts_date_in_future, accounts_email_not_read, text_*).
    Journal: expert.register
    """
    require_pool_role(acting, commission, Role.POOL_KEEPER)
    columns = _checked(commission, facts, at)
    with transaction.atomic():
        held = Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        _require_unknown(held, columns, None)
        number = f"{held.code}-ZJ-{held.experts.count() + 1:04d}"
        expert = Expert.objects.create(
            commission=held, number=number, created_at=at, created_by=acting.person, **columns
        )
        shown = {name: value for name, value in columns.items() if name not in _PRIVATE}
        note("expert.register", expert, acting=acting, at=at, facts=shown)
        return expert


def update_expert(*, acting: Acting, expert_id: int, version: int, facts: ExpertFacts, at: datetime) -> Expert:
    """The record says what ``facts`` say; the journal keeps what it said before, telephone and mail as changed only.

    Raises: NotVisible, Forbidden, Stale, Invalid as ``register_expert`` and experts_nothing_changed.
    Journal: expert.update
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        columns = _checked(expert.commission, facts, at)
        _require_unknown(expert.commission, columns, expert)
        changed: dict[str, object] = {}
        for name, value in columns.items():
            before = getattr(expert, name)
            if before != value:
                changed[name] = True if name in _PRIVATE else {"before": before, "after": value}
                setattr(expert, name, value)
        if not changed:
            raise Invalid("experts_nothing_changed")
        save_expert(expert)
        note("expert.update", expert, acting=acting, at=at, facts={"changed": changed})
        return expert


def link_account(*, acting: Acting, expert_id: int, version: int, user: User, at: datetime) -> Expert:
    """The expert takes part on screen with this account, which the security administrator made.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_account_unsuited, experts_account_other_name,
    experts_account_taken, experts_account_linked while the present one is in use).
    Journal: expert.link_account
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        if expert.user is not None and expert.user.is_active:
            raise Invalid("experts_account_linked", field="user", username=expert.user.username)
        if user.kind != User.Kind.EXPERT or not user.is_active or user.commission_id != expert.commission_id:
            raise Invalid("experts_account_unsuited", field="user", username=user.username)
        if user.full_name != expert.name:
            raise Invalid("experts_account_other_name", field="user", given=user.full_name, name=expert.name)
        if Expert.objects.filter(user=user).exists():
            raise Invalid("experts_account_taken", field="user", username=user.username)
        expert.user = user
        save_expert(expert)
        note("expert.link_account", expert, acting=acting, at=at, facts={"username": user.username})
        return expert


def _checked(commission: Commission, facts: ExpertFacts, at: datetime) -> dict[str, object]:
    if facts.in_field_since <= facts.born_on:
        raise Invalid(
            "experts_field_before_birth", field="in_field_since", given=facts.in_field_since, born_on=facts.born_on
        )
    require_past(facts.in_field_since, at, field="in_field_since")
    return {
        "name": clean_line(facts.name, max_length=60),
        "born_on": facts.born_on,
        "phone": clean_line(facts.phone, max_length=40),
        "email": checked_email(facts.email),
        "title": clean_line(facts.title, max_length=80),
        "in_field_since": facts.in_field_since,
        "specialties": _checked_specialties(commission, facts.specialties, at),
    }


def _checked_specialties(commission: Commission, chosen: tuple[str, ...], at: datetime) -> list[str]:
    """The chosen specialties, each once, in the rule set's order."""
    known = [one.key for one in rule_set_in_force(commission, legal_date(at)).data.panel.specialties]
    for key in chosen:
        if key not in known:
            raise Invalid("experts_specialty_unknown", field="specialties", given=key)
    if not chosen:
        raise Invalid("experts_specialty_missing", field="specialties")
    return [key for key in known if key in chosen]


def _require_unknown(commission: Commission, columns: dict[str, object], but: Expert | None) -> None:
    same = Expert.objects.filter(commission=commission, name=columns["name"], phone=columns["phone"])
    twin = same.exclude(pk=but.pk if but is not None else 0).first()
    if twin is not None:
        raise Invalid("experts_known_already", field="phone", number=twin.number)
