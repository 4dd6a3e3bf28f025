"""A draft of new rules that would send some of the house's projects another way."""

from datetime import datetime

from investreview.accounts.selectors import scope_of
from investreview.rulebook.services import draft_rule_set
from tests.world import RULES, World

CHANGES = (
    ("code: 2024-1", "code: 2025-1"),
    ("effective_from: 2024-01-01", "effective_from: 2025-01-01"),
    ('{key: panel, yuan: "30000000.00"', '{key: panel, yuan: "15000000.00"'),
    ("投资额3000万以上的项目进行二次论证", "投资额1500万以上的项目进行二次论证"),
)


def found_rule_draft(world: World, at: datetime) -> None:
    """The keeper has drafted that a panel is asked from 15 million yuan on."""
    text = RULES.read_text("utf-8")
    for old, new in CHANGES:
        text = text.replace(old, new, 1)
    keeper = world.people["rule_keeper"]
    draft_rule_set(
        commission=world.commission,
        content=text.encode(),
        base="",
        scope=scope_of(keeper, at),
        actor=keeper.as_actor(),
        at=at,
    )
