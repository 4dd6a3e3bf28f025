"""What the 2024 set says of expert panels, and what the loader refuses of it."""

from decimal import Decimal

import pytest

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.rulebook.panels import LIMITS
from investreview.rulebook.ruleset import parse
from investreview.rulebook.vocabulary import PoolKind, Route
from tests.rulebook.factories import Change, drop, mapping_2024, put, rules_2024

PANEL = rules_2024().panel
PORT = frozenset({"PORT"})


@pytest.mark.parametrize(
    ("amount", "size"),
    [
        ("0.01", 5),
        ("29999999.99", 5),
        ("30000000.00", 5),
        ("30000000.01", 5),
        ("99999999.99", 5),
        ("100000000.00", 7),
        ("100000000.01", 7),
        ("9999999999999.99", 7),
    ],
)
def test_the_size_goes_by_the_amount(amount: str, size: int) -> None:
    assert PANEL.size(route=Route.EXPERT_PANEL, amount_yuan=Decimal(amount), is_overseas=False) == size


@pytest.mark.parametrize(
    ("route", "is_overseas", "size"),
    [
        (Route.EXPERT_PANEL, False, 5),
        (Route.EXPERT_PANEL, True, 7),
        (Route.ACQUISITION, False, 7),
        (Route.SPECIAL_REVIEW, False, 7),
        (Route.NONMAIN_PREFILING, False, 5),
    ],
)
def test_the_route_or_a_place_overseas_asks_for_the_full_panel(route: Route, is_overseas: bool, size: int) -> None:
    assert PANEL.size(route=route, amount_yuan=Decimal("30000000.00"), is_overseas=is_overseas) == size


@pytest.mark.parametrize(
    ("specialties", "industries", "classes"),
    [
        ({"FINANCE"}, PORT, ("财务会计",)),
        ({"AUDIT"}, PORT, ("财务会计",)),
        ({"LAW"}, PORT, ("法律风险",)),
        ({"RISK"}, PORT, ("法律风险",)),
        ({"PORT"}, PORT, ("行业",)),
        ({"ENERGY"}, PORT, ()),
        ({"INVESTMENT"}, PORT, ()),
        ({"ENERGY"}, frozenset({"PORT", "ENERGY"}), ("行业",)),
        ({"PORT"}, frozenset(), ()),
        ({"PORT", "RISK", "AUDIT"}, PORT, ("财务会计", "法律风险", "行业")),
        (set(), PORT, ()),
    ],
)
def test_a_seat_class_is_fitted_by_its_specialties_or_the_projects_industry(
    specialties: set[str], industries: frozenset[str], classes: tuple[str, ...]
) -> None:
    assert PANEL.classes_of(frozenset(specialties), industries) == classes


def test_the_numbers_of_the_panel() -> None:
    assert {name: getattr(PANEL, name) for name in LIMITS} == {
        "field_years": 8,
        "oldest_years": 70,
        "term_years": 3,
        "pool_change_calendar_days": 30,
        "look_back_years": 3,
        "per_employer": 1,
        "open_panels": 2,
        "same_group_panels": 3,
        "same_group_months": 12,
        "no_answer_tries": 3,
        "no_answer_minutes": 20,
        "comment_below_percent": 60,
        "pass_agree_numerator": 2,
        "pass_agree_denominator": 3,
        "pass_mean_points": 70,
        "written_opinion_days": 2,
        "revision_days": 20,
        "condition_days": 60,
        "condition_reminder_days": 5,
        "countersigned_declines_numerator": 1,
        "countersigned_declines_denominator": 3,
    }
    assert (PANEL.pool, PANEL.full_points) == (PoolKind.INVESTMENT, 100)


def test_every_number_and_bound_of_the_panel_cites_a_paragraph_of_the_set() -> None:
    known = {one.key for one in rules_2024().paragraphs}
    cited = {PANEL.citation_of(name) for name in LIMITS}
    cited |= {step.citation for step in PANEL.sizes} | {seat.citation for seat in PANEL.seats}
    assert cited - known == set()
    assert PANEL.citation_of("look_back_years") == "§7.4"


def test_the_sheet_weighs_what_the_rules_say() -> None:
    assert {one.key: one.points for one in PANEL.criteria} == {
        "STRATEGY": 15,
        "MARKET": 15,
        "TECHNOLOGY": 15,
        "FINANCE": 20,
        "PROCEDURE": 15,
        "RISK": 20,
    }


def test_one_of_each_class_is_needed() -> None:
    assert {seat.key: seat.count for seat in PANEL.seats} == {"财务会计": 1, "法律风险": 1, "行业": 1}


