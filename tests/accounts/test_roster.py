"""People from a table: a dry run with faults by row and column, then all of them or nobody."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.accounts.models import PeopleImport, RoleMembership, User
from investreview.accounts.roster import MOST_PEOPLE, ROSTER, pack, read_roster, unpack
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import import_people
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.tables import write_blank
from investreview.journal.models import Entry
from investreview.registry.models import Commission, Enterprise
from tests.accounts.factories import finance_office, give_role, make_holder, make_person
from tests.accounts.test_pages import signed_in
from tests.accounts.threads import at_once
from tests.core.sheets import book, read
from tests.registry.factories import make_commission, make_enterprise

NOW = clock.machine_now()
TITLES = tuple(column.title for column in ROSTER.columns)
MAIL = "wang1@example.test"
GUEST = ("王一（示例）", "wang1", "企业人员", "港控物流", None, None, "0518-1", MAIL, "申报、报送", None, None)
OFFICER = ("王二（示例）", "wang2", "国资委工作人员", None, "财务监管处", "否", None, None, "经办", None, None)
LAWYER = ("王三（示例）", "wang3", "国资委工作人员", None, "财务监管处", "是", None, None, "会签", None, None)


@pytest.fixture
def group(commission: Commission) -> Enterprise:
    finance_office(commission)
    return make_enterprise(commission, "港控物流")


@pytest.fixture
def security_admin(commission: Commission) -> User:
    return make_holder(Role.SECURITY_ADMIN, commission, at=NOW)


def table(*rows: tuple[Any, ...], name: str = "人员.xlsx", **changes: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, book([TITLES, *rows], sheet="人员", **changes))


def changed(row: tuple[Any, ...], **cells: Any) -> tuple[Any, ...]:
    keys = [column.key for column in ROSTER.columns]
    return tuple(cells.get(key, value) for key, value in zip(keys, row, strict=True))


def faults_of(commission: Commission, *rows: tuple[Any, ...]) -> list[tuple[str, str]]:
    """Cell and code of everything that is wrong."""
    read_rows = read(book([TITLES, *rows], sheet="人员"), shape=ROSTER)
    found = read_roster(read_rows, commission=commission, at=NOW).faults
    return [(fault.place.cell, fault.code) for fault in found]


def dry_run(client: Client, *rows: tuple[Any, ...], **changes: Any) -> Any:
    return client.post("/people/import/", {"file": table(*rows, **changes)})


@pytest.mark.django_db
def test_a_clean_table_makes_accounts_and_roles(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    client = signed_in(security_admin)
    page = dry_run(client, GUEST, OFFICER, LAWYER)
    assert (page.status_code, User.objects.filter(username__startswith="wang").count()) == (200, 0)
    answer = client.post("/people/import/creation/", {"packed": page.context["packed"]})
    done = PeopleImport.objects.get()
    assert answer["Location"] == f"/people/imports/{done.pk}/"
    people = {one.username: one for one in done.people.all()}
    assert {name: scope_of(one, NOW).roles for name, one in people.items()} == {
        "wang1": {Role.ENTERPRISE_DRAFTER, Role.ENTERPRISE_RELEASER},
        "wang2": {Role.CASE_OFFICER},
        "wang3": {Role.COUNTERSIGNER},
    }
    assert (people["wang1"].enterprise, people["wang3"].office.name) == (group, "财务监管处")
    assert (people["wang3"].is_seconded, people["wang1"].email) == (True, "wang1@example.test")
    assert not any(one.has_usable_password() for one in people.values())


@pytest.mark.django_db
def test_the_result_leads_to_the_slips(commission: Commission, group: Enterprise, security_admin: User) -> None:
    client = signed_in(security_admin)
    packed = dry_run(client, GUEST, OFFICER).context["packed"]
    client.post("/people/import/creation/", {"packed": packed})
    result = client.get(f"/people/imports/{PeopleImport.objects.get().pk}/").content.decode()
    waiting = list(User.objects.filter(username__startswith="wang").values_list("pk", flat=True))
    assert all(f'name="person" value="{pk}" checked' in result for pk in waiting)
    assert client.post("/people/slips/", {"person": waiting}).status_code == 200


@pytest.mark.django_db
def test_each_person_is_told_in_the_journal_and_the_table_once(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    before = Entry.objects.count()
    roster = read_roster(read(book([TITLES, GUEST], sheet="人员"), shape=ROSTER), commission=commission, at=NOW)
    facts = {"key": "1", "file_name": "人员.xlsx", "sha256": "a" * 64, "by": security_admin, "at": NOW}
    import_people(commission=commission, people=roster.people, **facts)
    entries = Entry.objects.order_by("pk")[before:]
    assert [one.verb for one in entries] == ["user.create", "role.grant", "role.grant", "people.import"]
    assert entries[3].facts == {"file": "人员.xlsx", "sha256": "a" * 64, "count": 1}


@pytest.mark.django_db
def test_sent_twice_it_is_done_once(commission: Commission, group: Enterprise, security_admin: User) -> None:
    client = signed_in(security_admin)
    packed = dry_run(client, GUEST).context["packed"]
    answers = [client.post("/people/import/creation/", {"packed": packed}) for _ in range(2)]
    assert [one["Location"] for one in answers] == [f"/people/imports/{PeopleImport.objects.get().pk}/"] * 2
    assert User.objects.filter(username="wang1").count() == 1


FAULTS = [
    ({"full_name": None}, "A2", "table_cell_empty"),
    ({"username": "王 一"}, "B2", "accounts_username_not_read"),
    ({"kind": "其他"}, "C2", "table_not_a_choice"),
    ({"enterprise": None}, "D2", "accounts_kind_needs_enterprise"),
    ({"enterprise": "没有的集团"}, "D2", "accounts_enterprise_unknown"),
    ({"office": "财务监管处"}, "E2", "accounts_kind_unsuited"),
    ({"office": "没有的处室"}, "E2", "accounts_office_unknown"),
    ({"is_seconded": "是"}, "F2", "accounts_only_staff_is_seconded"),
    ({"is_seconded": "也许"}, "F2", "table_not_a_choice"),
    ({"email": "no address"}, "H2", "accounts_email_not_read"),
    ({"roles": "申报、厨师"}, "I2", "accounts_role_unknown"),
    ({"roles": "经办"}, "I2", "accounts_role_unsuited"),
    ({"valid_from": "2020-01-01"}, "J2", "accounts_period_past"),
    ({"valid_from": "2030-01-02", "valid_until": "2030-01-01"}, "K2", "accounts_period_reversed"),
    ({"valid_until": "2030-02-30"}, "K2", "date_does_not_exist"),
    ({"full_name": "=1+1"}, "A2", "table_formula"),
    ({"phone": "\u202e1"}, "G2", "text_invisible"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("cells", "cell", "code"), FAULTS)
def test_a_fault_is_told_at_its_cell(
    commission: Commission, group: Enterprise, cells: dict[str, Any], cell: str, code: str
) -> None:
    assert faults_of(commission, changed(GUEST, **cells)) == [(cell, code)]


STAFF_FAULTS = [
    ({"enterprise": "港控物流"}, "D2", "accounts_kind_unsuited"),
    ({"is_seconded": "是", "roles": "主任"}, "I2", "accounts_seconded_never_sign"),
    ({"office": None, "roles": "会签"}, "E2", "accounts_office_missing"),
    ({"kind": "管理员", "office": None, "roles": "系统管理员、安全管理员"}, "I2", "accounts_one_administration"),
    (
        {"kind": "管理员", "office": None, "roles": "系统管理员", "valid_until": "2030-01-01"},
        "K2",
        "accounts_period_unsuited",
    ),
    ({"kind": "审计监督人员", "office": None, "roles": "审计监督"}, "K2", "accounts_period_missing"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("cells", "cell", "code"), STAFF_FAULTS)
def test_the_rules_of_roles_hold_in_the_table(
    commission: Commission, group: Enterprise, cells: dict[str, Any], cell: str, code: str
) -> None:
    assert faults_of(commission, changed(OFFICER, **cells)) == [(cell, code)]


@pytest.mark.django_db
def test_names_that_stand_twice_or_are_taken_are_told(commission: Commission, group: Enterprise) -> None:
    make_person(commission, username="wang3")
    rows = (GUEST, changed(OFFICER, username="ＷANG1"), LAWYER)
    assert faults_of(commission, *rows) == [
        ("B2", "accounts_username_twice"),
        ("B3", "accounts_username_twice"),
        ("B4", "accounts_username_taken"),
    ]


@pytest.mark.django_db
def test_every_fault_of_a_table_is_told_at_once_and_nothing_is_written(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    count = User.objects.count()
    page = dry_run(signed_in(security_admin), changed(GUEST, email="x"), OFFICER, changed(LAWYER, office="无"))
    shown = page.content.decode()
    assert page.status_code == 422
    assert all(text in shown for text in ("第 2 行 H 列（电子邮箱）", "第 4 行 E 列（所在处室）", "发现 2 处问题"))
    assert (page.context["packed"], User.objects.count()) == ("", count)


@pytest.mark.django_db
def test_merged_cells_and_hidden_rows_are_faults(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    def change(_book: Any, page: Any) -> None:
        page.row_dimensions[2].hidden = True
        page.merge_cells("A3:B3")

    page = dry_run(signed_in(security_admin), GUEST, OFFICER, change=change)
    codes = {fault.code for fault in page.context["roster"].faults}
    assert page.status_code == 422 and {"table_row_hidden", "table_merged"} <= codes


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "人员.xlsx"), (b"MZ", "人员.xlsx"), (b"PK\x03\x04", "人员.xlsx"), ("甲,乙\n".encode(), "人员.csv")],
)
def test_what_is_no_table_is_refused_beside_the_field(
    commission: Commission, security_admin: User, content: bytes, name: str
) -> None:
    answer = signed_in(security_admin).post("/people/import/", {"file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, 'class="ir-error"' in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_an_empty_table_and_too_long_a_table_are_refused(commission: Commission, security_admin: User) -> None:
    client = signed_in(security_admin)
    assert "表中没有人员" in dry_run(client).content.decode()
    rows = [changed(GUEST, username=f"wang{number}") for number in range(MOST_PEOPLE + 1)]
    assert dry_run(client, *rows).status_code == 422


@pytest.mark.django_db
def test_csv_of_an_old_excel_is_read(commission: Commission, group: Enterprise, security_admin: User) -> None:
    lines = [TITLES, GUEST]
    text = "\r\n".join(",".join(str(cell or "") for cell in row) for row in lines)
    file = SimpleUploadedFile("人员.csv", text.encode("gbk"))
    page = signed_in(security_admin).post("/people/import/", {"file": file})
    assert (page.status_code, [one.new.username for one in page.context["roster"].people]) == (200, ["wang1"])


@pytest.mark.django_db
def test_the_blank_table_is_read_back(commission: Commission, security_admin: User) -> None:
    answer = signed_in(security_admin).get("/people/import/template/")
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert read(content, shape=ROSTER) == []
    file = io.BytesIO()
    write_blank(file, ROSTER)


@pytest.mark.django_db
def test_a_dry_run_is_its_own_persons_and_not_altered(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    packed = dry_run(signed_in(security_admin), GUEST).context["packed"]
    second = make_holder(Role.SECURITY_ADMIN, commission, at=NOW)
    for by, sent in ((second, packed), (security_admin, f"{packed}x"), (security_admin, "")):
        client = signed_in(by)
        assert client.post("/people/import/creation/", {"packed": sent}).status_code == 422
    assert not User.objects.filter(username="wang1").exists()
    elsewhere = make_commission("XZ")
    with pytest.raises(Invalid):
        unpack(packed, commission=elsewhere, user=security_admin)


@pytest.mark.django_db
def test_days_travel_through_the_dry_run(commission: Commission, group: Enterprise, security_admin: User) -> None:
    rows = read(book([TITLES, changed(GUEST, valid_until="2030-01-01")], sheet="人员"), shape=ROSTER)
    packed = pack(rows, commission=commission, user=security_admin, about={"key": "1"})
    [row], about = unpack(packed, commission=commission, user=security_admin)
    assert (row.values, about) == (rows[0].values, {"key": "1"})


@pytest.mark.django_db
def test_what_changed_since_the_dry_run_is_told_and_nobody_is_made(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    client = signed_in(security_admin)
    packed = dry_run(client, OFFICER, GUEST).context["packed"]
    make_person(commission, username="wang1")
    answer = client.post("/people/import/creation/", {"packed": packed})
    assert (answer.status_code, "已有人使用" in answer.content.decode()) == (422, True)
    assert not User.objects.filter(username="wang2").exists()


@pytest.mark.django_db
def test_one_that_fails_takes_everybody_back(
    commission: Commission, group: Enterprise, security_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from investreview.accounts.services import roster as service

    def refuse(user: User, *_: object) -> None:
        raise Invalid("accounts_role_already_held", name=user.full_name, role="×")

    roster = read_roster(read(book([TITLES, OFFICER], sheet="人员"), shape=ROSTER), commission=commission, at=NOW)
    monkeypatch.setattr(service, "grant_within", refuse)
    with pytest.raises(Invalid):
        import_people(
            commission=commission, people=roster.people, key="1", file_name="x", sha256="y", by=security_admin, at=NOW
        )
    assert (PeopleImport.objects.count(), User.objects.filter(username="wang2").count()) == (0, 0)


@pytest.mark.django_db
def test_an_auditor_from_the_table_waits_for_the_second(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    row = changed(OFFICER, kind="审计监督人员", office=None, roles="审计监督", valid_until="2099-12-31")
    client = signed_in(security_admin)
    client.post("/people/import/creation/", {"packed": dry_run(client, row).context["packed"]})
    membership = RoleMembership.objects.get(user__username="wang2")
    assert (membership.confirmed_at, scope_of(membership.user, NOW).roles) == (None, frozenset())


@pytest.mark.django_db
def test_the_pages_are_the_security_administrators(commission: Commission, group: Enterprise) -> None:
    client = signed_in(make_holder(Role.SYSTEM_ADMIN, commission, at=NOW))
    for path in ("/people/import/", "/people/import/template/", "/people/imports/1/"):
        assert client.get(path).status_code == 403
    assert client.post("/people/import/creation/", {"packed": "x"}).status_code == 403
    with pytest.raises(Forbidden):
        import_people(
            commission=commission, people=(), key="1", file_name="x", sha256="y", by=make_person(commission), at=NOW
        )


@pytest.mark.django_db
def test_an_import_of_another_commission_is_hidden(
    commission: Commission, group: Enterprise, security_admin: User
) -> None:
    client = signed_in(security_admin)
    client.post("/people/import/creation/", {"packed": dry_run(client, GUEST).context["packed"]})
    elsewhere = make_holder(Role.SECURITY_ADMIN, make_commission("XZ"), at=NOW)
    assert signed_in(elsewhere).get(f"/people/imports/{PeopleImport.objects.get().pk}/").status_code == 404


@pytest.mark.both_databases
def test_one_table_sent_by_many_clicks_is_one_import(file_database: str) -> None:
    commission = make_commission()
    finance_office(commission)
    by = make_holder(Role.SECURITY_ADMIN, commission, at=NOW)
    roster = read_roster(read(book([TITLES, OFFICER], sheet="人员"), shape=ROSTER), commission=commission, at=NOW)
    facts = {"key": "1", "file_name": "x", "sha256": "y", "by": by, "at": NOW}
    made = at_once([lambda: import_people(commission=commission, people=roster.people, **facts).pk] * 4)
    assert made == [PeopleImport.objects.get().pk] * 4
    assert User.objects.filter(username="wang2").count() == 1


@pytest.mark.django_db
def test_deactivation_says_how_much_work_is_left(
    commission: Commission, security_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from investreview.accounts import open_work

    person = make_person(commission)
    give_role(person, Role.CASE_OFFICER, commission)
    monkeypatch.setitem(open_work._COUNTERS, "elsewhere", lambda user: 3 if user == person else 0)
    client = signed_in(security_admin)
    assert "尚有 3 项在办工作" in client.get(f"/people/{person.pk}/").content.decode()
    answer = client.post(f"/people/{person.pk}/deactivation/", {"reason": "离职"})
    assert (answer.status_code, "尚有3项在办工作" in answer.content.decode()) == (422, True)
    person.refresh_from_db()
    assert person.is_active
