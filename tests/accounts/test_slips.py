"""One-time slips: for whoever never signed in, shown once, kept nowhere in clear."""

import re

import pytest
from django.test import Client

from investreview.accounts.models import User
from investreview.accounts.services import MOST_SLIPS, issue_slips
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.registry.models import Commission, Enterprise
from tests.accounts.factories import PASSWORD, make_holder, make_person
from tests.accounts.test_pages import signed_in
from tests.registry.factories import AT, make_commission

pytestmark = pytest.mark.django_db
PRINTED = re.compile(r'class="ir-slip-code">([^<]+)</dd>')


def printed(page: object) -> dict[str, str]:
    """User name → password, as they stand on the slips."""
    codes = PRINTED.findall(page.content.decode())
    return dict(zip(codes[::2], codes[1::2], strict=True))


def test_a_slip_opens_the_account_once_and_asks_for_a_password(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    [slip] = issue_slips(people=[person], by=security_admin, at=AT)
    client = Client()
    typed = {"username": person.username, "password": slip.password}
    assert client.post("/sign-in/", typed)["Location"] == "/"
    assert client.get("/people/")["Location"] == "/password/"
    assert Client().post("/sign-in/", {**typed, "password": PASSWORD}).status_code == 422


def test_the_password_stands_in_no_row(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    [slip] = issue_slips(people=[person], by=security_admin, at=AT)
    person.refresh_from_db()
    assert slip.password not in person.password
    entries = [bytes(entry.content).decode() for entry in Entry.objects.all()]
    assert [text for text in entries if slip.password in text] == []
    last = Entry.objects.latest("pk")
    assert (last.verb, last.subject_key, last.facts) == ("user.reset_password", person.username, {"slip": True})


def test_another_slip_makes_the_first_void(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    [first] = issue_slips(people=[person], by=security_admin, at=AT)
    [second] = issue_slips(people=[person], by=security_admin, at=AT)
    person.refresh_from_db()
    assert (person.check_password(first.password), person.check_password(second.password)) == (False, True)


def test_nobody_who_signed_in_before_gets_a_slip_in_bulk(commission: Commission, security_admin: User) -> None:
    fresh, known = make_person(commission), make_person(commission)
    User.objects.filter(pk=known.pk).update(last_login=AT)
    before = User.objects.get(pk=fresh.pk).password
    with pytest.raises(Invalid) as raised:
        issue_slips(people=[fresh, known], by=security_admin, at=AT)
    assert raised.value.code == "accounts_has_signed_in"
    assert User.objects.get(pk=fresh.pk).password == before


@pytest.mark.parametrize(("count", "code"), [(0, "accounts_slips_none"), (MOST_SLIPS + 1, "accounts_slips_too_many")])
def test_slips_are_made_in_parts(commission: Commission, security_admin: User, count: int, code: str) -> None:
    person = make_person(commission)
    with pytest.raises(Invalid) as raised:
        issue_slips(people=[person] * count, by=security_admin, at=AT)
    assert raised.value.code == code


def test_a_deactivated_account_gets_no_slip(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    User.objects.filter(pk=person.pk).update(is_active=False, deactivated_at=AT)
    with pytest.raises(Invalid) as raised:
        issue_slips(people=[person], by=security_admin, at=AT)
    assert raised.value.code == "accounts_inactive"


def test_slips_are_the_security_administrators(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    for by in (make_holder(Role.SYSTEM_ADMIN, commission), make_holder(Role.SECURITY_ADMIN, make_commission("XZ"))):
        with pytest.raises(Forbidden) as raised:
            issue_slips(people=[person], by=by, at=AT)
        assert raised.value.code == "accounts_security_admin_only"
    with pytest.raises(Forbidden) as raised:
        issue_slips(people=[security_admin], by=security_admin, at=AT)
    assert raised.value.code == "accounts_not_oneself"


def test_the_page_prints_the_chosen_slips_once(commission: Commission, group: Enterprise, security_admin: User) -> None:
    staff, guest = make_person(commission), make_person(group, User.Kind.ENTERPRISE)
    left_out = make_person(commission)
    client = signed_in(security_admin)
    choice = client.get("/people/slips/").content.decode()
    assert all(f'value="{one.pk}"' in choice for one in (staff, guest, left_out))
    page = client.post("/people/slips/", {"person": [staff.pk, guest.pk]})
    assert "no-store" in page["Cache-Control"]
    codes = printed(page)
    assert set(codes) == {staff.username, guest.username}
    assert all(User.objects.get(username=name).check_password(code) for name, code in codes.items())
    assert "http://testserver/sign-in/" in page.content.decode()
    assert not [code for code in codes.values() if code in client.get("/people/slips/").content.decode()]


def test_the_page_refuses_strangers_and_other_peoples_people(commission: Commission, security_admin: User) -> None:
    person, client = make_person(make_commission("XZ")), signed_in(security_admin)
    assert client.post("/people/slips/", {"person": [person.pk]}).status_code == 404
    assert client.post("/people/slips/", {}).status_code == 422
    assert client.post("/people/slips/", {"person": ["1e9", "-1"]}).status_code == 422
    assert signed_in(make_holder(Role.AUDIT_ADMIN, commission)).get("/people/slips/").status_code == 403
    assert Client().post("/people/slips/", {"person": [person.pk]}).status_code in (302, 403)


def test_the_password_of_one_person_is_a_slip_too(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    User.objects.filter(pk=person.pk).update(last_login=AT)
    page = signed_in(security_admin).post(f"/people/{person.pk}/password/")
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    [(name, code)] = printed(page).items()
    person.refresh_from_db()
    assert (name, person.check_password(code), person.must_change_password) == (person.username, True, True)
