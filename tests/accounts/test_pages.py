import re
from datetime import timedelta

import pytest
from django.test import Client

from investreview.accounts.models import RoleMembership, Substitution, User
from investreview.accounts.people_page import PAGE_LENGTH
from investreview.accounts.selectors import ACCESS_PAGE_LENGTH, scope_of
from investreview.core import clock
from investreview.core.actor import SYSTEM
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.subject import Subject
from investreview.journal.models import Entry
from investreview.journal.services import record_access
from investreview.registry.models import Commission, Enterprise, Office
from investreview.registry.services import found_office, seed_calendar
from tests.accounts.factories import HELD_ROLES, PASSWORD, give_role, make_holder, make_person
from tests.registry.factories import make_commission, make_enterprise

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


PAGES = {
    "/people/": {Role.SECURITY_ADMIN},
    "/people/new/": {Role.SECURITY_ADMIN},
    "/people/confirmations/": {Role.SECURITY_ADMIN, Role.AUDIT_ADMIN},
    "/access-log/": {Role.AUDIT_ADMIN},
    "/calendar/": set(HELD_ROLES),
    "/password/": set(HELD_ROLES),
}


@pytest.mark.parametrize("role", HELD_ROLES)
def test_pages_open_for_their_roles_only(role: Role, commission: Commission) -> None:
    client = signed_in(make_reader(role, commission, make_enterprise(commission)))
    statuses = {path: client.get(path).status_code for path in PAGES}
    assert statuses == {path: 200 if role in roles else 403 for path, roles in PAGES.items()}


@pytest.mark.parametrize("path", list(PAGES))
def test_pages_ask_a_stranger_to_sign_in(path: str, client: Client) -> None:
    assert client.get(path)["Location"] == f"/sign-in/?next={path}"


def test_pages_of_nobody_s_account_are_hidden(client: Client) -> None:
    nobody = User.objects.create_user("root", PASSWORD, full_name="无", kind="STAFF", is_superuser=True)
    client = signed_in(nobody)
    assert [client.get(path).status_code for path in ("/people/", "/access-log/", "/calendar/")] == [404, 404, 404]


def acts_on(person: User, membership: RoleMembership, substitution: Substitution) -> list[str]:
    return [
        f"/people/{person.pk}/deactivation/",
        f"/people/{person.pk}/password/",
        f"/people/{person.pk}/roles/",
        f"/people/{person.pk}/substitutions/",
        f"/people/roles/{membership.pk}/revocation/",
        f"/people/substitutions/{substitution.pk}/end/",
        f"/people/confirmations/{membership.pk}/",
    ]


@pytest.mark.parametrize("relation", ["other_role", "other_commission"])
def test_acts_on_people_of_others_change_nothing(relation: str, commission: Commission, security_admin: User) -> None:
    person, principal = make_person(commission, at=NOW), make_person(commission, at=NOW)
    membership = give_role(person, Role.CASE_OFFICER, commission, at=NOW)
    substitution = Substitution.objects.create(
        principal=principal,
        substitute=person,
        substitute_is_seconded=False,
        role=Role.OFFICE_HEAD,
        path="LYG/",
        valid_from=TODAY,
        valid_until=TODAY,
        authority_number="1",
        recorded_by=security_admin,
        recorded_at=NOW,
    )
    if relation == "other_role":
        by, expected = make_holder(Role.SYSTEM_ADMIN, commission, at=NOW), 403
    else:
        by, expected = make_holder(Role.SECURITY_ADMIN, make_commission("XZ"), at=NOW), 404
    client = signed_in(by)
    typed = {"reason": "×", "role": "DIRECTOR", "body": "LYG/", "valid_from": str(TODAY)}
    for path in acts_on(person, membership, substitution):
        assert client.post(path, typed).status_code == expected, path
        assert client.get(path).status_code == 405, path
    assert client.get(f"/people/{person.pk}/").status_code == expected
    person.refresh_from_db()
    membership.refresh_from_db()
    substitution.refresh_from_db()
    assert (person.is_active, person.check_password(PASSWORD), membership.revoked_at) == (True, True, None)
    assert (person.memberships.count(), substitution.ended_at) == (1, None)


