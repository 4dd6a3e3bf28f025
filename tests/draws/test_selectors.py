"""What pages and papers are given: by scope, by number, in ticket order, and never who comes next."""

import dataclasses
from collections import Counter
from typing import Any

import pytest

from investreview.core.errors import DomainError, Forbidden, Invalid, NotVisible
from investreview.core.subject import Subject
from investreview.draws import selectors, services
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import order_of
from investreview.draws.facts import Exclusion, Seat
from investreview.draws.kinds import RankOutcome
from investreview.draws.models import Draw
from investreview.draws.tasks import resume_draws
from investreview.draws.terms import PoolChanges, SampleRule
from tests.draws import house as acts
from tests.draws.house import BALLS, CANARY, PAPER, House

pytestmark = pytest.mark.django_db
PANEL_READERS = {"operator", "operator2", "witness", "witness2", "secretary", "head", "director", "auditor"}


def test_each_person_sees_the_draws_of_their_commission_and_role(house: House) -> None:
    other = acts.found_house("XZ")
    panel, sample = acts.freeze(house), acts.freeze_sample(house)
    acts.freeze(other)
    seen = {who: list(selectors.draws(house.scope(who)).values_list("pk", flat=True)) for who in house.people}
    both = [sample.pk, panel.pk]
    assert seen == {
        who: both if who in PANEL_READERS else [sample.pk] if who == "officer" else [] for who in house.people
    }
    assert list(selectors.draws(other.scope("auditor")).values_list("commission__code", flat=True)) == ["XZ"]


def test_what_is_not_seen_is_answered_like_nothing(house: House) -> None:
    draw = acts.freeze(house)
    for who in ("officer", "keeper", "system_admin"):
        for read in (selectors.ceremony, selectors.draw_for):
            with pytest.raises(NotVisible, match="draws_not_visible"):
                read(house.scope(who), draw.pk)
    with pytest.raises(NotVisible):
        selectors.ceremony(acts.found_house("XZ").scope("operator"), draw.pk)


def test_the_draws_of_a_subject_come_in_order(house: House) -> None:
    first = acts.failed(house, acts.drawn(house))
    acts.freeze(house, subject=Subject("case", "other"))
    second = acts.freeze(house, round=2, round_reason=acts.another_round(house))
    found = selectors.draws_of(acts.SUBJECT, house.scope("head"))
    assert list(found.values_list("pk", flat=True)) == [first.pk, second.pk]


def test_a_frozen_draw_shows_what_the_operator_checks(house: House) -> None:
    draw = acts.freeze(house, unit_cap=1, pool_changes=PoolChanges(2, 1))
    shown = selectors.ceremony(house.scope("operator"), draw.pk)
    assert (shown.pool_size, shown.admitted_count, shown.removed_count) == (12, 2, 1)
    assert shown.seats == (Seat("财务会计", 1), Seat("法律风险", 1), Seat("*", 3))
    assert (shown.unit_cap, shown.excluded_by_code) == (1, {"EMPLOYER": 2})
    assert [(one.code, one.ref) for one in sorted(shown.exclusions, key=lambda one: one.ref)] == [
        ("EMPLOYER", "HB-3"),
        ("EMPLOYER", "HB-7"),
    ]
    assert shown.exclusions == tuple(sorted(shown.exclusions, key=lambda one: one.no))
    assert all(isinstance(one, Exclusion) for one in shown.exclusions)
    assert shown.chance.simulated_count == 1000
    assert 0 < shown.chance.least_hits <= shown.chance.most_hits < 1000
    assert shown.chance.is_certain_for_somebody is False
    assert (shown.number, shown.fingerprint, shown.numbers[0].numbers, shown.announced) == ("", (), (), None)
    assert (shown.members, shown.ranking, shown.next_to_reveal, shown.day_head) == ((), (), None, "")


def test_somebody_who_is_certain_is_seen(house: House) -> None:
    draw = acts.freeze(house, excluded=acts.excluded(0, 3, 6))
    assert selectors.ceremony(house.scope("operator"), draw.pk).chance.is_certain_for_somebody is True


def test_an_announced_draw_shows_its_fingerprint_in_groups_of_four(house: House) -> None:
    draw = acts.announced(house)
    shown = selectors.ceremony(house.scope("witness"), draw.pk)
    assert "".join(shown.fingerprint) == draw.request_hash == shown.request_hash
    assert {len(group) for group in shown.fingerprint} == {4}
    assert (shown.number, shown.seq, shown.previous) == ("LYG-CQ-2024-0001", 1, ird.ZEROS)
    assert (shown.announced.by, shown.frozen.by) == (house.operator.full_name,) * 2  # type: ignore[union-attr]


