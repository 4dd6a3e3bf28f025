"""Avoidance 回避 from the records: which ties of an expert meet which party of a case, by which path (DOMAIN §6)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from experts.rules.codes import ExclusionCode
from experts.rules.eligibility import Period
from experts.rules.ownership import Link, OwnershipGraph

EMPLOYMENT = frozenset({ExclusionCode.EMPLOYER, ExclusionCode.OUTSIDE_DIRECTOR})


class PartyRole(StrEnum):
    """As what an organisation is concerned by a case; the names of declared parties are those of the declaration."""

    GROUP = "GROUP"
    INVESTOR = "INVESTOR"
    TARGET = "TARGET"
    PARTNER = "PARTNER"
    STUDY = "STUDY"
    DUE_DILIGENCE = "DUE_DILIGENCE"
    AUDIT = "AUDIT"
    APPRAISAL = "APPRAISAL"
    LEGAL_OPINION = "LEGAL_OPINION"
    FIRST_REVIEW = "FIRST_REVIEW"
    REQUESTED = "REQUESTED"


@dataclass(frozen=True)
class CaseParty:
    """One party: an organisation in a role, or the applicant's group with everything in its tree."""

    role: PartyRole
    organisations: frozenset[int]


@dataclass(frozen=True)
class Tie:
    """One record of an expert about an organisation: ``record`` names it, ``kind`` is the record's own word.

    ``looks_back`` says whether days that are over still count for the look-back.
    """

    record: str
    kind: str
    code: ExclusionCode
    organisation: int
    period: Period
    looks_back: bool


@dataclass(frozen=True)
class Hit:
    """A tie that meets a party: from the expert by the tie to its organisation, by ``link`` to the party."""

    code: ExclusionCode
    tie: Tie
    role: PartyRole
    link: Link

    @property
    def is_indirect(self) -> bool:
        """Whether it rests on ownership between organisations; only such a hit can be found harmless by two people."""
        return bool(self.link.steps)

    @property
    def fingerprint(self) -> str:
        """The same exactly while the facts are: the record and its days, each step, its share and days, the party."""
        facts = [
            self.code,
            self.tie.record,
            self.tie.kind,
            self.tie.organisation,
            _days(self.tie.period),
            [[step.relation, step.organisation, step.share_bps, _days(step.period)] for step in self.link.steps],
            self.role,
            self.link.reaches,
        ]
        return sha256(json.dumps(facts, separators=(",", ":")).encode()).hexdigest()


def _days(period: Period) -> list[str | None]:
    return [period.first.isoformat(), period.last.isoformat() if period.last is not None else None]


class Avoidance:
    """The parties of one case on one day, with everything that is tied to them by ownership."""

    def __init__(self, parties: Iterable[CaseParty], graph: OwnershipGraph, *, on: date, window: Period) -> None:
        self._on = Period(on, on)
        self._window = window
        self._links: list[tuple[PartyRole, Mapping[int, tuple[Link, ...]]]] = [
            (party.role, graph.links_to(party.organisations, window)) for party in parties
        ]

    def hits(self, ties: Iterable[Tie]) -> tuple[Hit, ...]:
        """Every tie with every party it meets, each by its shortest path that held while the tie did.

        Rule: DOMAIN §6, works or worked within 3 years; what must hold on the day itself does not look back.
        """
        return tuple(
            hit for tie in ties for role, links in self._links if (hit := self._hit(tie, role, links)) is not None
        )

    def _hit(self, tie: Tie, role: PartyRole, links: Mapping[int, tuple[Link, ...]]) -> Hit | None:
        days = tie.period.shared_with(self._window if tie.looks_back else self._on)
        code = _code(tie.code, role)
        if days is None or code is None:
            return None
        held = (link for link in links.get(tie.organisation, ()) if link.period.shared_with(days) is not None)
        link = min(held, key=lambda one: len(one.steps), default=None)
        return None if link is None else Hit(code, tie, role, link)


def _code(code: ExclusionCode, role: PartyRole) -> ExclusionCode | None:
    """What a tie of this code means with a party of this role; nothing when it does not concern it.

    An enterprise asks that the people of an organisation stand aside; whose kin works there is not among them.
    """
    if role is PartyRole.REQUESTED:
        return ExclusionCode.REQUESTED if code in EMPLOYMENT else None
    if role is PartyRole.FIRST_REVIEW and code in EMPLOYMENT:
        return ExclusionCode.FIRST_REVIEW
    return code
