"""A password asked for by mail: the same answer for everybody, one mail, one use, for a while."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from investreview.accounts.models import PasswordRequest, User
from investreview.accounts.resets import MOST_A_DAY, MOST_FROM_AN_ADDRESS, PAUSE, reset_path
from investreview.accounts.services import ask_by_mail
from investreview.core import clock
from investreview.core.errors import Invalid
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.notices.services import answer_password_requests, send_due_mail
from investreview.registry.models import Commission
from tests.accounts.factories import PASSWORD, make_person
from tests.accounts.threads import at_once
from tests.registry.factories import make_commission

NOW = clock.machine_now()
LINK = re.compile(r"http://testserver(/password/new/\S+)")
CHOSEN = {"new_password": "Xinde-Mima-2024", "repeated_password": "Xinde-Mima-2024"}


def person_with_mail(commission: Commission, email: str = "wang@example.test") -> User:
    person = make_person(commission)
    person.email = email
    person.save()
    return person


def mailed() -> list[str]:
    """The links of the mails that leave now."""
    answer_password_requests(now=clock.machine_now(), at=clock.now())
    mail.outbox.clear()
    send_due_mail(now=clock.machine_now())
    return [LINK.search(one.body).group(1) for one in mail.outbox]


@pytest.fixture
def person(commission: Commission) -> User:
    return person_with_mail(commission)


@pytest.mark.django_db
def test_the_answer_is_the_same_whether_or_not_anybody_has_the_address(person: User) -> None:
    answers = [
        Client().post("/password/forgotten/", {"email": email}) for email in (person.email, "nobody@example.test")
    ]
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, "/password/forgotten/sent/")}
    assert answers[0].content == answers[1].content
    assert Client().get("/password/forgotten/sent/").status_code == 200


@pytest.mark.django_db
def test_asking_does_the_same_work_for_every_address(person: User, django_assert_num_queries) -> None:
    for email in (person.email, "nobody@example.test"):
        with django_assert_num_queries(6):
            ask_by_mail(email=email, address=email, now=NOW)


@pytest.mark.django_db
def test_the_mail_leads_to_a_new_password(person: User) -> None:
    ask_by_mail(email="WANG@example.test ", address="10.0.0.1", now=NOW)
    [path] = mailed()
    client = Client()
    assert person.username in client.get(path).content.decode()
    assert client.post(path, CHOSEN)["Location"] == "/sign-in/"
    typed = {"username": person.username, "password": CHOSEN["new_password"]}
    assert client.post("/sign-in/", typed).status_code == 302
    person.refresh_from_db()
    assert not person.must_change_password
    entry = Entry.objects.get(verb="user.choose_password_by_mail")
    assert (entry.actor_name, entry.subject_key) == (person.full_name, person.username)


@pytest.mark.django_db
def test_nothing_of_the_link_stands_in_a_row(person: User) -> None:
    ask_by_mail(email=person.email, address="10.0.0.1", now=NOW)
    [path] = mailed()
    token = path.rstrip("/").rsplit("/", 1)[1]
    notice = Notice.objects.get(user=person)
    assert (notice.url, notice.link) == ("/password/", "NEW_PASSWORD")
    rows = [*Notice.objects.values_list("text", "url"), *PasswordRequest.objects.values_list("email", "email_key")]
    assert token not in str(rows)
    assert [bytes(one.content) for one in Entry.objects.all() if token.encode() in bytes(one.content)] == []


@pytest.mark.django_db
def test_the_link_opens_once(person: User) -> None:
    path = reset_path(person)
    assert Client().post(path, CHOSEN).status_code == 302
    for answer in (Client().get(path), Client().post(path, CHOSEN)):
        assert (answer.status_code, "已经使用过" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_the_link_dies_with_a_sign_in_a_change_and_the_account(person: User) -> None:
    paths = []
    for change in ({"last_login": NOW}, {"password": "x"}, {"is_active": False, "deactivated_at": NOW}):
        person.refresh_from_db()
        paths.append(reset_path(person))
        User.objects.filter(pk=person.pk).update(**change)
    assert [Client().get(path).status_code for path in paths] == [422, 422, 422]


@pytest.mark.django_db
def test_the_link_lives_half_an_hour(person: User, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from investreview.accounts import resets

    path = reset_path(person)
    later = resets._tokens._now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    monkeypatch.setattr(resets._tokens, "_now", lambda: later)
    assert Client().get(path).status_code == 200
    monkeypatch.setattr(resets._tokens, "_now", lambda: later + timedelta(seconds=2))
    assert Client().get(path).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/password/new/MQ/abc-def/", "/password/new/!!/x/", "/password/new/____/abc-1/"])
def test_what_is_no_link_opens_nothing(person: User, path: str) -> None:
    assert Client().get(path).status_code in (404, 422)


@pytest.mark.django_db
def test_a_link_of_somebody_else_does_not_open(person: User, commission: Commission) -> None:
    other = person_with_mail(commission, "li@example.test")
    mine, theirs = reset_path(person).split("/"), reset_path(other).split("/")
    assert Client().get("/".join([*mine[:4], theirs[4], ""])).status_code == 422


@pytest.mark.django_db
def test_a_weak_password_is_refused_beside_the_field(person: User) -> None:
    path = reset_path(person)
    answer = Client().post(path, {"new_password": "short", "repeated_password": "short"})
    assert (answer.status_code, "新密码不符合要求" in answer.content.decode()) == (422, True)
    differing = Client().post(path, {**CHOSEN, "repeated_password": "Andere-Mima-2024"})
    assert "两次输入的新密码不一致" in differing.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.django_db
def test_a_lock_is_lifted_and_sessions_end(person: User) -> None:
    signed_in = Client()
    signed_in.post("/sign-in/", {"username": person.username, "password": PASSWORD})
    for _ in range(6):
        Client().post("/sign-in/", {"username": person.username, "password": "wrong"})
    person.refresh_from_db()
    Client().post(reset_path(person), CHOSEN)
    assert "/sign-in/" in signed_in.get("/password/")["Location"]
    again = Client().post("/sign-in/", {"username": person.username, "password": CHOSEN["new_password"]})
    assert again.status_code == 302


@pytest.mark.django_db
def test_every_account_of_a_shared_address_is_told_of_its_own_name(commission: Commission, person: User) -> None:
    other = person_with_mail(commission, person.email)
    person_with_mail(make_commission("XZ"), "else@example.test")
    ask_by_mail(email=person.email, address="10.0.0.1", now=NOW)
    assert len(mailed()) == 2
    told = zip(mail.outbox, (person.username, other.username), strict=True)
    assert [(one.to, name in one.body) for one, name in told] == [([person.email], True)] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_active": False, "deactivated_at": NOW}, {"password": "!unusable"}])
def test_an_account_that_is_closed_or_was_never_opened_gets_no_mail(person: User, change: dict) -> None:
    User.objects.filter(pk=person.pk).update(**change)
    ask_by_mail(email=person.email, address="10.0.0.1", now=NOW)
    assert mailed() == []


@pytest.mark.django_db
def test_the_address_is_forgotten_with_the_answer(person: User) -> None:
    ask_by_mail(email="nobody@example.test", address="10.0.0.1", now=NOW)
    assert mailed() == []
    request = PasswordRequest.objects.get()
    assert (request.email, request.answered_at is not None) == ("", True)
    assert [one.facts["reason"] for one in Entry.objects.filter(verb="ACCESS_DENIED")] == ["unknown"]


@pytest.mark.django_db
def test_a_request_that_waited_too_long_is_closed_without_a_mail(person: User) -> None:
    ask_by_mail(email=person.email, address="10.0.0.1", now=NOW - timedelta(hours=2))
    assert mailed() == []
    assert PasswordRequest.objects.get().answered_at is not None


@pytest.mark.django_db
def test_one_address_asks_once_in_five_minutes_and_five_times_a_day(person: User) -> None:
    for number in range(MOST_A_DAY):
        at = NOW + number * PAUSE
        ask_by_mail(email=person.email, address=str(number), now=at)
        with pytest.raises(Invalid) as raised:
            ask_by_mail(email=person.email.upper(), address="x", now=at + PAUSE - timedelta(seconds=1))
        assert raised.value.code == "accounts_reset_too_often"
    with pytest.raises(Invalid):
        ask_by_mail(email=person.email, address="x", now=NOW + timedelta(hours=20))
    ask_by_mail(email=person.email, address="x", now=NOW + timedelta(days=1, minutes=25))


@pytest.mark.django_db
def test_one_place_asks_ten_times_an_hour(person: User) -> None:
    for number in range(MOST_FROM_AN_ADDRESS):
        ask_by_mail(email=f"n{number}@example.test", address="10.0.0.1", now=NOW)
    with pytest.raises(Invalid):
        ask_by_mail(email=person.email, address="10.0.0.1", now=NOW + timedelta(minutes=59))
    ask_by_mail(email=person.email, address="10.0.0.2", now=NOW)
    ask_by_mail(email="m@example.test", address="10.0.0.1", now=NOW + timedelta(hours=1))


@pytest.mark.django_db
def test_asking_too_often_is_told_alike_for_known_and_unknown(person: User) -> None:
    answers = []
    for email in (person.email, "nobody@example.test"):
        Client().post("/password/forgotten/", {"email": email})
        answers.append(Client().post("/password/forgotten/", {"email": email}))
    assert [one.status_code for one in answers] == [429, 429]
    assert all("申请过于频繁" in one.content.decode() for one in answers)


@pytest.mark.django_db
def test_without_mail_the_page_names_the_other_way(person: User, settings) -> None:
    settings.MAIL_IS_CONFIGURED = False
    page = Client().get("/password/forgotten/").content.decode()
    assert ("本系统没有配置邮件" in page, "<form" in page.split("<main", 1)[1]) == (True, False)
    answer = Client().post("/password/forgotten/", {"email": person.email})
    assert (answer.status_code, PasswordRequest.objects.count()) == (422, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["", "no address", "a@b", "x" * 260 + "@example.test"])
def test_what_is_no_address_is_refused(email: str) -> None:
    assert Client().post("/password/forgotten/", {"email": email}).status_code == 422


@pytest.mark.both_databases
def test_a_link_used_by_many_at_once_is_used_once(file_database: str) -> None:
    from investreview.accounts.services import choose_by_link

    person = person_with_mail(make_commission())
    key, token = reset_path(person).strip("/").split("/")[2:]
    acts = [
        lambda number=number: (
            choose_by_link(key=key, token=token, new_password=f"Xinde-Mima-{number}", at=clock.now()).pk
        )
        for number in range(4)
    ]
    answers = at_once(acts)
    assert sorted(answers, key=str) == sorted([person.pk, *["accounts_reset_link_dead"] * 3], key=str)
    assert Entry.objects.filter(verb="user.choose_password_by_mail").count() == 1


@pytest.mark.both_databases
def test_requests_answered_by_two_workers_send_one_mail(file_database: str) -> None:
    person = person_with_mail(make_commission())
    ask_by_mail(email=person.email, address="10.0.0.1", now=clock.machine_now())
    at_once([lambda: answer_password_requests(now=clock.machine_now(), at=clock.now())] * 4)
    assert Notice.objects.filter(user=person).count() == 1
    assert Entry.objects.filter(verb="password.ask").count() == 1
