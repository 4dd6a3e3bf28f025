from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from investreview.demo.files import sample_pdf
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.projects.freezing import current_form_code
from investreview.projects.models import Case, MaterialVersion, StoredFile
from tests.projects.pages import content_of, error_beside, materials_url, signed_in, typed, uploaded
from tests.world import World, drive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site")]


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "draft")


def upload(client: Client, case: Case, slot: str = "M01", **fields: object):
    form = {"act": "upload", "slot": slot, f"{slot}-mark": "INTERNAL", f"{slot}-file": uploaded()}
    return client.post(materials_url(case), form | fields)


def test_materials_list_every_slot_with_its_level_and_citation(drafter: Client, case: Case) -> None:
    page = drafter.get(materials_url(case)).content.decode()

    assert [slot in page for slot in ("M01", "M02", "M05", "M10", "M17")] == [True, True, True, True, False]
    assert "/rules/2024-1/%C2%A74.2/" in page
    assert "未做病毒扫描" in page


def test_materials_before_the_route_is_known_say_what_to_do(world: World, drafter: Client) -> None:
    case = drive(world, "draft", kind="")

    assert "这里列出所需材料" in drafter.get(materials_url(case)).content.decode()


def test_upload_fills_the_slot_and_is_journalled_once(world: World, drafter: Client, case: Case) -> None:
    before = Entry.objects.count()

    answer = upload(drafter, case)

    version = MaterialVersion.objects.get()
    assert (answer.status_code, answer.url) == (302, materials_url(case))
    assert (version.slot, version.ordinal, version.file.name, version.file.page_count) == ("M01", 1, "备案报告.pdf", 10)
    assert version.provided_by_id == world.group_drafter.pk
    assert Entry.objects.count() == before + 1
    still_missing = drafter.get(materials_url(case)).content.decode().split('id="missing"')[1].split("</section>")[0]
    assert "M01" not in still_missing
    assert "M03" in still_missing


def test_upload_again_is_a_new_version_and_the_old_one_stays(drafter: Client, case: Case) -> None:
    upload(drafter, case)
    upload(drafter, case, **{"M01-file": uploaded("新.pdf", sample_pdf("另一份", 2))})

    versions = MaterialVersion.objects.order_by("ordinal").values_list("ordinal", "is_current")
    assert list(versions) == [(1, False), (2, True)]
    assert "历史版本 1 个" in drafter.get(materials_url(case)).content.decode()


def test_upload_is_open_to_the_releaser(world: World, case: Case) -> None:
    assert upload(signed_in(world.group_releaser), case).status_code == 302


FILES = [
    ("空.pdf", b"", "空"),
    ("表.pdf", b"MZ" + b"\0" * 200, ""),
    ("表.pdf", b"%PDF-1.4 broken", ""),
    ("图.png", sample_pdf("示例"), ""),
    ("前缀.pdf", b"GIF89a" + sample_pdf("示例"), ""),
    ("包.zip", b"PK\x05\x06" + b"\0" * 18, ""),
]


@pytest.mark.parametrize(("name", "content", "told"), FILES)
def test_upload_of_a_bad_file_is_told_at_its_field(
    drafter: Client, case: Case, name: str, content: bytes, told: str
) -> None:
    answer = upload(drafter, case, **{"M01-file": uploaded(name, content), "M01-mark": "BUSINESS_SECRET"})

    page = answer.content.decode()
    error = error_beside(page, "id_M01-file")
    assert answer.status_code == 422
    assert error and told in error
    assert typed(page)["M01-mark"] == "BUSINESS_SECRET"
    assert "浏览器不保留已选的文件" in page
    assert (StoredFile.objects.count(), MaterialVersion.objects.count()) == (0, 0)


def test_upload_beyond_the_limit_is_told_at_its_field(
    drafter: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("investreview.projects.services.materials.SIZE_LIMIT", 1024)

    page = upload(drafter, case).content.decode()

    assert "MB" in error_beside(page, "id_M01-file")
    assert StoredFile.objects.count() == 0


def test_upload_by_the_page_itself_answers_in_one_line(drafter: Client, case: Case) -> None:
    sent = {"act": "upload", "slot": "M01", "M01-mark": "INTERNAL"}
    headers = {"X-Background": "upload"}

    good = drafter.post(materials_url(case), sent | {"M01-file": uploaded()}, headers=headers)
    bad = drafter.post(materials_url(case), sent | {"M01-file": uploaded("表.pdf", b"")}, headers=headers)

    assert (good.status_code, good.json()) == (200, {"line": "已上传 M01，第 1 版。"})
    assert (bad.status_code, "空" in bad.json()["line"]) == (422, True)
    assert MaterialVersion.objects.count() == 1


def test_upload_without_a_file_is_told_at_its_field(drafter: Client, case: Case) -> None:
    answer = drafter.post(materials_url(case), {"act": "upload", "slot": "M01", "M01-mark": "INTERNAL"})

    assert error_beside(answer.content.decode(), "id_M01-file") == "请选择文件。"


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "a\u202efdp.pdf", "长" * 300 + ".pdf"])
def test_upload_under_a_hostile_name_is_stored_under_ours(drafter: Client, case: Case, name: str) -> None:
    upload(drafter, case, **{"M01-file": uploaded(name)})

    stored = StoredFile.objects.get()
    assert stored.storage_name.startswith(f"materials/2024/{case.number}/")
    assert not {"/", "\u202e"} & set(stored.name)
    assert (Path(settings.MEDIA_ROOT) / stored.storage_name).is_file()