@pytest.mark.parametrize("count", [1, 3])
def test_people_page_takes_as_many_queries_for_three_as_for_one(
    count: int, commission: Commission, security_admin: User, django_assert_num_queries
) -> None:
    group = make_enterprise(commission)
    for _ in range(count):
        make_holder(Role.ENTERPRISE_DRAFTER, group, at=NOW)
    client = signed_in(security_admin)
    with django_assert_num_queries(7):
        page = client.get("/people/")
    assert page.content.decode().count("申报") == count


def test_people_page_shows_own_people_searches_and_goes_on(commission: Commission, security_admin: User) -> None:
    make_person(make_commission("XZ"), username="stranger", at=NOW)
    for number in range(PAGE_LENGTH):
        make_person(commission, username=f"colleague{number:03d}", at=NOW)
    client = signed_in(security_admin)
    first = client.get("/people/").content.decode()
    assert ("stranger" in first, "colleague048" in first, "colleague049" in first) == (False, True, False)
    following = client.get("/people/" + re.search(r"\?q=&amp;after=\d+", first)[0].replace("&amp;", "&"))
    assert "colleague049" in following.content.decode()
    found = client.get("/people/", {"q": "colleague007"}).content.decode()
    assert ("colleague007" in found, "colleague008" in found) == (True, False)
    assert "没有符合条件的人员" in client.get("/people/", {"q": "\x00%", "after": "x"}).content.decode()


def test_new_person_gets_account_password_and_role(commission: Commission, security_admin: User) -> None:
    client = signed_in(security_admin)
    answer = client.post("/people/new/", {"full_name": "李×（示例）", "username": "Li.Si", "kind": "STAFF"})
    person = User.objects.get(username="li.si")
    assert answer["Location"] == f"/people/{person.pk}/"
    page = client.post(f"/people/{person.pk}/password/").content.decode()
    password = re.search(r'class="ir-slip-code">(\w{14})</dd>', page)[1]
    assert password not in client.get(f"/people/{person.pk}/").content.decode()
    newcomer = Client()
    newcomer.post("/sign-in/", {"username": "li.si", "password": password})
    assert newcomer.get("/")["Location"] == "/password/"
    offer = {"role": "CASE_OFFICER", "body": "LYG/", "valid_from": str(TODAY)}
    assert client.post(f"/people/{person.pk}/roles/", offer).status_code == 302
    assert scope_of(person, clock.now()).roles == {Role.CASE_OFFICER}


def test_new_expert_gets_an_account_that_is_offered_no_role(commission: Commission, security_admin: User) -> None:
    client = signed_in(security_admin)
    typed = {"full_name": "专家×（示例）", "username": "zj1", "kind": "EXPERT"}
    answer = client.post("/people/new/", typed, follow=True)
    person = User.objects.get(username="zj1")
    page = answer.content.decode()
    told = ("并告知专家库管理人员关联专家记录" in page, "评审专家不授予角色" in page)
    assert (person.kind, *told) == ("EXPERT", True, True)
    assert f'action="/people/{person.pk}/roles/"' not in page
    offer = {"role": "CASE_OFFICER", "body": "LYG/", "valid_from": str(TODAY)}
    assert client.post(f"/people/{person.pk}/roles/", offer).status_code == 422
    assert scope_of(person, clock.now()).roles == frozenset()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"username": "a b"}, "须为2至64位"),
        ({"username": ""}, "有 1 处需要修改"),
        ({"kind": "ENTERPRISE"}, "企业人员须选择所在企业"),
        ({"kind": "ADMIN", "is_seconded": "on"}, "只有国资委工作人员可以标为借调"),
        ({"kind": "SUPERUSER"}, "有 1 处需要修改"),
        ({"email": "nobody"}, "不是电子邮箱地址"),
        ({"full_name": "王\u202e×"}, "有 1 处需要修改"),
        ({"enterprise": "999999"}, "有 1 处需要修改"),
    ],
)
def test_new_person_form_says_what_is_wrong_and_keeps_what_was_typed(
    typed: dict[str, str], expected: str, commission: Commission, security_admin: User
) -> None:
    right = {"full_name": "李×（示例）", "username": "li.si", "kind": "STAFF", "phone": "0518-12345678"}
    before = User.objects.count()
    page = signed_in(security_admin).post("/people/new/", right | typed)
    assert (page.status_code, expected in page.content.decode(), "0518-12345678" in page.content.decode()) == (
        422,
        True,
        True,
    )
    assert User.objects.count() == before


