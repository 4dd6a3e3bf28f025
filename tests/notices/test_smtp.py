"""The outbox against a real mail server: what leaves, what is put off, what is given up; under one Message-ID."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.roles import Role
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice
from investreview.notices.selectors import failed_mail
from investreview.notices.services import notify, retry_mail, send_due_mail
from investreview.notices.services.mail import WAITS
from investreview.registry.models import Commission
from tests.accounts.factories import make_holder, make_person
from tests.notices.mail_server import MailServer, answering
from tests.registry.factories import AT, make_commission

pytestmark = pytest.mark.django_db
TEXT = "办件 LYG-2024-0009 等待您办理：请在 2024年7月19日 前提出意见"
LATER = "451 4.7.1 greylisted, come back later"
DEAD = "550 5.1.1 no such mailbox"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with answering(MailServer()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 1
        settings.SITE_URL = "https://touzi.example.gov.cn"
        yield server


@pytest.fixture
def commission() -> Commission:
    return make_commission()


@pytest.fixture
def reader(commission: Commission) -> User:
    return _reader(commission, "wang@example.cn")


def _reader(commission: Commission, address: str) -> User:
    person = make_person(commission)
    person.email = address
    person.save()
    return person


def tell(*readers: User) -> None:
    notify(users=readers, text=TEXT, url="/cases/LYG-2024-0009/", dedupe_key="1", at=AT, kind=NoticeKind.DUE)


def soon(minutes: int = 0) -> datetime:
    return clock.machine_now() + timedelta(minutes=minutes, seconds=1)


def state() -> tuple[str, int, str]:
    notice = Notice.objects.get()
    return notice.mail_state, notice.mail_attempt_count, notice.mail_error


def tried(times: int) -> int:
    """How many mails left in so many tries, each when the one before it says."""
    sent = 0
    for _ in range(times):
        due_at = Notice.objects.get().mail_next_try_at
        assert due_at is not None
        sent += send_due_mail(now=max(due_at, soon()))
    return sent


def test_mail_arrives_as_it_was_written(server: MailServer, reader: User) -> None:
    tell(reader)
    assert send_due_mail(now=soon()) == 1
    [message], [recipients] = server.taken, server.recipients
    assert (recipients, message["To"], message["From"]) == (["wang@example.cn"], "wang@example.cn", "noreply@localhost")
    # A subject that is folded at once begins with the blank of its fold, which no reader shows.
    assert message["Subject"].strip() == f"【市属监管企业投资项目监管系统】{TEXT}"
    assert message["Message-ID"] == f"<notice-{Notice.objects.get().pk}@touzi.example.gov.cn>"
    first, link, how = "\n".join(message.get_content().splitlines()).split("\n\n")
    assert (first, link) == (TEXT, "https://touzi.example.gov.cn/cases/LYG-2024-0009/")
    assert how.startswith("请登录系统办理。") and how.endswith("严禁处理国家秘密。")
    assert state() == ("SENT", 1, "")
    assert send_due_mail(now=soon(60 * 24)) == 0


@pytest.mark.parametrize("where", ["to_recipient", "to_message"])
def test_server_that_asks_to_come_later_gets_the_mail_once(server: MailServer, reader: User, where: str) -> None:
    getattr(server, where).extend([LATER] * 2)
    tell(reader)
    assert send_due_mail(now=soon()) == 0
    assert state()[:2] == ("PENDING", 1)
    assert (send_due_mail(now=soon()), len(server.taken)) == (0, 0)
    assert tried(2) == 1
    assert (state(), len(server.taken)) == (("SENT", 3, ""), 1)
    assert (send_due_mail(now=soon(60 * 24)), len(server.taken)) == (0, 1)


def test_refused_recipient_is_shown_as_failed_and_sent_when_tried_again(
    server: MailServer, commission: Commission, reader: User
) -> None:
    keeper = make_holder(Role.SYSTEM_ADMIN, commission)
    server.to_recipient = [DEAD] * (len(WAITS) + 1)
    tell(reader)
    assert tried(len(WAITS) + 1) == 0
    assert (state(), server.seen) == (("FAILED", 5, "SMTPRecipientsRefused"), [])
    scope = scope_of(keeper, AT)
    [shown] = failed_mail(scope, most=10)
    seen = (shown.pk, shown.recipient, shown.address, shown.kind, shown.error)
    assert seen == (Notice.objects.get().pk, reader.full_name, "wang@example.cn", "期限提醒", "SMTPRecipientsRefused")
    retry_mail(notice_id=shown.pk, scope=scope, now=clock.machine_now())
    assert (send_due_mail(now=soon()), len(server.taken), failed_mail(scope, most=10)) == (1, 1, ())


def test_refused_recipient_keeps_no_other_mail_back(server: MailServer, commission: Commission, reader: User) -> None:
    other = _reader(commission, "li@example.cn")
    server.to_recipient = [DEAD]
    tell(reader, other)
    assert send_due_mail(now=soon()) == 1
    assert server.recipients == [["li@example.cn"]]
    states = dict(Notice.objects.values_list("user__email", "mail_state"))
    assert states == {"wang@example.cn": "PENDING", "li@example.cn": "SENT"}


@pytest.mark.parametrize("fault", [MailServer.HANG_UP, MailServer.SILENCE])
def test_answer_that_never_comes_sends_again_under_the_same_message_id(
    server: MailServer, reader: User, fault: str, settings: Any
) -> None:
    """The server may have kept the first; by the Message-ID it knows the second as the same mail."""
    settings.EMAIL_TIMEOUT = 0.3
    server.to_message = [fault]
    tell(reader)
    assert send_due_mail(now=soon()) == 0
    assert (state()[:2], len(server.seen), server.taken) == (("PENDING", 1), 1, [])
    settings.EMAIL_TIMEOUT = 5
    assert tried(1) == 1
    assert (state(), len(server.seen), len(server.taken)) == (("SENT", 2, ""), 2, 1)
    assert len({message["Message-ID"] for message in server.seen}) == 1
    assert len({message.get_content() for message in server.seen}) == 1


def test_server_that_is_away_is_tried_again(server: MailServer, reader: User, settings: Any) -> None:
    with answering(MailServer()) as gone:
        settings.EMAIL_PORT = gone.port
    tell(reader)
    assert send_due_mail(now=soon()) == 0
    assert state() == ("PENDING", 1, "ConnectionRefusedError")
    settings.EMAIL_PORT = server.port
    assert (tried(1), len(server.taken)) == (1, 1)
