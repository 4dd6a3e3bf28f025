"""What is sealed opens with the key, at its place, unaltered, or not at all."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from investreview.core.errors import Invalid
from investreview.draws.models import SealedOpening
from investreview.draws.sealing import seal, unseal
from investreview.settings import config
from tests.draws import house as acts
from tests.draws.house import House


def test_what_was_sealed_opens_at_its_place() -> None:
    assert unseal(seal("姓名".encode(), place="a:1"), place="a:1") == "姓名".encode()
    assert unseal(memoryview(seal(b"", place="a:1")), place="a:1") == b""  # type: ignore[arg-type]


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal(b"x", place="a") != seal(b"x", place="a")


@pytest.mark.parametrize("place", ["a:2", "b:1", ""])
def test_it_opens_at_no_other_place(place: str) -> None:
    with pytest.raises(Invalid, match="draws_seal_broken"):
        unseal(seal(b"x", place="a:1"), place=place)


def test_every_flipped_bit_and_every_cut_is_noticed() -> None:
    sealed = seal(b"name", place="a")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        for box in (bytes(altered), sealed[:place]):
            with pytest.raises(Invalid, match="draws_seal_broken"):
                unseal(box, place="a")


def test_another_key_opens_nothing(settings) -> None:
    sealed = seal(b"x", place="a")
    settings.DRAW_KEY = "another key"
    with pytest.raises(Invalid, match="draws_seal_broken"):
        unseal(sealed, place="a")


def test_production_names_the_missing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAW_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="DRAW_KEY"):
        config.required("DRAW_KEY", "随机抽取")


@pytest.mark.django_db
def test_a_name_moved_to_another_number_is_not_shown(house: House) -> None:
    draw = acts.drawn(house)
    first, second, *_ = acts.present(draw)
    other = SealedOpening.objects.get(draw=draw, no=second).sealed
    SealedOpening.objects.filter(draw=draw, no=first).update(sealed=other)
    with pytest.raises(Invalid, match="draws_seal_broken"):
        acts.reveal(house, draw, first)
    assert not draw.reveals.filter(confirmed_at__isnull=False).exists()
