"""Many at the same moment, with real commits: one set of numbers, one panel, one place in the chain."""

from functools import partial

import pytest

from investreview.core.subject import Subject
from investreview.draws import services
from investreview.draws.models import Draw, DrawChain, LogEntry, Member, Reveal
from investreview.journal.models import Entry
from tests.concurrency.crowd import at_once, codes, overtake
from tests.draws import house as acts
from tests.draws.house import AT, BALLS, OTHER_BALLS, House

pytestmark = pytest.mark.both_databases
CLIENTS = 20


def times(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_twenty_calls_make_one_panel(own_house: House) -> None:
    draw = acts.announced(own_house)
    acts.enter(own_house, draw)
    answers = at_once([partial(acts.conclude, draw)] * CLIENTS)
    assert {bytes(answer.first) for answer in answers} == {bytes(Draw.objects.get(pk=draw.pk).first)}
    assert (times("draw.conclude"), LogEntry.objects.filter(kind="drawn").count(), Member.objects.count()) == (1, 1, 5)


def test_the_same_numbers_clicked_many_times_are_entered_once(own_house: House) -> None:
    draw = acts.announced(own_house)
    answers = at_once([partial(acts.enter, own_house, draw, BALLS)] * 8)
    assert (codes(answers), times("draw.enter_numbers")) == ({"done": 8}, 1)


def test_of_two_sets_of_numbers_one_is_entered_and_the_other_refused(own_house: House) -> None:
    draw = acts.announced(own_house)
    answers = at_once([partial(acts.enter, own_house, draw, balls) for balls in (BALLS, OTHER_BALLS) * 4])
    assert (codes(answers), times("draw.enter_numbers")) == ({"done": 4, "draws_numbers_differ": 4}, 1)


def test_numbers_and_panel_at_once_end_in_one_panel(own_house: House) -> None:
    draw = acts.announced(own_house)
    entering = [partial(acts.enter, own_house, draw)] * 4
    at_once([*entering, *[partial(acts.conclude, draw)] * 4])
    acts.conclude(draw)
    assert (times("draw.enter_numbers"), times("draw.conclude")) == (1, 1)


def test_one_subject_frozen_by_many_has_one_draw(own_house: House) -> None:
    answers = at_once([partial(acts.freeze, own_house)] * 8)
    assert (codes(answers), Draw.objects.count()) == ({"done": 1, "draws_already_drawn": 7}, 1)


def test_draws_announced_at_once_have_one_place_each(own_house: House) -> None:
    frozen = [acts.freeze(own_house, subject=Subject("case", str(number))) for number in range(6)]
    answers = at_once([partial(acts.announce, own_house, draw) for draw in frozen])
    # Whoever comes first has the place; the others wait until that draw has its panel.
    assert codes(answers) == {"done": 1, "draws_ceremony_open": 5}
    assert (DrawChain.objects.get().last_seq, Draw.objects.filter(seq=1).count()) == (1, 1)


def test_one_draw_announced_by_many_has_one_request(own_house: House) -> None:
    draw = acts.freeze(own_house)
    answers = at_once([partial(acts.announce, own_house, draw)] * 8)
    assert codes(answers) == {"done": 1, "draws_not_allowed_in_state": 7}
    assert (DrawChain.objects.get().last_seq, times("draw.announce")) == (1, 1)


def test_a_name_asked_for_by_many_is_asked_for_and_shown_once(own_house: House) -> None:
    draw = acts.drawn(own_house)
    no = acts.present(draw)[0]
    asking = partial(services.ask_reveal, draw_pk=draw.pk, no=no, at=AT, **own_house.hand("operator"))
    assert codes(at_once([asking] * 6)) == {"done": 1, "draws_reveal_done": 5}
    confirming = partial(services.confirm_reveal, draw_pk=draw.pk, no=no, at=AT, **own_house.hand("witness"))
    answers = at_once([confirming] * 6)
    assert (codes(answers), len({answer.name for answer in answers})) == ({"done": 6}, 1)
    assert (Reveal.objects.count(), times("draw.reveal")) == (1, 1)


def test_a_wave_confirmed_by_many_happens_once(own_house: House) -> None:
    draw = acts.drawn(own_house)
    acts.reveal_all(own_house, draw)
    wave = acts.propose(own_house, draw, acts.present(draw)[0])
    answers = at_once([partial(acts.record, own_house, wave)] * 6)
    assert codes(answers) == {"done": 1, "draws_wave_decided": 5}
    assert (times("draw.record_wave"), LogEntry.objects.filter(kind="wave").count()) == (1, 1)
    assert len(acts.present(draw)) == 5


@pytest.mark.postgres
def test_an_announcement_in_the_middle_of_a_wave_waits_and_names_its_head(
    own_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from investreview.draws.services import waves

    draw = acts.drawn(own_house)
    acts.reveal_all(own_house, draw)
    wave = acts.propose(own_house, draw, acts.present(draw)[0])
    following = acts.freeze(own_house, subject=Subject("case", "2"))
    answers = overtake(
        monkeypatch,
        waves,
        "note",
        act=partial(acts.record, own_house, wave),
        intruder=partial(acts.announce, own_house, following),
    )
    assert codes(answers) == {"done": 2}
    following.refresh_from_db()
    assert following.previous == LogEntry.objects.get(draw=draw, kind="wave").hash