def test_a_drawn_panel_shows_numbers_heads_and_who_read(house: House) -> None:
    draw = acts.drawn(house)
    shown = selectors.ceremony(house.scope("witness"), draw.pk)
    assert (shown.numbers[0].numbers, shown.numbers[0].count, shown.read_by) == (BALLS, 10, "WITNESS")
    assert shown.day_head == shown.log_head == draw.log.get(kind="drawn").hash
    assert shown.entered is not None
    assert shown.entered.by == house.witness.full_name


def test_the_list_ends_with_the_last_member_and_says_why_others_were_passed_over(house: House) -> None:
    draw = acts.drawn(house)
    shown = selectors.ceremony(house.scope("secretary"), draw.pk)
    assert [line.rank for line in shown.ranking] == list(range(1, len(shown.ranking) + 1))
    assert shown.ranking[-1].outcome is RankOutcome.SEATED
    assert [line.ticket8 for line in shown.ranking] == sorted(line.ticket8 for line in shown.ranking)
    outcomes = Counter(line.outcome for line in shown.ranking)
    assert outcomes[RankOutcome.SEATED] == 5
    excluded = {one.no for one in shown.exclusions}
    assert {line.no for line in shown.ranking if line.outcome is RankOutcome.EXCLUDED} <= excluded
    assert all((line.code != "") == (line.outcome is RankOutcome.EXCLUDED) for line in shown.ranking)
    assert [line.no for line in shown.ranking if line.outcome is RankOutcome.SEATED] == [
        one.no for one in shown.members
    ]


def test_who_comes_next_is_in_no_fact(house: House) -> None:
    draw = acts.drawn(house)
    order = order_of(draw)
    told = dataclasses.asdict(selectors.ceremony(house.scope("operator"), draw.pk))
    shown, hidden = order[: len(told["ranking"])], order[len(told["ranking"]) :]
    assert [line["no"] for line in told["ranking"]] == [no for _, no in shown]
    assert hidden
    assert [ticket for ticket, _ in hidden if ticket[:8] in str(told)] == []


@pytest.mark.parametrize("cap", [None, 1])
def test_the_seats_of_members_are_those_of_the_rules(house: House, cap: int | None) -> None:
    draw = acts.drawn(house, unit_cap=cap)
    shown = selectors.ceremony(house.scope("operator"), draw.pk)
    held = Counter(member.seat for member in shown.members)
    assert held == {"财务会计": 1, "法律风险": 1, "*": 3}
    if cap is None:
        first = ird.parse(bytes(draw.first).decode())
        assert [(one.no, one.seat) for one in shown.members] == [(row["no"], row["seat"]) for row in first]


def test_waves_and_reveals_are_shown_as_they_went(house: House) -> None:
    draw = acts.drawn(house)
    first, second, *_ = acts.present(draw)
    services.ask_reveal(draw_pk=draw.pk, no=first, at=acts.AT, **house.hand("operator"))
    shown = selectors.ceremony(house.scope("operator"), draw.pk)
    assert [(one.is_asked, one.is_revealed) for one in shown.members[:2]] == [(True, False), (False, False)]
    assert shown.next_to_reveal == second
    services.confirm_reveal(draw_pk=draw.pk, no=first, at=acts.AT, **house.hand("witness"))
    acts.reveal_all(house, draw)
    outcome = acts.replace(house, draw, first)
    shown = selectors.ceremony(house.scope("operator"), draw.pk)
    wave = shown.waves[0]
    assert (wave.ordinal, wave.joined, wave.is_filled, wave.decided.by) == (  # type: ignore[union-attr]
        1,
        outcome.joined,
        True,
        house.witness.full_name,
    )
    assert [(one.no, one.code, one.document_sha256) for one in wave.left] == [(first, "LEAVE", PAPER)]
    line = {line.no: line.outcome for line in shown.ranking}
    assert (line[first], line[outcome.joined[0]]) == (RankOutcome.LEFT, RankOutcome.JOINED)
    assert shown.next_to_reveal == outcome.joined[0]


