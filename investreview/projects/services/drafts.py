"""Drafts: a project is begun, its facts are typed and saved, a draft is thrown away."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.projects.acting import Acting
from investreview.projects.completeness import field_label
from investreview.projects.models import Case, CaseNumberCounter, Commitment, Declaration, Party, Phase, Project
from investreview.projects.permissions import require_like
from investreview.projects.rules import Verb
from investreview.projects.services.common import last_actor_name, lock_case, note, require_state, save_case
from investreview.projects.states import CaseState
from investreview.registry.models import Commission, Enterprise, Organisation
from investreview.registry.services import register_organisation

NAME_LENGTH = 120
CARRIED_OVER = (
    "kind",
    "nature",
    "main_business",
    "summary",
    "site",
    "is_strategic_emerging",
    "is_overseas",
    "is_private_acquisition_with_control",
    "involves_staff",
    "controls_project",
    "contact_name",
    "contact_phone",
    "mark",
)
"""What a project is about, which another one like it may share; never its plan row, amounts, dates or numbers."""
CARRIED_PARTIES = frozenset({Party.Role.TARGET, Party.Role.PARTNER})
"""Who may be met again; whoever wrote or examined a paper of the earlier project did so for that one."""


@dataclass(frozen=True)
class PhaseInput:
    """One phase as typed: its name and total investment in yuan."""

    name: str
    total_yuan: Decimal


@dataclass(frozen=True)
class CommitmentInput:
    """What one entity of the group commits, in yuan."""

    enterprise_id: int
    cash_yuan: Decimal = Decimal(0)
    in_kind_yuan: Decimal = Decimal(0)
    subscribed_yuan: Decimal = Decimal(0)
    paid_in_yuan: Decimal = Decimal(0)
    shareholder_loan_yuan: Decimal = Decimal(0)
    assumed_debt_yuan: Decimal = Decimal(0)


@dataclass(frozen=True)
class PartyInput:
    """An organisation by name and, where known, credit code, with its role."""

    role: str
    name: str
    credit_code: str = ""


def next_case_number(commission: Commission, at: datetime) -> str:
    """A case number nobody else has, e.g. ``LYG-2024-0009``; gapless per commission and year of Asia/Shanghai."""
    year = legal_date(at).year
    CaseNumberCounter.objects.get_or_create(commission=commission, year=year)
    counter = CaseNumberCounter.objects.select_for_update().get(commission=commission, year=year)
    number = f"{commission.case_prefix}-{year}-{counter.next:04d}"
    counter.next += 1
    counter.save(update_fields=["next"])
    return number


def create_project(*, user: User, enterprise_id: int, name: str, creation_key: str, at: datetime) -> Case:
    """A project with an empty draft case exists; asked again with the same key, the first one is answered.

    Raises: Forbidden (projects_enterprise_unknown), Invalid for the name. Journal: case.create.
    """
    with transaction.atomic():
        acting = Acting(user=user, scope=scope_of(user, at))
        project, is_new = _project_of(acting, enterprise_id=enterprise_id, name=name, creation_key=creation_key, at=at)
        if not is_new:
            return _begun_by(user, project)
        case = _open_case(project, drafter=user, at=at)
        _note_created(case, acting=acting, at=at, facts={})
        return case


def create_project_like(
    *, user: User, like_id: int, enterprise_id: int, name: str, creation_key: str, at: datetime
) -> Case:
    """A project as ``create_project`` makes it, its draft telling what the earlier case was about (CARRIED_OVER).

    Raises: as create_project, and as ``require_like`` for the earlier case.
    Rule: DOMAIN §7, typed once. Journal: case.create, with the number of the earlier case.
    """
    with transaction.atomic():
        acting = Acting(user=user, scope=scope_of(user, at))
        like = Case.objects.select_related("declaration").get(pk=like_id)
        require_like(acting.scope, like)
        project, is_new = _project_of(acting, enterprise_id=enterprise_id, name=name, creation_key=creation_key, at=at)
        if not is_new:
            return _begun_by(user, project)
        case = _open_case(project, drafter=user, at=at)
        for field in CARRIED_OVER:
            setattr(case.declaration, field, getattr(like.declaration, field))
        case.declaration.save(update_fields=CARRIED_OVER)
        for party in like.declaration.parties.filter(role__in=CARRIED_PARTIES):
            Party.objects.create(declaration=case.declaration, organisation_id=party.organisation_id, role=party.role)
        _note_created(case, acting=acting, at=at, facts={"like": like.number})
        return case


def _project_of(
    acting: Acting, *, enterprise_id: int, name: str, creation_key: str, at: datetime
) -> tuple[Project, bool]:
    """The project of this key, and whether it was made just now.

    The unique key decides between clicks at once: the second waits for the first and then finds its project.
    """
    enterprise = Enterprise.objects.select_related("commission").filter(pk=enterprise_id).first()
    if enterprise is None or not acting.scope.holds(Role.ENTERPRISE_DRAFTER, enterprise.path):
        raise Forbidden("projects_enterprise_unknown", field="enterprise")
    return Project.objects.get_or_create(
        creation_key=creation_key,
        defaults={
            "commission": enterprise.commission,
            "enterprise": enterprise,
            "path": enterprise.path,
            "name": clean_line(name, max_length=NAME_LENGTH),
            "created_by": acting.person,
            "created_at": at,
        },
    )


def _note_created(case: Case, *, acting: Acting, at: datetime, facts: dict[str, str]) -> None:
    told = {"project": case.project.name, "enterprise": case.enterprise.path}
    note(case, Verb.CREATE, acting=acting, at=at, facts=told | facts)


def _begun_by(user: User, project: Project) -> Case:
    if project.created_by_id != user.pk:
        raise Forbidden("projects_enterprise_unknown", field="enterprise")
    return project.cases.earliest("id")


def _open_case(project: Project, *, drafter: User, at: datetime) -> Case:
    enterprise = project.enterprise
    case = Case.objects.create(
        number=next_case_number(project.commission, at),
        project=project,
        commission=project.commission,
        enterprise=enterprise,
        group=enterprise.group,
        path=project.path,
        drafter=drafter,
        created_at=at,
    )
    declaration = Declaration.objects.create(case=case)
    Phase.objects.create(declaration=declaration, ordinal=1, name="全部", total_yuan=Decimal(0))
    Commitment.objects.create(declaration=declaration, enterprise=enterprise)
    Party.objects.create(declaration=declaration, organisation=enterprise.organisation, role=Party.Role.INVESTOR)
    applicant = enterprise.group.organisation
    Party.objects.create(declaration=declaration, organisation=applicant, role=Party.Role.APPLICANT)
    return case


def begin_again(*, user: User, project_id: int, at: datetime) -> Case:
    """A new draft case of a project whose last case was returned, withdrawn or discarded; its facts are copied.

    Raises: Forbidden, Invalid (projects_open_case_exists). Rule: DOMAIN §5, a new submission is a new case.
    Journal: case.create.
    """
    with transaction.atomic():
        held = Project.objects.select_for_update(of=("self",)).select_related("enterprise", "commission")
        project = held.get(pk=project_id)
        scope = scope_of(user, at)
        if not scope.holds(Role.ENTERPRISE_DRAFTER, project.path):
            raise Forbidden("projects_enterprise_unknown")
        last = project.cases.order_by("-id").first()
        if last is None or last.state not in (CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.DISCARDED):
            raise Invalid(
                "projects_open_case_exists", name=project.name, number=last.number if last is not None else "—"
            )
        case = _open_case(project, drafter=user, at=at)
        _copy_declaration(last.declaration, case.declaration)
        note(
            case,
            Verb.CREATE,
            acting=Acting(user=user, scope=scope),
            at=at,
            facts={"project": project.name, "after": last.number},
        )
        return case


def _copy_declaration(old: Declaration, new: Declaration) -> None:
    kept = {"id", "case", "version"}
    for field in Declaration._meta.concrete_fields:
        if field.name not in kept:
            setattr(new, field.attname, getattr(old, field.attname))
    new.save()
    for model in (Phase, Commitment, Party):
        model.objects.filter(declaration=new).delete()
        for row in model.objects.filter(declaration=old):
            row.pk = None
            row.declaration = new
            row.save(force_insert=True)


def save_facts(
    *,
    acting: Acting,
    case_id: int,
    version: int,
    name: str | None = None,
    fields: dict[str, object],
    phases: tuple[PhaseInput, ...] | None = None,
    commitments: tuple[CommitmentInput, ...] | None = None,
    parties: tuple[PartyInput, ...] | None = None,
    at: datetime,
) -> Declaration:
    """The draft holds what was typed, all of it or nothing; unfinished facts are welcome, wrong ones are not.

    What is not given (a field that is not there, a name or rows that are None) stays as it was. ``version`` is
    the declaration's. Raises: Stale (core_stale) with both texts, Forbidden, Invalid per field. Journal: case.save.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        _require_drafter(acting, case)
        require_state(case, Verb.SAVE)
        declaration = Declaration.objects.select_for_update().get(case=case)
        declaration.check_version(version)
        if name is not None:
            case.project.name = clean_line(name, max_length=NAME_LENGTH)
            case.project.save(update_fields=["name"])
        for key, value in fields.items():
            setattr(declaration, key, value)
        _check_dates(declaration)
        declaration.version += 1
        declaration.save()
        if phases is not None:
            _replace_phases(declaration, phases)
        if commitments is not None:
            _replace_commitments(case, declaration, commitments)
        if parties is not None:
            _replace_parties(case, declaration, parties, at)
        note(case, Verb.SAVE, acting=acting, at=at, facts={"declaration_version": declaration.version})
        return declaration


