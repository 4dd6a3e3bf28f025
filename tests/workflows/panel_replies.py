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


def sign(stage: Stage) -> Case:
    """Through the whole chain of a panel's case to the director's signature."""
    world, case = stage.world, stage.case
    hands.act(case, "check", world.head, deciding.check, stage.tick(), text="")
    offices = {"CW": world.finance, "CQ": world.property, "FG": world.law}
    for item in WorkItem.objects.filter(case=case, node="countersign", state=WorkItem.State.OPEN):
        hands.engine.perform(
            task_id=item.task_id,
            user=offices[item.office],
            at=stage.tick(),
            version=None,
            service=countersigning.countersign,
            facts={"office": item.office, "outcome": "NO_OBJECTION", "text": ""},
        )
    hands.act(case, "wording", world.document_officer, deciding.check_wording, stage.tick(), text="")
    hands.act(case, "check", world.deputy, deciding.check, stage.tick(), text="")
    version = hands.letter_version(hands.fresh(case))
    return hands.act(
        case, "sign", world.director, signing.sign, stage.tick(), text="", letter_version=version, entered_number=""
    )


def reply(stage: Stage, risks: tuple[str, ...] = ("资金来源单一（示例）",)) -> None:
    """The officer has proposed, and the case has gone through the whole chain of a panel's case to the signature."""
    propose(stage, "FILE_WITH_RISK", risks=risks)
    sign(stage)
