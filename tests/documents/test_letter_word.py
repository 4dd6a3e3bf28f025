"""A letter as Word: its layout, what marks it as a draft, who fetches it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document as word_document

from investreview.documents.compare import change_count, compare
from investreview.documents.letter_word import letter_as_word
from investreview.documents.wording import from_editable, to_editable
from tests.desk.people import browser
from tests.desk.sharing import founded
from tests.world import World, drive

from . import samples


@pytest.fixture
def world(db: None) -> World:
    return founded()


def test_letter_stands_in_the_layout_of_official_letters() -> None:
    letter = samples.filing_draft()
    document = word_document(BytesIO(letter_as_word(letter, ordinal=2, is_signed=False)))
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.top_margin, section.left_margin)] == [
        210,
        37,
        28,
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:4] == [letter.organ, "（签发时编号）", letter.title, f"{letter.recipient}："]
    assert [one.text for one in letter.paragraphs] == texts[4 : 4 + len(letter.paragraphs)]
    assert "草稿（第2版），未签发" in section.header.paragraphs[0].text
    body = document.styles["Body Text"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 29)
    assert (
        'w:eastAsia="仿宋"' in body.element.xml
        and 'w:eastAsia="方正小标宋简体"' in document.styles["Title"].element.xml
    )


def test_signed_letter_is_a_copy_of_the_sealed_paper() -> None:
    letter = samples.filing_draft().issued_as("国资函〔2024〕1号", date(2024, 8, 7))
    document = word_document(BytesIO(letter_as_word(letter, ordinal=3, is_signed=True)))
    assert "以盖章原件为准" in document.sections[0].header.paragraphs[0].text
    assert document.paragraphs[1].text == "国资函〔2024〕1号"


def test_places_are_counted_as_people_count_them() -> None:
    before = samples.filing_draft()
    editable = to_editable(before)
    body = editable.body.replace("10日内", "15日内").replace("\n特此函复。", "")
    after = from_editable(before, replace(editable, body=body))
    assert (change_count(compare(before, after)), change_count(compare(before, before))) == (2, 0)


def test_fetched_inside_and_by_nobody_of_the_enterprise(world: World) -> None:
    case = drive(world, "signed")
    url = f"/documents/{case.letter_id}/word/"
    answer = browser(world.document_officer).get(url)
    assert word_document(BytesIO(b"".join(answer.streaming_content))).paragraphs[1].text == case.document_number
    assert browser(world.group_releaser).get(url).status_code == 404
    page = browser(world.deputy).get(f"/documents/{case.letter_id}/versions/?before=1&after=2").content.decode()
    assert "改 " in page or "两个版本的文字相同" in page
