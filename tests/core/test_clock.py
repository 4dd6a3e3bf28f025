from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.core.models import DemonstrationClock

START = datetime(2024, 8, 7, 9, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _fresh_clock():
    clock.reset()
    yield
    clock.reset()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2024, 12, 31, 15, 59, 59, tzinfo=UTC), date(2024, 12, 31)),
        (datetime(2024, 12, 31, 16, 0, 0, tzinfo=UTC), date(2025, 1, 1)),
        (datetime(2024, 8, 7, 23, 59, 59, tzinfo=clock.SHANGHAI), date(2024, 8, 7)),
    ],
)
def test_legal_date_is_the_day_in_shanghai(at: datetime, expected: date) -> None:
    assert clock.legal_date(at) == expected


@pytest.mark.django_db
def test_now_without_demonstration_is_the_machines_time() -> None:
    before = clock.machine_now()

    now = clock.now()

    assert before <= now <= clock.machine_now()
    assert clock.is_demonstration() is False
    assert clock.today() == clock.legal_date(now)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_start_demonstration_moves_business_time_and_lets_it_run() -> None:
    clock.start_demonstration(START)

    first = clock.now()
    second = clock.now()

    assert START <= first <= second < START + timedelta(minutes=1)
    assert clock.is_demonstration() is True
    assert clock.today() == date(2024, 8, 7)
    assert abs(clock.machine_now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db
@pytest.mark.parametrize("allowed", [False, None, 1, "yes"])
def test_start_demonstration_where_it_is_not_allowed_is_refused(settings, allowed: object) -> None:
    settings.ALLOW_DEMONSTRATION = allowed

    with pytest.raises(Invalid) as refusal:
        clock.start_demonstration(START)

    assert refusal.value.code == "clock_demonstration_not_allowed"
    assert DemonstrationClock.objects.count() == 0


@pytest.mark.django_db
def test_start_demonstration_twice_is_refused() -> None:
    clock.start_demonstration(START)

    with pytest.raises(Invalid) as refusal:
        clock.start_demonstration(START)

    assert refusal.value.code == "clock_demonstration_running"


@pytest.mark.django_db
@pytest.mark.both_databases
def test_demonstration_clock_second_row_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DemonstrationClock.objects.create(id=2, business_start_at=START, machine_start_at=START)


@pytest.mark.django_db
def test_now_asks_the_database_once_a_minute(django_assert_num_queries, monkeypatch) -> None:
    elapsed = [100.0]
    monkeypatch.setattr(clock.time, "monotonic", lambda: elapsed[0])

    with django_assert_num_queries(1):
        clock.now()
        elapsed[0] += 59.9
        clock.now()
    elapsed[0] += 0.2
    with django_assert_num_queries(1):
        clock.now()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_now_in_a_broken_transaction_asks_nothing_and_keeps_what_it_knew(
    django_assert_num_queries, monkeypatch
) -> None:
    clock.start_demonstration(START)
    clock.now()
    monkeypatch.setattr(clock, "CACHED_SECONDS", -1.0)

    with transaction.atomic():
        connection.set_rollback(True)
        with django_assert_num_queries(0):
            now = clock.now()

    assert now.year == 2024


@pytest.mark.django_db
@pytest.mark.postgres
def test_now_in_a_transaction_that_postgresql_refuses_keeps_what_it_knew(monkeypatch) -> None:
    clock.start_demonstration(START)
    clock.now()
    monkeypatch.setattr(clock, "CACHED_SECONDS", -1.0)

    with transaction.atomic():
        sid = transaction.savepoint()
        with pytest.raises(Exception, match="division by zero"), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        now = clock.now()
        transaction.savepoint_rollback(sid)

    assert now.year == 2024
