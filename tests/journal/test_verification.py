import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.journal import triggers
from investreview.journal.canonical import chain_hash
from investreview.journal.heads import Head, append_head, read_heads
from investreview.journal.models import ChainHead, Entry, Seal
from investreview.journal.services import chains, seal, verify
from tests.journal.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("heads_log")]


@pytest.fixture
def sealed(record_acts) -> list[Entry]:
    """Five sealed entries."""
    entries = record_acts(5)
    seal()
    return entries


@pytest.fixture
def forged(sealed, without_triggers) -> list[Entry]:
    """Five sealed entries in a database whose triggers were taken away; ``found`` puts them back first."""
    return sealed


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def put_triggers_back() -> None:
    connection.check_constraints()
    triggers.install()


def found() -> list[tuple[str, object]]:
    """The faults with the place of each."""
    put_triggers_back()
    return [(fault.code, fault.facts.get("seq")) for fault in verify("LYG").faults]


def reseal(first: int) -> None:
    """Recomputes every hash from this place on, as a forger with the formula would, and the head row too."""
    prev = Seal.objects.get(chain="LYG", seq=first - 1).hash if first > 1 else "0" * 64
    for each in Seal.objects.filter(chain="LYG", seq__gte=first).select_related("entry").order_by("seq"):
        hash_ = chain_hash(chain="LYG", seq=each.seq, prev=prev, content=bytes(each.entry.content))
        execute("UPDATE journal_seal SET prev = %s, hash = %s WHERE id = %s", prev, hash_, each.pk)
        prev = hash_
    last = Seal.objects.filter(chain="LYG").order_by("-seq").first()
    ChainHead.objects.filter(chain="LYG").update(seq=last.seq, hash=last.hash)


def change_content(entry: Entry) -> None:
    told = json.loads(bytes(Entry.objects.get(pk=entry.pk).content)) | {"facts": {"amount_yuan": "1.00"}}
    execute("UPDATE journal_entry SET content = %s WHERE id = %s", json.dumps(told).encode(), entry.pk)


def test_verify_untouched_chain_is_whole(sealed) -> None:
    report = verify("LYG")

    assert (report.is_whole, report.checked_count, report.unsealed_count, report.outside_seq, report.faults) == (
        True, 5, 0, None, (),
    )  # fmt: skip
    assert report.head == Head("LYG", 5, Seal.objects.get(seq=5).hash)


def test_verify_counts_what_waits_for_the_sealer(sealed, record_acts) -> None:
    record_acts(2)

    report = verify("LYG")

    assert (report.is_whole, report.checked_count, report.unsealed_count) == (True, 5, 2)


def test_verify_empty_chain_is_whole() -> None:
    report = verify("LYG")

    assert (report.is_whole, report.head) == (True, None)


def test_verify_edited_content_is_noticed(forged) -> None:
    change_content(forged[2])

    assert found() == [("journal_content_changed", 3)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "CASE_REFUSED"),
        ("actor_id", "8"),
        ("actor_name", "别人"),
        ("on_behalf_of", "别人"),
        ("subject_kind", "document"),
        ("subject_key", "LYG-2024-0010"),
        ("at", "2024-08-08 01:00:00+00:00"),
        ("recorded_at", "2024-08-08 01:00:00+00:00"),
        ("result", "REFUSED"),
        ("request_id", "x"),
    ],
)
def test_verify_edited_column_is_noticed(forged, column: str, value: str) -> None:
    execute(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, forged[2].pk)

    assert found() == [("journal_columns_changed", 3)]


def test_verify_entry_moved_to_another_chain_is_noticed(forged) -> None:
    execute("UPDATE journal_entry SET chain = 'GY' WHERE id = %s", forged[2].pk)

    assert found() == [("journal_columns_changed", 3)]


def test_verify_deleted_entry_is_noticed(forged) -> None:
    execute("DELETE FROM journal_seal WHERE entry_id = %s", forged[2].pk)
    execute("DELETE FROM journal_entry WHERE id = %s", forged[2].pk)

    assert found() == [("journal_gap", 4)]


def test_verify_deleted_first_entry_is_noticed(forged) -> None:
    execute("DELETE FROM journal_seal WHERE entry_id = %s", forged[0].pk)
    execute("DELETE FROM journal_entry WHERE id = %s", forged[0].pk)

    assert found() == [("journal_gap", 2)]


def test_verify_deleted_and_renumbered_entry_is_noticed(forged) -> None:
    execute("DELETE FROM journal_seal WHERE entry_id = %s", forged[2].pk)
    execute("DELETE FROM journal_entry WHERE id = %s", forged[2].pk)
    execute("UPDATE journal_seal SET seq = 3 WHERE seq = 4")
    execute("UPDATE journal_seal SET seq = 4 WHERE seq = 5")

    assert found() == [
        ("journal_link_broken", 3),
        ("journal_content_changed", 3),
        ("journal_content_changed", 4),
        ("journal_head_row_differs", 5),
    ]


