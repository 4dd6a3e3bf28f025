"""Registering and correcting experts, and their accounts: what is refused, what the journal keeps, stale forms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from experts.models import Expert
from experts.services.pool import ExpertFacts, link_account, register_expert, update_expert
from investreview.accounts.models import User
from investreview.accounts.services import NewUser, create_user, deactivate_user
from investreview.core.errors import Stale
from investreview.demo.hands import acting
from tests.experts.asking import last_entry, refused
from tests.experts.cases import ON, on_day
from tests.experts.pool import SOMEBODY, fresh, give_account, registered
from tests.world import PASSWORD, World

AT = on_day(ON)


def test_register_expert_gives_a_number_and_keeps_contacts_out_of_the_journal(world: World) -> None:
    expert = register_expert(acting=acting(world.pool_keeper, AT), commission=world.commission, facts=SOMEBODY, at=AT)
    assert (expert.number, expert.specialties, expert.version) == ("LYG-ZJ-0001", ["LAW", "PORT"], 1)
    verb, actor, facts = last_entry(expert)
    assert (verb, actor) == ("expert.register", world.pool_keeper.full_name)
    assert facts == {
        "version": 1,
        "name": "专家新（示例）",
        "born_on": "1970-05-01",
        "title": "教授级高级工程师",
        "in_field_since": "1995-07-01",
        "specialties": ["LAW", "PORT"],
    }
    second = register_expert(
        acting=acting(world.pool_keeper, AT), commission=world.commission, facts=replace(SOMEBODY, phone="1"), at=AT
    )
    assert second.number == "LYG-ZJ-0002"


def test_numbers_of_two_commissions_are_counted_apart(world: World, elsewhere: World) -> None:
    registered(world, 0)
    assert registered(elsewhere, 0).number == "HAZ-ZJ-0001"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "text_empty", None),
        ({"in_field_since": date(1970, 5, 1)}, "experts_field_before_birth", "in_field_since"),
        ({"in_field_since": date(2024, 7, 6)}, "experts_date_in_future", "in_field_since"),
        ({"specialties": ()}, "experts_specialty_missing", "specialties"),
        ({"specialties": ("LAW", "MAGIC")}, "experts_specialty_unknown", "specialties"),
        ({"email": "nobody"}, "accounts_email_not_read", "email"),
        ({"phone": ""}, "text_empty", None),
        ({"title": "a\u202eb"}, "text_invisible", None),
    ],
)
def test_register_expert_refuses_what_cannot_be(
    world: World, changes: dict[str, Any], code: str, field: str | None
) -> None:
    error = refused(
        lambda: register_expert(
            acting=acting(world.pool_keeper, AT),
            commission=world.commission,
            facts=replace(SOMEBODY, **changes),
            at=AT,
        )
    )
    assert (error.code, error.field, Expert.objects.count()) == (code, field, 0)


@pytest.mark.parametrize("changes", [{"in_field_since": date(1970, 5, 2)}, {"in_field_since": ON}, {"email": ""}])
def test_register_expert_takes_what_just_can_be(world: World, changes: dict[str, Any]) -> None:
    keeper = acting(world.pool_keeper, AT)
    facts = replace(SOMEBODY, **changes)
    assert register_expert(acting=keeper, commission=world.commission, facts=facts, at=AT).pk


def test_the_same_person_is_registered_once(world: World) -> None:
    keeper = acting(world.pool_keeper, AT)
    register_expert(acting=keeper, commission=world.commission, facts=SOMEBODY, at=AT)
    error = refused(lambda: register_expert(acting=keeper, commission=world.commission, facts=SOMEBODY, at=AT))
    assert (error.code, error.facts) == ("experts_known_already", {"number": "LYG-ZJ-0001"})


def test_update_expert_keeps_what_was_said_before(world: World) -> None:
    keeper = acting(world.pool_keeper, AT)
    expert = register_expert(acting=keeper, commission=world.commission, facts=SOMEBODY, at=AT)
    facts = replace(SOMEBODY, title="研究员", phone="13900000000", specialties=("PORT",))
    updated = update_expert(acting=keeper, expert_id=expert.pk, version=1, facts=facts, at=AT)
    assert (updated.title, updated.version) == ("研究员", 2)
    assert last_entry(expert) == (
        "expert.update",
        world.pool_keeper.full_name,
        {
            "version": 2,
            "changed": {
                "title": {"before": "教授级高级工程师", "after": "研究员"},
                "phone": True,
                "specialties": {"before": ["LAW", "PORT"], "after": ["PORT"]},
            },
        },
    )


def test_update_expert_refuses_nothing_a_stale_form_and_a_twin(world: World) -> None:
    keeper = acting(world.pool_keeper, AT)
    expert = register_expert(acting=keeper, commission=world.commission, facts=SOMEBODY, at=AT)
    register_expert(acting=keeper, commission=world.commission, facts=replace(SOMEBODY, phone="139"), at=AT)

    def update(version: int, facts: ExpertFacts) -> Callable[[], object]:
        return lambda: update_expert(acting=keeper, expert_id=expert.pk, version=version, facts=facts, at=AT)

    assert refused(update(1, SOMEBODY)).code == "experts_nothing_changed"
    assert refused(update(1, replace(SOMEBODY, phone="139"))).code == "experts_known_already"
    stale = refused(update(0, replace(SOMEBODY, title="研究员")))
    assert (type(stale), stale.code) == (Stale, "core_stale")


# Accounts


def account(world: World, name: str, *, kind: User.Kind = User.Kind.EXPERT, username: str = "zj") -> User:
    return create_user(
        commission=world.commission,
        new=NewUser(username=username, full_name=name, kind=kind),
        one_time_password=PASSWORD,
        by=world.security_admin,
        at=AT,
    )


def test_link_account_ties_the_expert_to_an_account_of_their_name(world: World) -> None:
    expert = registered(world, 0)
    user = give_account(world, expert)
    assert fresh(expert).user == user
    assert last_entry(expert)[0::2] == ("expert.link_account", {"version": 2, "username": "lyg-zj-0001"})


def test_link_account_refuses_accounts_that_do_not_suit(world: World, elsewhere: World) -> None:
    expert = registered(world, 0)
    staff = account(world, expert.name, kind=User.Kind.STAFF, username="staff1")
    other_name = account(world, "别人（示例）", username="other")
    closed = account(world, expert.name, username="closed")
    deactivate_user(user=closed, reason="停用（示例）", by=world.security_admin, at=AT)
    closed.refresh_from_db()
    strange = give_account(elsewhere, registered(elsewhere, 0))
    taken = give_account(world, registered(world, 1))

    def link(user: User) -> str:
        return refused(
            lambda: link_account(acting=acting(world.pool_keeper, AT), expert_id=expert.pk, version=1, user=user, at=AT)
        ).code

    taken.full_name = expert.name
    taken.save()
    assert [link(user) for user in (staff, other_name, closed, strange, taken)] == [
        "experts_account_unsuited",
        "experts_account_other_name",
        "experts_account_unsuited",
        "experts_account_unsuited",
        "experts_account_taken",
    ]


def test_an_account_is_changed_only_after_it_was_closed(world: World) -> None:
    expert = registered(world, 0)
    first = give_account(world, expert)
    second = account(world, expert.name, username="zj.again")

    def link() -> Expert:
        return link_account(acting=acting(world.pool_keeper, AT), expert_id=expert.pk, version=2, user=second, at=AT)

    assert refused(link).code == "experts_account_linked"
    deactivate_user(user=first, reason="换号（示例）", by=world.security_admin, at=AT)
    assert link().user == second
