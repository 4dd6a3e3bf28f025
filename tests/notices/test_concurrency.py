"""Two beats at once send one reminder and one mail."""

from threading import Lock
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from investreview.accounts.models import User
from investreview.core import clock
from investreview.notices.models import Notice
from investreview.notices.services import notify, send_due_mail
from tests.accounts.factories import make_person
from tests.accounts.threads import at_once
from tests.registry.factories import AT, make_commission

pytestmark = pytest.mark.both_databases

BEATS = 4


class Counting(BaseEmailBackend):
    """Remembers what it took."""

    lock = Lock()
    taken: list[str] = []

    def send_messages(self, email_messages: Any) -> int:
        with self.lock:
            self.taken.extend(message.extra_headers["Message-ID"] for message in email_messages)
        return len(email_messages)


@pytest.fixture
def people(file_database: str) -> list[User]:
    commission = make_commission()
    people = [make_person(commission) for _ in range(3)]
    for person in people:
        person.email = f"{person.username}@example.cn"
        person.save()
    return people


def test_reminder_of_many_beats_reaches_each_person_once(people: list[User]) -> None:
    def beat() -> None:
        notify(users=people, text="期限将至", url="/cases/", dedupe_key="due:1", at=AT)

    assert at_once([beat] * BEATS) == [None] * BEATS
    assert Notice.objects.count() == len(people)


def test_mail_of_many_beats_leaves_once(people: list[User], settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.test_concurrency.Counting"
    Counting.taken.clear()
    notify(users=people, text="期限将至", url="/cases/", dedupe_key="due:1", at=AT)
    now = clock.machine_now()
    sent = at_once([lambda: send_due_mail(now=now)] * BEATS)
    assert (sum(sent), len(Counting.taken), len(set(Counting.taken))) == (3, 3, 3)
