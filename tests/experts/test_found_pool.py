"""The invented pool of the tests is what a commission's pool would be."""

from datetime import date

from experts.models import Expert, Membership
from investreview.accounts.models import User
from investreview.rulebook.selectors import rule_set_in_force
from investreview.rulebook.vocabulary import PoolKind
from tests.experts.pool import found_pool, numbers
from tests.world import World


def test_found_pool_gives_members_with_employers_and_accounts(world: World) -> None:
    experts = found_pool(world, 9)
    assert numbers(experts) == [f"LYG-ZJ-{n:04d}" for n in range(1, 10)]
    assert [expert.name for expert in experts[:2]] == ["专家甲一（示例）", "专家甲二（示例）"]
    assert {expert.user.kind for expert in experts if expert.user} == {User.Kind.EXPERT}
    assert {
        (term.pool, term.admitted_on, term.term_until, term.proposed_by, term.admitted_by)
        for term in Membership.objects.all()
    } == {("INVESTMENT", date(2024, 1, 2), date(2027, 1, 1), world.pool_keeper, world.head)}
    employers = [expert.employers.get() for expert in experts]
    assert len({tie.organisation_id for tie in employers}) == 9


def test_nine_invented_experts_fit_every_seat_class_three_times(world: World) -> None:
    experts = found_pool(world, 9, with_accounts=False)
    panel = rule_set_in_force(world.commission, date(2024, 7, 1)).data.panel
    fitted = [panel.classes_of(frozenset(expert.specialties), frozenset({"PORT"})) for expert in experts]
    assert {seat.key: sum(seat.key in classes for classes in fitted) for seat in panel.seats} == {
        "财务会计": 3,
        "法律风险": 3,
        "行业": 3,
    }


def test_two_pools_are_founded_side_by_side(world: World) -> None:
    found_pool(world, 2)
    inspectors = found_pool(world, 3, pool=PoolKind.SUPERVISION, first=2, with_accounts=False)
    assert numbers(inspectors) == ["LYG-ZJ-0003", "LYG-ZJ-0004", "LYG-ZJ-0005"]
    assert Expert.objects.filter(memberships__pool="SUPERVISION").count() == 3