def _require_drafter(acting: Acting, case: Case) -> None:
    if not acting.scope.holds(Role.ENTERPRISE_DRAFTER, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)


def _check_dates(declaration: Declaration) -> None:
    pairs = (("contract_on", "decided_on"), ("payment_on", "decided_on"), ("report_on", "decided_on"))
    for later, earlier in pairs:
        later_on: date | None = getattr(declaration, later)
        earlier_on: date | None = getattr(declaration, earlier)
        if later_on is not None and earlier_on is not None and later_on < earlier_on:
            raise Invalid(
                "projects_dates_out_of_order",
                field=later,
                later=field_label(later),
                later_on=later_on,
                earlier=field_label(earlier),
                earlier_on=earlier_on,
            )


def _replace_phases(declaration: Declaration, phases: tuple[PhaseInput, ...]) -> None:
    declaration.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(declaration=declaration, ordinal=ordinal, name=phase.name, total_yuan=phase.total_yuan)
        for ordinal, phase in enumerate(phases, 1)
    )


def _replace_commitments(case: Case, declaration: Declaration, commitments: tuple[CommitmentInput, ...]) -> None:
    in_group = set(
        Enterprise.objects.filter(
            path__startswith=case.group.path, pk__in=[line.enterprise_id for line in commitments]
        ).values_list("pk", flat=True)
    )
    for line in commitments:
        if line.enterprise_id not in in_group:
            raise Invalid("projects_other_group", field="commitments")
        if line.paid_in_yuan > line.subscribed_yuan:
            raise Invalid(
                "projects_paid_in_exceeds",
                field="commitments",
                paid=line.paid_in_yuan / 10000,
                subscribed=line.subscribed_yuan / 10000,
            )
    declaration.commitments.all().delete()
    Commitment.objects.bulk_create(Commitment(declaration=declaration, **vars(line)) for line in commitments)


