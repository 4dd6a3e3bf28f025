"""What the page 专家论证 of a case shows: the enterprise its questions and conditions, the commission everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from experts.forms.case_panel import AnswerForm, CasePanelForm, EvidenceForm, JudgementForm
from experts.rules.drafting import hundredths
from experts.selectors.conditions import conditions_of
from experts.selectors.office_pages import EnterprisePage, OfficePage, enterprise_page, known_panels, office_pages
from experts.selectors.panel_card import enterprise_card, office_card
from experts.selectors.paper_panel import paper_panel_of
from experts.selectors.sheet_views import ConditionView, condition_view
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document
from investreview.projects.deadlines import NO_DEADLINE, Deadline, deadline
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.services.panel_letters import deviation_text
from investreview.registry.selectors import calendar_as_read


@dataclass(frozen=True)
class CasePanelReader:
    """Who reads the panels of a case, with what, and when."""

    case: Case
    user: User
    scope: Scope
    at: datetime

    @property
    def inside(self) -> bool:
        """Whether they read from the commission's side."""
        return bool(self.scope.roles_on(self.case.path) - ENTERPRISE_ROLES)

    @property
    def only_audits(self) -> bool:
        """Whether they read as auditor and in no other role."""
        return self.scope.roles_on(self.case.path) == {Role.AUDITOR}


@dataclass(frozen=True)
class Tried:
    """A form that was refused, and for which question or condition."""

    kind: str
    number: int
    form: CasePanelForm


@dataclass(frozen=True)
class ConditionRow:
    """One condition with the form that this reader has for it now, and how long it may still be awaited."""

    condition: ConditionView
    form: CasePanelForm | None
    deadline: Deadline


@dataclass(frozen=True)
class RoundRow:
    """One round as the commission reads it."""

    page: OfficePage
    mean: str
    scores: tuple[tuple[str, str, int, int, int], ...]


def page_context(reader: CasePanelReader, *, tried: Tried | None = None) -> dict[str, Any]:
    """Everything the page shows. Raises: NotVisible (projects_case_not_visible)."""
    inside = reader.inside
    own = _office(reader, tried) if inside else _enterprise(reader, tried)
    return {"case": reader.case, "inside": inside, **own}


def _office(reader: CasePanelReader, tried: Tried | None) -> dict[str, Any]:
    pages = office_pages(reader.scope, reader.case)
    opinion = pages[0].opinion if pages else None
    paper = None if pages else paper_panel_of(reader.case)
    found = _of_paper(reader) if paper is not None else opinion.conditions if opinion is not None else ()
    return {
        "card": office_card(reader.case, known_panels(reader.scope, reader.case)),
        "rounds": [_round(page) for page in pages],
        "opinion": opinion,
        "paper": paper,
        "conditions": _conditions(reader, found, "judgement", may=_may_judge(reader), tried=tried),
        "deviation": deviation_text(reader.case),
        "document": _document(reader.case, DocumentKind.PANEL_OPINION),
    }


def _round(page: OfficePage) -> RoundRow:
    return RoundRow(
        page=page,
        mean=hundredths(page.opinion.mean_hundredths) if page.opinion is not None else "",
        scores=tuple(
            (one.name, hundredths(one.mean_hundredths), one.most, one.lowest, one.highest) for one in page.scores
        ),
    )


def _enterprise(reader: CasePanelReader, tried: Tried | None) -> dict[str, Any]:
    page: EnterprisePage | None = enterprise_page(reader.scope, reader.case)
    opinion = page.opinion if page is not None else None
    is_told = opinion is not None
    card = enterprise_card(reader.case, known_panels(reader.scope, reader.case))
    is_of_paper = page is None and card is not None
    found = _of_paper(reader) if is_of_paper else opinion.conditions if opinion is not None else ()
    return {
        "card": card,
        "page": page,
        "inquiries": _inquiries(page, tried),
        "opinion": opinion,
        "paper": paper_panel_of(reader.case) if is_of_paper else None,
        "conditions": _conditions(reader, found, "evidence", may=True, tried=tried),
        "document": _document(reader.case, DocumentKind.PANEL_OPINION_EXCERPT) if is_told else None,
    }


def _inquiries(page: EnterprisePage | None, tried: Tried | None) -> list[tuple[Any, CasePanelForm | None]]:
    rows: list[tuple[Any, CasePanelForm | None]] = []
    for one in page.inquiries if page is not None else ():
        own = tried.form if tried is not None and (tried.kind, tried.number) == ("answer", one.inquiry_id) else None
        may_answer = page is not None and page.may_answer and not one.answer
        form = own or (AnswerForm(auto_id=f"id_answer{one.inquiry_id}_%s") if may_answer else None)
        rows.append((one, form))
    return rows


def _of_paper(reader: CasePanelReader) -> tuple[ConditionView, ...]:
    """The conditions of a panel that concluded on paper before the case was taken over."""
    return tuple(condition_view(one) for one in conditions_of(reader.case))


def _conditions(
    reader: CasePanelReader, found: Sequence[ConditionView], kind: str, *, may: bool, tried: Tried | None
) -> list[ConditionRow]:
    return [ConditionRow(one, _form(one, kind, tried) if may else None, _deadline(reader, one)) for one in found]


def _deadline(reader: CasePanelReader, condition: ConditionView) -> Deadline:
    """Until when a condition is awaited; nothing once its proof was handed in."""
    if not condition.is_awaited or condition.due_on is None:
        return NO_DEADLINE
    return deadline(condition.due_on, legal_date(reader.at), calendar_as_read(reader.case.commission))


def _form(condition: ConditionView, kind: str, tried: Tried | None) -> CasePanelForm | None:
    """The form for the condition's next step by this side; one that was refused stands on the present version."""
    if tried is not None and (tried.kind, tried.number) == (kind, condition.ordinal):
        return _renewed(tried.form, condition.version)
    initial = {"version": condition.version}
    if kind == "evidence" and condition.is_awaited:
        return EvidenceForm(initial=initial, auto_id=f"id_evidence{condition.ordinal}_%s")
    if kind == "judgement" and condition.is_submitted:
        return JudgementForm(initial=initial, auto_id=f"id_judge{condition.ordinal}_%s")
    return None


def _renewed(form: CasePanelForm, version: int) -> CasePanelForm:
    """What was typed is sent about the condition as it is now: the person has read that it had changed."""
    sent: Any = form.data
    data = sent.copy()
    data["version"] = str(version)
    form.data = data
    return form


def _may_judge(reader: CasePanelReader) -> bool:
    try:
        acting_as(user=reader.user, role=Role.CASE_OFFICER, path=reader.case.path, at=reader.at)
    except Forbidden:
        return False
    return True


def _document(case: Case, kind: DocumentKind) -> Document | None:
    subject = case.subject
    found = Document.objects.filter(commission=case.commission.code, kind=kind)
    return found.filter(subject_kind=subject.kind, subject_key=subject.key).order_by("-pk").first()
