"""The steps at which a case can be taken over, and which of them people can have done on paper."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.projects.routing import OPEN_ROUTES
from investreview.projects.takeovers import DELIVER, OPINION, PANEL
from investreview.registry.models import Commission, Office
from investreview.rulebook.labels import step_label
from investreview.rulebook.selectors import rule_set_in_force
from investreview.rulebook.vocabulary import StepKind
from workflows.labels import node_label

NODES = {
    StepKind.CHECK: "check",
    StepKind.REVIEW: "check",
    StepKind.COUNTERSIGN: "countersign",
    StepKind.WORDING: "wording",
    StepKind.MEETING: "meeting",
    StepKind.SIGN: "sign",
}


@dataclass(frozen=True)
class StepChoice:
    """One step, or the part of one office in it; ``step`` is the key in the chain, ``node`` the node of the process."""

    key: str
    step: str
    office: str
    node: str
    label: str | Promise
    step_label: str | Promise
    is_done_by_people: bool = True


def step_choices(commission: Commission, on: date) -> tuple[StepChoice, ...]:
    """Every step of the chains that the commission's rules lay on a day for procedures that are open here, in order."""
    rules = rule_set_in_force(commission, on).data
    offices = list(Office.objects.filter(commission=commission).order_by("code"))
    found: dict[str, StepChoice] = {}
    for chain in rules.chains:
        if not set(chain.routes) & OPEN_ROUTES:
            continue
        for step in chain.steps:
            word, node = step_label(step.kind.value), NODES[step.kind]
            asked = [each for each in offices if each.kind in step.offices] if step.kind is StepKind.COUNTERSIGN else []
            for office in asked:
                key = f"{step.key}:{office.code}"
                found[key] = StepChoice(key, step.key, office.code, node, f"{word} · {office.name}", word)
            if not asked:
                found[step.key] = StepChoice(step.key, step.key, "", node, word, word)
    return (
        StepChoice(PANEL, PANEL, "", "freeze_draw", _("待抽取专家"), _("待抽取专家"), False),
        StepChoice(OPINION, OPINION, "", "opinion", node_label("opinion"), node_label("opinion"), False),
        *found.values(),
        StepChoice(DELIVER, DELIVER, "", "deliver", _("待送达"), node_label("deliver"), False),
    )
