"""The reply of a case: drafted with the officer's opinion, redrafted when the proposal changes, signed with it."""

from dataclasses import dataclass
from datetime import date, datetime

from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, Stale
from investreview.documents.contents import Letter, Paragraph, Plain
from investreview.documents.kinds import LETTERS as LETTER_KINDS
from investreview.documents.kinds import LIVE_STATES, DocumentKind
from investreview.documents.letter_facts import Emendation, FilingTerms, LetterFacts, OriginalLetter, RefusalReason
from investreview.documents.letter_templates import (
    draft_correction_letter,
    draft_filing_letter,
    draft_filing_letter_with_risk,
    draft_refusal_letter,
    draft_reissue,
)
from investreview.documents.models import Document
from investreview.documents.services import (
    discard_draft,
    draft_document,
    enter_number,
    is_text_on_paper,
    record_signed_on_paper,
    redraft_document,
    sign_document,
)
from investreview.projects.acting import Acting
from investreview.projects.corrected import corrected
from investreview.projects.models import Case, Phase, Remedy
from investreview.projects.papers import contact_office, funding_of, mark_of, total_of
from investreview.projects.routing import confirmed_rules
from investreview.projects.series import FILINGS, LETTERS, SECOND_REVIEWS
from investreview.projects.services.panel_letters import second_review_filing, second_review_refusal
from investreview.projects.states import Proposal

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
            kind__in=sorted(LETTER_KINDS),
            state__in=sorted(LIVE_STATES),
        )
    )


def _content(case: Case, at: datetime) -> Letter:
    facts = _facts(case, at)
    if case.needs_panel:
        is_refusal = case.proposal == Proposal.REFUSE
        return second_review_refusal(case, facts) if is_refusal else second_review_filing(case, facts, _terms(case, at))
    if case.proposal == Proposal.REFUSE:
        return draft_refusal_letter(facts, reasons=(RefusalReason(case.refusal_reason),))
    if case.proposal == Proposal.FILE_WITH_RISK:
        return draft_filing_letter_with_risk(facts, _terms(case, at), risks=tuple(case.risks))
    return draft_filing_letter(facts, _terms(case, at))


def draft_remedy_letter(
    case: Case,
    original: Document,
    *,
    kind: Remedy.Kind,
    emendations: tuple[Emendation, ...],
    acting: Acting,
    at: datetime,
) -> Document:
    """The draft that corrects a sent letter, or takes its place with the facts as they now read, its slips included.

    Of a letter whose wording stands on paper only (DOMAIN §16) what is wrong is taken as the officer states it, for the
    head to compare with the scan; a reissue has the wording of the template.
    Raises: Invalid (projects_emendation_needed, projects_emendation_not_found, documents errors), Forbidden.
    """
    shown, issued = corrected(case), original.issued_version
    text = issued.parsed if issued is not None else None
    if not isinstance(text, Letter) or original.dated_on is None:
        raise Invalid("documents_remedy_too_early", title=original.title)
    about = OriginalLetter(number=original.number, title=text.title, dated_on=original.dated_on)
    if kind is Remedy.Kind.CORRECTION:
        _require_emended(emendations, None if is_text_on_paper(original) else text)
        content = draft_correction_letter(_facts(shown, at), about, emendations=emendations)
    else:
        number, present = original.registration_number, _content(shown, at)
        wording = present if is_text_on_paper(original) else text
        content = draft_reissue(wording, present, about, filing_number=number)
    return draft_document(
        commission=case.commission.code,
        path=case.path,
        subject=case.subject,
        content=content,
        scope=acting.scope,
        actor=acting.actor,
        at=at,
        replaces=original,
    )


def _require_emended(emendations: tuple[Emendation, ...], text: Letter | None) -> None:
    """Nothing happens when there is a mistake to put right and each stands in the ``text`` that was sent, if known."""
    if not emendations:
        raise Invalid("projects_emendation_needed", field="wrong_1")
    said: list[str] = []
    if text is not None:
        said = [text.title, text.recipient, text.contact, *(paragraph.text for paragraph in text.paragraphs)]
    for number, one in enumerate(emendations, start=1):
        if text is not None and not any(one.wrong in line for line in said):
            raise Invalid("projects_emendation_not_found", field=f"wrong_{number}", given=one.wrong[:40])
        if one.wrong == one.right:
            raise Invalid("projects_correction_same", field=f"right_{number}")


def _facts(case: Case, at: datetime) -> LetterFacts:
    officer, office = case.officer, contact_office(case)
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


def letter_signed_on_paper(
    case: Case,
    *,
    signer: User,
    signed_on: date,
    number: str,
    filing_number: str,
    acting: Acting,
    at: datetime,
) -> Document:
    """The reply that was signed on paper before the case was taken over stands with its numbers; the paper is it.

    Raises: Invalid, Forbidden of the documents room.
    """
    words = "本复函于接续前线下签发，正文以签发件扫描件为准。"
    kind, about = _named_on_paper(case)
    content = Letter(
        kind=kind,
        organ=case.commission.name,
        organ_short=case.commission.short_name,
        recipient=case.group.short_name_on(signed_on),
        headline=(Plain(f"关于{case.project.name}{about}的复函"),),
        paragraphs=(Paragraph(0, (Plain(words),)),),
        contact="",
        mark=mark_of(case),
    )
    return record_signed_on_paper(
        commission=case.commission.code,
        path=case.path,
        subject=case.subject,
        content=content,
        signer=signer.as_actor(),
        signed_on=signed_on,
        number=number,
        registration_number=filing_number,
        series=LETTERS,
        registration_series=_registration_series(case),
        scope=acting.scope,
        actor=acting.actor,
        at=at,
    )


def _named_on_paper(case: Case) -> tuple[DocumentKind, str]:
    """Which kind of reply it is, and what its headline says it is about."""
    if case.needs_panel:
        return DocumentKind.SECOND_REVIEW_LETTER, "二次论证"
    if case.proposal == Proposal.REFUSE:
        return DocumentKind.REFUSAL_LETTER, "不予备案"
    return DocumentKind.FILING_LETTER, "备案"


def sign_letter(
    case: Case,
    *,
    letter_id: int | None,
    acting: Acting,
    letter_version: int,
    entered_number: str,
    needs_filing_number: bool,
    at: datetime,
) -> SignedLetter:
    """One version of a letter of the case is signed and numbered in the caller's transaction.

    A second review takes its registration number from a series of its own: it never counts as a filing.
    Raises: Invalid (projects_letter_needed, documents errors), Stale (core_stale) when ``letter_version`` is no longer
    the newest: what is signed is what was read.
    """
    letter = Document.objects.select_for_update().filter(pk=letter_id or 0).first()
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
        registration_series=_registration_series(case) if needs_filing_number else "",
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


def _registration_series(case: Case) -> str:
    return SECOND_REVIEWS if case.needs_panel else FILINGS
