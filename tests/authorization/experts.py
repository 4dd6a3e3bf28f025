"""The experts of the site, each with a name that is a canary: five who sit on every panel, and those around them."""

from datetime import date

from django.db.models import Max

from experts.models import Expert, Membership
from experts.services.membership import propose_member
from experts.services.organisations import OrganisationName
from experts.services.standing import ConflictFacts, add_conflict, suspend
from experts.states import ConflictKind
from investreview.accounts.models import User
from investreview.accounts.services import NewUser, create_user
from investreview.demo.hands import acting
from investreview.registry.services import record_shareholding
from investreview.rulebook.vocabulary import PoolKind
from tests.authorization.canaries import canary
from tests.experts.pool import admit, employ, fresh, give_account, institute, organisation, registered
from tests.world import PASSWORD, START, World

OF_EVERY_PANEL = "abcde"
"""Whoever is drawn while nobody else may be; the first is the expert of the matrix."""
SPARE = "fg"
"""Admitted once panels are to have somebody next in line."""
LEFT_OUT = "xy"
"""Members whose employer holds shares in the applicant: left out of every draw of the group."""
NEWCOMER = "n"
LETTERS = OF_EVERY_PANEL + SPARE + LEFT_OUT + NEWCOMER


def name_of(letter: str) -> str:
    """The name of this expert, which no page tells too early."""
    return canary(f"expert{letter}", "name")


def found_experts(world: World) -> User:
    """Everybody but the spare ones; the account of the expert of the matrix."""
    first, *_others = [_member(world, letter) for letter in OF_EVERY_PANEL]
    bank = organisation("某上市银行（示例）")
    record_shareholding(owner=bank, owned=world.sub.organisation, share_bps=50, valid_from=date(2020, 1, 1))
    for letter in LEFT_OUT:
        employ(world, _member(world, letter), bank, from_on=date(2015, 1, 1))
    _newcomer(world)
    assert first.user is not None
    return first.user


def found_spare_experts(world: World) -> None:
    """From now on somebody is next in line."""
    for letter in SPARE:
        _member(world, letter)


def expert_called(letter: str) -> Expert:
    """The expert of this letter."""
    return Expert.objects.get(name=name_of(letter))


def _member(world: World, letter: str) -> Expert:
    """With an employer of their own, admitted, and with an account."""
    place = LETTERS.index(letter)
    expert = registered(world, place, name=name_of(letter))
    employ(world, expert, institute(world, place), from_on=date(2005, 7, 1))
    admit(world, expert)
    give_account(world, expert)
    return fresh(expert)


def _newcomer(world: World) -> None:
    """Proposed, suspended, with an employer that is not matched, a conflict, and an account that is not linked."""
    expert = registered(world, LETTERS.index(NEWCOMER), name=name_of(NEWCOMER))
    employ(world, expert, None, from_on=date(2015, 1, 1))
    keeper = acting(world.pool_keeper, START)
    common = {"acting": keeper, "expert_id": expert.pk, "at": START}
    conflict = ConflictFacts(
        named=OrganisationName(world.other.organisation.name),
        kind=ConflictKind.KIN,
        basis="本人申报表（示例）",
        from_on=date(2020, 1, 1),
    )
    add_conflict(version=fresh(expert).version, facts=conflict, **common)
    suspend(version=fresh(expert).version, reason="长期出差（示例）", from_on=START.date(), until_on=None, **common)
    propose_member(version=fresh(expert).version, pool=PoolKind.INVESTMENT, **common)
    create_user(
        commission=world.commission,
        new=NewUser(username="lyg.unlinked", full_name=expert.name, kind=User.Kind.EXPERT),
        one_time_password=PASSWORD,
        by=world.security_admin,
        at=START,
    )


def pool_things() -> dict[str, dict[str, object]]:
    """What the pages of the pool are tried on."""
    newcomer, member = expert_called(NEWCOMER), expert_called(OF_EVERY_PANEL[1])
    number = {"number": newcomer.number}
    proposal = Membership.objects.filter(expert=newcomer).aggregate(pk=Max("pk"))
    return {
        "expert": number,
        "member": {"number": member.number},
        "proposal": number | proposal,
        "employer": number | {"pk": newcomer.employers.get().pk},
        "conflict": number | {"pk": newcomer.conflict_parties.get().pk},
        "suspension": number | {"pk": newcomer.suspensions.get().pk},
    }
