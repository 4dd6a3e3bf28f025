"""Mails are held and released by who sends them; short messages and calls tell nothing they should not."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import change_email
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.notices.checks import held_kinds_are_known
from investreview.notices.choices import Ways, is_mobile
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice, SmsPickup
from investreview.notices.services import (
    choose_ways,
    hold_mail,
    notify,
    pick_up_sms,
    release_mail,
    send_due_mail,
    tell_new_addresses,
)
from investreview.registry.models import Commission, Enterprise
from tests.accounts.factories import PASSWORD, make_holder, make_person
from tests.registry.factories import AT, make_commission, make_enterprise

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TEXT = "市国资委就 LYG-2024-0009 提出第 1 个问题"


@pytest.fixture
def commission() -> Commission:
    return make_commission()


@pytest.fixture
def group(commission: Commission) -> Enterprise:
    return make_enterprise(commission, "港控物流")


@pytest.fixture
def officer(commission: Commission) -> User:
    return make_holder(Role.CASE_OFFICER, commission)


@pytest.fixture
def keeper(commission: Commission) -> User:
    return make_holder(Role.SYSTEM_ADMIN, commission)


@pytest.fixture
def reader(group: Enterprise) -> User:
    reader = make_holder(Role.ENTERPRISE_RELEASER, group)
    reader.email, reader.phone = "wu@example.cn", "138-0000-0000"
    reader.save()
    return reader


@pytest.fixture
def sent(officer: User, reader: User, settings: Any) -> Notice:
    settings.EMAIL_HOST = "mail.example"
    return tell(reader, kind=NoticeKind.QUESTION, sent_by=officer)


def tell(reader: User, *, kind: NoticeKind, sent_by: User | None = None, key: str = "question:1") -> Notice:
    notify(users=[reader], text=TEXT, url="/cases/LYG-2024-0009/", dedupe_key=key, at=AT, kind=kind, sent_by=sent_by)
    return Notice.objects.get(dedupe_key=key)


def soon() -> Any:
    return clock.machine_now() + timedelta(seconds=1)


def release(notice: Notice, user: User) -> Notice:
    return release_mail(notice_id=notice.pk, user=user, scope=scope_of(user, AT), now=clock.machine_now(), at=AT)


# Holding.


def test_held_mail_does_not_go_and_released_goes_at_once(sent: Notice, officer: User) -> None:
    hold_mail(notice_id=sent.pk, user=officer, at=AT)
    assert (send_due_mail(now=soon() + timedelta(days=30)), mail.outbox) == (0, [])
    release(sent, officer)
    assert send_due_mail(now=soon()) == 1
    assert list(Entry.objects.filter(subject_kind="notice").order_by("pk").values_list("verb", flat=True)) == [
        "mail.hold",
        "mail.release",
    ]
    with pytest.raises(Invalid, match="notices_mail_on_its_way"):
        hold_mail(notice_id=sent.pk, user=officer, at=AT)


def test_mail_the_worker_took_up_is_not_held(sent: Notice, officer: User) -> None:
    Notice.objects.filter(pk=sent.pk).update(mail_attempt_count=1)
    for act in (lambda: hold_mail(notice_id=sent.pk, user=officer, at=AT), lambda: release(sent, officer)):
        with pytest.raises(Invalid, match="notices_mail_on_its_way"):
            act()


def test_mail_of_another_sender_is_nobodys_business(sent: Notice, commission: Commission, keeper: User) -> None:
    for other in (make_holder(Role.CASE_OFFICER, commission), keeper, sent.user):
        with pytest.raises(NotVisible):
            hold_mail(notice_id=sent.pk, user=other, at=AT)
        with pytest.raises(NotVisible):
            release(sent, other)


def test_keeper_releases_for_a_sender_who_left(sent: Notice, officer: User, keeper: User) -> None:
    hold_mail(notice_id=sent.pk, user=officer, at=AT)
    User.objects.filter(pk=officer.pk).update(is_active=False, deactivated_at=AT)
    assert release(sent, keeper).mail_state == Notice.Mail.PENDING


@pytest.mark.parametrize(("minutes", "count"), [(29, 0), (31, 1)])
def test_window_gives_the_sender_time(minutes: int, count: int, officer: User, reader: User, settings: Any) -> None:
    settings.EMAIL_HOST, settings.MAIL_HOLD_MINUTES = "mail.example", {"QUESTION": 30}
    tell(reader, kind=NoticeKind.QUESTION, sent_by=officer)
    assert send_due_mail(now=clock.machine_now() + timedelta(minutes=minutes)) == count


def test_misspelt_window_stops_the_start(settings: Any) -> None:
    assert held_kinds_are_known() == []
    settings.MAIL_HOLD_MINUTES = {"PANELS": 30}
    assert [error.id for error in held_kinds_are_known()] == ["notices.E001"]


def test_reminder_of_nobody_has_no_window(reader: User, settings: Any) -> None:
    settings.EMAIL_HOST, settings.MAIL_HOLD_MINUTES = "mail.example", {"DUE": 30}
    tell(reader, kind=NoticeKind.DUE)
    assert send_due_mail(now=soon()) == 1


def test_pages_show_the_sender_everything_and_the_keeper_no_text(
    client: Client, sent: Notice, officer: User, keeper: User, reader: User, django_assert_num_queries: Any
) -> None:
    client.force_login(officer, BACKEND)
    client.get("/notices/outbox/")
    with django_assert_num_queries(6):
        page = client.get("/notices/outbox/")
    assert reader.full_name in page.content.decode()
    preview = client.get(f"/notices/outbox/{sent.pk}/").content.decode()
    assert (TEXT in preview, "http://testserver/cases/LYG-2024-0009/" in preview) == (True, True)
    assert client.post(f"/notices/outbox/{sent.pk}/hold/").status_code == 302
    assert client.post(f"/notices/outbox/{sent.pk}/hold/", follow=True).status_code == 200
    assert client.post(f"/notices/outbox/{sent.pk}/release/").status_code == 302
    client.force_login(keeper, BACKEND)
    kept = client.get("/notices/outbox/").content.decode()
    assert (reader.full_name in kept, "LYG-2024-0009" in kept) == (True, False)
    assert client.get(f"/notices/outbox/{sent.pk}/").status_code == 404
    client.force_login(reader, BACKEND)
    assert client.get("/notices/outbox/").status_code == 403


def test_keeper_learns_no_expert(client: Client, commission: Commission, officer: User, keeper: User) -> None:
    expert = make_person(commission, kind=User.Kind.EXPERT)
    User.objects.filter(pk=expert.pk).update(email="zj@example.cn")
    expert.refresh_from_db()
    tell(expert, kind=NoticeKind.PANEL, sent_by=officer)
    client.force_login(keeper, BACKEND)
    page = client.get("/notices/outbox/").content.decode()
    assert (expert.full_name in page, "评审专家" in page) == (False, True)


# Choices.


def test_choice_is_kept_and_followed(client: Client, reader: User) -> None:
    client.force_login(reader, BACKEND)
    assert client.get("/account/notices/").status_code == 200
    client.post("/account/notices/", {"mail": ["DUE", "ACCOUNT", "xx"], "sms": ["DUE"]})
    due, question = tell(reader, kind=NoticeKind.DUE, key="a"), tell(reader, kind=NoticeKind.QUESTION, key="b")
    account = tell(reader, kind=NoticeKind.ACCOUNT, key="c")
    assert [(each.mail_state, each.sms_state) for each in (due, question, account)] == [
        ("PENDING", "PENDING"),
        ("NONE", "NONE"),
        ("PENDING", "NONE"),
    ]


@pytest.mark.parametrize(
    ("phone", "is_one"),
    [("138-0000-0000", True), ("+86 13800000000", True), ("0518-8000000", False), ("1380000000", False), ("", False)],
)
def test_short_messages_reach_mobile_telephones_only(phone: str, is_one: bool) -> None:
    assert is_mobile(phone) is is_one


# Short messages.


def test_short_messages_are_picked_up_once(
    client: Client, commission: Commission, reader: User, keeper: User, officer: User
) -> None:
    choose_ways(user=reader, ways={NoticeKind.DUE: Ways(by_sms=True), NoticeKind.QUESTION: Ways(by_sms=True)})
    for key, kind in (("a", NoticeKind.DUE), ("b", NoticeKind.DUE), ("c", NoticeKind.QUESTION)):
        tell(reader, kind=kind, key=key)
    with pytest.raises(Forbidden):
        pick_up_sms(commission=commission, user=officer, scope=scope_of(officer, AT), at=AT)
    client.force_login(keeper, BACKEND)
    assert client.get("/notices/sms/").context["waiting_count"] == 1
    assert client.post("/notices/sms/").status_code == 302
    pickup = SmsPickup.objects.get()
    file = client.get(f"/notices/sms/{pickup.pk}/").content.decode("utf-8-sig")
    _head, [phone, text] = csv.reader(io.StringIO(file))
    assert (phone, text) == (
        "13800000000",
        "【市属监管企业投资项目监管系统】您有3条新通知（期限提醒、询问与答复），请登录系统查看。",
    )
    assert (len(text) <= 70, "LYG" in file) == (True, False)
    assert client.post("/notices/sms/").status_code == 302
    assert (SmsPickup.objects.count(), Entry.objects.filter(verb="sms.pick_up").count()) == (1, 1)
    assert Entry.objects.filter(verb="sms.download", chain="LYG:access").count() == 1


def test_what_was_read_is_told_no_more(commission: Commission, reader: User, keeper: User) -> None:
    choose_ways(user=reader, ways={NoticeKind.DUE: Ways(by_sms=True)})
    tell(reader, kind=NoticeKind.DUE)
    Notice.objects.update(read_at=AT)
    with pytest.raises(Invalid, match="notices_no_sms_waits"):
        pick_up_sms(commission=commission, user=keeper, scope=scope_of(keeper, AT), at=AT)


# Calls.


def test_call_list_names_who_has_not_read_what_is_due(
    client: Client, commission: Commission, reader: User, officer: User, django_assert_num_queries: Any
) -> None:
    expert = make_person(commission, kind=User.Kind.EXPERT)
    tell(reader, kind=NoticeKind.DUE, key="a")
    tell(reader, kind=NoticeKind.QUESTION, key="b")
    tell(expert, kind=NoticeKind.DUE, key="c")
    client.force_login(officer, BACKEND)
    client.get("/notices/calls/")
    with django_assert_num_queries(5):
        page = client.get("/notices/calls/")
    [row] = page.context["rows"]
    assert (row.person, len(row.notices), "138-0000-0000" in page.content.decode()) == (reader, 1, True)
    Notice.objects.update(read_at=AT)
    assert client.get("/notices/calls/").context["rows"] == []
    client.force_login(reader, BACKEND)
    assert client.get("/notices/calls/").status_code == 403


# The page.


def test_ticked_notices_are_read_and_others_people_s_are_not(client: Client, reader: User, officer: User) -> None:
    mine = [tell(reader, kind=NoticeKind.DUE, key=key) for key in "abc"]
    theirs = tell(officer, kind=NoticeKind.DUE, key="d")
    client.force_login(reader, BACKEND)
    sent = {"notice": [mine[0].pk, mine[1].pk, theirs.pk, "x"], "back": "?unread=1"}
    assert client.post("/notices/read/some/", sent)["Location"] == "/notices/?unread=1"
    assert client.post("/notices/read/some/", {"back": "?//evil"})["Location"] == "/notices/?//evil"
    assert client.post("/notices/read/some/", {"back": "//evil"})["Location"] == "/notices/"
    assert [each.pk for each in client.get("/notices/?unread=1").context["rows"]] == [mine[2].pk]
    assert client.get("/notices/?kind=QUESTION").context["rows"] == []
    theirs.refresh_from_db()
    assert theirs.read_at is None


# The new mail address.


def test_new_address_is_asked_to_confirm_once(reader: User, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    now = clock.machine_now()
    change_email(user=reader, email="new@example.cn", password=PASSWORD, now=now, at=AT)
    for _beat in range(2):
        tell_new_addresses(now=now, at=AT)
    assert send_due_mail(now=soon()) == 1
    [message] = mail.outbox
    assert (message.to, "/account/email/" in message.body) == (["new@example.cn"], True)
    assert tell_new_addresses(now=now + timedelta(hours=2), at=AT) == 0
