"""One search over cases, enterprises and papers: nothing is found that its reader may not open."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from investreview.desk.selectors.case_list import CaseRow, list_cases
from investreview.desk.selectors.viewing import Viewer
from investreview.desk.words import Badge
from investreview.documents.pages.access import known_documents
from investreview.documents.pages.shown import document_badge
from investreview.registry.selectors import enterprises

MOST = 10


@dataclass(frozen=True)
class EnterpriseHit:
    """An enterprise within reach; ``url`` lists its cases."""

    name: str
    short_name: str
    credit_code: str
    url: str


@dataclass(frozen=True)
class PaperHit:
    """A paper whose number or title holds the words."""

    number: str
    title: str
    kind: str
    state: Badge
    url: str


@dataclass(frozen=True)
class Found:
    """Up to ten of each; ``all_cases_url`` goes on where there are more cases."""

    cases: tuple[CaseRow, ...] = ()
    all_cases_url: str = ""
    enterprises: tuple[EnterpriseHit, ...] = ()
    papers: tuple[PaperHit, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.cases or self.enterprises or self.papers)


def search(viewer: Viewer, text: str) -> Found:
    """What this person may open whose project, enterprise, number or title holds ``text``; it has two characters."""
    page = list_cases(viewer, text=text)
    goes_on = len(page.rows) > MOST or page.next_before or page.next_past
    return Found(
        cases=page.rows[:MOST],
        all_cases_url=_cases_url(text) if goes_on else "",
        enterprises=_enterprises(viewer, text),
        papers=_papers(viewer, text),
    )


def _cases_url(text: str) -> str:
    return f"{reverse('desk:cases')}?{urlencode({'q': text})}"


def _enterprises(viewer: Viewer, text: str) -> tuple[EnterpriseHit, ...]:
    fits = Q(short_name__icontains=text) | Q(organisation__name__icontains=text)
    fits |= Q(organisation__credit_code__icontains=text)
    return tuple(
        EnterpriseHit(
            name=one.organisation.name,
            short_name=one.short_name,
            credit_code=one.organisation.credit_code or "",
            url=_cases_url(one.short_name),
        )
        for one in enterprises(viewer.scope).filter(fits)[:MOST]
    )


def _papers(viewer: Viewer, text: str) -> tuple[PaperHit, ...]:
    fits = Q(number__icontains=text) | Q(registration_number__icontains=text) | Q(title__icontains=text)
    return tuple(
        PaperHit(
            number=one.number,
            title=one.title,
            kind=one.get_kind_display(),
            state=Badge(*document_badge(one)),
            url=reverse("documents:document", args=[one.pk]),
        )
        for one in known_documents(viewer.scope).filter(fits).exclude(number="")[:MOST]
    )
