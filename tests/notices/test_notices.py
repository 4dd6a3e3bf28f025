from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import deactivate_user
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.notices import selectors, tasks
from investreview.notices.models import Notice
from investreview.notices.services import mark_all_read, mark_read, notify, retry_mail, send_due_mail
from investreview.registry.models import Commission
from tests.accounts.factories import make_holder, make_person
from tests.notices.backends import Slow
from tests.registry.factories import AT, make_commission

pytestmark = pytest.mark.django_db

NOW = clock.machine_now()


@pytest.fixture
def commission() -> Commission:
    return make_commission()


@pytest.fixture
def person(commission: Commission) -> User:
    person = make_person(commission, username="wang.ming", at=NOW)
    person.email = "wang@example.cn"
    person.save()
    return person


def tell(*users: User, text: str = "办件 LYG-2024-0009 等待您办理", key: str = "LYG-2024-0009:opinion:due") -> None:
    notify(users=users, text=text, url="/cases/LYG-2024-0009/", dedupe_key=key, at=AT)


def due() -> datetime:
    return clock.machine_now() + timedelta(seconds=1)


def test_notify_same_reminder_reaches_each_person_once(commission: Commission, person: User) -> None:
    other = make_person(commission)
    for _beat in range(2):
        tell(person, other)
    tell(person, key="LYG-2024-0009:opinion:overdue")
    assert [selectors.unread_count(user) for user in (person, other)] == [2, 1]
    assert Notice.objects.get(user=other).mail_state == Notice.Mail.NONE


def test_notify_leaves_the_inactive_alone(commission: Commission, person: User) -> None:
    by = make_holder(Role.SECURITY_ADMIN, commission)
    tell(deactivate_user(user=person, reason="调离（示例）", by=by, at=AT))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("url", ["//evil.example/", "https://evil.example/", "", "cases/"])
def test_notify_leads_only_into_this_site(url: str, person: User) -> None:
    with pytest.raises(ValueError, match="into this site"):
        notify(users=[person], text="×", url=url, dedupe_key="1", at=AT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("两\n行", "两 行"), ("王\u202e明", "王‹U+202E›明"), ("长" * 600, "长" * 499 + "…")],
)
def test_notify_text_is_one_visible_line(text: str, shown: str, person: User) -> None:
    tell(person, text=text)
    assert Notice.objects.get().text == shown


def test_notify_wakes_the_mailer_after_the_commit(person: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=False) as woken:
        tell(person)
    assert len(woken) == 1


def test_notify_without_address_wakes_nobody(commission: Commission, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=False) as woken:
        tell(make_person(commission))
    assert woken == []


def test_mark_read_is_for_the_reader_only_and_keeps_the_first_time(commission: Commission, person: User) -> None:
    tell(person)
    notice = Notice.objects.get()
    with pytest.raises(NotVisible):
        mark_read(user=make_person(commission), notice_id=notice.pk, at=AT)
    assert mark_read(user=person, notice_id=notice.pk, at=AT).read_at == AT
    assert mark_read(user=person, notice_id=notice.pk, at=AT + timedelta(days=1)).read_at == AT


def test_mark_all_read_is_for_the_reader_only(commission: Commission, person: User) -> None:
    other = make_person(commission)
    tell(person, other)
    tell(person, key="2")
    assert (mark_all_read(user=person, at=AT), mark_all_read(user=person, at=AT)) == (2, 0)
    assert selectors.unread_count(other) == 1


# Mail.


def test_mail_leaves_once_whichever_beat_comes(person: User) -> None:
    tell(person, text="办件\n等待")
    assert (send_due_mail(now=due()), send_due_mail(now=due())) == (1, 0)
    [message] = mail.outbox
    notice = Notice.objects.get()
    assert message.to == ["wang@example.cn"]
    assert message.subject.endswith("办件 等待")
    assert "http://testserver/cases/LYG-2024-0009/" in message.body
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}@testserver>"
    assert notice.mail_state == Notice.Mail.SENT


