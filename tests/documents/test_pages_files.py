"""What leaves the documents room: PDFs, sealed originals, the register of numbers; and failed PDFs made again."""

import pytest
from django.urls import reverse

from investreview.demo import hands
from investreview.documents.kinds import RenditionPurpose, RenditionState
from investreview.documents.models import Document, IssuedNumber, Rendition
from investreview.documents.services import make_rendition, void_document
from investreview.journal.models import Entry
from investreview.projects.models import Case
from tests.desk.people import browser
from tests.desk.sharing import founded
from tests.world import World, drive, found_world, later


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def delivered(world: World) -> Case:
    """A delivered case whose PDFs are made."""
    finished = drive(world, "delivered", key="finished")
    for pk in Rendition.objects.values_list("pk", flat=True):
        make_rendition(pk, at=later(9))
    return finished


def rendition(case: Case, purpose: RenditionPurpose) -> Rendition:
    return Rendition.objects.filter(document_id=case.letter_id, purpose=purpose).latest("pk")


def status(world: World, who: str, url: str) -> int:
    answer = browser(world.people[who]).get(url)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    code: int = answer.status_code
    return code


def test_pdf_leaves_as_attachment_and_is_noted(world: World, delivered: Case) -> None:
    made = rendition(delivered, RenditionPurpose.SYSTEM_COPY)
    answer = browser(world.group_drafter).get(reverse("documents:pdf", args=[made.pk]))
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    noted = Entry.objects.get(verb="document.download")
    assert (noted.chain, noted.actor_name, noted.facts["sha256"]) == (
        "LYG:access",
        world.group_drafter.full_name,
        made.sha256,
    )


@pytest.mark.parametrize(
    ("purpose", "outside"),
    [(RenditionPurpose.DRAFT, 404), (RenditionPurpose.ISSUED, 404), (RenditionPurpose.SYSTEM_COPY, 200)],
)
def test_enterprise_fetches_the_system_copy_only(
    world: World, delivered: Case, purpose: RenditionPurpose, outside: int
) -> None:
    url = reverse("documents:pdf", args=[rendition(delivered, purpose).pk])
    assert status(world, "group_releaser", url) == outside
    assert status(world, "officer", url) == 200


@pytest.mark.parametrize("who", ["other_drafter", "sister_drafter", "law", "system_admin", "rule_keeper"])
def test_pdf_is_not_for_strangers(world: World, delivered: Case, who: str) -> None:
    url = reverse("documents:pdf", args=[rendition(delivered, RenditionPurpose.SYSTEM_COPY).pk])
    assert status(world, who, url) == 404
    assert Entry.objects.filter(verb="document.download").count() == 0


def test_pdf_that_is_not_made_yet_says_so(world: World) -> None:
    case = drive(world, "checked")
    url = reverse("documents:pdf", args=[rendition(case, RenditionPurpose.DRAFT).pk])
    answer = browser(world.officer).get(url)
    assert answer.status_code == 422
    assert "这份 PDF 还没有生成" in answer.content.decode()


def test_pdf_that_the_store_has_lost_is_told(world: World, delivered: Case) -> None:
    made = rendition(delivered, RenditionPurpose.SYSTEM_COPY)
    made.file.storage.delete(made.file.name)
    answer = browser(world.officer).get(reverse("documents:pdf", args=[made.pk]))
    assert answer.status_code == 422
    assert "文件库中找不到这份文件" in answer.content.decode()


def test_pdf_that_is_not_there_is_not_found(world: World) -> None:
    assert status(world, "officer", reverse("documents:pdf", args=[10**12])) == 404


def test_sealed_original_is_the_enterprises_once_delivered(world: World) -> None:
    delivered = drive(world, "delivered", key="sealed")
    sealed = Document.objects.get(pk=delivered.letter_id).sealed_originals.get()
    url = reverse("documents:original", args=[delivered.letter_id, sealed.pk])
    assert status(world, "group_drafter", url) == 200
    assert status(world, "other_drafter", url) == 404
    assert status(world, "officer", reverse("documents:original", args=[delivered.letter_id, 999])) == 404


@pytest.fixture
def checked(world: World) -> Case:
    return drive(world, "checked", key="checked")


@pytest.fixture
def failed(world: World, checked: Case) -> Rendition:
    """A PDF that failed for good."""
    row = rendition(checked, RenditionPurpose.DRAFT)
    Rendition.objects.filter(pk=row.pk).update(state=RenditionState.FAILED, error="OSError", attempts=3)
    return row


