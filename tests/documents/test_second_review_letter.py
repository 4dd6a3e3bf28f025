"""The reply after a second review: conclusion locked, conditions listed, a life like any filing reply's."""

from dataclasses import replace

import pytest

from investreview.core.errors import DomainError, Invalid
from investreview.core.messages import sentence
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.contents import Letter, LockedField, Paragraph, Plain
from investreview.documents.kinds import DeliveryChannel, DocumentKind, DocumentState, PanelConclusion
from investreview.documents.letter_templates import draft_second_review_letter
from investreview.documents.models import Document
from investreview.documents.rules import passing_review_wording_fault, refusing_review_wording_fault
from investreview.documents.services.drafting import check_wording
from investreview.documents.wording import from_editable, locked_fields, to_editable

from . import panel_samples as papers
from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    COMMISSION,
    GROUP,
    LATER,
    OFFICER,
    OFFICER_SCOPE,
    SUBJECT,
    draft,
    open_all_series,
    sign,
)

FILING = [papers.review_draft(), papers.review_draft(conditions=()), papers.review_draft(risks=("价格敏感",))]
EVERY = [*FILING, papers.refusal_draft()]


def texts(letter: Letter) -> list[str]:
    return [paragraph.text for paragraph in letter.paragraphs]


def code_of(raised: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(raised.value, "zh-hans")
    assert sentence(raised.value, "en")
    return raised.value.code


# The wording


@pytest.mark.parametrize("letter", EVERY)
def test_template_says_what_it_must_and_nothing_it_must_not(letter: Letter) -> None:
    check_wording(letter)
    text = "".join(texts(letter))
    assert [word for word in ("批准", "抄送", "公开发布", "{", "⟦") if word in text] == []
    assert letter.title == "连云港市国资委关于徐圩新区绿色甲醇储运项目（示例）二次论证的复函"


@pytest.mark.parametrize("letter", EVERY)
def test_editing_nothing_changes_nothing(letter: Letter) -> None:
    assert from_editable(letter, to_editable(letter)) == letter


@pytest.mark.parametrize(
    ("conclusion", "word"),
    [
        (PanelConclusion.PASS, "通过"),
        (PanelConclusion.CONDITIONAL, "有条件通过"),
        (PanelConclusion.FAIL, "不通过"),
    ],
)
def test_conclusion_is_the_panels_and_locked(conclusion: PanelConclusion, word: str) -> None:
    review = papers.review(conclusion)
    letter = draft_second_review_letter(papers.review_facts(), papers.review_terms(), review, conditions=(), risks=())
    assert f"论证结论为{word}。" in letter.paragraphs[0].text
    assert dict(locked_fields(letter))["⟦论证结论⟧"] == word
    assert dict(locked_fields(letter))["⟦论证编号⟧"] == "LZ2024-0006"
    assert "论证结论为⟦论证结论⟧" in to_editable(letter).body


def test_conclusion_cannot_be_edited_away() -> None:
    letter = papers.review_draft()
    editable = to_editable(letter)
    with pytest.raises(Invalid) as raised:
        from_editable(letter, replace(editable, body=editable.body.replace("⟦论证结论⟧", "通过")))
    assert (code_of(raised), raised.value.facts["names"]) == ("documents_placeholder_missing", "⟦论证结论⟧")


def test_each_condition_has_its_term_and_proof() -> None:
    found = texts(papers.review_draft())
    at = found.index(
        "三、附加条件。请逐项落实下列条件，并在时限内报送证明材料，经我委核实后销号；条件未落实的，不得进入相应环节："
    )
    assert found[at + 1 : at + 4] == [
        "（一）与下游用户签订长协，不低于设计周转量的60%；完成时限：开工前；证明材料：长协文本。",
        "（二）补充甲醇价格下行20%的压力测试及应对安排；完成时限：签约付款前；证明材料：测算表及说明。",
        "（三）取得安全条件审查意见后方可采购主要设备；完成时限：设备采购前；证明材料：审查意见。",
    ]


def headings(letter: Letter) -> list[str]:
    return [paragraph.text.partition("。")[0] for paragraph in letter.paragraphs if paragraph.level == 1]


def test_parts_without_items_fall_away_and_numbers_close_up() -> None:
    assert headings(papers.review_draft(conditions=())) == [
        "一、论证情况",
        "二、备案内容",
        "三、备案效力",
        "四、变更报告",
        "五、过程管理",
    ]
    assert headings(papers.review_draft(risks=("价格敏感",))) == [
        "一、论证情况",
        "二、备案内容",
        "三、附加条件",
        "四、风险提示",
        "五、备案效力",
        "六、变更报告",
        "七、过程管理",
    ]


def test_numbers_come_from_the_rule_set() -> None:
    terms = replace(papers.review_terms(), valid_months=9, change_percent=15, quarterly_days=8, evaluation_months=18)
    letter = draft_second_review_letter(
        papers.review_facts(), terms, papers.review(PanelConclusion.PASS), conditions=(), risks=()
    )
    text = "".join(texts(letter))
    told = ("备案有效期9个月", "变动达到15%", "每季度终了后8日内", "投运满18个月后", "7名专家", "2024年7月24日")
    assert [one for one in told if one not in text] == []


def test_refusal_gives_reasons_and_one_revision() -> None:
    found = texts(papers.refusal_draft())
    at = found.index("二、不予备案的理由。主要理由如下：")
    assert found[at + 1 : at + 3] == [
        "（一）下游需求预测依据不足，长协意向书不具约束力。",
        "（二）同意的专家少于三分之二（依据：规则集2024-1 §7.8）。",
    ]
    assert "在20个工作日内重新报送，由未参加本次论证的专家另行论证" in "".join(found)
    assert LockedField.FILING_NUMBER not in papers.refusal_draft().locked_values()


@pytest.mark.parametrize("name", ["⟦论证结论⟧", "{conclusion}", "<b>&amp;</b>", "甲\n乙"])
def test_hostile_condition_stays_one_paragraph_of_text(name: str) -> None:
    letter = papers.review_draft(conditions=(papers.PanelCondition(name, name, name),))
    assert [text.count("证明材料：") for text in texts(letter)].count(1) == 1
    assert from_editable(letter, to_editable(letter)) == letter


GOOD = "进行了二次论证，论证结论为通过。予以备案。不代表对项目可行性、收益和风险的认可。"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD, None),
        (GOOD.replace("二次论证", "论证"), "documents_review_not_said"),
        (GOOD.replace("论证结论", "结论"), "documents_review_not_said"),
        (GOOD.replace("予以备案", "备案"), "documents_filing_not_said"),
        (GOOD + "我委批准。", "documents_filing_says_approved"),
        (GOOD.replace("不代表", "代表"), "documents_endorsement_not_excluded"),
    ],
)
def test_filing_reply_after_a_review_says_what_it_must(text: str, fault: str | None) -> None:
    assert passing_review_wording_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("二次论证，论证结论为不通过，不予备案。", None),
        ("二次论证，论证结论为不通过，予以备案。", "documents_refusal_not_said"),
        ("论证结论为不通过，不予备案。", "documents_review_not_said"),
        ("二次论证，不予备案。", "documents_review_not_said"),
    ],
)
def test_refusing_reply_after_a_review_says_what_it_must(text: str, fault: str | None) -> None:
    assert refusing_review_wording_fault(text) == fault


