"""From the wording in ``templates/documents/`` and the facts to a letter.

A wording is plain text: first line ``标题：`` (¶ where it breaks), last line ``联系：``, one paragraph a line,
``{fields}`` in between.
Fields of ``LockedField`` become locked spans; a line that is one field of several items (risks, reasons, conditions)
becomes one paragraph （一）, （二） … an item. Where there are none, it falls away with the line that introduces it,
and the numbers 一、二、 … close up.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from django.conf import settings

from investreview.core.money import plain_wan
from investreview.documents.contents import (
    Letter,
    Locked,
    LockedField,
    PanelCondition,
    Paragraph,
    Plain,
    SampleNotice,
    SampleRecord,
    Segment,
)
from investreview.documents.kinds import DocumentKind
from investreview.documents.letter_facts import (
    Emendation,
    FilingTerms,
    LetterFacts,
    OriginalLetter,
    RefusalReason,
    SampleFacts,
    SecondReview,
)
from investreview.documents.printed import in_chinese
from investreview.documents.rules import level_of, ordinal_chinese

TITLE, CONTACT = "标题：", "联系："
_FIELD = re.compile(r"\{(\w+)\}")
_HEADING = re.compile(r"^[一二三四五六七八九十]+、")
_BRACKETS = str.maketrans("⟦⟧", "〔〕")


def draft_filing_letter(facts: LetterFacts, terms: FilingTerms) -> Letter:
    """The reply 予以备案; its number, registration number and date are left for the signature."""
    return _draft(DocumentKind.FILING_LETTER, "filing_letter", facts, _term_fields(terms), {})


def draft_filing_letter_with_risk(facts: LetterFacts, terms: FilingTerms, *, risks: tuple[str, ...]) -> Letter:
    """The reply 备案并提示风险, each risk its own paragraph."""
    items = {"risks": tuple(_sentence(risk) for risk in risks)}
    return _draft(DocumentKind.FILING_LETTER, "filing_letter_with_risk", facts, _term_fields(terms), items)


def draft_refusal_letter(facts: LetterFacts, *, reasons: tuple[RefusalReason, ...]) -> Letter:
    """The reply 不予备案, each reason its own paragraph with the rule it rests on."""
    return _draft(
        DocumentKind.REFUSAL_LETTER, "refusal_letter", facts, {}, {"reasons": tuple(_reason(r) for r in reasons)}
    )


def draft_second_review_letter(
    facts: LetterFacts,
    terms: FilingTerms,
    review: SecondReview,
    *,
    conditions: tuple[PanelCondition, ...],
    risks: tuple[str, ...],
) -> Letter:
    """The reply that files a project after its second review; each condition with its term and proof, each risk."""
    items = {
        "conditions": tuple(_condition(condition) for condition in conditions),
        "risks": tuple(_sentence(risk) for risk in risks),
        "deviation": _deviation(review),
    }
    fields = _term_fields(terms) | _review_fields(review)
    return _draft(DocumentKind.SECOND_REVIEW_LETTER, "second_review_letter", facts, fields, items)


def draft_second_review_refusal(
    facts: LetterFacts, review: SecondReview, *, reasons: tuple[RefusalReason, ...], revision_days: int
) -> Letter:
    """The reply that refuses a project after its second review, each reason with the rule it rests on.

    Units: ``revision_days`` working days within which a revision may be handed in.
    """
    fields = _review_fields(review) | {"revision_days": str(revision_days)}
    items = {"reasons": tuple(_reason(reason) for reason in reasons), "deviation": _deviation(review)}
    return _draft(DocumentKind.SECOND_REVIEW_LETTER, "second_review_refusal", facts, fields, items)


def draft_sample_notice(facts: SampleFacts, record: SampleRecord) -> SampleNotice:
    """The notice to one sampled enterprise with the record of the sample; number and date come with the signature."""
    values = {
        "organ_short": facts.organ_short,
        "year": str(facts.year),
        "rate": facts.rate,
        "sampled_count": str(len(facts.projects)),
        "sample_result": facts.result,
        "sampled_projects": "、".join(facts.projects),
        "self_evaluation_on": _month_and_day(facts.self_evaluation_on),
        "check_report_on": _month_and_day(facts.check_report_on),
        "liaison_on": _month_and_day(facts.liaison_on),
        "contact_office": facts.contact_office,
        "contact_phone": facts.contact_phone,
    }
    headline, paragraphs, contact = _worded("sample_notice", values, {})
    return SampleNotice(
        kind=DocumentKind.SAMPLE_NOTICE,
        organ=_flat(facts.organ),
        organ_short=_flat(facts.organ_short),
        recipient=_flat(facts.recipient),
        headline=headline,
        paragraphs=paragraphs,
        contact=contact,
        mark=facts.mark,
        attachment=record,
    )


def _month_and_day(on: date) -> str:
    return f"{on.month}月{on.day}日"


@cache
def _template(name: str) -> tuple[str, ...]:
    path = Path(settings.BASE_DIR) / "templates" / "documents" / f"{name}.txt"
    return tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _term_fields(terms: FilingTerms) -> dict[str, str]:
    return {
        "implementer": terms.implementer,
        "funding": "、".join(f"{source.name}{plain_wan(source.amount_yuan)}万元" for source in terms.funding),
        "phases": terms.phases,
        "plan": terms.plan,
        "valid_months": str(terms.valid_months),
        "change_percent": str(terms.change_percent),
        "quarterly_days": str(terms.quarterly_days),
        "evaluation_months": str(terms.evaluation_months),
    }


def _review_fields(review: SecondReview) -> dict[str, str]:
    on = review.met_on
    return {
        "opinion_number": review.opinion_number,
        "conclusion": in_chinese(review.conclusion),
        "panel_size": str(review.panel_size),
        "met_on": f"{on.year}年{on.month}月{on.day}日",
    }


def _draft(
    kind: DocumentKind,
    name: str,
    facts: LetterFacts,
    fields: Mapping[str, str],
    items: Mapping[str, tuple[str, ...]],
) -> Letter:
    values = {
        **fields,
        "organ_short": facts.organ_short,
        "project_name": facts.project_name,
        "report_title": facts.report_title,
        "incoming_number": facts.incoming_number,
        "filing_number": "",
        "total_amount": f"{plain_wan(facts.total_yuan)}万元",
        "contact_office": facts.contact_office,
        "contact_person": facts.contact_person,
        "contact_phone": facts.contact_phone,
    }
    headline, paragraphs, contact = _worded(name, values, items)
    return Letter(
        kind=kind,
        organ=_flat(facts.organ),
        organ_short=_flat(facts.organ_short),
        recipient=_flat(facts.recipient),
        headline=headline,
        paragraphs=paragraphs,
        contact=contact,
        mark=facts.mark,
    )


def _worded(
    name: str, values: Mapping[str, str], items: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Segment, ...], tuple[Paragraph, ...], str]:
    """Title, paragraphs and contact of a wording with its fields filled."""
    first, *middle, last = _template(name)
    contact = _segments(last.removeprefix(CONTACT), values)
    return (
        _broken(_segments(first.removeprefix(TITLE), values)),
        tuple(p for line in _in_use(middle, items) for p in _paragraphs(line, values, items)),
        "".join(segment.text for segment in contact if isinstance(segment, Plain)),
    )


def _broken(headline: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The title with a line break wherever the wording has ¶."""
    return tuple(Plain(one.text.replace("¶", "\n")) if isinstance(one, Plain) else one for one in headline)