@pytest.mark.parametrize("slot", ["M17", "M99", "", "X" * 500, "M\x0001"])
def test_upload_to_a_slot_that_is_not_asked_for_is_refused(drafter: Client, case: Case, slot: str) -> None:
    assert drafter.post(materials_url(case), {"act": "upload", "slot": slot}).status_code == 422
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("act", ["", "delete", "upload\x00"])
def test_unknown_act_changes_nothing(drafter: Client, case: Case, act: str) -> None:
    assert drafter.post(materials_url(case), {"act": act, "slot": "M01"}).status_code == 200
    assert MaterialVersion.objects.count() == 0


def test_pages_of_one_file_fill_several_slots(drafter: Client, case: Case) -> None:
    upload(drafter, case, "M05")
    stored = StoredFile.objects.get()

    ranges = {"pages-M06_from": "1", "pages-M06_to": "3", "pages-M08_from": "4", "pages-M08_to": "10"}
    answer = drafter.post(materials_url(case), {"act": "pages", "pages-file": stored.pk} | ranges)

    filled = MaterialVersion.objects.filter(is_chapter=True).order_by("slot")
    assert answer.status_code == 302
    assert list(filled.values_list("slot", "page_from", "page_to")) == [("M06", 1, 3), ("M08", 4, 10)]


@pytest.mark.parametrize(
    ("ranges", "field", "told"),
    [
        ({"M06_from": "1", "M06_to": "11"}, "M06_to", "共10页"),
        ({"M06_from": "5", "M06_to": "4"}, "M06_to", "超出"),
        ({"M06_from": "5"}, "M06_to", "请填写终止页"),
        ({"M06_to": "5"}, "M06_from", "请填写起始页"),
        ({"M06_from": "1e1", "M06_to": "11"}, "M06_from", "无法识别"),
        ({"M06_from": "0", "M06_to": "3"}, "M06_from", "不在允许的范围内"),
        ({"M07_from": "1", "M07_to": "3"}, "M07_to", "须单独提交"),
        ({"M06_from": "1", "M06_to": "3", "M08_from": "4", "M08_to": "99"}, "M08_to", "共10页"),
    ],
)
def test_pages_that_do_not_fit_are_told_and_none_is_saved(
    drafter: Client, case: Case, ranges: dict[str, str], field: str, told: str
) -> None:
    upload(drafter, case, "M05")
    sent = {f"pages-{name}": value for name, value in ranges.items()} | {"pages-file": StoredFile.objects.get().pk}

    answer = drafter.post(materials_url(case), {"act": "pages"} | sent)

    page = answer.content.decode()
    assert told in error_beside(page, f"id_pages-{field}")
    assert {name: typed(page)[f"pages-{name}"] for name in ranges} == ranges
    assert MaterialVersion.objects.exclude(slot="M05").count() == 0


def test_pages_of_a_file_of_another_case_are_refused(world: World, drafter: Client, case: Case) -> None:
    upload(drafter, case, "M05")
    elsewhere = drive(world, "draft", key="2", body="other")
    upload(signed_in(world.other_drafter), elsewhere, "M05")
    foreign = StoredFile.objects.get(case=elsewhere).pk

    sent = {"act": "pages", "pages-file": foreign, "pages-M06_from": "1", "pages-M06_to": "2"}
    answer = drafter.post(materials_url(case), sent)

    assert "本办件已上传的文件" in error_beside(answer.content.decode(), "id_pages-file")


def test_promise_is_kept_where_the_rules_allow_it(drafter: Client, case: Case) -> None:
    drafter.post(materials_url(case), {"act": "promise", "slot": "M19", "M19-promise-promised_on": "2024-08-01"})

    assert MaterialVersion.objects.get().promised_on == date(2024, 8, 1)
    assert "承诺 2024年8月1日 前补齐" in drafter.get(materials_url(case)).content.decode()


@pytest.mark.parametrize("given", ["", "2024-02-30", "明天"])
def test_promise_with_a_bad_date_is_told_at_its_field(drafter: Client, case: Case, given: str) -> None:
    form = {"act": "promise", "slot": "M19", "M19-promise-promised_on": given}

    page = drafter.post(materials_url(case), form).content.decode()

    assert error_beside(page, "id_M19-promise-promised_on") != ""
    assert MaterialVersion.objects.count() == 0


def test_promise_where_the_rules_do_not_allow_it_is_refused(drafter: Client, case: Case) -> None:
    form = {"act": "promise", "slot": "M01", "M01-promise-promised_on": "2024-08-01"}

    assert drafter.post(materials_url(case), form).status_code == 422
    assert MaterialVersion.objects.count() == 0


