"""Where an expert works or worked (任职经历): noted as stated, ended, matched to a legal person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from experts.models import Employer, Expert
from experts.permissions import require_pool_role
from experts.services.keeping import lock_expert, note, require_in_order, require_past, save_expert
from experts.services.organisations import OrganisationName, named_organisation
from experts.states import TieKind
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.projects.acting import Acting


@dataclass(frozen=True, kw_only=True)
class EmployerFacts:
    """A tie as the expert states it; with its ``credit_code`` it is matched at once."""

    kind: TieKind
    stated_name: str
    from_on: date
    until_on: date | None = None
    position: str = ""
    credit_code: str = ""


def add_employer(*, acting: Acting, expert_id: int, version: int, facts: EmployerFacts, at: datetime) -> Employer:
    """The tie stands in the expert's history, matched when its credit code was given.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_period_reversed, experts_date_in_future,
    experts_retired_until, registry_code_*, text_*). Journal: expert.add_employer
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        require_past(facts.from_on, at, field="from_on")
        require_in_order(facts.from_on, facts.until_on, field="until_on")
        if facts.kind == TieKind.RETIRED and facts.until_on is None:
            raise Invalid("experts_retired_until", field="until_on")
        employer: Employer = Employer.objects.create(
            expert=expert,
            kind=facts.kind,
            stated_name=clean_line(facts.stated_name, max_length=120),
            organisation=(
                named_organisation(OrganisationName(facts.stated_name, facts.credit_code), at=at)
                if facts.credit_code.strip()
                else None
            ),
            position=clean_line(facts.position, max_length=80) if facts.position.strip() else "",
            from_on=facts.from_on,
            until_on=facts.until_on,
        )
        _note("expert.add_employer", expert, employer, acting, at)
        return employer


def end_employer(
    *, acting: Acting, expert_id: int, version: int, employer_id: int, until_on: date, at: datetime
) -> Employer:
    """The tie ended on ``until_on``; it keeps counting for the look-back.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_ended_already, experts_period_reversed).
    Journal: expert.end_employer
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        employer = _of(expert, employer_id)
        if employer.until_on is not None:
            raise Invalid("experts_ended_already", field="until_on", given=employer.until_on)
        require_in_order(employer.from_on, until_on, field="until_on")
        employer.until_on = until_on
        employer.save(update_fields=["until_on"])
        _note("expert.end_employer", expert, employer, acting, at)
        return employer


def match_employer(
    *, acting: Acting, expert_id: int, version: int, employer_id: int, named: OrganisationName, at: datetime
) -> Employer:
    """The tie points at this legal person; another match before it is corrected, and the journal keeps both.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_matched_already, experts_organisation_*, registry_code_*).
    Journal: expert.match_employer
    """
    with transaction.atomic():
        expert = lock_expert(expert_id, version=version)
        require_pool_role(acting, expert.commission, Role.POOL_KEEPER)
        employer = _of(expert, employer_id)
        organisation = named_organisation(named, at=at)
        if employer.organisation_id == organisation.pk:
            raise Invalid("experts_matched_already", field="name", name=organisation.name)
        before = employer.organisation.name if employer.organisation is not None else ""
        employer.organisation = organisation
        employer.save(update_fields=["organisation"])
        _note("expert.match_employer", expert, employer, acting, at, before=before)
        return employer


def _of(expert: Expert, employer_id: int) -> Employer:
    employer: Employer | None = expert.employers.select_related("organisation").filter(pk=employer_id).first()
    if employer is None:
        raise NotVisible("experts_pool_not_visible")
    return employer


def _note(verb: str, expert: Expert, employer: Employer, acting: Acting, at: datetime, **more: object) -> None:
    save_expert(expert)
    facts = {
        "kind": employer.kind,
        "stated_name": employer.stated_name,
        "organisation": employer.organisation.name if employer.organisation is not None else "",
        "from_on": employer.from_on,
        "until_on": employer.until_on,
    }
    note(verb, expert, acting=acting, at=at, facts={**facts, **more})