def test_verify_deleted_seal_is_noticed(forged) -> None:
    execute("DELETE FROM journal_seal WHERE entry_id = %s", forged[2].pk)

    assert found() == [("journal_gap", 4), ("journal_entry_unaccounted", None)]


def test_verify_swapped_contents_are_noticed(forged) -> None:
    second, fourth = bytes(forged[1].content), bytes(forged[3].content)
    execute("UPDATE journal_entry SET content = %s WHERE id = %s", fourth, forged[1].pk)
    execute("UPDATE journal_entry SET content = %s WHERE id = %s", second, forged[3].pk)

    assert found() == [("journal_content_changed", 2), ("journal_content_changed", 4)]


def test_verify_swapped_places_are_noticed(forged) -> None:
    for old, new in ((2, 99), (4, 2), (99, 4)):
        execute("UPDATE journal_seal SET seq = %s WHERE seq = %s", new, old)

    assert found()[0] == ("journal_link_broken", 2)


def test_verify_inserted_entry_is_noticed(forged, record_acts) -> None:
    (late,) = record_acts(1)
    execute("UPDATE journal_seal SET seq = 6 WHERE seq = 5")
    execute("DELETE FROM journal_unsealed")
    before = Seal.objects.get(seq=4)
    Seal.objects.create(
        entry=late,
        chain="LYG",
        seq=5,
        prev=before.hash,
        hash=chain_hash(chain="LYG", seq=5, prev=before.hash, content=bytes(late.content)),
    )

    assert found() == [
        ("journal_head_row_differs", 5),
        ("journal_link_broken", 6),
        ("journal_content_changed", 6),
        ("journal_head_row_differs", 5),
    ]


def test_verify_entry_that_was_never_to_be_sealed_is_noticed(sealed, record_acts) -> None:
    record_acts(1)
    execute("DELETE FROM journal_unsealed")

    assert found() == [("journal_entry_unaccounted", None)]


def test_verify_one_recomputed_hash_is_noticed(forged) -> None:
    change_content(forged[2])
    third = Seal.objects.select_related("entry").get(seq=3)
    hash_ = chain_hash(chain="LYG", seq=3, prev=third.prev, content=bytes(third.entry.content))
    execute("UPDATE journal_seal SET hash = %s WHERE seq = 3", hash_)

    assert found() == [("journal_link_broken", 4)]


def test_verify_cut_tail_is_noticed_against_the_head_row(forged) -> None:
    execute("DELETE FROM journal_seal WHERE seq > 3")
    execute("DELETE FROM journal_entry WHERE id > %s", forged[2].pk)

    assert found() == [("journal_head_row_differs", 5)]


def test_verify_tail_cut_everywhere_is_noticed_only_against_an_outside_head(forged) -> None:
    outside = [Head("LYG", 5, Seal.objects.get(seq=5).hash)]
    execute("DELETE FROM journal_seal WHERE seq > 3")
    execute("DELETE FROM journal_entry WHERE id > %s", forged[2].pk)
    reseal(1)

    assert found() == []
    report = verify("LYG", outside)
    assert [(fault.code, fault.facts) for fault in report.faults] == [
        ("journal_tail_cut", {"chain": "LYG", "seq": 3, "outside": 5})
    ]


def test_verify_replaced_chain_is_noticed_only_against_an_outside_head(forged) -> None:
    outside = [Head("LYG", 4, Seal.objects.get(seq=4).hash)]
    change_content(forged[2])
    reseal(3)

    assert found() == []
    report = verify("LYG", outside)
    assert [(fault.code, fault.facts["seq"]) for fault in report.faults] == [("journal_head_differs", 4)]


def test_verify_removed_chain_is_noticed_against_an_outside_head(forged) -> None:
    outside = [Head("LYG", 5, Seal.objects.get(seq=5).hash)]
    for table in ("seal", "entry", "chainhead"):
        execute(f"DELETE FROM journal_{table}")

    assert chains(outside) == ["LYG"]
    assert [fault.code for fault in verify("LYG", outside).faults][:1] == ["journal_tail_cut"]


def test_verify_two_outside_heads_for_one_place_are_noticed(sealed) -> None:
    heads = [Head("LYG", 5, Seal.objects.get(seq=5).hash), Head("LYG", 5, "f" * 64)]

    assert [fault.code for fault in verify("LYG", heads).faults] == ["journal_head_differs"]


