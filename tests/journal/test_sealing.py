import logging
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from investreview.journal.heads import Head, read_heads
from investreview.journal.models import ChainHead, Seal, Unsealed
from investreview.journal.services import seal, verify
from investreview.journal.tasks import seal_all

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("heads_log")]


def test_seal_numbers_without_gap_and_links_each_to_the_one_before(record_acts) -> None:
    record_acts(3)

    sealed = seal()

    seals = list(Seal.objects.order_by("seq"))
    assert sealed == 3
    assert [each.seq for each in seals] == [1, 2, 3]
    assert [each.prev for each in seals] == ["0" * 64, seals[0].hash, seals[1].hash]
    assert Unsealed.objects.count() == 0


def test_seal_hash_is_over_chain_place_previous_hash_and_stored_bytes(record_acts) -> None:
    (entry,) = record_acts(1)

    seal()

    expected = sha256(b"LYG\n1\n" + b"0" * 64 + b"\n" + bytes(entry.content)).hexdigest()
    assert Seal.objects.get().hash == expected


def test_seal_goes_on_where_it_ended(record_acts) -> None:
    record_acts(2)
    seal()
    record_acts(2)

    seal()

    assert list(Seal.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert verify("LYG").is_whole


def test_seal_in_batches_seals_everything(record_acts) -> None:
    record_acts(7)

    sealed = seal(limit=3)

    head = ChainHead.objects.get()
    assert (sealed, head.seq, head.hash) == (7, 7, Seal.objects.get(seq=7).hash)


def test_seal_chains_are_apart(record_acts) -> None:
    record_acts(2)
    record_acts(3, "LYG:access")

    assert seal("LYG") == 2
    assert seal() == 3
    assert sorted(Seal.objects.values_list("chain", "seq")) == [
        ("LYG", 1), ("LYG", 2), ("LYG:access", 1), ("LYG:access", 2), ("LYG:access", 3),
    ]  # fmt: skip


def test_seal_with_nothing_waiting_does_nothing() -> None:
    assert (seal(), ChainHead.objects.count()) == (0, 0)


def test_seal_all_task_seals_everything(record_acts) -> None:
    record_acts(2)

    seal_all()

    assert Unsealed.objects.count() == 0


def test_seal_place_twice_is_refused_by_the_database(record_acts) -> None:
    first, second = record_acts(2)
    Seal.objects.create(entry=first, chain="LYG", seq=1, prev="0" * 64, hash="1" * 64)

    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(entry=second, chain="LYG", seq=1, prev="0" * 64, hash="2" * 64)


def test_seal_head_stands_in_heads_log_after_the_commit(
    record_acts, heads_log, django_capture_on_commit_callbacks
) -> None:
    record_acts(2)

    with django_capture_on_commit_callbacks(execute=True):
        seal()
        assert not heads_log.exists()

    assert read_heads(heads_log) == (Head("LYG", 2, Seal.objects.get(seq=2).hash),)


def test_seal_with_an_unwritable_heads_log_is_sealed_and_logged(
    record_acts, settings, tmp_path, django_capture_on_commit_callbacks, caplog
) -> None:
    settings.HEADS_LOG = tmp_path
    record_acts(1)

    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        seal()

    assert Seal.objects.count() == 1
    assert "could not be written" in caplog.text