def test_mail_that_is_leaving_is_not_taken_by_a_second_beat(person: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.backends.Slow"
    Slow.taken.clear()
    tell(person)
    tell(person, key="2")
    send_due_mail(now=due())
    assert len(Slow.taken) == len(set(Slow.taken)) == 2


def test_mail_speaks_the_language_of_the_reader(person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="en")
    tell(person)
    tasks.send_pending_mail()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("backend", ["Refusing", "Unreachable"])
def test_mail_nobody_takes_is_tried_five_times_and_then_shown(backend: str, person: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"tests.notices.backends.{backend}"
    tell(person)
    now = due()
    waits = []
    for _ in range(5):
        send_due_mail(now=now)
        notice = Notice.objects.get()
        waits.append((notice.mail_next_try_at - now).total_seconds() / 60)
        now = notice.mail_next_try_at
    assert waits[:4] == [1, 5, 30, 120]
    assert (notice.mail_state, notice.mail_attempt_count) == (Notice.Mail.FAILED, 5)
    assert notice.mail_error in ("SMTPServerDisconnected", "TimeoutError")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_mail(now=now + timedelta(days=1)) == 0


def test_mail_whose_sender_died_is_tried_when_its_lease_is_over(person: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.no_such_backend.Backend"
    tell(person)
    now = due()
    with pytest.raises(ImportError):
        send_due_mail(now=now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_mail(now=now + timedelta(minutes=9)) == 0
    assert send_due_mail(now=now + timedelta(minutes=10)) == 1


def test_mail_to_whom_the_account_was_closed_does_not_leave(commission: Commission, person: User) -> None:
    tell(person)
    by = make_holder(Role.SECURITY_ADMIN, commission)
    deactivate_user(user=person, reason="调离（示例）", by=by, at=AT)
    assert (send_due_mail(now=due()), Notice.objects.get().mail_state) == (0, Notice.Mail.NONE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "//evil"},
        {"url": "https://evil"},
        {"mail_state": "PENDING", "mail_next_try_at": None},
        {"mail_state": "SENT"},
        {"mail_state": "FAILED"},
        {"mail_state": "LOST"},
    ],
)
def test_notice_row_without_its_facts_is_refused_by_the_database(wrong: dict[str, object], person: User) -> None:
    tell(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**wrong)


# Pages.


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    client.get("/")
    return client


def test_notices_page_shows_own_notices_and_opens_them(commission: Commission, person: User) -> None:
    other = make_person(commission, at=NOW)
    tell(person)
    tell(other, text="别人的事项", key="2")
    client = signed_in(person)
    page = client.get("/notices/").content.decode()
    assert ("LYG-2024-0009" in page, "别人的事项" in page, "ir-unread" in page) == (True, False, True)
    own, others = Notice.objects.get(user=person), Notice.objects.get(user=other)
    assert client.post(f"/notices/{own.pk}/")["Location"] == "/cases/LYG-2024-0009/"
    assert client.post(f"/notices/{others.pk}/").status_code == 404
    assert "ir-unread" not in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{own.pk}/").status_code == 405


def test_notices_page_empty_says_what_would_be_here(person: User) -> None:
    client = signed_in(person)
    assert "还没有通知" in client.get("/notices/", {"before": "x"}).content.decode()
    assert client.post("/notices/read/")["Location"] == "/notices/"


@pytest.mark.parametrize("count", [1, 3])
def test_notices_page_takes_as_many_queries_for_three_as_for_one(
    count: int, person: User, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        tell(person, key=str(number))
    client = signed_in(person)
    with django_assert_num_queries(6):
        client.get("/notices/")


def test_notices_page_goes_on_without_gap_or_repetition(person: User) -> None:
    for number in range(selectors.PAGE_LENGTH + 2):
        tell(person, text=f"第{number}条", key=str(number))
    first, before = selectors.notices_of(person, before=None)
    second, end = selectors.notices_of(person, before=before)
    assert [notice.text for notice in first + second] == [
        f"第{n}条" for n in reversed(range(selectors.PAGE_LENGTH + 2))
    ]
    assert end is None
    assert f"before={before}" in signed_in(person).get("/notices/").content.decode()


def failed_notice(person: User) -> Notice:
    tell(person, text="某集团的事项")
    Notice.objects.update(mail_state="FAILED", mail_error="TimeoutError", mail_attempt_count=5)
    return Notice.objects.get()


def test_a_mail_is_retried_by_the_system_administrator_of_its_commission_only(person: User) -> None:
    notice = failed_notice(person)
    for code, role in (("XZ", Role.SYSTEM_ADMIN), ("", Role.SECURITY_ADMIN)):
        body = make_commission(code) if code else person.commission
        with pytest.raises(Forbidden):
            retry_mail(notice_id=notice.pk, scope=scope_of(make_holder(role, body, at=NOW), NOW), now=NOW)
    keeper = scope_of(make_holder(Role.SYSTEM_ADMIN, person.commission, at=NOW), NOW)
    retry_mail(notice_id=notice.pk, scope=keeper, now=NOW)
    notice.refresh_from_db()
    assert (notice.mail_state, notice.mail_attempt_count) == (Notice.Mail.PENDING, 0)
    with pytest.raises(Invalid, match="notices_nothing_to_retry"):
        retry_mail(notice_id=notice.pk, scope=keeper, now=NOW)


def test_mail_without_a_server_is_not_tried_and_stays_due(settings: Any, person: User) -> None:
    settings.EMAIL_HOST = ""
    tell(person)
    assert send_due_mail(now=due()) == 0
    kept = Notice.objects.get(user=person)
    assert (kept.mail_state, kept.mail_attempt_count, kept.mail_error) == (Notice.Mail.PENDING, 0, "")
    settings.EMAIL_HOST = "mail.example"
    assert send_due_mail(now=due()) == 1
