"""The calendar page, with the people who read and keep it."""

from typing import Any

import pytest
from django.test import Client

from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.actor import SYSTEM
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.registry.models import CalendarDay, Commission, Enterprise, Office
from investreview.registry.services import found_office, seed_calendar
from tests.accounts.factories import make_holder
from tests.registry.factories import make_commission

pytestmark = pytest.mark.django_db

NOW = clock.machine_now()
TODAY = clock.legal_date(NOW)
YEAR = TODAY.year


@pytest.fixture
def commission() -> Commission:
    commission = make_commission()
    seed_calendar(commission=commission, first_year=YEAR, last_year=YEAR, actor=SYSTEM, at=NOW)
    return commission


@pytest.fixture
def security_admin(commission: Commission) -> User:
    return make_holder(Role.SECURITY_ADMIN, commission, at=NOW)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    client.get("/")  # the session notes once a minute that it is used
    return client


def make_reader(role: Role, commission: Commission, group: Enterprise) -> User:
    office = None
    if role == Role.COUNTERSIGNER:
        kind = Office.Kind.LAW
        office = found_office(commission=commission, code="FG", name="法规处", kind=kind, actor=SYSTEM, at=NOW)
    return make_holder(role, group if role in ENTERPRISE_ROLES else commission, office=office, at=NOW)


@pytest.fixture
def keeper(commission: Commission) -> Client:
    return signed_in(make_holder(Role.RULE_KEEPER, commission, at=NOW))


def test_calendar_day_is_edited(commission: Commission, keeper: Client) -> None:
    day = f"{YEAR}-08-08"
    answer = keeper.post("/calendar/day/", {"day": day, "kind": "FREE", "reason": "××通知（示例）"})
    assert answer["Location"] == f"/calendar/?commission=LYG&year={YEAR}"
    assert CalendarDay.objects.get(commission=commission, day=day).source == "EDITED"
    assert "××通知（示例）" in keeper.get("/calendar/").content.decode()


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/calendar/day/", {"day": "2024-02-30", "kind": "FREE", "reason": "×"}),
        ("/calendar/day/", {"day": "2001-01-01", "kind": "FREE", "reason": "×"}),
        ("/calendar/day/", {"day": f"{YEAR}-08-08", "kind": "FREE", "reason": " "}),
        ("/calendar/day/", {"day": f"{YEAR}-08-08", "kind": "HALF", "reason": "×"}),
        ("/calendar/year/", {"year": "2099"}),
        ("/calendar/year/", {"year": "1999"}),
        ("/calendar/year/", {"year": ""}),
        ("/calendar/confirmation/", {"year": "2099", "source": "×"}),
        ("/calendar/confirmation/", {"year": str(YEAR), "source": ""}),
    ],
)
def test_calendar_forms_say_what_is_wrong_and_change_nothing(path: str, typed: dict[str, str], keeper: Client) -> None:
    before = list(CalendarDay.objects.values())
    page = keeper.post(path, typed)
    assert (page.status_code, "ir-error" in page.content.decode() or "ir-bad" in page.content.decode()) == (422, True)
    assert list(CalendarDay.objects.values()) == before


def test_calendar_year_is_added_and_confirmed(commission: Commission, keeper: Client) -> None:
    for year in range(YEAR + 1, 2028):
        assert keeper.post("/calendar/year/", {"year": str(year)}).status_code == 302
    assert "推算" in keeper.get("/calendar/", {"year": "2027"}).content.decode()
    typed = {"year": "2027", "source": "国办发明电〔2026〕×号（示例）"}
    assert keeper.post("/calendar/confirmation/", typed).status_code == 302
    assert "尚未全部确认" not in keeper.get("/calendar/", {"year": "2027"}).content.decode()


@pytest.mark.parametrize("path", ["/calendar/day/", "/calendar/year/", "/calendar/confirmation/"])
def test_calendar_is_changed_by_keepers_only(path: str, commission: Commission) -> None:
    client = signed_in(make_holder(Role.CASE_OFFICER, commission, at=NOW))
    typed = {"day": f"{YEAR}-08-08", "kind": "FREE", "reason": "×", "year": str(YEAR + 1), "source": "×"}
    assert client.post(path, typed).status_code == 403
    assert "调整一天" not in client.get("/calendar/").content.decode()
    assert client.get(path).status_code == 405


def test_calendar_of_another_commission_is_hidden(keeper: Client) -> None:
    make_commission("XZ")
    assert keeper.get("/calendar/", {"commission": "XZ"}).status_code == 404
    assert keeper.post("/calendar/day/?commission=XZ", {}).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "0000", "99999", "2001", "２０２４"])
def test_calendar_of_any_typed_year_is_a_page(year: str, keeper: Client) -> None:
    assert keeper.get("/calendar/", {"year": year}).status_code == 200


def test_calendar_page_takes_the_same_queries_for_every_year(keeper: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        keeper.get("/calendar/")