def _replace_parties(case: Case, declaration: Declaration, parties: tuple[PartyInput, ...], at: datetime) -> None:
    own = {Party.Role.APPLICANT, Party.Role.INVESTOR}
    declaration.parties.exclude(role__in=own).delete()
    add_parties(declaration, parties, at)


def add_parties(declaration: Declaration, parties: tuple[PartyInput, ...], at: datetime) -> None:
    """The organisations stand in the registry, and in the declaration with their roles, each once.

    Raises: Invalid of the registry, at the name or the credit code.
    """
    for line in parties:
        organisation: Organisation = register_organisation(
            name=line.name, credit_code=line.credit_code, valid_from=legal_date(at)
        )
        Party.objects.get_or_create(declaration=declaration, organisation=organisation, role=line.role)


def discard_draft(*, acting: Acting, case_id: int, version: int, at: datetime) -> Case:
    """A draft that was never handed over is closed; its number stays used.

    Raises: Forbidden, Stale, Invalid (projects_withdraw_instead for one that was). Journal: case.discard.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        _require_drafter(acting, case)
        case.check_version(version, who=last_actor_name(case))
        require_state(case, Verb.DISCARD)
        if case.handed_over_at is not None:
            raise Invalid("projects_withdraw_instead")
        case.state = CaseState.DISCARDED
        case.ended_at = at
        save_case(case)
        note(case, Verb.DISCARD, acting=acting, at=at)
        return case