def test_verify_outside_heads_of_another_chain_are_not_compared(sealed) -> None:
    report = verify("LYG", [Head("GY", 9, "f" * 64)])

    assert (report.is_whole, report.outside_seq) == (True, None)


def test_verify_missing_triggers_are_reported(sealed, without_triggers) -> None:
    report = verify("LYG")

    assert {fault.code for fault in report.faults} == {"journal_trigger_missing"}


def test_verify_many_faults_are_counted_and_twenty_named(record_acts, without_triggers) -> None:
    record_acts(30)
    seal()
    execute("UPDATE journal_entry SET result = 'x'")
    put_triggers_back()

    report = verify("LYG")

    assert (report.fault_count, len(report.faults), report.checked_count) == (30, 20, 30)


def test_verify_a_thousand_entries_costs_a_fixed_number_of_statements(record_acts, django_assert_num_queries) -> None:
    record_acts(1100)
    seal()

    with django_assert_num_queries(6):
        assert verify("LYG").checked_count == 1100


def test_read_heads_reads_what_was_appended(tmp_path: Path) -> None:
    heads = (Head("LYG", 1, "a" * 64), Head("LYG:access", 12, "b" * 64))
    for head in heads:
        append_head(tmp_path / "heads.log", head, at=AT)

    assert read_heads(tmp_path / "heads.log") == heads


@pytest.mark.parametrize("line", ["LYG 5 " + "a" * 64, "LYG\t0\t" + "a" * 64, "LYG\t5\tabc", "LYG\t5\t" + "A" * 64])
def test_read_heads_unreadable_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "heads.log"
    file.write_text("LYG\t1\t" + "a" * 64 + "\n\n" + line + "\n")

    with pytest.raises(Invalid) as refusal:
        read_heads(file)

    assert (refusal.value.code, refusal.value.facts["line"]) == ("journal_heads_not_read", 3)


def run(*arguments: str) -> str:
    out = StringIO()
    with translation.override("zh-hans"):
        call_command("verify_journal", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def run_failing(*arguments: str) -> tuple[str, str]:
    out = StringIO()
    with translation.override("zh-hans"), pytest.raises(CommandError) as failure:
        call_command("verify_journal", *arguments, stdout=out, stderr=out)
    assert failure.value.returncode == 1
    return out.getvalue(), str(failure.value)


def test_verify_journal_seals_first_and_says_that_no_outside_head_was_given(record_acts) -> None:
    record_acts(3)

    out = run()

    assert "本次新封存 3 条。" in out
    assert "链 LYG：核验 3 条，待封存 0 条，链首 3 " in out
    assert "没有与库外链首比对" in out
    assert out.endswith("日志完整。\n")


def test_verify_journal_as_found_reports_what_waits(record_acts) -> None:
    record_acts(3)

    out = run("--as-found")

    assert "核验 0 条，待封存 3 条" in out


def test_verify_journal_with_heads_says_how_far_it_compared(
    record_acts, heads_log, django_capture_on_commit_callbacks
) -> None:
    record_acts(3)
    with django_capture_on_commit_callbacks(execute=True):
        seal()

    out = run("--heads", str(heads_log))

    assert "已与库外链首比对至第 3 条" in out
    assert "没有与库外链首比对" not in out


def test_verify_journal_broken_names_the_first_broken_entry_and_fails(forged, heads_log: Callable[[], Path]) -> None:
    change_content(forged[2])
    put_triggers_back()

    out, failure = run_failing()

    assert f"链 LYG 第 3 条（记录 {forged[2].pk}）的内容与封存时不同。" in out
    assert failure == "日志不完整，见上。"


def test_verify_journal_with_an_unreadable_heads_file_fails() -> None:
    _out, failure = run_failing("--heads", "/nowhere/heads.log")

    assert "无法读取链首文件 /nowhere/heads.log" in failure


def test_verify_journal_empty_says_so() -> None:
    assert run().endswith("日志为空。\n")


def test_verify_journal_with_many_faults_says_how_many(record_acts, without_triggers) -> None:
    record_acts(25)
    seal()
    execute("UPDATE journal_entry SET result = 'x'")
    put_triggers_back()

    out, _failure = run_failing()

    assert "共 25 处" in out


def test_verify_journal_on_a_demonstration_clock_says_so() -> None:
    clock.start_demonstration(AT)

    assert "演示时钟" in run()


def test_entry_and_seal_are_readable_in_a_log(sealed) -> None:
    seal_ = Seal.objects.get(seq=1)

    assert (str(sealed[0]), str(seal_)) == ("LYG CASE_RELEASED case:LYG-2024-0009", f"LYG 1 {seal_.hash}")
