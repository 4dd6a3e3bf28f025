"""The bar of the four steps above a draft: where one is, what is done, what still asks for something."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.projects.completeness import fields_missing, gaps_of
from investreview.projects.models import Pledge
from investreview.projects.panel import said
from investreview.projects.pledging import pledge_of
from investreview.projects.routing import Judged
from investreview.projects.steps import BASICS, StepKey
from investreview.rulebook.materials import Missing


@dataclass(frozen=True)
class BarStep:
    """One step for the steps component: done, on or todo."""

    key: StepKey
    label: str
    url: str
    state: str


@dataclass(frozen=True)
class Progress:
    """How far a draft is: its steps, those that still ask for something, the materials missing, the pledges made."""

    steps: tuple[BarStep, ...]
    undone: tuple[BarStep, ...]
    gaps: tuple[Missing, ...]
    pledge: Pledge | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The materials still asked for, by code and name."""
        return tuple(f"{gap.code} {said(gap.name, gap.name_en)}" for gap in self.gaps)


def labels() -> dict[StepKey, str]:
    """What the steps are called."""
    return {
        StepKey.BASICS: _("基本信息"),
        StepKey.INVESTMENT: _("投资与材料"),
        StepKey.PLEDGES: _("承诺确认"),
        StepKey.SUBMISSION: _("提交"),
    }


def progress_of(found: Judged, on: StepKey) -> Progress:
    """The progress of a judged draft, seen from the step ``on``."""
    case = found.case
    gaps, pledge = gaps_of(found), pledge_of(case, found.rule_set)
    empty = set(fields_missing(case))
    funds_agree = case.declaration.funds_total_yuan == sum(phase.total_yuan for phase in case.declaration.phases.all())
    basics = set(BASICS.fields)
    done = {
        StepKey.BASICS: not empty & basics,
        StepKey.INVESTMENT: not empty - basics and funds_agree and found.decision is not None and not gaps,
        StepKey.PLEDGES: pledge is not None,
        StepKey.SUBMISSION: case.handed_over_at is not None and case.state not in ("DRAFT", "SUPPLEMENTING"),
    }
    steps = tuple(
        BarStep(
            key=key,
            label=label,
            url=reverse(f"projects:{key.value}", args=[case.number]),
            state="on" if key is on else "done" if done[key] else "todo",
        )
        for key, label in labels().items()
    )
    undone = tuple(step for step in steps if step.key is not StepKey.SUBMISSION and not done[step.key])
    return Progress(steps, undone, gaps, pledge)