def test_registration_form_is_printed_once_for_the_same_facts(drafter: Client, case: Case) -> None:
    for _ in range(2):
        drafter.post(f"/cases/{case.number}/registration-form/")

    code = current_form_code(case)
    assert list(Document.objects.values_list("number", flat=True)) == [code]
    assert code in drafter.get(materials_url(case)).content.decode()


def test_registration_form_says_what_is_missing_for_it(world: World, drafter: Client) -> None:
    case = drive(world, "draft", contact_name="")

    page = drafter.post(f"/cases/{case.number}/registration-form/", follow=True).content.decode()

    assert "请先填写：联系人" in page
    assert Document.objects.count() == 0


def test_stamped_form_is_taken_with_its_code(drafter: Client, case: Case) -> None:
    code = current_form_code(case)

    upload(drafter, case, "M02", **{"M02-form_code": code.lower()})

    assert MaterialVersion.objects.get().version_code == code


@pytest.mark.parametrize(("code", "told"), [("AAAA-01", "不一致"), ("", "请填写盖章页上的版本码")])
def test_stamped_form_with_another_code_is_refused_at_the_field(
    drafter: Client, case: Case, code: str, told: str
) -> None:
    page = upload(drafter, case, "M02", **{"M02-form_code": code}).content.decode()

    assert told in error_beside(page, "id_M02-form_code")
    assert typed(page)["M02-form_code"] == code
    assert StoredFile.objects.count() == 0


STRANGERS = ["other_drafter", "other_releaser", "sister_drafter", "officer", "director", "system_admin"]


@pytest.mark.parametrize("person", STRANGERS)
def test_materials_of_a_draft_do_not_exist_for_strangers(world: World, case: Case, person: str) -> None:
    client = signed_in(world.people[person])

    answers = [
        client.get(materials_url(case)),
        upload(client, case),
        client.post(f"/cases/{case.number}/registration-form/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert StoredFile.objects.count() == 0


def test_materials_of_a_released_case_are_frozen(world: World, drafter: Client) -> None:
    case = drive(world, "released")
    files = StoredFile.objects.count()
    page = drafter.get(materials_url(case)).content.decode()

    assert "此页只供查看" in page
    assert 'type="file"' not in page
    assert upload(drafter, case).status_code == 422
    assert StoredFile.objects.count() == files


def test_file_leaves_as_an_attachment_and_is_noted(world: World, drafter: Client, case: Case) -> None:
    upload(drafter, case, **{"M01-file": uploaded("备案报告（终稿）.pdf")})
    stored = StoredFile.objects.get()

    answer = drafter.get(f"/files/{stored.pk}/")

    assert content_of(answer) == sample_pdf("示例", 10)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%A4%87")
    entry = Entry.objects.get(verb="file.download")
    assert (entry.chain, entry.actor_id, entry.subject_key) == (
        "LYG:access",
        str(world.group_drafter.pk),
        str(stored.pk),
    )


@pytest.mark.parametrize("person", STRANGERS)
def test_file_of_a_draft_does_not_exist_for_strangers(world: World, drafter: Client, case: Case, person: str) -> None:
    upload(drafter, case)

    answer = signed_in(world.people[person]).get(f"/files/{StoredFile.objects.get().pk}/")

    assert answer.status_code == 404
    assert not Entry.objects.filter(verb="file.download").exists()


def test_file_that_fills_no_slot_is_for_the_commission_only(world: World, drafter: Client) -> None:
    case = drive(world, "released")
    scan = StoredFile.objects.filter(case=case).first()
    scan.pk, scan.storage_name = None, "materials/2024/scan.pdf"
    scan.save()

    page = drafter.get(materials_url(case)).content.decode()

    assert drafter.get(f"/files/{scan.pk}/").status_code == 404
    assert f"/files/{scan.pk}/" not in page
    assert signed_in(world.officer).get(f"/files/{scan.pk}/").status_code == 422


def test_file_that_the_store_has_lost_is_told(drafter: Client, case: Case) -> None:
    upload(drafter, case)
    stored = StoredFile.objects.get()
    (Path(settings.MEDIA_ROOT) / stored.storage_name).unlink()

    answer = drafter.get(f"/files/{stored.pk}/")

    assert answer.status_code == 422
    assert "存储中找不到" in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_file_of_an_unknown_number_does_not_exist(drafter: Client, number: str) -> None:
    assert drafter.get(f"/files/{number}/").status_code == 404


def test_file_asks_a_stranger_to_sign_in(client: Client) -> None:
    assert client.get("/files/1/").url == "/sign-in/?next=/files/1/"


@pytest.mark.parametrize("versions", [1, 3])
def test_materials_page_costs_the_same_for_more_files(
    drafter: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries, versions: int
) -> None:
    for number in range(versions):
        upload(drafter, case, "M01", **{"M01-file": uploaded(f"{number}.pdf", sample_pdf(f"第{number}份"))})
    drafter.get(materials_url(case))

    with django_assert_num_queries(10):
        drafter.get(materials_url(case))
