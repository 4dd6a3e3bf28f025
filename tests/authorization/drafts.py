"""A draft of rules that waits to be published, and what rightful people send to write, publish and withdraw one."""

from typing import Any

from investreview.accounts.selectors import scope_of
from investreview.rulebook.models import RuleSet
from investreview.rulebook.services import draft_rule_set
from tests.authorization.people import Cast
from tests.authorization.scenes import NOW
from tests.world import RULES

DRAFTED_SET, NEW_SET = "2025-9", "2025-8"


def things(cast: Cast) -> dict[str, dict[str, Any]]:
    """The draft by its code, by a paragraph and by its key."""
    keeper = cast.user("rule_keeper")
    held = draft_rule_set(
        commission=cast.home.commission,
        content=_rules(DRAFTED_SET),
        base="",
        scope=scope_of(keeper, NOW),
        actor=keeper.as_actor(),
        at=NOW,
    )
    return {
        "rules drafted": {"code": DRAFTED_SET},
        "paragraph drafted": {"code": DRAFTED_SET, "key": "§3.6"},
        "rule draft": {"pk": held.pk},
    }


def _rules(code: str) -> bytes:
    """The rules in force under another code, from a day on that has not come yet."""
    text = RULES.read_text(encoding="utf-8").replace("2024-1", code)
    return text.replace("effective_from: 2024-01-01", "effective_from: 2026-01-01").encode()


def _seen(site: Any, thing: str, who: str) -> dict[str, object]:
    sha256 = RuleSet.objects.get(pk=site.things[thing]["pk"]).sha256
    return {"sha256": sha256, "has_checked": "on", "reason": "委务会未通过"}


BODIES = {
    "desk:write_rule_draft": lambda site, thing, who: {"text": _rules(NEW_SET).decode(), "base": ""},
    "desk:publish_rule_draft": _seen,
    "desk:withdraw_rule_draft": _seen,
}