def test_new_person_form_offers_no_enterprise_of_another_commission(
    commission: Commission, security_admin: User
) -> None:
    stranger = make_enterprise(make_commission("XZ"), "别市集团")
    client = signed_in(security_admin)
    assert "别市集团" not in client.get("/people/new/").content.decode()
    typed = {"full_name": "李×（示例）", "username": "li.si", "kind": "ENTERPRISE", "enterprise": str(stranger.pk)}
    assert client.post("/people/new/", typed).status_code == 422


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"valid_from": "2024-02-30"}, "有 1 处需要修改"),
        ({"valid_from": "2020-01-01"}, "授权不能追溯"),
        ({"role": "SECURITY_ADMIN"}, "有 1 处需要修改"),
        ({"body": "XZ/"}, "有 1 处需要修改"),
        ({"role": "COUNTERSIGNER"}, "须选择处室"),
        ({}, "已有“经办”角色"),
    ],
)
def test_grant_form_says_what_is_wrong(
    typed: dict[str, str], expected: str, commission: Commission, security_admin: User
) -> None:
    person = make_holder(Role.CASE_OFFICER, commission, at=NOW)
    right = {"role": "CASE_OFFICER", "body": "LYG/", "valid_from": str(TODAY)}
    page = signed_in(security_admin).post(f"/people/{person.pk}/roles/", right | typed)
    assert (page.status_code, expected in page.content.decode()) == (422, True)
    assert person.memberships.count() == 1


@pytest.mark.parametrize("kind", ["ENTERPRISE", "AUDITOR", "STAFF"])
def test_grant_form_offers_the_bodies_that_suit(kind: str, commission: Commission, security_admin: User) -> None:
    group = make_enterprise(commission, "甲集团")
    make_enterprise(commission, "甲子公司", parent=group)
    make_enterprise(commission, "乙集团")
    person = make_person(group if kind == "ENTERPRISE" else commission, User.Kind(kind), at=NOW)
    page = signed_in(security_admin).get(f"/people/{person.pk}/").content.decode()
    offered = {
        name
        for name in ("甲集团</option>", "甲子公司</option>", "乙集团</option>", "国资委（示例）</option>")
        if name in page
    }
    expected = {
        "ENTERPRISE": {"甲集团</option>", "甲子公司</option>"},
        "AUDITOR": {"甲集团</option>", "甲子公司</option>", "乙集团</option>", "国资委（示例）</option>"},
        "STAFF": {"国资委（示例）</option>"},
    }
    assert offered == expected[kind]


def test_revoke_deactivate_and_their_reasons(commission: Commission, security_admin: User) -> None:
    person = make_holder(Role.CASE_OFFICER, commission, at=NOW)
    membership = person.memberships.get()
    client = signed_in(security_admin)
    for path in (f"/people/roles/{membership.pk}/revocation/", f"/people/{person.pk}/deactivation/"):
        assert client.post(path, {"reason": " "}).status_code == 422
        assert client.post(path, {"reason": "轮岗（示例）"})["Location"] == f"/people/{person.pk}/"
        page = client.post(path, {"reason": "再次"})
        assert (page.status_code, "已收回" in page.content.decode() or "已停用" in page.content.decode()) == (422, True)
    person.refresh_from_db()
    membership.refresh_from_db()
    assert (person.is_active, membership.revocation_reason) == (False, "轮岗（示例）")