def test_rounds_withdrawals_and_draws_are_counted(house: House) -> None:
    first = acts.freeze(house)
    services.withdraw_freeze(draw_pk=first.pk, reason="笔误", at=acts.AT, **house.hand("operator"))
    acts.failed(house, acts.drawn(house))
    acts.drawn(house, subject=Subject("case", "other"))
    second = acts.freeze(house, round=2, round_reason=acts.another_round(house))
    history = selectors.ceremony(house.scope("auditor"), second.pk).history
    assert (history.round_count, history.withdrawn_count, history.commission_draw_count) == (2, 1, 2)


def test_a_ceremony_holds_no_name_of_the_pool(house: House) -> None:
    draw = acts.closed(house)
    assert CANARY not in str(selectors.ceremony(house.scope("operator"), draw.pk))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_ceremony_costs_the_same_whatever_happened(house: House, django_assert_num_queries: Any, rows: int) -> None:
    draw = acts.drawn(house)
    acts.reveal_all(house, draw)
    for _ in range(rows):
        no = acts.present(draw)[0]
        wave = acts.propose(house, draw, no)
        if wave.needs_countersignature:
            services.countersign_wave(wave_pk=wave.pk, at=acts.AT, **house.hand("witness2"))
        acts.record(house, wave)
        acts.reveal_all(house, draw)
    scope = house.scope("operator")
    with django_assert_num_queries(2):
        selectors.ceremony(scope, draw.pk)


def test_a_revealed_name_is_read_again_by_those_three_only(house: House) -> None:
    draw = acts.drawn(house)
    first, second, *_ = acts.present(draw)
    person = acts.reveal(house, draw, first)
    for who in ("operator", "witness", "secretary"):
        assert selectors.revealed_person(draw, first, house.scope(who)) == person
        with pytest.raises(Invalid, match="draws_reveal_not_asked"):
            selectors.revealed_person(draw, second, house.scope(who))
    for who in ("head", "director", "auditor", "officer", "keeper"):
        with pytest.raises(Forbidden, match="draws_names_hidden"):
            selectors.revealed_person(draw, first, house.scope(who))


def test_a_name_that_was_asked_for_is_not_read_before_the_witness_agreed(house: House) -> None:
    draw = acts.drawn(house)
    first = acts.present(draw)[0]
    services.ask_reveal(draw_pk=draw.pk, no=first, at=acts.AT, **house.hand("operator"))
    with pytest.raises(Invalid, match="draws_reveal_not_asked"):
        selectors.revealed_person(draw, first, house.scope("operator"))


def test_a_sample_shows_the_whole_frame(house: House) -> None:
    draw = acts.freeze_sample(house, rule=SampleRule(3, 10, "ent_systematic"))
    with pytest.raises(Invalid, match="draws_no_sample"):
        selectors.sample(house.scope("officer"), draw.pk)
    acts.announce(house, draw)
    acts.enter(house, draw)
    acts.conclude(draw)
    shown = selectors.sample(house.scope("officer"), draw.pk)
    assert (len(shown.projects), shown.total, shown.floor) == (30, sum(one.is_sampled for one in shown.projects), 9)
    assert [one.is_must for one in shown.projects] == [no % 9 == 0 for no in range(30)]
    assert all(len(group.picked) == group.wanted for group in shown.groups)
    ceremony = selectors.ceremony(house.scope("auditor"), draw.pk)
    assert (ceremony.sample_rule, ceremony.members) == ({"num": 3, "den": 10, "method": "ent_systematic"}, ())


def test_an_auditor_has_the_stored_evidence_recomputed(house: House) -> None:
    draw = acts.drawn(house)
    with pytest.raises(Invalid, match="draws_evidence_sealed"):
        selectors.verdict(draw)
    assert selectors.verdict(acts.failed(house, draw)) == []


def test_a_draw_that_stopped_between_numbers_and_panel_is_concluded_by_the_sweep(house: House) -> None:
    draw = acts.announced(house)
    assert resume_draws() == 0
    acts.enter(house, draw)
    assert resume_draws() == 1
    assert (Draw.objects.get(pk=draw.pk).state, resume_draws()) == ("DRAWN", 0)


def test_a_draw_that_cannot_be_concluded_keeps_no_other_back(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draw = acts.announced(house)
    acts.enter(house, draw)
    monkeypatch.setattr(selectors, "stalled_draws", lambda: [0, draw.pk])
    assert resume_draws() == 1
    assert Draw.objects.get(pk=draw.pk).state == "DRAWN"
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == ["draw 0 could not be concluded"]


def test_errors_of_the_room_are_domain_errors(house: House) -> None:
    with pytest.raises(DomainError):
        services.conclude(draw_pk=acts.freeze(house).pk, at=acts.AT)
