"""What the database itself refuses: a state without its evidence, one person for two, a change of what is fixed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from investreview.draws import triggers
from investreview.draws.models import Draw, LogEntry, Member, Reveal, Wave
from tests.draws import house as acts
from tests.draws.house import AT, House

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def refuses(act: Any, match: str) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "state", ["ANNOUNCED", "ENTROPY", "DRAWN", "WAVE", "CLOSED", "DISCLOSED", "INFEASIBLE", "WITHDRAWN"]
)
def test_no_state_is_reached_without_its_evidence(house: House, state: str) -> None:
    draw = acts.freeze(house)
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(state=state), "draws_")


@pytest.mark.parametrize("state", ["FROZEN", "ANNOUNCED", "ENTROPY", "WAVE", "CLOSED", "DISCLOSED", "INFEASIBLE"])
def test_a_drawn_panel_is_in_no_other_state(house: House, state: str) -> None:
    draw = acts.drawn(house)
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(state=state), "draws_")


def test_the_witness_is_neither_who_froze_nor_who_announced(house: House) -> None:
    draw = acts.announce(house, acts.freeze(house), who="operator2")
    numbers = {"state": "ENTROPY", "public_values": b"[]", "entered_at": AT, "read_by": "WITNESS"}
    for who in ("operator", "operator2"):
        refuses(
            lambda who=who: Draw.objects.filter(pk=draw.pk).update(**numbers, witness=house.people[who]),
            "draws_operator_is_not_witness",
        )
    assert Draw.objects.filter(pk=draw.pk).update(**numbers, witness=house.witness) == 1


def test_a_subject_has_one_draw_a_round_and_the_chain_one_a_place(house: House) -> None:
    first = acts.drawn(house)
    second = acts.freeze(house, subject=acts.Subject("case", "2"))
    copy = Draw.objects.get(pk=second.pk)
    copy.pk, copy.subject_key = None, first.subject_key
    refuses(copy.save, "subject_key|draws_one_draw_a_round")
    third = acts.announce(house, second)
    connection.check_constraints()
    triggers_off()
    refuses(lambda: Draw.objects.filter(pk=third.pk).update(seq=first.seq), "seq|draws_one_draw_a_place")


def triggers_off() -> None:
    on_table = {name: f" ON {name.partition('_no_')[0]}" if connection.vendor == "postgresql" else "" for name in NAMES}
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER {name}{on_table[name]}")


NAMES = ("draws_draw_no_update", "draws_draw_no_delete", "draws_logentry_no_update", "draws_logentry_no_delete")


def test_a_reveal_takes_two_and_there_is_one_at_a_time(house: House) -> None:
    draw = acts.drawn(house)
    first, second = draw.members.order_by("rank")[:2]
    asked = Reveal.objects.create(draw=draw, member=first, asked_by=house.operator, asked_at=AT)
    refuses(
        lambda: Reveal.objects.filter(pk=asked.pk).update(confirmed_by=house.operator, confirmed_at=AT),
        "draws_reveal_takes_two",
    )
    refuses(lambda: Reveal.objects.filter(pk=asked.pk).update(confirmed_at=AT), "draws_reveal_takes_two")
    refuses(
        lambda: Reveal.objects.create(draw=draw, member=second, asked_by=house.operator, asked_at=AT),
        "draw|draws_one_reveal_at_a_time",
    )


def test_a_wave_takes_two_and_a_large_one_three(house: House) -> None:
    draw = acts.drawn(house)
    acts.reveal_all(house, draw)
    wave = Wave.objects.filter(pk=acts.propose(house, draw, *acts.present(draw)[:2]).pk)
    recorded = {"state": "RECORDED", "ordinal": 1, "decided_at": AT}
    refuses(lambda: wave.update(**recorded, decided_by=house.operator), "draws_wave_takes_two|draws_large")
    refuses(lambda: wave.update(**recorded, decided_by=house.witness), "draws_large_wave_is_countersigned")
    signed = {"countersigned_at": AT, **recorded}
    for decided, countersigned in (("witness", "witness"), ("witness", "operator")):
        refuses(
            lambda decided=decided, countersigned=countersigned: wave.update(
                **signed, decided_by=house.people[decided], countersigned_by=house.people[countersigned]
            ),
            "draws_wave_is_countersigned_by_a_third",
        )
    assert wave.update(**signed, decided_by=house.witness, countersigned_by=house.witness2) == 1


def test_a_member_stands_once_and_leaves_after_joining(house: House) -> None:
    draw = acts.drawn(house)
    member = draw.members.order_by("rank")[0]
    refuses(lambda: Member.objects.filter(pk=member.pk).update(left_wave=0), "draws_member_leaves_after_joining")
    refuses(lambda: Member.objects.create(draw=draw, no=member.no, ticket="", rank=99), "no|draws_member_once")


def test_another_round_has_its_reason(house: House) -> None:
    draw = acts.freeze(house)
    triggers_off()
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(round=2), "draws_another_round_has_a_reason")
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(round_reason="x"), "draws_another_round_has_a_reason")


# What is fixed.


def other_than(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bytes | memoryview):
        return bytes(value) + b" "
    if isinstance(value, bool | int):
        return value + 1
    if isinstance(value, timezone.datetime):
        return value + timedelta(seconds=1)
    if isinstance(value, str):
        return value[:-1] + ("0" if value[-1:] != "0" else "1")
    return [1]


UNSET = {"round_reason", "round_leader_id", "round_document_sha256", "photo_sha256"}


def test_nothing_fixed_changes(house: House) -> None:
    draw = Draw.objects.get(pk=acts.failed(house, acts.drawn(house)).pk)
    for columns in triggers.FIXED.values():
        for column in set(columns) - UNSET:
            changed = {column: other_than(getattr(draw, column))}
            refuses(lambda changed=changed: Draw.objects.filter(pk=draw.pk).update(**changed), "never changes")


@pytest.mark.parametrize("column", ["public_values", "first", "result", "request", "number"])
def test_nothing_fixed_is_emptied(house: House, column: str) -> None:
    draw = acts.failed(house, acts.drawn(house))
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(**{column: None}), "never changes")


def test_numbers_are_never_written_over(house: House) -> None:
    draw = acts.announced(house)
    acts.enter(house, draw)
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(public_values=b"[]"), "never changes")


def test_the_log_only_grows_and_no_draw_vanishes(house: House) -> None:
    draw = acts.drawn(house)
    refuses(lambda: LogEntry.objects.filter(draw=draw).update(hash="0" * 64), "never changes")
    refuses(lambda: LogEntry.objects.filter(draw=draw, seq=0).delete(), "never changes")
    refuses(lambda: models.QuerySet(Draw)._raw_delete("default"), "never changes")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO draws_logentry (id, draw_id, seq, kind, at, content, hash) "
        "SELECT id, draw_id, seq, kind, at, content, 'x' FROM draws_logentry",
        "INSERT OR REPLACE INTO draws_logentry (draw_id, seq, kind, at, content, hash) "
        "SELECT draw_id, seq, kind, at, content, 'x' FROM draws_logentry",
        "INSERT OR REPLACE INTO draws_draw SELECT * FROM draws_draw",
    ],
)
def test_nothing_is_replaced_on_sqlite(house: House, statement: str) -> None:
    acts.freeze(house)
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["draws_draw", "draws_logentry"])
def test_no_table_is_emptied(house: House, table: str) -> None:
    acts.freeze(house)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_every_column_is_fixed_but_those_that_a_later_step_fills() -> None:
    columns = {field.column for field in Draw._meta.concrete_fields}
    fixed = {column for each in triggers.FIXED.values() for column in each}
    assert columns - fixed == {
        "version",
        "state",
        "withdrawn_by_id",
        "withdrawn_at",
        "withdrawal_reason",
        "ranking",
        "wave_count",
        "closed_by_id",
        "close_reason",
        "disclosed_by_id",
        "disclosed_at",
    }
    assert fixed <= columns


def test_the_triggers_are_made_anew(house: House) -> None:
    draw = acts.freeze(house)
    connection.check_constraints()  # PostgreSQL alters no table that still has deferred checks to do
    triggers_off()
    triggers.install("default")
    refuses(lambda: Draw.objects.filter(pk=draw.pk).update(snapshot=b"{}"), "never changes")
