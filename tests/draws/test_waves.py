"""Reveals and waves: one at a time, in turn, by two; a third of the seats is where the discipline office comes in."""

import pytest

from investreview.accounts.models import User
from investreview.core.actor import SYSTEM
from investreview.core.errors import DomainError, Forbidden
from investreview.core.roles import Role
from investreview.draws import services
from investreview.draws.models import Draw, Wave
from investreview.draws.rules import needs_countersignature
from investreview.draws.terms import Leaver
from investreview.registry.models import Office
from investreview.registry.services import found_office
from tests.accounts.factories import make_holder
from tests.draws import house as acts
from tests.draws.house import AT, CANARY, PAPER, House, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def draw(house: House) -> Draw:
    return acts.drawn(house)


def refused(act: object) -> str:
    with pytest.raises(DomainError) as error:
        act()  # type: ignore[operator]
    return error.value.code


def ask(house: House, draw: Draw, no: int) -> object:
    return services.ask_reveal(draw_pk=draw.pk, no=no, at=AT, **house.hand("operator"))


def confirm(house: House, draw: Draw, no: int) -> services.RevealedPerson:
    return services.confirm_reveal(draw_pk=draw.pk, no=no, at=AT, **house.hand("witness"))


def test_a_name_is_shown_when_both_have_said_so_and_again_when_asked_again(house: House, draw: Draw) -> None:
    first = acts.present(draw)[0]
    assert refused(lambda: confirm(house, draw, first)) == "draws_reveal_not_asked"
    ask(house, draw, first)
    person = confirm(house, draw, first)
    row = next(row for row in acts.pool() if row.stable_id == person.stable_id)
    assert (person.no, person.name, person.private["phone"]) == (first, row.name, row.private["phone"])
    assert confirm(house, draw, first) == person
    assert draw.reveals.get().confirmed_by == house.witness


def test_names_come_in_ticket_order_one_at_a_time(house: House, draw: Draw) -> None:
    first, second, *_ = acts.present(draw)
    assert refused(lambda: ask(house, draw, second)) == "draws_reveal_not_in_turn"
    ask(house, draw, first)
    assert refused(lambda: ask(house, draw, first)) == "draws_reveal_done"
    assert refused(lambda: ask(house, draw, second)) == "draws_reveal_waits"
    confirm(house, draw, first)
    ask(house, draw, second)
    assert confirm(house, draw, second).no == second


def test_nobody_else_is_revealed(house: House, draw: Draw) -> None:
    outside = set(range(1, 13)) - set(acts.present(draw))
    assert {refused(lambda no=no: ask(house, draw, no)) for no in outside} == {"draws_reveal_not_member"}
    acts.reveal_all(house, draw)
    left = acts.present(draw)[0]
    acts.replace(house, draw, left)
    assert refused(lambda: ask(house, draw, left)) == "draws_reveal_not_member"


