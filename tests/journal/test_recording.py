import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy

from investreview.core import clock
from investreview.core.actor import SYSTEM, Actor
from investreview.core.roles import Role
from investreview.core.scope import Grant
from investreview.core.subject import Subject
from investreview.journal.canonical import canonical_json
from investreview.journal.context import request_id
from investreview.journal.models import DenialWindow, Entry, Unsealed
from investreview.journal.selectors import entries_of, entries_of_many
from investreview.journal.services import record, record_access, record_denial
from tests.journal.conftest import AT, CASE, OFFICER

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_record_entry_is_stored_and_waits_for_the_sealer() -> None:
    token = request_id.set("r-1")
    try:
        entry = record(
            chain="LYG",
            verb="CASE_SIGNED",
            actor=Actor(id="7", name="王××（示例）", on_behalf_of="李××（示例）"),
            subject=CASE,
            at=AT,
            facts={"amount_yuan": Decimal("18600000.00")},
            result="REFUSED",
        )
    finally:
        request_id.reset(token)

    stored = Entry.objects.get()
    assert stored == entry
    assert json.loads(bytes(stored.content)) == {
        "chain": "LYG",
        "verb": "CASE_SIGNED",
        "actor_id": "7",
        "actor_name": "王××（示例）",
        "on_behalf_of": "李××（示例）",
        "subject_kind": "case",
        "subject_key": "LYG-2024-0009",
        "at": "2024-08-07T01:00:00.000000+00:00",
        "recorded_at": stored.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "clock": "REAL",
        "facts": {"amount_yuan": "18600000.00"},
        "result": "REFUSED",
        "request_id": "r-1",
    }
    assert stored.facts == {"amount_yuan": "18600000.00"}
    assert Unsealed.objects.values_list("entry", "chain").get() == (entry.pk, "LYG")


def test_record_tells_the_machines_time_beside_the_acts() -> None:
    before = clock.machine_now()

    entry = record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=AT)

    assert entry.at == AT
    assert before <= entry.recorded_at <= clock.machine_now()


def test_record_on_a_demonstration_clock_says_so() -> None:
    clock.start_demonstration(AT)

    entry = record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=clock.now())

    assert json.loads(entry.content)["clock"] == "DEMONSTRATION"


def test_record_in_an_act_that_fails_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=AT)
        raise ZeroDivisionError

    assert (Entry.objects.count(), Unsealed.objects.count()) == (0, 0)


def test_record_costs_two_statements(django_assert_num_queries) -> None:
    clock.now()

    with django_assert_num_queries(2):
        record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=AT)


def test_record_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        record(chain="LYG", verb="X", actor=SYSTEM, subject=CASE, at=datetime(2024, 8, 7))


def test_record_text_that_cannot_be_stored_is_written_out() -> None:
    entry = record_access(
        commission="LYG",
        verb="SIGN_IN",
        actor=Actor(id="a\0" * 100, name="\ud800" + "名" * 300),
        subject=Subject("user", "x\u202e" * 200),
        at=AT,
        facts={"typed": "\0\ud800"},
        result="DENIED",
    )

    entry.refresh_from_db()
    assert (len(entry.actor_id), len(entry.actor_name), len(entry.subject_key)) == (64, 200, 200)
    assert entry.facts == {"typed": "‹U+0000›‹U+D800›"}


def test_record_access_goes_to_its_own_chain() -> None:
    entry = record_access(commission="LYG", verb="SIGN_IN", actor=OFFICER, subject=Subject("user", "7"), at=AT)

    assert (entry.chain, entry.result) == ("LYG:access", "DONE")


def deny(address: str, at: datetime, commission: str = "LYG") -> Entry | None:
    return record_denial(commission=commission, address=address, subject=Subject("path", "/case/1/"), at=at)


def test_record_denial_once_per_address_and_minute() -> None:
    recorded = [
        deny("10.0.0.1", AT),
        deny("10.0.0.1", AT + timedelta(seconds=59)),
        deny("10.0.0.2", AT),
        deny("10.0.0.1", AT, commission="GY"),
        deny("10.0.0.1", AT + timedelta(seconds=60)),
    ]

    assert [entry is not None for entry in recorded] == [True, False, True, True, True]
    assert Entry.objects.count() == 4


def test_record_denial_names_address_and_nobody() -> None:
    entry = deny("10.0.0.1", AT)

    assert entry is not None
    assert (entry.chain, entry.verb, entry.actor_id, entry.result, entry.facts) == (
        "LYG:access",
        "ACCESS_DENIED",
        "anonymous",
        "DENIED",
        {"address": "10.0.0.1"},
    )


def test_record_denial_forgets_old_windows() -> None:
    deny("10.0.0.1", AT)

    deny("10.0.0.2", AT + timedelta(hours=2))

    assert list(DenialWindow.objects.values_list("address", flat=True)) == ["10.0.0.2"]


def test_entries_of_a_subject_oldest_act_first(django_assert_num_queries) -> None:
    later = record(chain="LYG", verb="B", actor=SYSTEM, subject=CASE, at=AT + timedelta(days=1))
    sooner = record(chain="LYG", verb="A", actor=SYSTEM, subject=CASE, at=AT)
    record(chain="LYG", verb="C", actor=SYSTEM, subject=Subject("case", "LYG-2024-0010"), at=AT)
    record(chain="LYG", verb="C", actor=SYSTEM, subject=Subject("document", CASE.key), at=AT)

    with django_assert_num_queries(1):
        assert list(entries_of(CASE)) == [sooner, later]


def test_entries_of_many_in_one_query(django_assert_num_queries) -> None:
    subjects = [CASE, Subject("case", "LYG-2024-0010"), Subject("document", "5")]
    entries = [record(chain="LYG", verb="A", actor=SYSTEM, subject=subject, at=AT) for subject in subjects]
    record(chain="LYG", verb="A", actor=SYSTEM, subject=Subject("document", CASE.key), at=AT)

    with django_assert_num_queries(1):
        assert list(entries_of_many(subjects)) == entries


def test_entries_of_many_of_nothing_is_nothing() -> None:
    assert list(entries_of_many([])) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
        (Decimal("1E+7"), '"10000000"'),
        (Decimal("0.10"), '"0.10"'),
        (date(2024, 8, 7), '"2024-08-07"'),
        (datetime(2024, 8, 7, 9, 0, tzinfo=clock.SHANGHAI), '"2024-08-07T01:00:00.000000+00:00"'),
        (Role.AUDITOR, '"AUDITOR"'),
        (Grant(Role.AUDITOR, "LYG/"), '{"office":"","path":"LYG/","role":"AUDITOR"}'),
        (frozenset({"b", "a"}), '["a","b"]'),
        (("一", True), '["一",true]'),
    ],
)
def test_canonical_json_known_values(value: object, expected: str) -> None:
    assert canonical_json(value).decode() == expected


@pytest.mark.parametrize("value", [1.5, b"x", object(), {1: "a"}, gettext_lazy("中文"), Entry.objects.all()])
def test_canonical_json_value_without_plain_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