def _in_use(lines: list[str], items: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The lines without those of no items and their introductions, first-level numbers counted anew."""
    used: list[str] = []
    for line in lines:
        whole = _FIELD.fullmatch(line)
        if whole and items.get(whole[1]) == ():
            used.pop()
        else:
            used.append(line)
    headings = count(1)
    return [_HEADING.sub(f"{ordinal_chinese(next(headings))}、", one) if level_of(one) == 1 else one for one in used]


def _paragraphs(line: str, values: Mapping[str, str], items: Mapping[str, tuple[str, ...]]) -> list[Paragraph]:
    """The paragraphs of one line of a template."""
    whole = _FIELD.fullmatch(line)
    if whole and whole[1] in items:
        texts = (f"（{ordinal_chinese(i)}）{text}" for i, text in enumerate(items[whole[1]], start=1))
        return [Paragraph(level_of(text), (Plain(text),)) for text in texts]
    return [Paragraph(level_of(line), _segments(line, values))]


def _segments(line: str, values: Mapping[str, str]) -> tuple[Segment, ...]:
    """A line with its fields filled; neighbouring plain stretches are one."""
    segments: list[Segment] = []
    for i, piece in enumerate(_FIELD.split(line)):
        is_field = i % 2 == 1
        if is_field and piece in set(LockedField):
            segments.append(Locked(LockedField(piece), _flat(values[piece])))
            continue
        text = _flat(values[piece]) if is_field else piece
        if segments and isinstance(segments[-1], Plain):
            segments[-1] = Plain(segments[-1].text + text)
        elif text:
            segments.append(Plain(text))
    return tuple(segments)


def _deviation(review: SecondReview) -> tuple[str, ...]:
    return (_sentence(review.deviation),) if review.deviation else ()


def _reason(reason: RefusalReason) -> str:
    text = reason.text.rstrip("。；，、 \n")
    return _sentence(f"{text}（依据：{reason.citation}）" if reason.citation else text)


def _condition(condition: PanelCondition) -> str:
    return _sentence(f"{condition.text.rstrip('。；，、 ')}；完成时限：{condition.due}；证明材料：{condition.evidence}")


def _sentence(text: str) -> str:
    flat = _flat(text)
    return flat if flat.endswith(("。", "！", "？")) else flat.rstrip("；，、 ") + "。"


def _flat(text: str) -> str:
    """One line, and no brackets that would read as a placeholder."""
    return " ".join(text.split()).translate(_BRACKETS)


def draft_correction_letter(
    facts: LetterFacts, original: OriginalLetter, *, emendations: tuple[Emendation, ...]
) -> Letter:
    """The letter 更正函: which letter is put right, and each mistake with what it is to say."""
    items = {"emendations": tuple(_emendation(one) for one in emendations)}
    return _draft(DocumentKind.CORRECTION_LETTER, "correction_letter", facts, _original_fields(original), items)


def draft_reissue(text: Letter, present: Letter, original: OriginalLetter, *, filing_number: str) -> Letter:
    """The letter 作废重发: the wording of ``text`` with the facts of ``present``, naming the letter that it replaces.

    A filing keeps its 登记号; number and date are left for the signature.
    """
    letter = replace(text, number="", dated_on=None, recipient=present.recipient, mark=present.mark)
    for field, value in present.locked_values().items():
        letter = letter.filled(field, value)
    if filing_number:
        letter = letter.filled(LockedField.FILING_NUMBER, filing_number)
    kept = [paragraph for paragraph in letter.paragraphs if not _names_an_original(paragraph)]
    register = "二次论证登记号" if text.kind is DocumentKind.SECOND_REVIEW_LETTER else "备案登记号"
    word = "通知" if text.kind is DocumentKind.SAMPLE_NOTICE else "复函"
    values = {**_original_fields(original), "register": register, "letter": word}
    naming = Paragraph(0, _segments(_KEEPS_NUMBER if filing_number else _REPLACES, values))
    return replace(letter, paragraphs=(*kept[:-1], naming, kept[-1]))


_REPLACES = "本{letter}自送达之日起代替《{original_title}》（{original_number}），原{letter}同时作废。"
_KEEPS_NUMBER = (
    "本{letter}自送达之日起代替《{original_title}》（{original_number}），原{letter}同时作废，{register}不变。"
)


def _names_an_original(paragraph: Paragraph) -> bool:
    return any(isinstance(one, Locked) and one.field is LockedField.ORIGINAL_NUMBER for one in paragraph.segments)


def _original_fields(original: OriginalLetter) -> dict[str, str]:
    on = original.dated_on
    return {
        "original_number": original.number,
        "original_title": original.title,
        "original_date": f"{on.year}年{on.month}月{on.day}日",
    }


def _emendation(one: Emendation) -> str:
    where = f"{_flat(one.where)}中" if one.where.strip() else ""
    return f"{where}“{_flat(one.wrong)}”更正为“{_flat(one.right)}”。"
