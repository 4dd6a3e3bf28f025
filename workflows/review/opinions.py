"""The opinions of a case as lines: who, in which part, for whom, what, when, on screen or on paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from investreview.core.once import once
from investreview.core.roles import Role
from investreview.core.templatetags.ir import day
from investreview.projects.models import Case, Opinion
from investreview.projects.record import listed
from investreview.projects.states import DecidedVia
from investreview.registry.models import Office


@dataclass(frozen=True)
class OpinionLine:
    """One opinion; ``note`` says how it was given where it was given on paper."""

    round: int
    who: str
    on_behalf_of: str
    part: str
    outcome: str
    text: str
    at: datetime | None
    note: str


def opinion_lines(case: Case) -> list[OpinionLine]:
    """Every opinion that stands, oldest first; an office that did not answer is shown as that."""
    names = Office.objects.filter(commission=case.commission_id).values_list("code", "name")
    offices = once(("offices", case.commission_id), lambda: dict(names))
    lines = [_line(opinion, offices) for opinion in listed(case, "opinions") if opinion.recalled_at is None]
    lines += [
        OpinionLine(
            round=one["round"],
            who=offices.get(one["office"], one["office"]),
            on_behalf_of="",
            part=str(Role.COUNTERSIGNER.label),
            outcome=gettext("未按期答复"),
            text="",
            at=None,
            note=gettext("未答复不视为同意"),
        )
        for one in case.unanswered
    ]
    return sorted(lines, key=lambda line: line.round)


def _line(opinion: Opinion, offices: dict[str, str]) -> OpinionLine:
    part = str(Role(opinion.role).label)
    if opinion.office:
        part = f"{offices.get(opinion.office, opinion.office)} {part}"
    return OpinionLine(
        round=opinion.round,
        who=opinion.author.full_name,
        on_behalf_of=opinion.on_behalf_of.full_name if opinion.on_behalf_of is not None else "",
        part=part,
        outcome=str(opinion.get_outcome_display()),
        text=opinion.text,
        at=opinion.at,
        note=_paper_note(opinion),
    )


def _paper_note(opinion: Opinion) -> str:
    paper = opinion.paper
    if opinion.decided_via == DecidedVia.TAKEN_OVER:
        return gettext("接续前在纸面上办理，见接续单")
    if opinion.decided_via != DecidedVia.PAPER or paper is None:
        return ""
    return gettext("线下签批：纸面日期%(day)s，%(entered)s回录，%(compared)s核对") % {
        "day": day(paper.dated_on),
        "entered": paper.entered_by.full_name,
        "compared": paper.compared_by.full_name if paper.compared_by is not None else "—",
    }
