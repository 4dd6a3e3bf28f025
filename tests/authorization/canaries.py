"""Unmistakable words put into everything that belongs to somebody, and who may see them after DOMAIN §1.

A canary reads ``Kn<scene>Z<kind>Q``: the case (or person) it belongs to, and what kind of content it stands in.
"""

import re
from dataclasses import dataclass

CANARY = re.compile(r"Kn([a-z]+)Z([a-z]+)Q")
NUMBER = re.compile(r"(?:LYG|ZB)-\d{4}-\d{4}")
# What the commission writes about a case is for its own side; what it sends out is for the enterprise too.
FROM_INSIDE = frozenset({"opinion", "remark", "phone", "sender", "scan"})
ON_DELIVERY = frozenset({"letter"})
# What experts write is for themselves; a question that was sent is for both sides, without who asked.
FROM_EXPERTS = frozenset({"sheet", "final", "colleague", "waiting"})
# Who runs a panel knows which case it is for and what the secretary sends out, nothing else of it (DOMAIN §1).
HANDS = {
    "draw_operator": frozenset({"name"}),
    "draw_supervisor": frozenset({"name"}),
    "panel_secretary": frozenset({"name", "question", "waiting"}),
    "panel_secretary2": frozenset({"name", "question", "waiting"}),
    "discipline": frozenset({"name"}),
}
# A panel's member reads the case once seated and declared; when it is over only that it was theirs.
_OWN_SEAT = frozenset({"name", "fact", "file", "question", "waiting", "sheet", "final"})
AT_THE_SEAT = {
    "SEATED": frozenset({"name"}),
    "SCORING": _OWN_SEAT,
    "FINALISING": _OWN_SEAT | {"colleague"},
    "CONCLUDED": frozenset({"name"}),
}
READERS = frozenset(
    {"officer", "officer2", "officer3", "head", "document_officer", "deputy", "deputy2", "director", "auditor"}
)
NAMES = {
    "sister": "甲二公司",
    "group": "甲集团",
    "own": "甲一公司",
    "other": "乙集团",
    "home": "LYG市",
    "elsewhere": "金丝雀",
}


def canary(scene: str, kind: str) -> str:
    """The word that stands for one kind of content of one case."""
    return f"Kn{scene}Z{kind}Q"


def person_canary(of: str) -> str:
    """The name of somebody who belongs to ``of``."""
    return canary(of, "person")


@dataclass(frozen=True)
class Owner:
    """What decides who may know a case: whose it is, and how far it has come."""

    commission: str
    body: str
    is_handed_in: bool = False
    has_asked_finance: bool = False
    waits_for_deputy: bool = False
    is_ended: bool = False
    is_delivered: bool = False
    has_asked_law: bool = False
    panel: str = ""

    @property
    def has_panel(self) -> bool:
        """Whether the second review has begun: frozen, or further."""
        return self.panel not in ("", "AWAITING")


def may_know(who: str, owner: Owner) -> bool:
    """Whether this person may know the case at all (DOMAIN §1)."""
    if who.startswith("zb_") != (owner.commission == "ZB"):
        return False
    who = who.removeprefix("zb_")
    part = who.split("_")[0]
    if who.endswith(("_drafter", "_releaser")):
        return part == owner.body or (part == "group" and owner.body in ("sub", "sister"))
    if who in READERS:
        return owner.is_handed_in
    by_place = {
        "finance": owner.has_asked_finance,
        "law": owner.has_asked_law,
        "property": owner.has_asked_law,
        "expert": owner.panel in AT_THE_SEAT,
        "draw_operator": bool(owner.panel),
        "substitute": owner.waits_for_deputy,
        "archivist": owner.is_handed_in and owner.is_ended,
    }
    return by_place.get(who, who in HANDS and owner.has_panel)


def may_see(who: str, owner: Owner, kind: str) -> bool:
    """Whether this kind of content of the case is for this person."""
    if not may_know(who, owner):
        return False
    if who == "expert":
        return kind in AT_THE_SEAT[owner.panel]
    if who in HANDS:
        return kind in HANDS[who]
    if kind in FROM_EXPERTS:
        return False
    if not who.endswith(("_drafter", "_releaser")):
        return True
    return kind not in FROM_INSIDE and (kind not in ON_DELIVERY or owner.is_delivered)


# Where the names of experts may stand, beside the own one (DOMAIN §1 and §6).
_POOL = frozenset({"pool_keeper", "head", "auditor"})
_EXCLUSIONS = frozenset({"draw_operator", "auditor"})
_EVIDENCE = frozenset({"draw_operator", "draw_supervisor", "auditor"})
_CEREMONY = frozenset({"draw_operator", "draw_supervisor", "panel_secretary", "auditor"})
_AFTERWARDS = READERS | {"finance", "law", "archivist"}


@dataclass(frozen=True)
class Named:
    """The experts of a panel by letter: revealed so far, and left out of its draw."""

    revealed: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


def may_see_expert(who: str, letter: str, *, route: str, owner: Owner | None, named: Named) -> bool:
    """Whether an expert's name may stand in the answer; ``owner`` and ``named`` are of the case that was asked for."""
    if who == "expert" and letter == "a":
        return True
    room = route.split(":")[0]
    if room == "accounts":
        return who in _ADMINS
    if room == "experts":
        is_of_a_draw = route == "experts:avoidance"
        return who in (_EXCLUSIONS if is_of_a_draw else _POOL)
    if route == "draws:evidence":  # the confidential file opens every name of the pool, once the draw has ended
        return who in _EVIDENCE and owner is not None and owner.panel == "CONCLUDED"
    if letter in named.left_out:
        return who in _EXCLUSIONS
    if letter not in named.revealed or owner is None:
        return False
    return who in _CEREMONY or (owner.panel == "CONCLUDED" and who in _AFTERWARDS)


# Who may read the names of people: their own side, the commission that reads their cases, its administrators.
_ADMINS = frozenset({"system_admin", "security_admin", "audit_admin"})
_SEES_PEOPLE_OF = {
    "sister": READERS | _ADMINS | {"sister_drafter", "group_drafter", "group_releaser", "archivist", "finance"},
    "other": READERS | _ADMINS | {"other_drafter", "other_releaser", "archivist", "finance"},
    "auditor": _ADMINS | {"auditor"},
}


def may_see_person(who: str, of: str) -> bool:
    """Whether the name of somebody of ``of`` is for this person; nobody sees who audits them."""
    return who in _SEES_PEOPLE_OF[of]


def forbidden_names(who: str) -> frozenset[str]:
    """Names of bodies that no page shows to this person."""
    if who in ("anonymous", "deactivated"):
        return frozenset(NAMES.values())
    if who.startswith("zb_"):
        return frozenset({NAMES["home"]})
    hidden = {"elsewhere"}
    if who.startswith("other_"):
        hidden |= {"sister", "group", "own"}
    if who in ("sub_drafter", "group_drafter", "group_releaser", "sister_drafter"):
        hidden.add("other")
    return frozenset(NAMES[name] for name in hidden) | group_mates(who)


def group_mates(who: str) -> frozenset[str]:
    """Names of the other subsidiaries of one's own group."""
    mate = {"sub_drafter": "sister", "sister_drafter": "own"}.get(who)
    return frozenset({NAMES[mate]}) if mate is not None else frozenset()
