"""The signing chain from the rule set: countersigning in parallel, wording, meeting; recall, transfer, substitutes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from investreview.accounts.selectors import scope_of
from investreview.accounts.services import record_substitution
from investreview.accounts.services.substitutions import Authority
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.projects.models import Case, Opinion
from investreview.projects.services import countersigning, deciding, signing
from tests.world import World, drive, found_world, later, rules_with_chain
from workflows import engine
from workflows.models import WorkItem
from workflows.selectors import inbox, item_for
from workflows.tasks import sweep

LONG_CHAIN = rules_with_chain(
    {"key": "check", "kind": "CHECK", "role": "OFFICE_HEAD", "limit_days": 2, "citation": "§5.3"},
    {
        "key": "countersign",
        "kind": "COUNTERSIGN",
        "role": "COUNTERSIGNER",
        "offices": ["FINANCE", "LAW"],
        "limit_days": 2,
        "citation": "§5.3",
    },
    {"key": "wording", "kind": "WORDING", "role": "DOCUMENT_OFFICER", "limit_days": 1, "citation": "§5.3"},
    {"key": "meeting", "kind": "MEETING", "role": "CASE_OFFICER", "limit_days": 5, "citation": "§5.3"},
    {"key": "sign", "kind": "SIGN", "role": "DIRECTOR", "limit_days": 2, "citation": "§5.3"},
)
MEETING = deciding.Meeting(date(2024, 7, 3), "党委会2024年第7次第3项", "党纪〔2024〕7号", "同意备案。")


@pytest.fixture
def long_world(db: None) -> World:
    return found_world(rules=LONG_CHAIN)


def _open(case: Case) -> list[tuple[str, str]]:
    items = WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN)
    return sorted(items.values_list("node", "office"))


def _countersign(world: World, case: Case, office: str, who: str, day: int, outcome: str = "NO_OBJECTION") -> None:
    hands.act(
        case,
        "countersign",
        world.people[who],
        countersigning.countersign,
        later(day),
        office=office,
        outcome=outcome,
        text="请关注资产负债率。",
    )


def test_the_long_chain_asks_every_office_in_parallel_and_ends_with_the_director(long_world: World) -> None:
    world = long_world
    case = drive(world, "checked")
    assert _open(case) == [("countersign", "CW"), ("countersign", "FG")]
    _countersign(world, case, "FG", "law", 6, "OBJECTED")
    assert _open(case) == [("countersign", "CW")]
    _countersign(world, case, "CW", "finance", 7)
    assert _open(case) == [("wording", "")]
    hands.act(case, "wording", world.document_officer, deciding.check_wording, later(7), text="文字已核。")
    hands.act(case, "meeting", world.officer, deciding.record_meeting, later(8), meeting=MEETING, text="")
    hands.act(case, "sign", world.director, signing.sign, later(9), text="同意。", letter_version=1)
    case = hands.fresh(case)
    assert (case.state, case.signer) == ("FILED", world.director)
    meeting = Opinion.objects.get(case=case, outcome="RECORDED")
    assert meeting.details["agenda_number"] == "党委会2024年第7次第3项"


def test_an_office_is_answered_by_its_own_people_only(long_world: World) -> None:
    case = drive(long_world, "checked")
    with pytest.raises(Forbidden):
        _countersign(long_world, case, "CW", "law", 6)
    with pytest.raises(Forbidden):
        _countersign(long_world, case, "FG", "property", 6)


def test_no_answer_in_time_is_shown_as_no_answer_and_strands_nobody(long_world: World) -> None:
    case = drive(long_world, "checked")  # Saturday 6 July; due on Tuesday 9 July
    _countersign(long_world, case, "CW", "finance", 7)
    sweep(later(8))
    assert _open(case) == [("countersign", "FG")]
    sweep(later(9))
    case = hands.fresh(case)
    assert _open(case) == [("wording", "")]
    assert [(line["office"], line["round"]) for line in case.unanswered] == [("FG", 1)]
    assert not Opinion.objects.filter(case=case, office="FG").exists()


def test_a_second_round_asks_the_offices_again(long_world: World) -> None:
    world = long_world
    case = drive(world, "checked")
    _countersign(world, case, "CW", "finance", 7)
    _countersign(world, case, "FG", "law", 7)
    hands.act(case, "wording", world.document_officer, deciding.send_back, later(8), reason="复函与意见不一致。")
    hands.propose(case, world.officer, later(9), risks=[])
    hands.check(case, world.head, later(10))
    assert _open(case) == [("countersign", "CW"), ("countersign", "FG")]


def test_an_act_is_recalled_until_the_next_person_has_opened_it(world: World) -> None:
    case = drive(world, "checked")
    check_task = WorkItem.objects.get(case=case, node="check").task_id
    engine.recall(task_id=check_task, user=world.head, at=later(6))
    case = hands.fresh(case)
    assert (_open(case), case.chain_position, case.head) == ([("check", "")], 0, None)
    assert Opinion.objects.get(case=case, outcome="AGREED").recalled_at == later(6)
    assert list(Entry.objects.order_by("-id").values_list("verb", flat=True)[:1]) == ["case.recall"]
    hands.check(case, world.head, later(7))
    item, _ = item_for(task_id=hands.task_of(case, "sign"), user=world.deputy, at=later(8))
    engine.note_opened(item=item, user=world.deputy, at=later(8))
    again = WorkItem.objects.get(case=case, node="check", state=WorkItem.State.DONE).task_id
    with pytest.raises(Invalid) as refused:
        engine.recall(task_id=again, user=world.head, at=later(8))
    assert refused.value.code == "projects_recall_impossible"


def test_a_recalled_hand_over_is_a_draft_again_and_is_handed_over_again(world: World) -> None:
    case = drive(world, "handed_over")
    engine.recall(task_id=WorkItem.objects.get(case=case, node="begin").task_id, user=world.group_drafter, at=later(2))
    assert (hands.fresh(case).state, _open(case)) == ("DRAFT", [("revise", "")])
    hands.hand_over(case, world.group_drafter, later(3))
    hands.release(case, world.group_releaser, later(4))
    assert hands.fresh(case).state == "CHECKING"


def test_a_recalled_release_leaves_its_submission_marked(world: World) -> None:
    case = drive(world, "released")
    engine.recall(
        task_id=WorkItem.objects.get(case=case, node="release").task_id, user=world.group_releaser, at=later(3)
    )
    case = hands.fresh(case)
    assert (case.state, case.released_at, case.releaser) == ("AWAITING_RELEASE", None, None)
    assert case.submissions.get().recalled_at == later(3)
    hands.release(case, world.group_releaser, later(4))
    assert case.submissions.filter(recalled_at__isnull=True).get().ordinal == 2


def test_one_of_several_countersignatures_is_recalled_alone(long_world: World) -> None:
    case = drive(long_world, "checked")
    _countersign(long_world, case, "CW", "finance", 7)
    done = WorkItem.objects.get(case=case, node="countersign", office="CW").task_id
    engine.recall(task_id=done, user=long_world.finance, at=later(7))
    assert _open(case) == [("countersign", "CW"), ("countersign", "FG")]
    _countersign(long_world, case, "CW", "finance", 8, "OBJECTED")
    _countersign(long_world, case, "FG", "law", 8)
    assert _open(case) == [("wording", "")]


def test_nobody_recalls_for_others_nor_what_made_a_number(world: World) -> None:
    case = drive(world, "signed")
    signed = WorkItem.objects.get(case=case, node="sign").task_id
    with pytest.raises(Forbidden):
        engine.recall(task_id=signed, user=world.head, at=later(8))
    with pytest.raises(Invalid):
        engine.recall(task_id=signed, user=world.deputy, at=later(8))
    confirmed = WorkItem.objects.get(case=case, node="check_completeness").task_id
    with pytest.raises(Invalid):
        engine.recall(task_id=confirmed, user=world.officer, at=later(8))


def test_a_transferred_task_belongs_to_the_other_person_only(world: World) -> None:
    case = drive(world, "confirmed")
    task_id = hands.task_of(case, "opinion")
    engine.transfer(task_id=task_id, user=world.head, to=world.officer2, reason="工作调整。", at=later(4))
    with pytest.raises(Forbidden):
        hands.propose(case, world.officer, later(5), risks=[])
    hands.propose(case, world.officer2, later(5), risks=[])
    assert hands.fresh(case).officer == world.officer2


@pytest.mark.parametrize("to", ["head", "deputy", "group_drafter"])
def test_a_task_is_not_transferred_to_somebody_who_may_not_do_it(world: World, to: str) -> None:
    case = drive(world, "confirmed")
    with pytest.raises(Forbidden):
        engine.transfer(
            task_id=hands.task_of(case, "opinion"), user=world.head, to=world.people[to], reason="调整。", at=later(4)
        )


def _authorise(world: World, substitute: str, **limits: object) -> None:
    record_substitution(
        principal=world.deputy,
        substitute=world.people[substitute],
        authority=Authority(
            number="国资授〔2024〕1号",
            role=Role.DEPUTY_DIRECTOR,
            path=world.commission.path,
            valid_from=later(0).date(),
            valid_until=later(0).date() + timedelta(days=30),
            **limits,
        ),
        by=world.security_admin,
        at=later(0),
    )


def test_a_substitute_signs_for_the_principal_and_both_stay_visible(world: World) -> None:
    _authorise(world, "director")
    case = drive(world, "checked")
    hands.sign(case, world.director, later(7))
    case = hands.fresh(case)
    assert (case.signer, case.signer_for) == (world.director, world.deputy)
    opinion = Opinion.objects.get(case=case, outcome="SIGNED")
    assert (opinion.on_behalf_of, opinion.authority_number) == (world.deputy, "国资授〔2024〕1号")


@pytest.mark.parametrize(
    ("limits", "day"),
    [({"max_amount_yuan": Decimal("18599999.99")}, 7), ({"routes": ("EXPERT_PANEL",)}, 7), ({}, 31)],
)
def test_a_substitute_stays_within_amount_route_and_period(world: World, limits: dict[str, object], day: int) -> None:
    _authorise(world, "director", **limits)
    case = drive(world, "checked")
    with pytest.raises(Forbidden):
        hands.sign(case, world.director, later(day))


def test_a_substitute_cannot_sign_what_they_checked(world: World) -> None:
    _authorise(world, "head")
    case = drive(world, "checked")
    with pytest.raises(Forbidden) as refused:
        hands.sign(case, world.head, later(7))
    assert refused.value.code == "projects_duty_conflict"


def test_the_inbox_shows_exactly_what_the_button_allows(world: World) -> None:
    case = drive(world, "checked")
    for user in world.people.values():
        listed = inbox(user=user, scope=scope_of(user, later(7)), at=later(7)).filter(case=case).exists()
        try:
            item_for(task_id=hands.task_of(case, "sign"), user=user, at=later(7))
            allowed = True
        except (Forbidden, NotVisible):
            allowed = False
        assert listed is allowed, user.username
