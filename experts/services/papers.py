"""The papers of a panel are issued in the act that completes them, and rendered by the worker like every other."""

from datetime import datetime

from experts.draw_papers import draw_record, is_drawn, public_record, seal_sheet
from experts.models import Panel, PanelOpinion
from experts.opinion_paper import panel_opinion, without_names
from experts.selectors.places import latest_panel
from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.documents.contents import FormContent
from investreview.documents.contents import PanelOpinion as PaperOpinion
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document
from investreview.documents.services import issue_by_rule, issue_system_copy
from investreview.draws.models import Draw
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.papers import contact_of
from investreview.projects.series import OPINIONS
from investreview.projects.states import PanelConclusion


def issue_seal_sheet(panel: Panel, *, acting: Acting, at: datetime) -> Document:
    """The 抽取事项封存单 of the announced draw can be printed and signed.

    By whoever announced. Raises: Forbidden (documents_may_not_issue). Rule: DRAW.md. Journal: document.issue.
    """
    case = panel.case
    panel.draw = Draw.objects.get(pk=panel.draw_id)
    return issue_system_copy(
        commission=case.commission.code,
        path=case.path,
        subject=panel.subject,
        content=seal_sheet(panel),
        scope=acting.scope,
        actor=acting.actor,
        at=at,
    )


def issue_draw_records(panel: Panel, *, at: datetime) -> tuple[Document, ...]:
    """Both prints of the 抽取记录表 stand as the draw is now; none before it has a result.

    Issued when it is drawn, and again, complete, when it has ended. Rule: DRAW.md. Journal: document.issue, twice.
    """
    panel.draw = Draw.objects.get(pk=panel.draw_id)
    if not is_drawn(panel.draw):
        return ()
    record = draw_record(panel)
    return tuple(_issue(panel.case, panel.subject, content, at=at) for content in (record, public_record(record)))


def issue_opinion(panel: Panel, *, at: datetime) -> Document:
    """The opinion that every member has signed has its number and is a paper of the case.

    Raises: Invalid (documents_series_*). Rule: DOMAIN §6. Journal: document.issue.
    """
    case = panel.case
    issued = _issue(case, case.subject, panel_opinion(panel), at=at, series=OPINIONS)
    PanelOpinion.objects.filter(panel=panel).update(document_id=issued.pk)
    return issued


def issue_excerpt(case: Case, *, at: datetime) -> Document | None:
    """What the enterprise may have of the newest panel's opinion is in its hands; nothing where there is no opinion.

    Rule: DOMAIN §6, it never lets the enterprise guess who wrote what. Journal: document.issue.
    """
    panel = latest_panel(case)
    opinion = PanelOpinion.objects.filter(panel=panel).first() if panel is not None else None
    if opinion is None or opinion.document_id is None or opinion.conclusion not in PanelConclusion.values:
        return None
    document = Document.objects.select_related("issued_version").get(pk=opinion.document_id)
    issued = document.issued_version.parsed if document.issued_version is not None else None
    if not isinstance(issued, PaperOpinion):
        raise Invalid("documents_not_issued")
    content = without_names(issued).excerpt(contact=contact_of(case))
    known = Document.objects.filter(kind=DocumentKind.PANEL_OPINION_EXCERPT, number=content.number)
    return known.first() or _issue(case, case.subject, content, at=at)


def _issue(case: Case, subject: Subject, content: FormContent, *, at: datetime, series: str = "") -> Document:
    return issue_by_rule(
        commission=case.commission.code, path=case.path, subject=subject, content=content, at=at, series=series
    )
