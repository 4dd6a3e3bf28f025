"""Whom a case concerns: the applicant's whole group, the declared parties, whoever was asked to stand aside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from experts.models import RecusalRequest
from experts.rules.avoidance import CaseParty, PartyRole
from experts.rules.eligibility import Period
from experts.rules.identity import Bodies, NamedBody
from experts.rules.ownership import Ownership, OwnershipGraph
from experts.states import RecusalState
from experts.wording import PARTIES
from investreview.projects.models import Case, Party
from investreview.registry.models import Enterprise, OrganisationName, Shareholding

OF_THE_GROUP = frozenset({Party.Role.APPLICANT.value, Party.Role.INVESTOR.value})


@dataclass(frozen=True)
class PartyLine:
    """One organisation that a case concerns, in one role, as the conflict declaration lists it."""

    role: str
    role_name: str
    organisation_id: int
    name: str


def case_parties(case: Case) -> tuple[PartyLine, ...]:
    """Every organisation with every role it has: first the group's whole tree, then the declared parties; two queries.

    Nothing of the enterprise's requests of recusal: they concern the pool, not the project.
    """
    tree = Enterprise.objects.filter(path__startswith=case.group.path).order_by("path")
    lines = [
        PartyLine(PartyRole.GROUP.value, PARTIES[PartyRole.GROUP], pk, name)
        for pk, name in tree.values_list("organisation_id", "organisation__name")
    ]
    known = {line.organisation_id for line in lines}
    for party in _declared(case):
        is_of_group = party.role in OF_THE_GROUP
        if is_of_group and party.organisation_id in known:
            continue
        role = PartyRole.GROUP if is_of_group else PartyRole(party.role)
        lines.append(PartyLine(role.value, PARTIES[role], party.organisation_id, party.organisation.name))
    return tuple(lines)


def _declared(case: Case) -> list[Party]:
    rows = Party.objects.filter(declaration__case=case).select_related("organisation").order_by("role", "id")
    return list(rows)


def bodies() -> Bodies:
    """Which entries of the registry are one legal person; one query."""
    rows = OrganisationName.objects.values_list("organisation_id", "name", "organisation__credit_code")
    return Bodies(NamedBody(organisation, name, code is not None) for organisation, name, code in rows)


def parties_of(lines: Iterable[PartyLine], case: Case, known: Bodies) -> tuple[CaseParty, ...]:
    """The same for the rules, with the organisations of the requests of recusal that were granted; one query."""
    group: set[int] = set()
    others = []
    for line in lines:
        meant = known.all_meant_by(line.organisation_id)
        if line.role == PartyRole.GROUP.value:
            group |= meant
        else:
            others.append(CaseParty(PartyRole(line.role), meant))
    granted = RecusalRequest.objects.filter(case=case, state=RecusalState.GRANTED, organisations__isnull=False)
    asked = granted.order_by("organisations").values_list("organisations", flat=True).distinct()
    requested = [CaseParty(PartyRole.REQUESTED, known.all_meant_by(organisation)) for organisation in asked]
    return (CaseParty(PartyRole.GROUP, frozenset(group)), *others, *requested)


def ownership_graph(window: Period, known: Bodies) -> OwnershipGraph:
    """Every share and every place in the registry's tree that held on some day of ``window``; two queries."""
    holding = Shareholding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=window.first))
    if window.last is not None:
        holding = holding.filter(valid_from__lte=window.last)
    shares = [
        Ownership(known.meant_by(owner), known.meant_by(owned), bps, Period(first, last))
        for owner, owned, bps, first, last in holding.order_by("id").values_list(
            "owner_id", "owned_id", "share_bps", "valid_from", "valid_to"
        )
    ]
    tree = Enterprise.objects.filter(parent__isnull=False).order_by("id")
    places = [
        Ownership(known.meant_by(above), known.meant_by(below), None, Period(founded or window.first, dissolved))
        for above, below, founded, dissolved in tree.values_list(
            "parent__organisation_id", "organisation_id", "founded_on", "dissolved_on"
        )
    ]
    return OwnershipGraph([*shares, *places])
