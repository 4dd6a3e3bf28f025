"""The pages on which a document is read and its wording edited and compared."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from investreview.demo import hands
from investreview.documents.models import Document, DocumentVersion
from investreview.documents.services import discard_draft
from investreview.documents.wording import EditableLetter, to_editable
from investreview.projects.models import Case
from tests.desk.people import auditor_of, browser
from tests.desk.sharing import founded
from tests.world import World, drive, later


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def checked(world: World) -> Case:
    return drive(world, "checked", key="shared")


@pytest.fixture
def letter(world: World, checked: Case) -> Document:
    """The draft of a reply that waits for the signature."""
    return Document.objects.get(pk=checked.letter_id)


def page_of(client: Client, document: Document, **query: object) -> str:
    answer = client.get(reverse("documents:document", args=[document.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def editable(letter: Document) -> EditableLetter:
    return to_editable(letter.versions.order_by("-ordinal")[0].parsed)


def rewritten(text: EditableLetter, words: str) -> EditableLetter:
    return replace(text, body=text.body.replace("特此函复。", words))


def save(client: Client, letter: Document, text: EditableLetter, base: int = 1):
    data = {"base": base, "title": text.title, "body": text.body, "contact": text.contact, "note": "改结尾"}
    return client.post(reverse("documents:edit", args=[letter.pk]), data)


STAFF_READERS = {"officer", "officer2", "head", "deputy", "deputy2", "director", "document_officer"}


def test_draft_opens_for_the_readers_of_the_commission_only(world: World, letter: Document) -> None:
    url = reverse("documents:document", args=[letter.pk])
    answers = {who: browser(user).get(url).status_code for who, user in world.people.items()}
    assert {who for who, status in answers.items() if status == 200} == STAFF_READERS
    assert {status for who, status in answers.items() if who not in STAFF_READERS} == {404}


def test_letter_opens_for_its_enterprise_once_delivered(world: World) -> None:
    case = drive(world, "signed")
    url = reverse("documents:document", args=[case.letter_id])
    client = browser(world.group_drafter)
    assert client.get(url).status_code == 404
    hands.deliver(case, world.document_officer, later(7))
    page = client.get(url)
    assert page.status_code == 200
    assert case.document_number in page.content.decode()
    for who in ("sister_drafter", "other_drafter", "other_releaser"):
        assert browser(world.people[who]).get(url).status_code == 404


def test_delivered_letter_tells_the_enterprise_no_version_signer_or_draft(world: World) -> None:
    case = drive(world, "delivered")
    page = page_of(browser(world.group_drafter), Document.objects.get(pk=case.letter_id))
    hidden = [world.deputy.full_name, 'id="versions"', "比对版本", "修改文字", "正式文稿（待用印）"]
    assert [word for word in hidden if word in page] == []
    assert browser(world.group_drafter).get(reverse("documents:versions", args=[case.letter_id])).status_code == 404


def test_older_versions_are_for_the_commission(world: World) -> None:
    case = drive(world, "delivered")
    letter = Document.objects.get(pk=case.letter_id)
    assert "（签发时编号）" in page_of(browser(world.officer), letter, version=1)
    url = reverse("documents:document", args=[letter.pk])
    assert browser(world.group_drafter).get(url, {"version": 1}).status_code == 404


@pytest.mark.parametrize("version", ["9", "x", "-1", "１", "9" * 40])
def test_version_that_is_not_there_is_not_found(world: World, letter: Document, version: str) -> None:
    url = reverse("documents:document", args=[letter.pk])
    assert browser(world.officer).get(url, {"version": version}).status_code == 404


def test_document_of_a_draft_case_is_hidden_from_the_commission(world: World) -> None:
    case = drive(world, "handed_over")
    form = Document.objects.get(subject_key=case.number)
    url = reverse("documents:document", args=[form.pk])
    assert browser(world.officer).get(url).status_code == 404
    assert browser(world.group_drafter).get(url).status_code == 200


def test_archivist_reads_the_documents_of_closed_cases_only(world: World) -> None:
    open_case, closed = drive(world, "checked", key="1"), drive(world, "delivered", key="2")
    client = browser(world.archivist)
    assert client.get(reverse("documents:document", args=[open_case.letter_id])).status_code == 404
    assert client.get(reverse("documents:document", args=[closed.letter_id])).status_code == 200


def test_page_of_a_letter_shows_life_text_and_locked_facts(world: World, letter: Document) -> None:
    page = page_of(browser(world.officer), letter)
    assert '<li class="ir-on" aria-current="step">草稿' in page
    assert '<b title="投资总额">1860万元</b>' in page
    assert '<b title="登记号">（签发时生成）</b>' in page
    assert "特此函复。" in page


def test_page_of_a_form_shows_its_rows_and_no_life(world: World) -> None:
    case = drive(world, "confirmed")
    receipt = Document.objects.get(subject_key=case.number, kind="ACCEPTANCE_RECEIPT")
    page = page_of(browser(world.group_drafter), receipt)
    assert ">已出具<" in page
    assert "1,860.00 万元" in page
    assert "M01" in page
    assert "ir-steps" not in page


def test_editor_shows_placeholders_and_what_they_stand_for(world: World, letter: Document) -> None:
    page = browser(world.officer).get(reverse("documents:edit", args=[letter.pk])).content.decode()
    assert "投资总额⟦投资总额⟧" in page
    assert "<b>⟦投资总额⟧</b><div>1860万元</div>" in page
    assert 'name="base" value="1"' in page


def test_saved_wording_is_the_newest_version(world: World, letter: Document) -> None:
    answer = save(browser(world.officer), letter, rewritten(editable(letter), "特此函复，请遵照执行。"))
    assert answer.status_code == 302
    page = page_of(browser(world.head), letter)
    assert "特此函复，请遵照执行。" in page
    assert "改结尾" in page
    assert [version.ordinal for version in letter.versions.all()] == [1, 2]


def test_saved_twice_is_one_version(world: World, letter: Document) -> None:
    text = rewritten(editable(letter), "特此函复，请遵照执行。")
    client = browser(world.officer)
    assert [save(client, letter, text).status_code for _ in range(3)] == [302, 302, 302]
    assert letter.versions.count() == 2


def test_wording_saved_by_another_meanwhile_shows_both_texts_and_may_be_saved_over(
    world: World, letter: Document
) -> None:
    first = rewritten(editable(letter), "特此函复，甲的文字。")
    mine = rewritten(editable(letter), "特此函复，乙的文字。")
    save(browser(world.head), letter, first)
    client = browser(world.officer)
    answer = save(client, letter, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "特此函复，甲的文字。" in page
    assert "特此函复，乙的文字。" in page
    assert "<ins>乙</ins>" in page
    assert letter.versions.count() == 2
    base = re.search(r'name="base" value="(\d+)"', page)
    assert save(client, letter, mine, base=int(base[1]) if base else 0).status_code == 302
    assert "乙的文字" in DocumentVersion.objects.get(document=letter, ordinal=3).content


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("body", "经研究，对该项目予以备案。", "⟦投资总额⟧"),
        ("body", "⟦没有这个⟧", "没有这个"),
        ("body", "", "这个字段是必填项。"),
        ("title", "长" * 301, "300"),
        ("body", "\x00", "空字符"),
    ],
)
def test_wording_that_cannot_stand_is_told_at_its_field_and_kept(
    world: World, letter: Document, field: str, value: str, told: str
) -> None:
    text = replace(editable(letter), **{field: value})
    answer = save(browser(world.officer), letter, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert told in page
    assert letter.versions.count() == 1


def test_wording_that_calls_a_filing_an_approval_is_refused(world: World, letter: Document) -> None:
    answer = save(browser(world.officer), letter, rewritten(editable(letter), "特此批准该项目。"))
    assert answer.status_code == 422
    assert "特此批准该项目。" in answer.content.decode()
    assert letter.versions.count() == 1


@pytest.mark.parametrize("base", ["", "0", "77", "x"])
def test_form_without_its_version_saves_nothing(world: World, letter: Document, base: str) -> None:
    answer = save(browser(world.officer), letter, editable(letter), base=base)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert letter.versions.count() == 1


@pytest.mark.parametrize(("who", "status"), [("group_drafter", 404), ("law", 404), ("system_admin", 404)])
def test_wording_is_not_changed_by_strangers(world: World, letter: Document, who: str, status: int) -> None:
    text = rewritten(editable(letter), "特此函复，外人的文字。")
    assert save(browser(world.people[who]), letter, text).status_code == status
    assert letter.versions.count() == 1


def test_wording_is_not_changed_by_the_auditor(world: World, letter: Document) -> None:
    text = rewritten(editable(letter), "特此函复，审计的文字。")
    assert save(browser(auditor_of(world)), letter, text).status_code == 403
    assert letter.versions.count() == 1


def test_signed_wording_is_closed(world: World) -> None:
    letter = Document.objects.get(pk=drive(world, "signed").letter_id)
    client = browser(world.officer)
    assert "文字不能再修改" in client.get(reverse("documents:edit", args=[letter.pk])).content.decode()
    count = letter.versions.count()
    answer = save(client, letter, rewritten(editable(letter), "特此函复，又改。"), base=count)
    assert answer.status_code == 422
    assert letter.versions.count() == count


def test_form_has_no_wording_to_edit(world: World) -> None:
    case = drive(world, "confirmed")
    receipt = Document.objects.get(subject_key=case.number, kind="ACCEPTANCE_RECEIPT")
    assert browser(world.officer).get(reverse("documents:edit", args=[receipt.pk])).status_code == 422


def test_comparison_shows_both_texts_in_one_and_the_later_clean(world: World, letter: Document) -> None:
    save(browser(world.officer), letter, rewritten(editable(letter), "特此函告。"))
    page = browser(world.head).get(reverse("documents:versions", args=[letter.pk])).content.decode()
    assert "特此函<del>复</del><ins>告</ins>。" in page
    assert "特此函告。</p>" in page


@pytest.mark.parametrize("query", [{"before": "9"}, {"after": "x"}, {"before": "1", "after": "99"}])
def test_comparison_of_versions_that_are_not_there_says_so(
    world: World, letter: Document, query: dict[str, str]
) -> None:
    answer = browser(world.officer).get(reverse("documents:versions", args=[letter.pk]), query)
    assert answer.status_code == 200
    assert 'class="ir-error"' in answer.content.decode()


def test_character_that_no_font_prints_is_told_before_issue(world: World, letter: Document) -> None:
    save(browser(world.officer), letter, rewritten(editable(letter), "特此函复\U0001f600。"))
    page = page_of(browser(world.officer), letter)
    assert "现有字体不能打印" in page
    assert "<b>\U0001f600</b>" in page


def test_void_document_says_since_when_and_why(world: World, letter: Document) -> None:
    me = hands.acting(world.officer, later(11))
    discard_draft(letter, reason="另行起草", scope=me.scope, actor=me.actor, at=later(11))
    page = page_of(browser(world.officer), letter)
    assert "2024年7月12日作废：另行起草。编号保留，不再使用。" in page
