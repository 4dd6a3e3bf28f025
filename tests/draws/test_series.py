"""The chain of a commission's draws, made by the services and checked by the verifier."""

from datetime import timedelta
from pathlib import Path

import pytest

from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.draws import verify_draw as ird
from investreview.draws.models import Draw
from tests.draws import house as acts
from tests.draws.house import House, minutes

pytestmark = pytest.mark.django_db


def case(number: int) -> Subject:
    return Subject("case", f"LYG-2024-{number:04d}")


def head(draw: Draw, kind: str) -> str:
    return draw.log.filter(kind=kind).order_by("-seq").values_list("hash", flat=True)[0]


def exported(house: House, *draws: Draw) -> list[object]:
    found = [ird.parse(acts.export(house, draw).decode()) for draw in draws]
    assert [ird.verify(evidence) for evidence in found] == [[]] * len(draws)
    return found


def test_draws_one_after_the_other_name_the_last_head(house: House) -> None:
    first = acts.closed(house, subject=case(1))
    second = acts.closed(house, subject=case(2))
    sample = acts.announce(house, acts.freeze_sample(house), at=minutes(70))
    assert (first.previous, second.previous, sample.previous) == (
        ird.ZEROS,
        head(first, "result"),
        head(second, "result"),
    )
    acts.enter(house, sample, at=minutes(71))
    sample = acts.conclude(sample, at=minutes(72))
    assert [draw.seq for draw in (first, second, sample)] == [1, 2, 3]
    assert ird.chain_faults(exported(house, first, second, sample)) == []


def test_panels_at_work_side_by_side_name_the_head_of_the_moment(house: House) -> None:
    first = acts.drawn(house, subject=case(1))
    second = acts.freeze(house, subject=case(2))
    acts.announce(house, second, at=minutes(40))
    second.refresh_from_db()
    assert second.previous == head(first, "drawn")
    acts.enter(house, second, at=minutes(41))
    acts.conclude(second, at=minutes(42))
    acts.reveal_all(house, first)
    acts.replace(house, first, acts.present(first)[0], at=minutes(43))
    third = acts.freeze(house, subject=case(3))
    third = acts.announce(house, third, at=minutes(44))
    assert third.previous == head(second, "drawn")
    acts.enter(house, third, at=minutes(45))
    acts.conclude(third, at=minutes(46))
    ended = [acts.failed(house, draw, at=minutes(50)) for draw in (third, first, second)]
    assert ird.chain_faults(exported(house, *ended)) == []


def test_after_a_wave_the_wave_is_the_head(house: House) -> None:
    first = acts.drawn(house, subject=case(1))
    acts.reveal_all(house, first)
    acts.replace(house, first, acts.present(first)[0])
    second = acts.announce(house, acts.freeze(house, subject=case(2)), at=minutes(40))
    assert second.previous == head(first, "wave")


def test_entries_made_after_a_later_draw_are_not_older_than_it(house: House) -> None:
    first = acts.drawn(house, subject=case(1))
    second = acts.announce(house, acts.freeze(house, subject=case(2)), at=minutes(40))
    acts.enter(house, second, at=minutes(41))
    acts.conclude(second, at=minutes(42))
    acts.failed(house, first, at=minutes(30))
    first.refresh_from_db()
    assert first.closed_at == second.announced_at == minutes(40)
    acts.failed(house, second, at=minutes(50))
    assert ird.chain_faults(exported(house, first, second)) == []


@pytest.mark.parametrize("step", ["announced", "entered"])
def test_an_announced_draw_is_drawn_before_the_next_is_announced(house: House, step: str) -> None:
    first = acts.announced(house, subject=case(1))
    if step == "entered":
        acts.enter(house, first)
    second = acts.freeze(house, subject=case(2))
    with pytest.raises(Invalid) as refused:
        acts.announce(house, second)
    assert (refused.value.code, refused.value.facts) == ("draws_ceremony_open", {"number": "LYG-CQ-2024-0001"})
    if step == "announced":
        acts.enter(house, first)
    acts.conclude(first)
    assert acts.announce(house, second, at=minutes(40)).seq == 2


def test_each_commission_has_its_own_chain(house: House) -> None:
    other = acts.found_house("XZ")
    acts.announced(house)
    draw = acts.announced(other)
    assert (draw.seq, draw.number, draw.previous) == (1, "XZ-CQ-2024-0001", ird.ZEROS)


def test_numbers_go_on_over_the_new_year(house: House) -> None:
    acts.failed(house, acts.drawn(house, subject=case(1)))
    second = acts.announce(house, acts.freeze(house, subject=case(2)), at=acts.AT + timedelta(days=200))
    assert second.number == "LYG-CQ-2025-0002"


def test_the_files_that_are_handed_out_pass_the_command(house: House, tmp_path: Path, capsys) -> None:
    files = []
    for number in (1, 2):
        draw = acts.closed(house, subject=case(number))
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(acts.export(house, draw, confidential=True))
        assert ird.main([str(files[-1]), "--request", draw.request_hash, "--head", head(draw, "drawn")]) == 0
    assert ird.main([*map(str, files)]) == 0
    assert capsys.readouterr().out.count("REPRODUCED") == 3
