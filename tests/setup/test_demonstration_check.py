"""A demonstration cannot stray into an installation in earnest."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured

from investreview import celery as worker
from investreview.core import checks
from investreview.core.models import DemonstrationClock

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [error.id for error in checks.check_demonstration(databases=["default"])]


@pytest.fixture
def clock() -> DemonstrationClock:
    at = datetime(2024, 8, 7, 1, tzinfo=UTC)
    return DemonstrationClock.objects.create(business_start_at=at, machine_start_at=at)


@pytest.fixture
def earnest(settings) -> None:
    settings.ALLOW_DEMONSTRATION = False


def test_an_empty_database_is_in_earnest(earnest: None) -> None:
    assert found() == []


def test_a_demonstration_clock_is_refused(earnest: None, clock: DemonstrationClock) -> None:
    assert found() == ["core.E001"]
    with pytest.raises(ImproperlyConfigured, match="演示时钟"):
        checks.refuse_demonstration()


@pytest.mark.parametrize(
    ("name", "is_active", "errors"),
    [
        ("王一（示例）", True, ["core.E002"]),
        ("王一（示例）", False, []),
        ("王××", True, ["core.E002"]),
        ("王一", True, []),
    ],
)
def test_demonstration_accounts_are_refused(earnest: None, name: str, is_active: bool, errors: list[str]) -> None:
    people = get_user_model()
    left = None if is_active else datetime(2024, 8, 7, tzinfo=UTC)
    person = people(username="wang", full_name=name, is_active=is_active, deactivated_at=left, is_superuser=True)
    people.objects.bulk_create([person])
    assert found() == errors


def test_the_worker_refuses_too(earnest: None, clock: DemonstrationClock) -> None:
    with pytest.raises(SystemExit, match="演示时钟"):
        worker.refuse_demonstration_in_earnest()


def test_a_demonstration_may_run_on_its_clock(clock: DemonstrationClock) -> None:
    assert found() == []


def test_without_a_database_named_nothing_is_asked(earnest: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert checks.check_demonstration() == []
