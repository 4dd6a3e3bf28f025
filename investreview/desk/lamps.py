"""How a project stands, for its enterprise: green, yellow or red, with the word and the reason. Pure."""

from dataclasses import dataclass
from enum import StrEnum

SOON_DAYS = 2
"""Units: working days; the same as the clock's tag turns amber."""


class Lamp(StrEnum):
    """The light; the word beside it says the same."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Why(StrEnum):
    """What decides the light, the worst first."""

    OWN_OVERDUE = "OWN_OVERDUE"
    COMMISSION_OVERDUE = "COMMISSION_OVERDUE"
    OWN_STEP = "OWN_STEP"
    DEFERRED = "DEFERRED"
    COMMISSION_SOON = "COMMISSION_SOON"
    ON_TIME = "ON_TIME"


_LAMPS = {
    Why.OWN_OVERDUE: Lamp.RED,
    Why.COMMISSION_OVERDUE: Lamp.RED,
    Why.OWN_STEP: Lamp.AMBER,
    Why.DEFERRED: Lamp.AMBER,
    Why.COMMISSION_SOON: Lamp.AMBER,
    Why.ON_TIME: Lamp.GREEN,
}


@dataclass(frozen=True)
class StepFacts:
    """A step that waits: whose it is, whether it is a deferral. Units: ``remaining`` working days, negative overdue."""

    is_own: bool
    remaining: int | None
    is_deferral: bool = False


def reason_of(steps: tuple[StepFacts, ...]) -> Why:
    """What decides the light of a case whose steps these are; a draft without a step waits for its enterprise."""
    if not steps:
        return Why.OWN_STEP
    return min((_reason(step) for step in steps), key=list(Why).index)


def _reason(step: StepFacts) -> Why:
    if step.is_deferral:
        return Why.DEFERRED
    if step.remaining is not None and step.remaining < 0:
        return Why.OWN_OVERDUE if step.is_own else Why.COMMISSION_OVERDUE
    if step.is_own:
        return Why.OWN_STEP
    is_soon = step.remaining is not None and step.remaining <= SOON_DAYS
    return Why.COMMISSION_SOON if is_soon else Why.ON_TIME


def lamp_of(why: Why) -> Lamp:
    """The light that a reason turns on."""
    return _LAMPS[why]