IN_PANEL = ("panel",)
SEAT = (*IN_PANEL, "seats", 0)
INDUSTRY_SEAT = (*IN_PANEL, "seats", 2)
LIMIT = (*IN_PANEL, "limits", "field_years")
FAULTS: list[tuple[Change, str, str]] = [
    (drop(*IN_PANEL), "rulebook_entry_missing", "panel"),
    (put(*IN_PANEL, "extra", value=1), "rulebook_entry_unknown", "panel.extra"),
    (put(*IN_PANEL, "pool", value="FRIENDS"), "rulebook_not_one_of", "panel.pool"),
    (put(*IN_PANEL, "sizes", value=[]), "rulebook_not_list", "panel.sizes"),
    (put(*IN_PANEL, "sizes", 0, "size", value=6), "rulebook_panel_even", "panel.sizes[0].size"),
    (put(*IN_PANEL, "sizes", 0, "from_yuan", value="30000000"), "rulebook_not_yuan", "panel.sizes[0].from_yuan"),
    (put(*IN_PANEL, "sizes", 1, "from_yuan", value="30000000.00"), "rulebook_written_twice", "panel.sizes"),
    (put(*IN_PANEL, "full_panel_routes", value=["WALK"]), "rulebook_not_one_of", "panel.full_panel_routes[0]"),
    (put(*IN_PANEL, "specialties", value=[]), "rulebook_not_list", "panel.specialties"),
    (put(*IN_PANEL, "specialties", 4, "key", value="FINANCE"), "rulebook_written_twice", "panel"),
    (put(*IN_PANEL, "seats", value=[]), "rulebook_not_list", "panel.seats"),
    (put(*SEAT, "specialties", value=["ASTROLOGY"]), "rulebook_not_one_of", "panel.seats[0].specialties[0]"),
    (put(*SEAT, "specialties", value=[]), "rulebook_not_list", "panel.seats[0].specialties"),
    (drop(*SEAT, "specialties"), "rulebook_seat_unclear", "panel.seats[0]"),
    (put(*SEAT, "of_project", value=True), "rulebook_seat_unclear", "panel.seats[0]"),
    (put(*INDUSTRY_SEAT, "of_project", value=False), "rulebook_seat_unclear", "panel.seats[2]"),
    (put(*SEAT, "count", value=0), "rulebook_not_whole", "panel.seats[0].count"),
    (put(*SEAT, "count", value=4), "rulebook_seats_exceed_panel", "panel.seats"),
    (put(*SEAT, "key", value="行业"), "rulebook_written_twice", "panel"),
    (put(*SEAT, "citation", value="§7.99"), "rulebook_citation_unknown", "panel.seats[0].citation"),
    (put(*IN_PANEL, "criteria", 0, "points", value=14), "rulebook_points_not_full", "panel.criteria"),
    (put(*IN_PANEL, "criteria", 0, "points", value=16), "rulebook_points_not_full", "panel.criteria"),
    (put(*IN_PANEL, "criteria", 1, "key", value="STRATEGY"), "rulebook_written_twice", "panel"),
    (put(*IN_PANEL, "red_lines", 1, "key", value="PROHIBITED"), "rulebook_written_twice", "panel"),
    (drop(*LIMIT), "rulebook_entry_missing", "panel.limits.field_years"),
    (put(*LIMIT, "value", value=0), "rulebook_not_whole", "panel.limits.field_years.value"),
    (put(*LIMIT, "citation", value="§7.99"), "rulebook_citation_unknown", "panel.limits.field_years.citation"),
    (
        put(*IN_PANEL, "limits", "pass_agree_numerator", "value", value=4),
        "rulebook_share_above_one",
        "panel.limits.pass_agree_numerator",
    ),
]


@pytest.mark.parametrize(("change", "code", "where"), FAULTS, ids=[f"{code} {where}" for _, code, where in FAULTS])
def test_loader_refuses_a_panel_that_cannot_be_and_says_where(change: Change, code: str, where: str) -> None:
    mapping = mapping_2024()
    change(mapping)
    with pytest.raises(Invalid) as caught:
        parse(mapping)
    assert (caught.value.code, caught.value.facts["where"]) == (code, where)
    assert where in sentence(caught.value, "zh-hans")
    assert where in sentence(caught.value, "en")


def test_seats_may_fill_the_smallest_panel_and_a_share_may_be_the_whole() -> None:
    mapping = mapping_2024()
    put(*SEAT, "count", value=3)(mapping)
    put(*IN_PANEL, "limits", "pass_agree_numerator", "value", value=3)(mapping)
    panel = parse(mapping).panel
    assert (sum(seat.count for seat in panel.seats), panel.pass_agree_numerator) == (5, 3)
