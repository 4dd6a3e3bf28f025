"""From the wording in ``templates/documents/`` and the facts to a letter.

A wording is plain text: first line ``标题：``, last line ``联系：``, one paragraph a line, ``{fields}`` in between.
Fields of ``LockedField`` become locked spans; a line that is one field of several items (risks, reasons) becomes one
paragraph （一）, （二） … an item.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from investreview.core.money import plain_wan
from investreview.documents.contents import Letter, Locked, LockedField, Paragraph, Plain, Segment
from investreview.documents.kinds import DocumentKind
from investreview.documents.letter_facts import FilingTerms, LetterFacts, RefusalReason
from investreview.documents.rules import level_of, ordinal_chinese

TITLE, CONTACT = "标题：", "联系："
_FIELD = re.compile(r"\{(\w+)\}")
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
    first, *middle, last = _template(name)
    contact = _segments(last.removeprefix(CONTACT), values)
    return Letter(
        kind=kind,
        organ=_flat(facts.organ),
        organ_short=_flat(facts.organ_short),
        recipient=_flat(facts.recipient),
        headline=_segments(first.removeprefix(TITLE), values),
        paragraphs=tuple(paragraph for line in middle for paragraph in _paragraphs(line, values, items)),
        contact="".join(segment.text for segment in contact if isinstance(segment, Plain)),
        mark=facts.mark,
    )


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


def _reason(reason: RefusalReason) -> str:
    text = reason.text.rstrip("。；，、 \n")
    return _sentence(f"{text}（依据：{reason.citation}）" if reason.citation else text)


def _sentence(text: str) -> str:
    flat = _flat(text)
    return flat if flat.endswith(("。", "！", "？")) else flat.rstrip("；，、 ") + "。"


def _flat(text: str) -> str:
    """One line, and no brackets that would read as a placeholder."""
    return " ".join(text.split()).translate(_BRACKETS)