def test_auditor_is_confirmed_on_the_second_page(commission: Commission, security_admin: User) -> None:
    person = make_person(commission, User.Kind.AUDITOR, at=NOW)
    until = str(TODAY + timedelta(days=30))
    offer = {"role": "AUDITOR", "body": "LYG/", "valid_from": str(TODAY), "valid_until": until}
    own = signed_in(security_admin)
    own.post(f"/people/{person.pk}/roles/", offer)
    membership = person.memberships.get()
    assert "待第二人确认" in own.get(f"/people/{person.pk}/").content.decode()
    assert "须由另一人确认" in own.get("/people/confirmations/").content.decode()
    assert own.post(f"/people/confirmations/{membership.pk}/").status_code == 403
    second = signed_in(make_holder(Role.AUDIT_ADMIN, commission, at=NOW))
    assert second.post(f"/people/confirmations/{membership.pk}/")["Location"] == "/people/confirmations/"
    assert "没有等待确认的授权" in second.get("/people/confirmations/").content.decode()
    assert scope_of(person, clock.now()).roles == {Role.AUDITOR}


def test_substitution_is_recorded_and_ended(commission: Commission, security_admin: User) -> None:
    head, substitute = make_holder(Role.OFFICE_HEAD, commission, at=NOW), make_person(commission, at=NOW)
    client = signed_in(security_admin)
    typed = {
        "grant": "OFFICE_HEAD|LYG/",
        "substitute": str(substitute.pk),
        "number": "连国资授〔2024〕1号（示例）",
        "valid_from": str(TODAY),
        "valid_until": str(TODAY),
        "max_amount_yuan": "3000",
        "routes": ["FILING"],
    }
    wrong = client.post(f"/people/{head.pk}/substitutions/", typed | {"max_amount_yuan": "-1"})
    assert (wrong.status_code, Substitution.objects.count()) == (422, 0)
    assert client.post(f"/people/{head.pk}/substitutions/", typed | {"valid_until": "2020-01-01"}).status_code == 422
    assert client.post(f"/people/{head.pk}/substitutions/", typed).status_code == 302
    recorded = Substitution.objects.get()
    assert (int(recorded.max_amount_yuan), recorded.routes) == (30_000_000, ["FILING"])
    assert "连国资授〔2024〕1号（示例）" in client.get(f"/people/{substitute.pk}/").content.decode()
    assert client.post(f"/people/substitutions/{recorded.pk}/end/").status_code == 302
    assert client.post(f"/people/substitutions/{recorded.pk}/end/").status_code == 422


def note_print(chain: str, number: int) -> None:
    record_access(
        commission=chain, verb="document.print", actor=SYSTEM, subject=Subject("document", f"{chain}{number}号"), at=NOW
    )


@pytest.mark.parametrize("count", [1, 3])
def test_access_log_shows_own_entries_newest_first(
    count: int, commission: Commission, django_assert_num_queries
) -> None:
    note_print("XZ", 1)
    for number in range(count):
        note_print("LYG", number)
    client = signed_in(make_holder(Role.AUDIT_ADMIN, commission, at=NOW))
    with django_assert_num_queries(5):
        page = client.get("/access-log/").content.decode()
    assert re.findall(r"(\w+)号", page) == [f"LYG{number}" for number in reversed(range(count))]


def test_access_log_goes_on_without_gap_or_repetition(commission: Commission) -> None:
    for number in range(ACCESS_PAGE_LENGTH + 3):
        note_print("LYG", number)
    client = signed_in(make_holder(Role.AUDIT_ADMIN, commission, at=NOW))
    first = client.get("/access-log/").content.decode()
    before = re.search(r'href="\?before=(\d+)', first)[1]
    second = client.get("/access-log/", {"before": before}).content.decode()
    numbers = [int(n) for n in re.findall(r"LYG(\d+)号", first + second)]
    assert numbers == list(reversed(range(ACCESS_PAGE_LENGTH + 3)))
    assert 'href="?before=' not in second
    assert client.get("/access-log/", {"before": "x"}).status_code == 200
    assert "还没有访问记录" in client.get("/access-log/", {"before": str(Entry.objects.first().pk)}).content.decode()
