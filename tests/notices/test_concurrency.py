"""Two beats at once send one reminder and one mail."""

from threading import Lock
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core import clock
from investreview.core.roles import Role
from investreview.notices.choices import Ways
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice, SmsPickup
from investreview.notices.services import choose_ways, hold_mail, notify, pick_up_sms, send_due_mail
from tests.accounts.factories import make_holder, make_person
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


def test_mail_held_while_the_worker_looks_goes_or_stays_whole(people: list[User], settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.test_concurrency.Counting"
    Counting.taken.clear()
    [sender, reader, _other] = people
    notify(users=[reader], text="请答复", url="/cases/", dedupe_key="question:1", at=AT, sent_by=sender)
    pk, now = Notice.objects.get().pk, clock.machine_now()
    at_once([lambda: send_due_mail(now=now), lambda: hold_mail(notice_id=pk, user=sender, at=AT)])
    state = Notice.objects.get().mail_state
    assert (state, len(Counting.taken)) in [("HELD", 0), ("SENT", 1)]


def test_short_messages_picked_up_by_two_are_in_one_file(people: list[User]) -> None:
    commission = people[0].commission
    assert commission is not None
    keepers = [make_holder(Role.SYSTEM_ADMIN, commission) for _ in range(2)]
    reader = people[1]
    reader.phone = "13800000000"
    reader.save()
    choose_ways(user=reader, ways={NoticeKind.DUE: Ways(by_sms=True)})
    notify(users=[reader], text="期限将至", url="/cases/", dedupe_key="due:1", at=AT, kind=NoticeKind.DUE)

    def pick(keeper: User) -> None:
        pick_up_sms(commission=commission, user=keeper, scope=scope_of(keeper, AT), at=AT)

    at_once([lambda keeper=keeper: pick(keeper) for keeper in keepers])  # type: ignore[misc]
    assert [pickup.message_count for pickup in SmsPickup.objects.all()] == [1]
