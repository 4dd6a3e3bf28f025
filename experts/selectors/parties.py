"""Whom a case concerns: the applicant's whole group, the declared parties, whoever was asked to stand aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from experts.models import RecusalRequest
from experts.rules.avoidance import CaseParty, PartyRole
from experts.rules.eligibility import Period
from experts.rules.identity import Bodies, NamedBody
from experts.rules.ownership import Ownership, OwnershipGraph
from experts.states import RecusalState
from experts.wording import PARTIES
from investreview.core.gathering import gathered
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


@dataclass(frozen=True)
class Concerned:
    """Whom a case concerns, and who in the registry belongs to whom, as the rules of avoidance read it.

    ``known`` says which entries of the registry are one legal person, ``ownership`` every share and every place in the
    registry's tree that held on some day of ``window``; ``open_requests`` of recusal were not answered yet.
    """

    window: Period
    known: Bodies
    parties: tuple[CaseParty, ...]
    ownership: OwnershipGraph
    open_requests: int


def case_parties(case: Case) -> tuple[PartyLine, ...]:
    """Every organisation with every role it has: first the group's whole tree, then the declared parties; one query.

    Nothing of the enterprise's requests of recusal: they concern the pool, not the project.
    """
    return _lines(*gathered(_group(case), _declared(case)))


def concerned(case: Case, *, window: Period) -> Concerned:
    """The same for the rules, with the organisations of the requests of recusal that were granted; one query."""
    requests = RecusalRequest.objects.filter(case=case)
    granted = requests.filter(state=RecusalState.GRANTED, organisations__isnull=False).order_by("organisations__pk")
    group, declared, names, asked, unanswered, shares, tree = gathered(
        _group(case),
        _declared(case),
        OrganisationName.objects.values_list("organisation_id", "name", "organisation__credit_code"),
        granted.values_list("organisations", flat=True),
        requests.filter(state=RecusalState.OPEN).values_list("pk", flat=True),
        _shares(window),
        _tree(),
    )
    known = Bodies(NamedBody(organisation, name, code is not None) for organisation, name, code in names)
    return Concerned(
        window=window,
        known=known,
        parties=_parties(_lines(group, declared), dict.fromkeys(asked), known),
        ownership=_graph(shares, tree, window, known),
        open_requests=len(unanswered),
    )


def _group(case: Case) -> QuerySet[Any]:
    tree = Enterprise.objects.filter(path__startswith=case.group.path).order_by("path")
    return tree.values_list("organisation_id", "organisation__name")


def _declared(case: Case) -> QuerySet[Party]:
    return Party.objects.filter(declaration__case=case).select_related("organisation").order_by("role", "id")


def _lines(group: Iterable[tuple[int, str]], declared: Iterable[Party]) -> tuple[PartyLine, ...]:
    lines = [PartyLine(PartyRole.GROUP.value, PARTIES[PartyRole.GROUP], pk, name) for pk, name in group]
    known = {line.organisation_id for line in lines}
    for party in declared:
        is_of_group = party.role in OF_THE_GROUP
        if is_of_group and party.organisation_id in known:
            continue
        role = PartyRole.GROUP if is_of_group else PartyRole(party.role)
        lines.append(PartyLine(role.value, PARTIES[role], party.organisation_id, party.organisation.name))
    return tuple(lines)


def _parties(lines: Iterable[PartyLine], asked: Iterable[int], known: Bodies) -> tuple[CaseParty, ...]:
    group: set[int] = set()
    others = []
    for line in lines:
        meant = known.all_meant_by(line.organisation_id)
        if line.role == PartyRole.GROUP.value:
            group |= meant
        else:
            others.append(CaseParty(PartyRole(line.role), meant))
    requested = [CaseParty(PartyRole.REQUESTED, known.all_meant_by(organisation)) for organisation in asked]
    return (CaseParty(PartyRole.GROUP, frozenset(group)), *others, *requested)


def _shares(window: Period) -> QuerySet[Any]:
    """Owner, owned, share, from when and until when."""
    holding = Shareholding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=window.first))
    if window.last is not None:
        holding = holding.filter(valid_from__lte=window.last)
    return holding.order_by("id").values_list("owner_id", "owned_id", "share_bps", "valid_from", "valid_to")


def _tree() -> QuerySet[Any]:
    """The enterprise above, the one below, from when and until when."""
    tree = Enterprise.objects.filter(parent__isnull=False).order_by("id")
    return tree.values_list("parent__organisation_id", "organisation_id", "founded_on", "dissolved_on")


def _graph(shares: Iterable[Any], tree: Iterable[Any], window: Period, known: Bodies) -> OwnershipGraph:
    owned = [
        Ownership(known.meant_by(owner), known.meant_by(owned), bps, Period(first, last))
        for owner, owned, bps, first, last in shares
    ]
    places = [
        Ownership(known.meant_by(above), known.meant_by(below), None, Period(founded or window.first, dissolved))
        for above, below, founded, dissolved in tree
    ]
    return OwnershipGraph([*owned, *places])
