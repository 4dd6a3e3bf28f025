"""The ceremony and what it refuses: two people, the right paper, ten digits, once."""

from datetime import timedelta
from typing import Any

import pytest

from experts.models import Exclusion, Expert, Panel
from experts.services import ceremony
from experts.states import PanelState
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import RoleOffer, found_role
from investreview.core.errors import DomainError
from investreview.core.roles import Role
from investreview.draws.kinds import DrawState, Reader
from investreview.draws.models import Draw
from tests.experts import ceremonies
from tests.experts.cases import ask
from tests.experts.halls import Hall, hall, refused
from tests.world import FOUNDED_AT, FOUNDER, drive


@pytest.fixture
def announced(there: Hall) -> Hall:
    ceremonies.freeze(there)
    ceremonies.announce(there)
    return there


def freeze_with(there: Hall, **fields: Any) -> str:
    return refused(ceremonies.freeze, there, **fields)


def give(there: Hall, who: str, role: Role) -> None:
    """The person holds one more role of the commission."""
    offer = RoleOffer(role=role, body=there.world.commission, valid_from=FOUNDED_AT.date())
    found_role(user=there.world.people[who], offer=offer, actor=FOUNDER, at=FOUNDED_AT)


def test_the_freeze_keeps_the_setup(there: Hall) -> None:
    panel = ceremonies.freeze(there, industries=("PORT", "MARINE"), fee="专家劳务标准（示例）")
    assert (panel.state, panel.round, panel.round_reason, panel.size) == (PanelState.FROZEN, 1, "", 5)
    assert (panel.industries, panel.fee, panel.operator) == (
        ["PORT", "MARINE"],
        "专家劳务标准（示例）",
        there.world.draw_operator,
    )
    draw = panel.draw
    assert (draw.state, draw.subject_kind, draw.subject_key, draw.round) == ("FROZEN", "panel", there.case.number, 1)
    assert draw.terms["unit_cap"] == 1
    assert draw.terms["seats"] == [
        {"spec": "财务会计", "n": 1},
        {"spec": "法律风险", "n": 1},
        {"spec": "行业", "n": 1},
        {"spec": "*", "n": 2},
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"industries": ()}, "experts_industry_unknown"),
        ({"industries": ("PORT", "LAW")}, "experts_industry_unknown"),
        ({"industries": ("NOTHING",)}, "experts_industry_unknown"),
        ({"mode": "BY_DOVE"}, "experts_mode_unknown"),
        ({"place": " "}, "text_empty"),
        ({"round_reason": "再抽一次"}, "experts_round_reason_differs"),
    ],
)
def test_a_setup_that_says_too_little_is_refused(there: Hall, fields: dict[str, Any], code: str) -> None:
    assert freeze_with(there, **fields) == code
    assert not Panel.objects.exists()


@pytest.mark.parametrize(("minutes", "ok"), [(1, False), (2, True)])
def test_the_meeting_lies_in_the_future(there: Hall, minutes: int, ok: bool) -> None:
    meets_at = there.now + timedelta(minutes=minutes)  # the act is a minute from now
    if ok:
        assert ceremonies.freeze(there, meets_at=meets_at).meets_at == meets_at
    else:
        assert freeze_with(there, meets_at=meets_at) == "experts_meeting_in_past"


@pytest.mark.parametrize(
    "who", ["draw_supervisor", "panel_secretary", "officer", "head", "deputy", "pool_keeper", "group_drafter"]
)
def test_only_the_operator_freezes(there: Hall, who: str) -> None:
    code = refused(
        ceremony.freeze_panel,
        acting=there.by(who),
        case_id=there.case.pk,
        version=None,
        setup=ceremonies.setup(),
        at=there.tick(),
    )
    assert code == "projects_role_missing"


def test_there_is_one_panel_at_a_time(there: Hall) -> None:
    ceremonies.freeze(there)
    assert freeze_with(there) == "experts_panel_running"


def test_a_filing_has_no_panel(there: Hall) -> None:
    filing = Hall(there.world, drive(there.world, "confirmed", key="filing"))
    assert freeze_with(filing) == "experts_panel_not_due"


def test_a_case_that_is_not_complete_has_no_panel_yet(there: Hall) -> None:
    early = Hall(there.world, drive(there.world, "released", key="early", yuan="45000000.00"))
    assert freeze_with(early) == "projects_not_allowed_in_state"


def test_a_stale_form_is_refused(there: Hall) -> None:
    code = refused(
        ceremony.freeze_panel,
        acting=there.by("draw_operator"),
        case_id=there.case.pk,
        version=there.fresh().version - 1,
        setup=ceremonies.setup(),
        at=there.tick(),
    )
    assert code == "core_stale"


def test_a_shortage_is_told_exactly_before_the_freeze(there: Hall) -> None:
    for expert in Expert.objects.all():
        expert.specialties = [key for key in expert.specialties if key not in ("LAW", "RISK")]
        expert.save()
    with pytest.raises(DomainError) as caught:
        ceremonies.freeze(there)
    assert (caught.value.code, caught.value.facts["seats"]) == ("draws_seats_short", "法律风险")
    assert (caught.value.facts["need"], caught.value.facts["have"]) == (1, 0)
    assert (Panel.objects.count(), Draw.objects.count()) == (0, 0)


