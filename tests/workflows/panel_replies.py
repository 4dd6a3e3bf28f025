"""The officer's opinion on a case that a panel has reviewed, and its way through the chain to the signed reply."""

from typing import Any

from investreview.demo import hands
from investreview.projects.models import Case
from investreview.projects.services import countersigning, deciding, proposing, signing
from tests.workflows.panel_stages import Stage
from workflows.models import WorkItem


def propose(stage: Stage, proposal: str, **fields: Any) -> Case:
    """The officer's opinion is in, and the draft of the reply."""
    facts = {"proposal": proposal, "text": "拟办意见（示例）", "risks": (), "refusal_reason": "", "deviation": None}
    return hands.act(stage.case, "opinion", stage.world.officer, proposing.propose, stage.tick(), **(facts | fields))


def check(stage: Stage) -> Case:
    """The head agrees; the offices have it for their countersigning."""
    return hands.act(stage.case, "check", stage.world.head, deciding.check, stage.tick(), text="")


def countersign(stage: Stage, *offices: str) -> None:
    """These offices, of CW, CQ and FG, do not object; nothing where it is not their turn."""
    persons = {"CW": stage.world.finance, "CQ": stage.world.property, "FG": stage.world.law}
    waiting = WorkItem.objects.filter(case=stage.case, node="countersign", state=WorkItem.State.OPEN)
    for item in waiting.filter(office__in=offices):
        hands.engine.perform(
            task_id=item.task_id,
            user=persons[item.office],
            at=stage.tick(),
            version=None,
            service=countersigning.countersign,
            facts={"office": item.office, "outcome": "NO_OBJECTION", "text": ""},
        )


def put_before_director(stage: Stage) -> Case:
    """The wording is checked and the deputy agrees: the director's signature is next."""
    world, case = stage.world, stage.case
    hands.act(case, "wording", world.document_officer, deciding.check_wording, stage.tick(), text="")
    return hands.act(case, "check", world.deputy, deciding.check, stage.tick(), text="")


def sign(stage: Stage) -> Case:
    """Through the whole chain of a panel's case to the director's signature."""
    check(stage)
    countersign(stage, "CW", "CQ", "FG")
    case = put_before_director(stage)
    version = hands.letter_version(case)
    return hands.act(
        case,
        "sign",
        stage.world.director,
        signing.sign,
        stage.tick(),
        text="",
        letter_version=version,
        entered_number="",
    )


def reply(stage: Stage, risks: tuple[str, ...] = ("资金来源单一（示例）",)) -> None:
    """The officer has proposed, and the case has gone through the whole chain of a panel's case to the signature."""
    propose(stage, "FILE_WITH_RISK", risks=risks)
    sign(stage)
