"""What the house holds of the time before the system: past decisions at each state, a case that goes on from paper."""

from investreview.accounts.models import User
from investreview.projects.models import Backfill
from tests.projects import past_ledgers
from tests.workflows import takeover_forms
from tests.world import World


def found_past(world: World) -> None:
    """One entry of each of two people waits for the other; a ledger waits, one is faulty, one project counts."""
    for number, key in enumerate(("officer", "archivist"), 5):
        _typed_in(world, world.people[key], number)
    past_ledgers.accepted(_typed_in(world, world.officer, 7), world.archivist)
    past_ledgers.stored(world.officer, past_ledgers.ledger([past_ledgers.row(1), past_ledgers.row(2)]), key="stored")
    wrong = past_ledgers.row(3, group="没有的集团（示例）", decided_on="2022-02-30")
    past_ledgers.sent(world.officer, past_ledgers.ledger([wrong]), key="faulty")
    proposed = takeover_forms.CHECK | {"officer_text": "材料齐备，资金来源清楚，建议予以备案。"}
    takeover_forms.entered(world, world.officer2, key="takeover:waiting", **proposed, step="check")
    takeover_forms.taken_over(world, key="takeover:gone-on", **takeover_forms.TO_DRAW, **takeover_forms.STUDY)


def _typed_in(world: World, by: User, number: int) -> Backfill:
    name = f"历史改造项目{number}（示例）"
    return past_ledgers.entered(world, by, key=f"past:{number}", name=name, number=f"国资备〔2021〕{number}号")