def test_the_clock_stands_from_the_announcement(there: Hall) -> None:
    ceremonies.freeze(there)
    assert there.fresh().panels_begun == 0
    panel = ceremonies.announce(there)
    assert (panel.state, there.fresh().panels_begun) == (PanelState.ANNOUNCED, 1)
    assert (panel.announced_at, str(panel.due_on)) == (there.now, "2024-07-29")
    assert refused(ceremonies.announce, there) == "experts_not_allowed_in_panel_state"


def test_numbers_come_after_the_announcement_and_the_panel_after_the_numbers(there: Hall) -> None:
    with pytest.raises(DomainError, match="experts_numbers_not_now"):
        _freeze_and_enter(there)
    ceremonies.announce(there)
    assert refused(ceremonies.draw, there) == "draws_not_allowed_in_state"
    ceremonies.enter_numbers(there)
    assert there.panel.draw.state == DrawState.ENTROPY
    assert ceremonies.draw(there).state == PanelState.INVITING
    assert there.panel.supervisor == there.world.draw_supervisor


def _freeze_and_enter(there: Hall) -> None:
    ceremonies.freeze(there)
    ceremonies.enter_numbers(there, tail="00000000")


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        (range(9), "draws_numbers_count"),
        ((*range(10), 1), "draws_numbers_count"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8, 10), "draws_number_bounds"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8, -1), "draws_number_bounds"),
        ("abcdefghij", "draws_number_bounds"),
        ("0123456789", "draws_number_bounds"),
        ((True, 1, 2, 3, 4, 5, 6, 7, 8, 9), "draws_number_bounds"),
    ],
)
def test_anything_but_ten_single_digits_is_refused(announced: Hall, digits: Any, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        ceremonies.enter_numbers(announced, digits=digits)
    assert (caught.value.code, announced.panel.draw.state) == (code, DrawState.ANNOUNCED)


def test_the_tail_of_the_paper_must_be_right(announced: Hall) -> None:
    right = announced.panel.draw.request_hash[-8:]
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    with pytest.raises(DomainError, match="draws_tail_differs"):
        ceremonies.enter_numbers(announced, tail=wrong)
    ceremonies.enter_numbers(announced, tail=right.upper())


def test_the_operator_never_supervises_the_same_draw(announced: Hall) -> None:
    give(announced, "draw_operator", Role.DRAW_SUPERVISOR)
    with pytest.raises(DomainError, match="projects_duty_conflict"):
        ceremonies.enter_numbers(announced, by="draw_operator")
    ceremonies.enter_numbers(announced)
    act = {"acting": announced.by("draw_operator"), "case_id": announced.case.pk, "version": None}
    assert refused(ceremony.draw_panel, **act, at=announced.tick()) == "projects_duty_conflict"


def test_the_supervisor_never_operates_the_same_draw(announced: Hall) -> None:
    give(announced, "draw_supervisor", Role.DRAW_OPERATOR)
    ceremonies.enter_numbers(announced)
    ceremonies.draw(announced)
    act = {"acting": announced.by("draw_supervisor"), "case_id": announced.case.pk, "version": None}
    assert refused(ceremony.close_invitations, **act, at=announced.tick()) == "projects_duty_conflict"


@pytest.mark.parametrize("who", ["draw_operator", "panel_secretary", "officer", "discipline", "group_releaser"])
def test_only_the_supervisor_enters_numbers(announced: Hall, who: str) -> None:
    with pytest.raises(DomainError, match="projects_role_missing"):
        ceremonies.enter_numbers(announced, by=who)


def test_a_case_without_a_panel_takes_no_numbers(there: Hall) -> None:
    user = there.world.draw_supervisor
    for case_id in (there.case.pk, 0):
        code = refused(
            ceremony.enter_panel_numbers,
            user=user,
            scope=scope_of(user, there.now),
            case_id=case_id,
            fingerprint_tail="0" * 8,
            numbers=ceremonies.DIGITS,
            read_by=Reader.WITNESS,
            at=there.tick(),
        )
        assert code == "projects_case_not_visible"


def test_the_same_numbers_bring_about_the_same_panel_and_others_are_refused_for_ever(announced: Hall) -> None:
    ceremonies.enter_numbers(announced)
    ceremonies.enter_numbers(announced)
    with pytest.raises(DomainError, match="draws_numbers_differ"):
        ceremonies.enter_numbers(announced, digits=range(10))
    ceremonies.draw(announced)
    assert refused(ceremonies.draw, announced) == "experts_not_allowed_in_panel_state"


def test_whom_the_enterprise_asked_to_stand_aside_is_answered_first(there: Hall) -> None:
    ask(there.world, there.case, "某咨询公司（示例）", at=there.tick())
    with pytest.raises(DomainError) as caught:
        ceremonies.freeze(there)
    assert (caught.value.code, caught.value.facts) == ("experts_recusal_requests_open", {"count": 1})


def test_two_panels_of_one_commission_run_side_by_side(announced: Hall) -> None:
    second = hall(announced.world, key="second")
    second.now = announced.now
    ceremonies.freeze(second)
    assert refused(ceremonies.announce, second) == "draws_ceremony_open"
    ceremonies.enter_numbers(announced)
    ceremonies.draw(announced)
    ceremonies.announce(second)
    assert (announced.panel.draw.seq, second.panel.draw.seq) == (1, 2)
    assert Exclusion.objects.count() == 0
