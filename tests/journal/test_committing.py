"""What the journal promises beyond one transaction and one thread: on a database of the test's own."""

import threading

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError

from investreview.core.actor import SYSTEM
from investreview.core.subject import Subject
from investreview.journal import triggers
from investreview.journal.heads import read_heads
from investreview.journal.models import Entry, Unsealed
from investreview.journal.services import record, record_access, seal, verify
from tests.journal.conftest import AT, CASE, OFFICER

pytestmark = pytest.mark.both_databases


def test_record_outside_a_transaction_is_refused(file_database: str) -> None:
    with pytest.raises(TransactionManagementError):
        record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=AT)


def test_record_access_outside_a_transaction_opens_its_own(file_database: str) -> None:
    entry = record_access(commission="LYG", verb="SIGN_IN", actor=OFFICER, subject=Subject("user", "7"), at=AT)

    assert Unsealed.objects.get().entry == entry


def test_seal_by_several_at_once_stays_gapless(file_database: str, heads_log) -> None:
    acts, writers, sealers = 10, 4, 3
    failures: list[BaseException] = []
    writing = threading.Event()

    def guarded(work) -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    def write() -> None:
        for _ in range(acts):
            with transaction.atomic():
                record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=AT)

    def seal_meanwhile() -> None:
        while not writing.is_set():
            seal(limit=3)
        seal()

    writer_threads = [threading.Thread(target=guarded, args=(write,)) for _ in range(writers)]
    sealer_threads = [threading.Thread(target=guarded, args=(seal_meanwhile,)) for _ in range(sealers)]
    for thread in (*writer_threads, *sealer_threads):
        thread.start()
    for thread in writer_threads:
        thread.join()
    writing.set()
    for thread in sealer_threads:
        thread.join()

    assert failures == []
    report = verify("LYG", read_heads(heads_log))
    assert (report.is_whole, report.checked_count, report.unsealed_count) == (True, acts * writers, 0)
    assert report.outside_seq == Entry.objects.count() == acts * writers


def test_migrate_makes_removed_triggers_anew(file_database: str) -> None:
    triggers.remove()

    call_command("migrate", verbosity=0, run_syncdb=True)

    assert triggers.missing() == ()