def test_failed_pdf_is_told_on_case_and_document_and_made_again(world: World, failed: Rendition) -> None:
    row = failed
    client = browser(world.officer)
    case_page = client.get(reverse("desk:case", args=[row.document.subject_key])).content.decode()
    assert "PDF 生成失败，不影响办件办理" in case_page
    page = client.get(reverse("documents:document", args=[row.document_id])).content.decode()
    assert "生成失败（OSError，已试 3 次）" in page
    answer = client.post(reverse("documents:retry", args=[row.pk]), follow=True)
    assert "已重新排队生成" in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (RenditionState.PENDING, 0)
    assert "没有生成失败" in client.post(reverse("documents:retry", args=[row.pk]), follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "expected"),
    [("group_drafter", 404), ("law", 404), ("archivist", 404), ("other_drafter", 404), ("director", 302)],
)
def test_failed_pdf_is_made_again_by_who_works_on_it(world: World, failed: Rendition, who: str, expected: int) -> None:
    row = failed
    assert browser(world.people[who]).post(reverse("documents:retry", args=[row.pk])).status_code == expected


def test_keeper_of_the_system_makes_it_again_without_reading_case_data(world: World, failed: Rendition) -> None:
    row = failed
    client = browser(world.system_admin)
    page = client.get(reverse("documents:failed")).content.decode()
    assert f"#{row.pk}" in page
    assert "OSError" in page
    assert row.document.subject_key not in page
    assert "改造项目" not in page
    answer = client.post(reverse("documents:retry", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("documents:failed"))


def test_keeper_of_another_commission_sees_none_of_it(world: World, failed: Rendition) -> None:
    row = failed
    other = found_world("HAZ", names="别处")
    client = browser(other.system_admin)
    assert "OSError" not in client.get(reverse("documents:failed")).content.decode()
    assert client.post(reverse("documents:retry", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(("who", "expected"), [("officer", 200), ("system_admin", 200), ("group_drafter", 403)])
def test_list_of_failed_pdfs_is_for_who_looks_after_them(world: World, who: str, expected: int) -> None:
    assert status(world, who, reverse("documents:failed")) == expected


def test_register_lists_numbers_and_the_void_ones_with_reason(world: World, delivered: Case) -> None:
    letter = Document.objects.get(pk=delivered.letter_id)
    me = hands.acting(world.document_officer, later(10))
    void_document(letter, reason="文字有误，作废重发", scope=me.scope, actor=me.actor, at=later(10))
    page = browser(world.document_officer).get(reverse("documents:numbers")).content.decode()
    for number in IssuedNumber.objects.all():
        assert number.text in page
    assert page.count("文字有误，作废重发") == 2
    only = browser(world.document_officer).get(reverse("documents:numbers"), {"state": "VOIDED"}).content.decode()
    assert letter.number in only
    assert "JS2024-0001" not in only


def test_register_is_narrowed_by_series_and_year(world: World, delivered: Case) -> None:
    series = IssuedNumber.objects.get(text="JS2024-0001").series_id
    client = browser(world.officer)
    page = client.get(reverse("documents:numbers"), {"series": series, "year": "2024"}).content.decode()
    assert "JS2024-0001" in page
    assert "BA2024-0001" not in page


@pytest.mark.parametrize("query", [{"series": "x"}, {"year": "1"}, {"state": "Y"}, {"before": "0"}])
def test_register_survives_what_it_cannot_read(world: World, query: dict[str, str]) -> None:
    assert browser(world.officer).get(reverse("documents:numbers"), query).status_code == 200


@pytest.mark.parametrize(
    ("who", "expected"),
    [("archivist", 200), ("head", 200), ("group_drafter", 403), ("law", 403), ("system_admin", 403)],
)
def test_register_is_for_the_readers_of_the_commission(world: World, who: str, expected: int) -> None:
    assert status(world, who, reverse("documents:numbers")) == expected


def test_register_of_another_commission_is_its_own(world: World, delivered: Case) -> None:
    other = found_world("HAZ", names="别处")
    page = browser(other.document_officer).get(reverse("documents:numbers")).content.decode()
    assert "JS2024-0001" not in page
    assert delivered.number not in page


@pytest.mark.parametrize("count", [1, 3])
def test_register_costs_the_same(world: World, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        drive(world, "confirmed", key=str(number))
    client = browser(world.officer)
    client.get("/rules/")
    with django_assert_num_queries(7):
        client.get(reverse("documents:numbers"))
