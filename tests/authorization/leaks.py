"""What of others stands in an answer: canaries, names of bodies, case numbers that were not asked for."""

from typing import Any

from tests.authorization.canaries import (
    CANARY,
    NUMBER,
    Named,
    canary,
    forbidden_names,
    group_mates,
    may_know,
    may_see,
    may_see_expert,
    may_see_person,
)
from tests.authorization.site import OWNERS, Site

EXPERT = "expert"
# The log of the audit administrator holds the addresses that were refused, and with them numbers of cases.
KEEPS_LOGS = frozenset({"audit_admin", "zb_audit_admin"})
# DOMAIN 2: an amount is summed over every entity of the group, so the form of the declaration offers them by name.
NAMES_THE_GROUP = frozenset({"projects:investment"})
# DOMAIN 10: frame and list of a sample are published, with the enterprises' names.
PUBLISHED = frozenset({"evaluations:sample", "evaluations:evidence"})
# DOMAIN 10: who prepares and draws a sample knows the projects that may be carried out.
DRAW_SAMPLES = frozenset({"evaluation_officer", "draw_operator", "draw_supervisor"})


def leaks_in(site: Site, who: str, text: str, *, route: str, thing: str = "", asked: str = "") -> list[str]:
    """What this person may not see in ``text``, beside what they typed themselves (``asked``)."""
    scene = thing.partition("?")[0].split(" ")[-1]
    about = {"route": route, "owner": OWNERS.get(scene), "named": site.named.get(scene, Named())}
    found = {f"Kn{of}Z{kind}Q" for of, kind in CANARY.findall(text) if not _is_theirs(who, of, kind, about)}
    if route.startswith("evaluations:") and who in DRAW_SAMPLES:
        found -= {canary(of, "name") for of, owner in OWNERS.items() if owner.is_ended}
    found |= {name for name in forbidden_names(who) if name in text}
    if route in PUBLISHED and not who.startswith("zb_"):
        found -= forbidden_names(who)
    if route in NAMES_THE_GROUP:
        found -= group_mates(who)
    if who not in KEEPS_LOGS:
        numbers = set(NUMBER.findall(text)) & set(site.numbers)
        found |= {number for number in numbers if not may_know(who, OWNERS[site.numbers[number]])}
    return sorted(leak for leak in found if leak not in asked)


def _is_theirs(who: str, of: str, kind: str, about: dict[str, Any]) -> bool:
    if kind == "person":
        return may_see_person(who, of)
    if of.startswith(EXPERT):
        return may_see_expert(who, of.removeprefix(EXPERT), **about)
    return may_see(who, OWNERS[of], kind)
