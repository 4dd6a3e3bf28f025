"""The investment pool of the demonstration: registered and matched by the keeper, admitted by the office head."""

from datetime import date, datetime
from typing import Any

import yaml

from experts.models import Expert
from experts.services.employers import EmployerFacts, add_employer, match_employer
from experts.services.membership import admit_member, propose_member
from experts.services.organisations import OrganisationName
from experts.services.pool import ExpertFacts, link_account, register_expert
from experts.states import TieKind
from investreview.accounts.models import User
from investreview.accounts.services import NewUser, change_password, create_user
from investreview.demo.cast import DATA, ONE_TIME_PASSWORD, PASSWORD, Cast, enterprise_named
from investreview.demo.hands import acting
from investreview.registry.models import Organisation
from investreview.registry.services import register_organisation
from investreview.rulebook.vocabulary import PoolKind

KNOWN_SINCE = date(2000, 1, 1)
WORKED_SINCE = date(2010, 1, 1)
CALLED = "1990000{number:04d}"


def admit_everybody(cast: Cast, *, security: User, at: datetime) -> list[Expert]:
    """Everybody of ``experts.yaml`` is in the investment pool, each with an account."""
    data: dict[str, Any] = yaml.safe_load((DATA / "experts.yaml").read_text(encoding="utf-8"))
    employers = {
        key: register_organisation(name=name, valid_from=KNOWN_SINCE) for key, name in data["employers"].items()
    }
    return [
        _admit(cast, number, line, employers, security=security, at=at)
        for number, line in enumerate(data["experts"], 1)
    ]


def _admit(
    cast: Cast, number: int, line: dict[str, Any], employers: dict[str, Organisation], *, security: User, at: datetime
) -> Expert:
    keeper = acting(cast["pool_keeper"], at)
    expert = register_expert(
        acting=keeper,
        commission=cast.commission,
        facts=ExpertFacts(
            name=line["name"],
            born_on=line["born"],
            phone=CALLED.format(number=number),
            title=line["title"],
            in_field_since=line["since"],
            specialties=tuple(line["specialties"]),
        ),
        at=at,
    )
    _tie(cast, expert, employers[line["employer"]], TieKind.EMPLOYED, None, at)
    if "past" in line:
        former = enterprise_named(line["past"]["enterprise"]).organisation
        _tie(cast, expert, former, TieKind.EMPLOYED, line["past"]["until"], at)
    if "director_of" in line:
        _tie(cast, expert, enterprise_named(line["director_of"]).organisation, TieKind.OUTSIDE_DIRECTOR, None, at)
    proposed = propose_member(
        acting=keeper, expert_id=expert.pk, version=_version(expert), pool=PoolKind.INVESTMENT, at=at
    )
    admit_member(
        acting=acting(cast["head"], at),
        expert_id=expert.pk,
        version=_version(expert),
        membership_id=proposed.pk,
        at=at,
    )
    _give_account(cast, expert, number, security=security, at=at)
    return expert


def _tie(
    cast: Cast, expert: Expert, organisation: Organisation, kind: TieKind, until: date | None, at: datetime
) -> None:
    keeper = acting(cast["pool_keeper"], at)
    facts = EmployerFacts(kind=kind, stated_name=organisation.name, from_on=WORKED_SINCE, until_on=until)
    tie = add_employer(acting=keeper, expert_id=expert.pk, version=_version(expert), facts=facts, at=at)
    match_employer(
        acting=keeper,
        expert_id=expert.pk,
        version=_version(expert),
        employer_id=tie.pk,
        named=OrganisationName(organisation.name, organisation.credit_code or ""),
        at=at,
    )


def _give_account(cast: Cast, expert: Expert, number: int, *, security: User, at: datetime) -> None:
    user = create_user(
        commission=cast.commission,
        new=NewUser(username=f"zj{number:02d}", full_name=expert.name, kind=User.Kind.EXPERT),
        one_time_password=ONE_TIME_PASSWORD,
        by=security,
        at=at,
    )
    change_password(user=user, old_password=ONE_TIME_PASSWORD, new_password=PASSWORD, at=at)
    link_account(
        acting=acting(cast["pool_keeper"], at), expert_id=expert.pk, version=_version(expert), user=user, at=at
    )


def _version(expert: Expert) -> int:
    return Expert.objects.values_list("version", flat=True).get(pk=expert.pk)