# The life


def save(document: Document, letter: Letter) -> None:
    services.save_wording(
        document,
        base_ordinal=document.versions.latest("ordinal").ordinal,
        content=letter,
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=LATER,
    )


@pytest.mark.django_db
def test_letter_is_drafted_edited_signed_and_delivered_like_a_filing_reply() -> None:
    open_all_series()
    document = draft(papers.review_draft())
    assert (document.kind, document.state) == (DocumentKind.SECOND_REVIEW_LETTER, DocumentState.DRAFT)
    letter = papers.review_draft()
    save(document, replace(letter, paragraphs=(*letter.paragraphs, Paragraph(0, (Plain("另附说明。"),)))))
    signed = sign(document)
    assert (signed.state, signed.number, signed.registration_number) == (
        DocumentState.NUMBERED,
        "连国资函〔2024〕38号",
        "BA2024-0007",
    )
    issued = signed.issued_version.parsed  # type: ignore[union-attr]
    assert isinstance(issued, Letter)
    assert "（二次论证登记号：BA2024-0007）" in issued.paragraphs[0].text
    assert {one.purpose for one in signed.renditions.all()} == {"DRAFT", "ISSUED", "SYSTEM_COPY"}
    delivery = services.record_delivery(
        signed,
        channel=DeliveryChannel.ONLINE,
        recipient="能源集团",
        delivered_at=LATER,
        scope=CLERK_SCOPE,
        actor=CLERK,
        at=LATER,
    )
    assert delivery.document.pk == signed.pk


@pytest.mark.django_db
def test_conclusion_is_not_changed_by_saving() -> None:
    document = draft(papers.review_draft())
    other = papers.review_draft().filled(LockedField.CONCLUSION, "通过")
    with pytest.raises(Invalid) as raised:
        save(document, other)
    assert (code_of(raised), raised.value.facts["names"]) == ("documents_locked_changed", "论证结论")


@pytest.mark.django_db
@pytest.mark.parametrize(("letter", "registration"), [(papers.review_draft(), ""), (papers.refusal_draft(), "FILING")])
def test_filing_takes_a_registration_number_and_refusal_takes_none(letter: Letter, registration: str) -> None:
    open_all_series()
    document = draft(letter)
    with pytest.raises(Invalid) as raised:
        sign(document, registration=registration)
    assert code_of(raised) == "documents_registration_series"


@pytest.mark.django_db
def test_refusal_is_signed_without_registration_number() -> None:
    open_all_series()
    signed = sign(draft(papers.refusal_draft()), registration="")
    assert (signed.state, signed.number, signed.registration_number) == (
        DocumentState.NUMBERED,
        "连国资函〔2024〕38号",
        "",
    )


@pytest.mark.django_db
def test_case_has_one_such_letter_at_a_time() -> None:
    draft(papers.review_draft())
    with pytest.raises(Invalid) as raised:
        draft(papers.refusal_draft())
    assert code_of(raised) == "documents_letter_exists"
    draft(papers.review_draft(), subject=Subject(kind="case", key="LYG-2024-0010"))
    assert Document.objects.filter(kind=DocumentKind.SECOND_REVIEW_LETTER).count() == 2


@pytest.mark.django_db
def test_wording_that_hides_the_review_is_refused() -> None:
    letter = papers.review_draft()
    hidden = replace(letter, paragraphs=tuple(map(_hidden, letter.paragraphs)))
    with pytest.raises(Invalid) as raised:
        services.draft_document(
            commission=COMMISSION,
            path=GROUP,
            subject=SUBJECT,
            content=hidden,
            scope=OFFICER_SCOPE,
            actor=OFFICER,
            at=AT,
        )
    assert (code_of(raised), raised.value.field) == ("documents_review_not_said", "body")


def _hidden(paragraph: Paragraph) -> Paragraph:
    """The paragraph without the words 二次论证."""
    segments = (
        Plain(one.text.replace("二次论证", "研究")) if isinstance(one, Plain) else one for one in paragraph.segments
    )
    return replace(paragraph, segments=tuple(segments))
