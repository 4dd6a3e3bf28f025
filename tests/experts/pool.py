"""Invented experts for tests, made through the services: registered, employed, proposed, admitted, with accounts.

The first nine suffice for a panel of seven with one member left out: every seat class is fitted three times. Names,
numbers and specialties depend on nothing but the place, so that tests may name the experts they mean.
"""

from collections.abc import Sequence
from datetime import date, datetime

from experts.models import Expert, Membership
from experts.services.employers import EmployerFacts, add_employer, match_employer
from experts.services.membership import admit_member, propose_member
from experts.services.organisations import OrganisationName
from experts.services.pool import ExpertFacts, link_account, register_expert
from experts.states import TieKind
from investreview.accounts.models import User
from investreview.accounts.services import NewUser, create_user
from investreview.demo.hands import acting
from investreview.registry.models import Organisation
from investreview.registry.services import register_organisation
from investreview.rulebook.vocabulary import PoolKind
from tests.states import kept
from tests.world import FOUNDED_AT, PASSWORD, World

INDUSTRIES = (
    "PORT", "ENERGY", "TRANSPORT", "URBAN", "ENVIRONMENT", "CHEMICAL",
    "AGRICULTURE", "DIGITAL", "MARINE", "FINANCIAL", "SERVICES",
)  # fmt: skip
GENERAL = ("FINANCE", "LAW", "AUDIT", "RISK", "INVESTMENT")
STEMS = "甲乙丙丁戊己庚辛壬癸"
DIGITS = "一二三四五六七八九十"
SOMEBODY = ExpertFacts(
    name="专家新（示例）",
    born_on=date(1970, 5, 1),
    phone="13800138000",
    title="教授级高级工程师",
    in_field_since=date(1995, 7, 1),
    specialties=("LAW", "PORT"),
    email="new@example.test",
)


def name_of(place: int) -> str:
    """专家甲一（示例） for place 0, 专家甲二（示例） for place 1, and so on."""
    return f"专家{STEMS[place // 10 % 10]}{DIGITS[place % 10]}（示例）"


def specialties_of(place: int) -> tuple[str, ...]:
    """Finance, law, industry in turn; every third expert knows two industries, PORT among them by turns."""
    if place % 3 < 2:
        return (GENERAL[place % 3 + 2 * (place // 3 % 2)],)
    return ("PORT", INDUSTRIES[place // 3 % len(INDUSTRIES)])


def found_pool(
    world: World,
    n: int = 15,
    *,
    pool: PoolKind = PoolKind.INVESTMENT,
    first: int = 0,
    with_accounts: bool = True,
    at: datetime = FOUNDED_AT,
) -> list[Expert]:
    """``n`` experts from place ``first`` on, each with an employer of their own, members of ``pool`` since ``at``."""
    return kept(
        lambda: [_found(world, place, pool, with_accounts=with_accounts, at=at) for place in range(first, first + n)],
        *("pool", world.commission.code, n, pool, first, with_accounts, at),
    )


def _found(world: World, place: int, pool: PoolKind, *, with_accounts: bool, at: datetime) -> Expert:
    expert = registered(world, place, at=at)
    employ(world, expert, institute(world, place), from_on=date(2005, 7, 1), at=at)
    admit(world, expert, pool, at=at)
    if with_accounts:
        give_account(world, expert, at=at)
    return fresh(expert)


def registered(world: World, place: int, *, at: datetime = FOUNDED_AT, **facts: object) -> Expert:
    """The expert of that place has a record and is of no pool; ``facts`` are said otherwise."""
    usual: dict[str, object] = {
        "name": name_of(place),
        "born_on": date(1968 + place % 12, 3, 15),
        "phone": f"138000{place:05d}",
        "email": f"zj{place}@example.test",
        "title": "高级职称（示例）",
        "in_field_since": date(2000, 7, 1),
        "specialties": specialties_of(place),
    }
    return register_expert(
        acting=acting(world.pool_keeper, at), commission=world.commission, facts=ExpertFacts(**usual | facts), at=at
    )


def institute(world: World, place: int) -> Organisation:
    """The legal person that employs the expert of that place, and nobody else."""
    return organisation(f"{world.commission.code}示例研究院{place + 1}")


def organisation(name: str) -> Organisation:
    """A legal person of this name, without a credit code, known since 2000."""
    return register_organisation(name=name, valid_from=date(2000, 1, 1))


def employ(
    world: World,
    expert: Expert,
    employer: Organisation | None,
    *,
    kind: TieKind = TieKind.EMPLOYED,
    from_on: date,
    until_on: date | None = None,
    stated_name: str = "未核对单位（示例）",
    at: datetime = FOUNDED_AT,
) -> None:
    """The expert has the tie, matched with ``employer`` when there is one."""
    facts = EmployerFacts(
        kind=kind, stated_name=employer.name if employer else stated_name, from_on=from_on, until_on=until_on
    )
    me = acting(world.pool_keeper, at)
    tie = add_employer(acting=me, expert_id=expert.pk, version=fresh(expert).version, facts=facts, at=at)
    if employer is not None:
        match_employer(
            acting=me,
            expert_id=expert.pk,
            version=fresh(expert).version,
            employer_id=tie.pk,
            named=OrganisationName(employer.name, employer.credit_code or ""),
            at=at,
        )


def admit(
    world: World, expert: Expert, pool: PoolKind = PoolKind.INVESTMENT, *, at: datetime = FOUNDED_AT
) -> Membership:
    """The keeper has proposed, the head admitted."""
    proposal = propose_member(
        acting=acting(world.pool_keeper, at), expert_id=expert.pk, version=fresh(expert).version, pool=pool, at=at
    )
    return admit_member(
        acting=acting(world.head, at),
        expert_id=expert.pk,
        version=fresh(expert).version,
        membership_id=proposal.pk,
        at=at,
    )


def give_account(world: World, expert: Expert, *, at: datetime = FOUNDED_AT) -> User:
    """The expert signs in as their number in small letters, with the password of the world."""
    user = create_user(
        commission=world.commission,
        new=NewUser(username=expert.number.lower(), full_name=expert.name, kind=User.Kind.EXPERT),
        one_time_password=PASSWORD,
        by=world.security_admin,
        at=at,
    )
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    link_account(
        acting=acting(world.pool_keeper, at), expert_id=expert.pk, version=fresh(expert).version, user=user, at=at
    )
    return user


def fresh(expert: Expert) -> Expert:
    """The expert as the database has them now."""
    return Expert.objects.select_related("commission", "user").get(pk=expert.pk)


def numbers(experts: Sequence[Expert]) -> list[str]:
    """The stable ids of experts, in their order."""
    return [expert.number for expert in experts]
