"""From template to letter, to the editor, and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.documents import wording
from investreview.documents.contents import LOCKED_LABELS, Letter, LockedField
from investreview.documents.rules import filing_wording_fault, refusal_wording_fault
from investreview.documents.wording import EditableLetter, from_editable, to_editable

from . import samples

DRAFTS = [samples.filing_draft(), samples.risk_draft(), samples.refusal_draft()]


@pytest.mark.parametrize("letter", DRAFTS)
def test_editing_nothing_changes_nothing(letter: Letter) -> None:
    assert from_editable(letter, to_editable(letter)) == letter


def test_editor_shows_placeholders_and_no_values() -> None:
    editable = to_editable(samples.filing_draft())
    assert editable.title == "连云港市国资委关于⟦项目名称⟧备案的复函"
    assert "投资总额⟦投资总额⟧，其中⟦资金来源⟧" in editable.body
    assert samples.NAME not in editable.body


def test_locked_fields_are_listed_with_their_values() -> None:
    assert dict(wording.locked_fields(samples.filing_draft())) == {
        "⟦项目名称⟧": samples.NAME,
        "⟦来文标题⟧": f"关于{samples.NAME}备案的报告",
        "⟦来文字号⟧": "港控投〔2024〕31号",
        "⟦登记号⟧": "",
        "⟦投资总额⟧": "1860万元",
        "⟦资金来源⟧": "自有资金1116万元、银行贷款744万元",
    }


def test_every_locked_field_has_a_label() -> None:
    assert set(LOCKED_LABELS) == set(LockedField)
    assert len(set(LOCKED_LABELS.values())) == len(LockedField)


def test_templates_say_what_their_kind_must_say() -> None:
    for letter in DRAFTS[:2]:
        assert filing_wording_fault("\n".join(p.text for p in letter.paragraphs)) is None
    assert refusal_wording_fault("\n".join(p.text for p in DRAFTS[2].paragraphs)) is None
    for letter in DRAFTS:
        text = "\n".join(p.text for p in letter.paragraphs)
        assert "批准" not in text
        assert "抄送" not in text
        assert "公开发布" not in text


def test_risks_become_numbered_paragraphs() -> None:
    texts = [p.text for p in samples.risk_draft().paragraphs]
    at = texts.index("三、风险提示。请对下列风险逐项落实防控措施，并在首次季度进展中书面报告落实情况：")
    assert texts[at + 1 : at + 3] == [
        "（一）预计内部收益率6.4%，补贴占收入18%，补贴未列入财政预算。",
        "（二）施工涉及37条道路开挖，许可尚未全部取得。",
    ]


def test_reasons_carry_their_citation() -> None:
    texts = [p.text for p in samples.refusal_draft().paragraphs]
    assert texts[2:4] == [
        "（一）项目未列入年度投资计划，且未办理计划调整（依据：§3.7）。",
        "（二）可行性研究报告未说明产品市场需求。",
    ]


def test_edited_wording_takes_levels_from_its_marks() -> None:
    letter = samples.filing_draft()
    editable = to_editable(letter)
    edited = from_editable(
        letter, replace(editable, body=editable.body + "\n五、其他。请按时报送。\n\n  （一）另行通知。")
    )
    assert [p.level for p in edited.paragraphs[-2:]] == [1, 2]
    assert edited.locked_spans() == letter.locked_spans()


def test_writers_line_break_in_the_title_is_kept() -> None:
    letter = samples.filing_draft()
    edited = from_editable(letter, replace(to_editable(letter), title="连云港市国资委\n关于⟦项目名称⟧备案的复函"))
    assert edited.headline[0].text == "连云港市国资委\n关于"  # type: ignore[union-attr]
    assert "\n" not in edited.title


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"title": "关于⟦项目⟧备案的复函"}, "title", "documents_placeholder_unknown"),
        ({"title": "关于⟦项目名称备案的复函"}, "title", "documents_placeholder_broken"),
        ({"title": "关于项目名称⟧备案的复函"}, "title", "documents_placeholder_broken"),
        ({"title": "关于⟦⟦项目名称⟧备案的复函"}, "title", "documents_placeholder_broken"),
        ({"title": "关于⟦⟧备案的复函"}, "title", "documents_placeholder_unknown"),
        ({"title": "关于项目备案的复函"}, "body", "documents_placeholder_missing"),
        ({"body": "全部删除"}, "body", "documents_placeholder_missing"),
        ({"body": " \n　"}, "body", "text_empty"),
        ({"body": "字" * 20001}, "body", "text_too_long"),
        ({"title": ""}, "title", "text_empty"),
        ({"contact": "字" * 300}, "contact", "text_too_long"),
        ({"body": "a\x07b"}, "body", "text_control"),
        ({"body": "a\0b"}, "body", "text_unstorable"),
    ],
)
def test_bad_input_is_refused_at_its_field_with_a_sentence(change: dict[str, str], field: str, code: str) -> None:
    letter = samples.filing_draft()
    with pytest.raises(Invalid) as raised:
        from_editable(letter, replace(to_editable(letter), **change))
    assert (raised.value.code, raised.value.field) == (code, field)
    assert sentence(raised.value, "zh-hans")
    assert sentence(raised.value, "en")


def test_brackets_in_facts_do_not_read_as_placeholders() -> None:
    letter = samples.filing_draft(contact_office="规划⟦处⟧", project_name="甲⟦项目名称⟧乙\n丙")
    assert from_editable(letter, to_editable(letter)) == letter
    assert letter.locked_values()[LockedField.PROJECT_NAME] == "甲〔项目名称〕乙 丙"


def test_braces_in_facts_are_not_fields() -> None:
    letter = samples.filing_draft(project_name="{filing_number}{0}{x")
    assert letter.locked_values()[LockedField.PROJECT_NAME] == "{filing_number}{0}{x"


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_typed_text_is_read_or_refused_and_never_changes_a_value(title: str, body: str, contact: str) -> None:
    letter = samples.filing_draft()
    editable = to_editable(letter)
    typed = EditableLetter(editable.title + title, f"{editable.body}\n{body}", contact)
    try:
        edited = from_editable(letter, typed)
    except Invalid as error:
        assert sentence(error, "zh-hans")
    else:
        assert edited.locked_spans() == letter.locked_spans()