def test_everybody_stays_and_as_many_join_as_left(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    before = acts.present(draw)
    outcome = acts.replace(house, draw, before[2])
    after = acts.present(draw)
    assert (set(after) - set(before), set(before) - set(after)) == (set(outcome.joined), {before[2]})
    assert draw.members.get(no=before[2]).left_wave == draw.members.get(no=outcome.joined[0]).joined_wave == 1
    draw.refresh_from_db()
    assert draw.ranking[-1][0] == max(draw.members.all(), key=lambda member: member.rank).no


def test_who_leaves_needs_a_document_or_their_own_act(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    no = acts.present(draw)[0]

    def propose(leaver: Leaver) -> Wave:
        return services.propose_wave(draw_pk=draw.pk, left=[leaver], at=AT, **house.hand("operator"))

    assert refused(lambda: propose(Leaver(no, "LEAVE"))) == "draws_document_hash"
    assert refused(lambda: propose(Leaver(no, "LEAVE", "scan.pdf", is_own_act=True))) == "draws_document_hash"
    assert refused(lambda: propose(Leaver(no, " ", PAPER))) == "text_empty"
    wave = propose(Leaver(no, "LEAVE", is_own_act=True))
    assert (wave.left, wave.own_acts) == ([{"no": no, "code": "LEAVE"}], [no])
    services.cancel_wave(wave_pk=wave.pk, at=AT, **house.hand("witness"))
    wave = propose(Leaver(no, "LEAVE", PAPER))
    assert (wave.left, wave.own_acts) == ([{"no": no, "code": "LEAVE", "doc": PAPER}], [])


def test_only_present_and_revealed_members_leave_each_once_at_least_one(house: House, draw: Draw) -> None:
    first, second, *_ = acts.present(draw)
    acts.reveal(house, draw, first)
    outside = next(iter(set(range(1, 13)) - set(acts.present(draw))))
    assert refused(lambda: acts.propose(house, draw)) == "draws_wave_empty"
    assert refused(lambda: acts.propose(house, draw, first, first)) == "draws_leaver_twice"
    assert refused(lambda: acts.propose(house, draw, outside)) == "draws_leaver_not_member"
    assert refused(lambda: acts.propose(house, draw, second)) == "draws_leaver_not_revealed"
    acts.propose(house, draw, first)
    assert refused(lambda: acts.propose(house, draw, first)) == "draws_wave_waits"


def test_a_wave_is_decided_once(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    before = acts.present(draw)
    wave = acts.propose(house, draw, before[0])
    services.cancel_wave(wave_pk=wave.pk, at=AT, **house.hand("operator2"))
    assert refused(lambda: acts.record(house, wave)) == "draws_wave_decided"
    assert (acts.present(draw), draw.waves.get().state) == (before, "CANCELLED")
    second = acts.propose(house, draw, acts.present(draw)[0])
    acts.record(house, second)
    assert refused(lambda: acts.record(house, second)) == "draws_wave_decided"
    second.refresh_from_db()
    assert (second.ordinal, second.state) == (1, "RECORDED")


@pytest.mark.parametrize(
    ("left", "seats", "needed"),
    [(1, 3, False), (2, 3, True), (1, 5, False), (2, 5, True), (2, 7, False), (3, 7, True), (1, 2, True)],
)
def test_above_a_third_of_the_seats_a_countersignature_is_needed(left: int, seats: int, needed: bool) -> None:
    assert needs_countersignature(left_count=left, seat_count=seats) is needed


def test_many_small_waves_count_like_a_large_one(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    first, second, *_ = acts.present(draw)
    assert acts.propose(house, draw, first).needs_countersignature is False
    acts.record(house, draw.waves.get())
    assert acts.propose(house, draw, second).needs_countersignature is True


def discipline(house: House, kind: Office.Kind) -> User:
    office = found_office(
        commission=house.commission, code=kind.value, name=str(kind.label), kind=kind, actor=SYSTEM, at=AT
    )
    return make_holder(Role.COUNTERSIGNER, house.commission, office=office)


def test_a_large_wave_waits_for_a_third_person_of_the_discipline_office(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    wave = acts.propose(house, draw, *acts.present(draw)[:2])
    assert refused(lambda: acts.record(house, wave)) == "draws_countersignature_missing"
    services.countersign_wave(wave_pk=wave.pk, at=AT, **house.hand("witness"))
    with pytest.raises(Forbidden, match="draws_countersignature_missing"):
        acts.record(house, wave)
    assert acts.record(house, wave, who="witness2").is_filled


@pytest.mark.parametrize(
    ("kind", "code"), [(Office.Kind.DISCIPLINE, ""), (Office.Kind.LAW, "draws_not_visible")], ids=["discipline", "law"]
)
def test_whoever_countersigns_for_discipline_may_and_for_another_office_not(
    house: House, draw: Draw, kind: Office.Kind, code: str
) -> None:
    acts.reveal_all(house, draw)
    wave = acts.propose(house, draw, *acts.present(draw)[:2])
    house.people["countersigner"] = discipline(house, kind)

    def countersign() -> Wave:
        return services.countersign_wave(wave_pk=wave.pk, at=minutes(31), **house.hand("countersigner"))

    if code:
        assert refused(countersign) == code
    else:
        assert countersign().countersigned_by == house.countersigner
        assert countersign().countersigned_at == minutes(31)
        assert acts.record(house, wave).is_filled


def test_no_countersignature_is_given_where_none_is_needed_nor_by_who_asked(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    small = acts.propose(house, draw, acts.present(draw)[0])
    countersigning = {"wave_pk": small.pk, "at": AT}
    assert refused(lambda: services.countersign_wave(**countersigning, **house.hand("witness"))) == (
        "draws_wave_needs_none"
    )
    assert refused(lambda: services.countersign_wave(**countersigning, **house.hand("head"))) == "draws_discipline_only"
    assert refused(lambda: services.countersign_wave(wave_pk=0, at=AT, **house.hand("witness"))) == "draws_not_visible"


def test_the_name_of_whoever_joined_is_revealed_in_turn(house: House, draw: Draw) -> None:
    acts.reveal_all(house, draw)
    joined = acts.replace(house, draw, acts.present(draw)[0]).joined[0]
    assert CANARY in acts.reveal(house, draw, joined).name
