"""How long a commission's mails wait for their senders: set by its system administrator, else by the installation."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import HoldWindow
from investreview.notices.services import send_due_mail, set_windows
from investreview.notices.windows import window_minutes
from investreview.registry.models import Commission
from tests.accounts.factories import make_holder
from tests.notices.test_outbox import BACKEND, tell
from tests.registry.factories import AT, make_commission

pytestmark = pytest.mark.django_db


@pytest.fixture
def commission() -> Commission:
    return make_commission()


@pytest.fixture
def officer(commission: Commission) -> User:
    return make_holder(Role.CASE_OFFICER, commission)


@pytest.fixture
def keeper(commission: Commission) -> User:
    return make_holder(Role.SYSTEM_ADMIN, commission)


@pytest.fixture
def reader(commission: Commission) -> User:
    user = make_holder(Role.CASE_OFFICER, commission)
    user.email = "reader@example.cn"
    user.save()
    return user


def keep(keeper: User, minutes: dict[NoticeKind, int | None], seen: str = "", by: User | None = None) -> bool:
    scope = scope_of(by or keeper, AT)
    commission = keeper.commission
    assert commission is not None
    return set_windows(commission=commission, minutes=minutes, seen=seen, user=by or keeper, scope=scope, at=AT)


@pytest.mark.parametrize(("own", "minutes"), [(0, 0), (10, 10), (1440, 1440), (None, 30)])
def test_the_window_of_the_commission_counts_before_that_of_the_installation(
    own: int | None, minutes: int, officer: User, keeper: User, reader: User, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.MAIL_HOLD_MINUTES = "mail.example", {"QUESTION": 30, "PANEL": 5}
    assert keep(keeper, {NoticeKind.QUESTION: own}) is (own is not None)
    tell(reader, kind=NoticeKind.QUESTION, sent_by=officer)
    if minutes:
        assert send_due_mail(now=clock.machine_now() + timedelta(minutes=minutes - 1)) == 0
    assert send_due_mail(now=clock.machine_now() + timedelta(minutes=minutes, seconds=5)) == 1


def test_another_commission_keeps_its_own_window(officer: User, keeper: User, settings: Any) -> None:
    settings.MAIL_HOLD_MINUTES = {"QUESTION": 30}
    keep(keeper, {NoticeKind.QUESTION: 60})
    other = make_commission("XZ")
    assert (window_minutes(keeper.commission, NoticeKind.QUESTION), window_minutes(other, NoticeKind.QUESTION)) == (
        60, 30,
    )  # fmt: skip


def test_windows_are_journalled_with_what_they_were_and_once(keeper: User) -> None:
    assert keep(keeper, {NoticeKind.QUESTION: 10})
    assert not keep(keeper, {NoticeKind.QUESTION: 10})
    assert keep(keeper, {NoticeKind.PANEL: 20}, seen="QUESTION:10")
    entries = Entry.objects.filter(verb="mail.windows").order_by("pk")
    assert [entry.facts for entry in entries] == [
        {"QUESTION": [None, 10]},
        {"QUESTION": [10, None], "PANEL": [None, 20]},
    ]


def test_windows_have_bounds_a_keeper_and_no_stale_page(keeper: User, officer: User) -> None:
    for minutes in (-1, 1441):
        with pytest.raises(Invalid, match="notices_window_too_long"):
            keep(keeper, {NoticeKind.QUESTION: minutes})
    with pytest.raises(Forbidden, match="notices_outbox_keeper_only"):
        keep(keeper, {NoticeKind.QUESTION: 10}, by=officer)
    keep(keeper, {NoticeKind.QUESTION: 10})
    with pytest.raises(Stale, match="notices_windows_changed"):
        keep(keeper, {NoticeKind.QUESTION: 20})
    assert not Entry.objects.filter(verb="mail.windows").count() > 1


def test_database_refuses_a_window_of_more_than_a_day(commission: Commission) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldWindow.objects.create(commission=commission, kind=NoticeKind.PANEL, minutes=1441)


def test_the_keepers_page_sets_windows_and_the_outbox_names_them(
    client: Client, officer: User, keeper: User, settings: Any
) -> None:
    settings.MAIL_HOLD_MINUTES = {"PANEL": 30}
    url = "/notices/outbox/windows/"
    client.force_login(keeper, BACKEND)
    page = client.get(url).content.decode()
    assert ("不填为安装时的设置：30 分钟" in page, "不填为安装时的设置：0 分钟" in page) == (True, True)
    for wrong in ("1441", "-1", "x"):
        answer = client.post(url, {"QUESTION": wrong})
        assert (answer.status_code, "请填写 0 至 1440 之间的整数" in answer.content.decode()) == (422, True)
    assert client.post(url, {"QUESTION": "15", "PANEL": ""})["Location"] == "/notices/outbox/"
    assert "停留时间没有变化" in client.post(url, {"QUESTION": "15"}, follow=True).content.decode()
    stale = client.post(url, {"QUESTION": "20", "seen": ""})
    assert (stale.status_code, stale.context["form"]["QUESTION"].value()) == (409, "20")
    again = {"QUESTION": "20", "seen": stale.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    client.force_login(officer, BACKEND)
    shown = client.get("/notices/outbox/").content.decode()
    assert ("询问与答复 20 分钟" in shown, "专家论证 30 分钟" in shown, url in shown) == (True, True, False)
    assert client.get(url).status_code == 403
