"""Mistakes of the commission at work: a remedy waiting at every step, letters put right, slips, work handed over."""

import io

from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.projects.models import Case
from investreview.projects.services.contacts import add_phone_note
from investreview.projects.services.corrections import Evidence, confirm_correction, propose_correction
from investreview.projects.services.remedies import return_remedy
from tests.workflows import mistakes
from tests.world import World, drive, later
from workflows.handing_over import hand_over
from workflows.handover.load import held_by

BEGUN = later(9)
REMEDIES = ("checking", "drafting", "signing", "delivering")


def make_mistakes(world: World) -> None:
    """The remedies, a correction in force and one waiting, a promise, a hand-over from one officer to the other."""
    _remedies(world)
    for key, kind in (("corrected", "CORRECTION"), ("reissued", "REISSUE")):
        case = drive(world, "delivered", key=key, name=f"{key} 改造项目（示例）", site="连云区（示例）", irr_bps=640)
        _put_right(case, world, kind)
    _slips(case, world)
    _hand_over(world)


def _remedies(world: World) -> None:
    cases = [drive(world, "delivered", key=key, name=f"{key} 改造项目（示例）") for key in REMEDIES]
    for case in cases:
        mistakes.begin(case, world.officer, BEGUN)
    _checking, drafting, *further = cases
    hands.act(drafting, "remedy_check", world.head, return_remedy, later(9, 10), reason="请写明条款（示例）。")
    for case in further:
        mistakes.check(case, world, later(9, 10))
    mistakes.sign(further[-1], world.deputy, later(9, 11))


def _put_right(case: Case, world: World, kind: str) -> None:
    mistakes.begin(case, world.officer, BEGUN, kind)
    mistakes.check(case, world, later(9, 10))
    mistakes.sign(case, world.deputy, later(9, 11))
    mistakes.deliver(case, world, later(9, 12))


def _slips(case: Case, world: World) -> None:
    for field, after in (("site", "海州区（示例）"), ("irr_bps", 660)):
        at = later(10)
        slip = propose_correction(
            acting=hands.acting(world.officer, at),
            case_id=case.pk,
            version=hands.fresh(case).version,
            field=field,
            after=after,
            evidence=Evidence(io.BytesIO(sample_pdf("依据（示例）")), "依据（示例）.pdf"),
            reason="录入错误（示例）。",
            at=at,
        )
        if field == "site":
            confirm_correction(acting=hands.acting(world.head, at), slip_id=slip.pk, at=later(10, 10))


def _hand_over(world: World) -> None:
    """All of the officer's work went to the other officer and came back; it carries a promise."""
    case = drive(world, "confirmed", key="promised", name="有承诺的改造项目（示例）")
    add_phone_note(
        acting=hands.acting(world.officer, later(10)),
        case_id=case.pk,
        with_whom="联系人（示例）",
        text="询问进度（示例）。",
        promised="8月1日前回电（示例）",
        at=later(10),
    )
    for hour, (giver, taker) in enumerate(((world.officer, world.officer2), (world.officer2, world.officer)), 11):
        plan = {one.key: taker for one in held_by(giver)}
        reason = "岗位调整（示例）。"
        hand_over(giver=giver, user=world.head, plan=plan, reason=reason, key=str(hour), at=later(10, hour))
