"""Hits over ownership that two people find harmless stay dismissed until a fact changes."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from experts.models import DismissedHit, Expert
from experts.services.dismissals import confirm_dismissal, propose_dismissal, refuse_dismissal
from investreview.accounts.services import RoleOffer, grant_role
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.demo.hands import acting
from investreview.journal.selectors import entries_of
from investreview.projects.models import Case
from investreview.registry.models import Shareholding
from investreview.registry.services import record_shareholding
from tests.experts.asking import last_entry, refused
from tests.experts.cases import ON, judged, left_out, on_day, only_exclusion, panel_case
from tests.experts.pool import employ, found_pool, organisation
from tests.world import World, drive

AT = on_day(ON)


@pytest.fixture
def small_share(world: World) -> Expert:
    """An expert whose employer holds 0.5 % of a subsidiary of the applicant's group."""
    [expert] = found_pool(world, 1, with_accounts=False)
    bank = organisation("某上市银行（示例）")
    record_shareholding(owner=bank, owned=world.sub.organisation, share_bps=50, valid_from=date(2020, 1, 1))
    employ(world, expert, bank, from_on=date(2015, 1, 1))
    return expert


def put_forward(
    world: World, case: Case, expert: Expert, *, who: str = "draw_operator", fingerprint: str = "", at: datetime = AT
) -> DismissedHit:
    return propose_dismissal(
        acting=acting(world.people[who], at),
        case_id=case.pk,
        expert_id=expert.pk,
        fingerprint=fingerprint or only_exclusion(case).reasons[0].fingerprint,
        reason="持股0.5%，不影响公正（示例）。",
        at=AT,
    )


def confirm(world: World, hit: DismissedHit, *, who: str = "head") -> DismissedHit:
    return confirm_dismissal(acting=acting(world.people[who], AT), dismissal_id=hit.pk, at=AT)


def test_a_hit_over_ownership_is_dismissed_by_two(world: World, case: Case, small_share: Expert) -> None:
    hit = put_forward(world, case, small_share)
    assert (left_out(case), judged(case).open_dismissals) == ({"LYG-ZJ-0001": ("EMPLOYER",)}, 1)
    confirm(world, hit)
    pool = judged(case)
    assert (pool.excluded, pool.open_dismissals) == ((), 0)
    assert [(one.stable_id, one.reason.code.value) for one in pool.dismissed] == [("LYG-ZJ-0001", "EMPLOYER")]
    verb, actor, facts = last_entry(small_share)
    assert (verb, actor, facts["case"]) == ("expert.confirm_dismissal", world.head.full_name, case.number)


def test_the_case_s_journal_tells_nothing_of_a_dismissed_hit(world: World, case: Case, small_share: Expert) -> None:
    before = entries_of(case.subject).count()
    confirm(world, put_forward(world, case, small_share))
    assert entries_of(case.subject).count() == before


def test_a_dismissed_hit_stays_dismissed_in_the_next_case(world: World, case: Case, small_share: Expert) -> None:
    confirm(world, put_forward(world, case, small_share))
    assert left_out(panel_case(world, key="2", name="另一项目（示例）")) == {}


def share_grows(expert: Expert) -> None:
    Shareholding.objects.update(share_bps=51)


def share_ends(expert: Expert) -> None:
    Shareholding.objects.update(valid_to=ON)


def tie_ends(expert: Expert) -> None:
    expert.employers.filter(stated_name="某上市银行（示例）").update(until_on=ON)


@pytest.mark.parametrize("change", [share_grows, share_ends, tie_ends])
def test_a_dismissed_hit_stands_again_when_a_fact_changes(
    world: World, case: Case, small_share: Expert, change: Callable[[Expert], None]
) -> None:
    confirm(world, put_forward(world, case, small_share))
    assert left_out(case) == {}
    change(small_share)
    assert left_out(case) == {"LYG-ZJ-0001": ("EMPLOYER",)}
    assert confirm(world, put_forward(world, case, small_share)).is_confirmed


def test_dismissing_one_hit_leaves_the_others(world: World, case: Case, small_share: Expert) -> None:
    fingerprint = only_exclusion(case).reasons[0].fingerprint
    employ(world, small_share, world.group.organisation, from_on=date(2022, 1, 1))
    confirm(world, put_forward(world, case, small_share, fingerprint=fingerprint))
    [reason] = only_exclusion(case).reasons
    assert reason.path.startswith("专家→在职（2022年1月1日至今）")


def test_a_direct_tie_and_an_unknown_hit_are_not_put_forward(world: World, case: Case) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    employ(world, expert, world.sub.organisation, from_on=date(2015, 1, 1))
    assert only_exclusion(case).reasons[0].fingerprint == ""
    assert refused(lambda: put_forward(world, case, expert, fingerprint="0" * 64)).code == "experts_hit_unknown"


def test_a_hit_is_put_forward_once_until_it_is_refused(world: World, case: Case, small_share: Expert) -> None:
    hit = put_forward(world, case, small_share)
    assert refused(lambda: put_forward(world, case, small_share)).code == "experts_hit_proposed"
    me = acting(world.head, AT)
    assert refused(lambda: refuse_dismissal(acting=me, dismissal_id=hit.pk, answer=" ", at=AT)).code == "text_empty"
    refuse_dismissal(acting=me, dismissal_id=hit.pk, answer="持股虽小，仍应回避。", at=AT)
    assert left_out(case) == {"LYG-ZJ-0001": ("EMPLOYER",)}
    assert refused(lambda: confirm(world, hit)).code == "experts_dismissal_decided"
    assert put_forward(world, case, small_share).pk != hit.pk


@pytest.mark.parametrize("who", ["head", "officer", "draw_supervisor", "pool_keeper", "group_drafter"])
def test_only_the_operator_puts_forward(world: World, case: Case, small_share: Expert, who: str) -> None:
    assert refused(lambda: put_forward(world, case, small_share, who=who)).code == "projects_role_missing"


@pytest.mark.parametrize("who", ["draw_operator", "officer", "draw_supervisor", "pool_keeper", "deputy"])
def test_only_the_head_decides(world: World, case: Case, small_share: Expert, who: str) -> None:
    hit = put_forward(world, case, small_share)
    assert refused(lambda: confirm(world, hit, who=who)).code == "projects_role_missing"


def test_who_put_forward_does_not_decide(world: World, case: Case, small_share: Expert) -> None:
    offer = RoleOffer(Role.DRAW_OPERATOR, world.commission, ON)
    grant_role(user=world.head, offer=offer, by=world.security_admin, at=AT)
    hit = put_forward(world, case, small_share, who="head")
    assert refused(lambda: confirm(world, hit)).code == "experts_dismissal_own"
    with pytest.raises(IntegrityError), transaction.atomic():
        DismissedHit.objects.filter(pk=hit.pk).update(is_confirmed=True, decided_by=world.head, decided_at=AT)


def test_an_unknown_dismissal_is_not_found(world: World) -> None:
    me = acting(world.head, AT)
    assert isinstance(refused(lambda: confirm_dismissal(acting=me, dismissal_id=999_999, at=AT)), NotVisible)


def test_a_hit_is_put_forward_only_while_a_panel_is_due(world: World, small_share: Expert) -> None:
    filing = drive(world, "confirmed", key="f", yuan="18600000.00")
    assert (
        refused(lambda: put_forward(world, filing, small_share, fingerprint="0" * 64)).code == "projects_panel_not_due"
    )
