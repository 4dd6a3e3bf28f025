"""The engine without the work of its steps: acts that move the case, note it in the journal, and do no more."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from investreview.accounts.models import User
from investreview.demo import hands
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from workflows import engine
from workflows.models import WorkItem
from workflows.review.flow import ReviewFlow

OWN = frozenset({"id", "version", "number", "project"})
"""What is one case's alone."""
FIELDS = tuple(field.attname for field in Case._meta.concrete_fields if field.name not in OWN)


@dataclass(frozen=True)
class Step:
    """One step as it was walked: its node, who did it and when, and the bare act that stands for it."""

    node: str
    user: User
    at: datetime
    act: engine.Service


def told(case: Case, walk: Iterable[object]) -> list[Step]:
    """The steps of a walk by the real services; their bare acts leave the row of a case as each of them left it."""
    steps = []
    for _ in walk:
        item = WorkItem.objects.filter(case=case, state=WorkItem.State.DONE).select_related("done_by").latest("pk")
        left = Case.objects.values(*FIELDS).get(pk=case.pk)
        steps.append(Step(item.node, item.done_by, item.done_at, _bare(item.act, left)))
    return steps


def _bare(name: str, left: dict[str, Any]) -> engine.Service:
    def act(*, acting: Acting, case_id: int, at: datetime, version: int) -> Case:
        case = Case.objects.select_for_update().select_related("commission").get(pk=case_id, version=version)
        for field, value in left.items():
            setattr(case, field, value)
        case.filing_number = f"{case.filing_number}-{case.pk}" if case.filing_number else ""
        case.version += 1
        case.save()
        record(
            chain=case.commission.code,
            verb=f"case.{name}",
            actor=acting.actor,
            subject=case.subject,
            at=at,
            facts={"act": name},
        )
        return case

    act.__name__ = name
    return act


@contextmanager
def offered(steps: list[Step]) -> Iterator[None]:
    """Inside, the nodes of the process take the bare acts for their own."""
    nodes = {step.node: ReviewFlow.instance.node(step.node) for step in steps[1:]}
    real = {name: node.acts for name, node in nodes.items()}
    for step in steps[1:]:
        nodes[step.node].acts = {step.act.__name__: step.act}
    try:
        yield
    finally:
        for name, node in nodes.items():
            node.acts = real[name]


def walk(case: Case, steps: list[Step]) -> None:
    """The case has gone through the steps by their bare acts."""
    first, *others = steps
    engine.start(record_id=case.pk, user=first.user, at=first.at, version=hands.fresh(case).version, service=first.act)
    for step in others:
        hands.act(case, step.node, step.user, step.act, step.at)
