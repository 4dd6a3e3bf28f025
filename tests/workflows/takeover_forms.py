"""A 接续单 as a clerk fills it, and the take-over it becomes."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from investreview.accounts.models import User
from investreview.projects.models import Case, Takeover
from investreview.projects.services.takeovers import enter_takeover
from tests.projects.past_ledgers import scan
from tests.world import START, World
from workflows.review.forms.takeover import TakeoverForm
from workflows.taking_over import accept_takeover

CHECK = {"proposal": "FILE", "proposed_on": "2024-06-24", "officer_text": "建议予以备案。"}
"""What is filled where the officer has proposed on paper."""

WITHOUT_PROPOSAL = dict.fromkeys(CHECK, "")
DEVIATION = {
    "deviation_reason": "产业安全需要",
    "deviation_minutes": "专题会议纪要〔2024〕6号",
    "deviation_on": "2024-06-21",
}
"""The record of a decision that goes against a panel."""

PANEL = {
    "route": "EXPERT_PANEL",
    "total_yuan": "4500",
    "own_commitment_yuan": "4500",
    "own_funds_yuan": "4500",
    "borrowing_yuan": "",
    "panel_conclusion": "CONDITIONAL",
    "panel_opinion_number": "论证〔2024〕3号",
    "panel_names": "专家甲\n专家乙\n专家丙\n专家丁\n专家戊",
    "panel_held_on": "2024-06-20",
    "panel_members": "5",
    "panel_mean": "83.40",
    "panel_conditions": "落实用地\n控制负债",
    "proposed_on": "2024-06-21",
}
"""A second review of 45,000,000 yuan whose panel has met on paper."""


TO_DRAW = PANEL | {name: "" for name in PANEL if name.startswith(("panel_", "proposed"))} | {"step": "panel"}
"""The same where no panel has concluded yet: it is drawn here."""
FIRST = "takeover:1"
STUDY = {"party_1_role": "STUDY", "party_1_name": "某设计院（示例）"}


def typed(world: World, **fields: Any) -> dict[str, Any]:
    """A filing of 18,600,000 yuan that was complete on Friday 2024-06-21; taken over on Monday 2024-07-01."""
    usual = {
        "enterprise": world.sub.pk,
        "name": "在途改造项目（示例）",
        "paper_number": "收2024-118",
        "total_yuan": "1860",
        "own_commitment_yuan": "1860",
        "own_funds_yuan": "1116",
        "borrowing_yuan": "744",
        "kind": "FIXED_ASSET",
        "nature": "MAIN",
        "main_business": "港口物流",
        "summary": "更新皮带机。",
        "plan_status": "IN_PLAN",
        "controls_project": "on",
        "report_number": "甲投〔2024〕9号",
        "decided_on": "2024-06-12",
        "contact_name": "张××（示例）",
        "contact_phone": "0518-00000000",
        "mark": "INTERNAL",
        "route": "FILING",
        "released_on": "2024-06-19",
        "complete_on": "2024-06-21",
        "step": "opinion",
        "elapsed_days": "4",
        "as_of_on": "2024-06-28",
        "officer": world.officer.pk,
    }
    return {name: str(value) for name, value in (usual | fields).items()}


def step(number: int, key: str, who: User, on: str, text: str = "") -> dict[str, str]:
    """One step that was done on paper."""
    parts = {"key": key, "who": str(who.pk), "on": on, "text": text}
    return {f"step_{number}_{part}": value for part, value in parts.items()}


def entered(
    world: World,
    by: User,
    *,
    key: str = FIRST,
    at: datetime = START,
    scans: Sequence[tuple[IO[bytes], str]] = (),
    **fields: Any,
) -> Takeover:
    """The 接续单 was entered by ``by``; each key but the first has a register number of its own."""
    if key != FIRST:
        fields = {"paper_number": f"收2024-{key.removeprefix('takeover:')}", **fields}
    payload = typed(world, **fields)
    form = TakeoverForm(payload, user=by, at=at, has_papers=True)
    assert form.is_valid(), form.errors
    papers = scans or [scan("案卷.pdf")]
    return enter_takeover(user=by, head=form.head, payload=payload, scans=papers, creation_key=key, at=at)


def taken_over(world: World, *, key: str = FIRST, at: datetime = START, **fields: Any) -> Case:
    """Entered by the second officer, compared by the first: the case goes on."""
    entry = entered(world, world.officer2, key=key, at=at, **fields)
    return accept_takeover(takeover_id=entry.pk, user=world.head, at=at)


def panel_steps(world: World, count: int) -> dict[str, str]:
    """The first ``count`` opinions of the long chain."""
    every = [
        ("check", world.head, "2024-06-21", ""),
        ("countersign:CQ", world.property, "2024-06-24", ""),
        ("countersign:CW", world.finance, "2024-06-24", "注意负债率"),
        ("countersign:FG", world.law, "2024-06-25", ""),
        ("wording", world.document_officer, "2024-06-26", ""),
        ("review", world.deputy, "2024-06-27", "同意"),
        ("sign", world.director, "2024-06-28", ""),
    ]
    given: dict[str, str] = {}
    for number, (key, who, on, text) in enumerate(every[:count], 1):
        given |= step(number, key, who, on, text)
    return given
