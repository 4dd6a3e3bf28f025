"""The reply of a case that a panel reviewed: what was concluded, what is asked for, and why the decision differs."""

from datetime import date
from typing import Any

from investreview.core.dates import in_chinese
from investreview.core.errors import Invalid
from investreview.documents.contents import Letter, PanelCondition
from investreview.documents.kinds import DocumentKind, PanelConclusion
from investreview.documents.letter_facts import FilingTerms, LetterFacts, RefusalReason, SecondReview
from investreview.documents.letter_templates import draft_second_review_letter, draft_second_review_refusal
from investreview.documents.models import Document
from investreview.projects.models import Case
from investreview.projects.routing import confirmed_rules

TERM, NO_TERM, PROOF = "自本函送达之日起{days}个工作日内", "未另定期限", "落实情况说明和证明材料"
BY_DAY = "{day}前"
"""What a condition says besides its text: the rule set's term or the day on paper, and what proves it."""


def second_review_filing(case: Case, facts: LetterFacts, terms: FilingTerms) -> Letter:
    """The reply that files after the review, with the panel's conditions and the officer's risks.

    Raises: Invalid (projects_panel_opinion_missing).
    """
    conditions = tuple(PanelCondition(text, _term(case), PROOF) for text in _summary(case)["conditions"])
    return draft_second_review_letter(facts, terms, _review(case), conditions=conditions, risks=tuple(case.risks))


def _term(case: Case) -> str:
    """Until when the conditions are to be met, in words: the day that the paper states, else the rule set's term."""
    stated, days = conditions_due_on(case), confirmed_rules(case).panel.condition_days
    if stated is not None:
        return BY_DAY.format(day=in_chinese(stated))
    return TERM.format(days=days) if days is not None else NO_TERM


def conditions_due_on(case: Case) -> date | None:
    """The day until which a panel that concluded on paper wants its conditions met, where the paper states one."""
    stated = _summary(case).get("conditions_due_on")
    return date.fromisoformat(str(stated)) if stated else None


def second_review_refusal(case: Case, facts: LetterFacts) -> Letter:
    """The reply that refuses after the review. Raises: Invalid (projects_panel_opinion_missing)."""
    return draft_second_review_refusal(
        facts,
        _review(case),
        reasons=(RefusalReason(case.refusal_reason),),
        revision_days=confirmed_rules(case).panel.revision_days,
    )


def deviation_text(case: Case) -> str:
    """Which collective record goes against the panel, and why; empty where the decision follows it.

    Rule: DOMAIN §6, to deviate needs a reasoned collective record.
    """
    if case.deviation_on is None:
        return ""
    reason = case.deviation_reason.rstrip("。；，、 \n")
    record = f"{in_chinese(case.deviation_on)}集体研究（纪要文号：{case.deviation_minutes}）"
    return f"{record}，未采纳论证结论，理由：{reason}"


def _review(case: Case) -> SecondReview:
    summary = _summary(case)
    return SecondReview(
        opinion_number=_opinion_number(case),
        conclusion=PanelConclusion(case.panel_conclusion),
        panel_size=summary["members_count"],
        met_on=date.fromisoformat(summary["held_on"]),
        deviation=deviation_text(case),
    )


def _summary(case: Case) -> dict[str, Any]:
    summary: dict[str, Any] = case.panel_summary
    return summary


def _opinion_number(case: Case) -> str:
    """The number of the newest panel's opinion; of one that was given on paper before a take-over, the stated one."""
    if stated := _summary(case).get("opinion_number"):
        return str(stated)
    opinions = Document.objects.filter(
        commission=case.commission.code,
        subject_kind=case.subject.kind,
        subject_key=case.subject.key,
        kind=DocumentKind.PANEL_OPINION,
    )
    number: str | None = opinions.order_by("-pk").values_list("number", flat=True).first()
    if not number:
        raise Invalid("projects_panel_opinion_missing")
    return number
