"""Two cards of the overview that are more than a number: the sample of post-evaluation, and the mean days."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.urls import reverse

from investreview.desk.overview.counting import mean, measured, one_decimal
from investreview.desk.overview.facts import CaseFact
from investreview.desk.overview.lists import Figure, figure, filed, second_reviewed
from investreview.desk.overview.reading import Reading
from investreview.evaluations.rules import Counted, coverage, percent_text
from investreview.rulebook.vocabulary import EvaluationStep


@dataclass(frozen=True)
class SampleCard:
    """The sample of the year's post-evaluation. Units: ``*_percent`` per cent of a bar's width.

    ``is_enough`` says whether the share is reached; of one group alone nothing is asked, so it says nothing.
    """

    picked: Figure
    frame: Figure
    by_number: str
    by_amount: str
    number_percent: float
    least_percent: float
    least: str
    is_enough: bool | None
    self_evaluation_on: date
    year_url: str


@dataclass(frozen=True)
class MeanCard:
    """Mean working days from completeness to the signature, stops excluded; the experts' days apart."""

    total: Figure
    filed: Figure
    second: Figure
    total_days: str
    filed_days: str
    second_days: str
    panel_days: str


def mean_card(reading: Reading) -> MeanCard:
    """The mean days of what was filed and second-reviewed."""
    filings, reviews = measured(filed(reading)), measured(second_reviewed(reading))
    apart = [case.panel_days for case in reviews if case.panel_days is not None]

    return MeanCard(
        total=figure(reading, "measured"),
        filed=figure(reading, "measured-filed"),
        second=figure(reading, "measured-second"),
        total_days=_days((*filings, *reviews)),
        filed_days=_days(filings),
        second_days=_days(reviews),
        panel_days=one_decimal(mean(apart)),
    )


def _days(cases: tuple[CaseFact, ...]) -> str:
    return one_decimal(mean([case.days for case in cases if case.days is not None]))


def sample_card(reading: Reading) -> SampleCard | None:
    """The published sample of the year; nothing before it is published or for who has no part in it."""
    year, frame = reading.evaluation_year, reading.frame
    if year is None or not frame:
        return None
    part = coverage([Counted(one.group, one.amount_yuan, one.is_picked) for one in frame])
    least = Fraction(year.rate_bps or 0, 10_000)
    return SampleCard(
        picked=figure(reading, "sampled"),
        frame=figure(reading, "frame"),
        by_number=percent_text(part.by_number),
        by_amount=percent_text(part.by_amount),
        number_percent=round(float(part.by_number * 100), 1),
        least_percent=round(float(least * 100), 1),
        least=f"{float(least * 100):g}%",
        is_enough=part.by_number >= least if reading.wish.group is None else None,
        self_evaluation_on=year.rule_set.data.evaluation.due_on(EvaluationStep.SELF_EVALUATION, year.year),
        year_url=reverse("evaluations:year", args=[year.pk]),
    )
