"""The reply of a case: drafted with the officer's opinion, redrafted when the proposal changes, signed with it."""

from dataclasses import dataclass
from datetime import datetime

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, Stale
from investreview.documents.contents import Letter
from investreview.documents.kinds import LIVE_STATES, DocumentKind
from investreview.documents.letter_facts import FilingTerms, LetterFacts, RefusalReason
from investreview.documents.letter_templates import (
    draft_filing_letter,
    draft_filing_letter_with_risk,
    draft_refusal_letter,
)
from investreview.documents.models import Document
from investreview.documents.services import (
    discard_draft,
    draft_document,
    enter_number,
    redraft_document,
    sign_document,
)
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Phase
from investreview.projects.papers import funding_of, mark_of, total_of
from investreview.projects.routing import confirmed_rules
from investreview.projects.series import FILINGS, LETTERS
from investreview.projects.states import Proposal
from investreview.registry.models import Office

PERCENT_BPS = 100


@dataclass(frozen=True)
class SignedLetter:
    """What signing gave: the numbers, and the hash of the content that was signed."""

    document_number: str
    filing_number: str
    content_sha256: str


def prepare_letter(case: Case, *, acting: Acting, at: datetime) -> Document:
    """The draft of the reply says what is proposed; an earlier draft of the other kind is discarded.

    Where the facts of the proposal changed, a new version is drafted; wording that people edited stays in the
    versions before it. Raises: Invalid, Forbidden of the documents room.
    """
    content = _content(case, at)
    live = _live_letters(case)
    for other in live:
        if other.kind != content.kind:
            discard_draft(other, reason="拟办意见改变", scope=acting.scope, actor=acting.actor, at=at)
    same = next((letter for letter in live if letter.kind == content.kind), None)
    if same is None:
        return draft_document(
            commission=case.commission.code,
            path=case.path,
            subject=case.subject,
            content=content,
            scope=acting.scope,
            actor=acting.actor,
            at=at,
        )
    if case.round > 1:
        last = same.versions.latest("ordinal")
        redraft_document(
            same,
            base_ordinal=last.ordinal,
            content=content,
            scope=acting.scope,
            actor=acting.actor,
            at=at,
            note=f"第{case.round}轮拟办意见",
        )
    return same


def _live_letters(case: Case) -> list[Document]:
    return list(
        Document.objects.filter(
            commission=case.commission.code,
            subject_kind=case.subject.kind,
            subject_key=case.subject.key,
            kind__in=[DocumentKind.FILING_LETTER, DocumentKind.REFUSAL_LETTER],
            state__in=sorted(LIVE_STATES),
        )
    )


def _content(case: Case, at: datetime) -> Letter:
    facts = _facts(case, at)
    if case.proposal == Proposal.REFUSE:
        return draft_refusal_letter(facts, reasons=(RefusalReason(case.refusal_reason),))
    if case.proposal == Proposal.FILE_WITH_RISK:
        return draft_filing_letter_with_risk(facts, _terms(case, at), risks=tuple(case.risks))
    return draft_filing_letter(facts, _terms(case, at))


def _facts(case: Case, at: datetime) -> LetterFacts:
    officer = case.officer
    business = Office.objects.filter(commission=case.commission, kind=Office.Kind.BUSINESS).first()
    office = officer.office if officer is not None and officer.office is not None else business
    return LetterFacts(
        organ=case.commission.name,
        organ_short=case.commission.short_name,
        recipient=case.group.short_name_on(legal_date(at)),
        project_name=case.project.name,
        report_title=f"关于{case.project.name}备案的报告",
        incoming_number=case.declaration.report_number,
        total_yuan=total_of(case),
        contact_office=office.name if office is not None else "",
        contact_person=officer.full_name if officer is not None else "",
        contact_phone=case.commission.contact_phone,
        mark=mark_of(case),
    )


def _terms(case: Case, at: datetime) -> FilingTerms:
    rules = confirmed_rules(case)
    phases = list(Phase.objects.filter(declaration=case.declaration))
    own = case.enterprise_id == case.group_id
    implementer = "由你公司实施" if own else f"由你公司所属{case.enterprise.short_name_on(legal_date(at))}实施"
    year = legal_date(at).year
    planned = case.declaration.plan_status != "OFF_PLAN"
    return FilingTerms(
        implementer=implementer,
        funding=funding_of(case),
        phases="项目不分期" if len(phases) == 1 else f"项目分{len(phases)}期",
        plan=f"已列入你公司{year}年度投资计划" if planned else f"未列入你公司{year}年度投资计划",
        valid_months=rules.filing_valid_months,
        change_percent=rules.change_amount_bps // PERCENT_BPS,
        quarterly_days=rules.quarterly_report_calendar_days,
        evaluation_months=rules.evaluation_after_months,
    )


def sign_letter(
    case: Case,
    *,
    acting: Acting,
    letter_version: int,
    entered_number: str,
    needs_filing_number: bool,
    at: datetime,
) -> SignedLetter:
    """One version of the reply is signed and numbered in the caller's transaction.

    Raises: Invalid (projects_letter_needed, documents errors), Stale (core_stale) when ``letter_version`` is no longer
    the newest: what is signed is what was read.
    """
    letter = Document.objects.select_for_update().filter(pk=case.letter_id or 0).first()
    if letter is None:
        raise Invalid("projects_letter_needed")
    newest = letter.versions.latest("ordinal")
    if newest.ordinal != letter_version:
        raise Stale("core_stale", who=newest.author_name)
    signed = sign_document(
        letter,
        version_ordinal=letter_version,
        sha256=newest.sha256,
        signer=acting.actor,
        signed_on=legal_date(at),
        series=LETTERS,
        registration_series=FILINGS if needs_filing_number else "",
        scope=acting.scope,
        actor=acting.actor,
        at=at,
    )
    if not signed.number:
        signed = enter_number(signed, text=entered_number, scope=acting.scope, actor=acting.actor, at=at)
    return SignedLetter(
        document_number=signed.number,
        filing_number=signed.registration_number,
        content_sha256=signed.content_sha256,
    )
