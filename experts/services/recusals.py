"""企业回避申请: asked up front by the enterprise, on screen or on paper, answered by the office head (DOMAIN §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from experts.models import Panel, RecusalRequest
from experts.services.organisations import OrganisationName, named_organisation
from experts.states import RUNNING, RecusalKind, RecusalState, SignedVia
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.text import clean_block, clean_line
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Declaration, StoredFile
from investreview.projects.permissions import require_role
from investreview.projects.services.common import lock_case
from investreview.projects.services.materials import store_file
from investreview.projects.states import OPEN
from investreview.registry.models import Organisation
from investreview.registry.rules import check_credit_code


@dataclass(frozen=True, kw_only=True)
class RecusalFacts:
    """Whose people the enterprise asks to stand aside, and why; ``credit_code`` only of an organisation."""

    kind: RecusalKind
    stated: str
    reason: str
    credit_code: str = ""


def ask_recusal(*, acting: Acting, case_id: int, facts: RecusalFacts, at: datetime) -> RecusalRequest:
    """The request waits for the office head; it may be made until a panel is frozen.

    Raises: NotVisible, Forbidden (projects_role_missing), Invalid (experts_recusal_*, registry_code_*, text_*).
    Rule: DOMAIN §6, Avoidance, by the enterprise's request, up front, without names. Journal: case.ask_recusal
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
        return _create(case, facts, SignedVia.SCREEN, None, "case.ask_recusal", acting, at)


def enter_recusal(
    *, acting: Acting, case_id: int, facts: RecusalFacts, scan: IO[bytes], scan_name: str, at: datetime
) -> RecusalRequest:
    """The same from the enterprise's letter, whose scan is kept.

    Raises: as ``ask_recusal``, and the file's fault. Journal: case.enter_recusal
    """
    with transaction.atomic():
        case = lock_case(case_id)
        require_role(acting, Role.CASE_OFFICER, case)
        stored = store_file(
            case=case, file=scan, name=scan_name, user=acting.person, mark=Declaration.Mark.INTERNAL, at=at
        )
        return _create(case, facts, SignedVia.PAPER, stored, "case.enter_recusal", acting, at)


def withdraw_recusal(*, acting: Acting, request_id: int, version: int, at: datetime) -> RecusalRequest:
    """The enterprise no longer asks; an answer that was given stands.

    Raises: NotVisible, Forbidden, Stale, Invalid (experts_recusal_answered). Journal: case.withdraw_recusal
    """
    with transaction.atomic():
        case, request = _locked(request_id, version)
        if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
        _require_open(request)
        request.state = RecusalState.WITHDRAWN
        _save(request)
        _note("case.withdraw_recusal", request, acting, at)
        return request


def grant_recusal(
    *,
    acting: Acting,
    request_id: int,
    version: int,
    organisations: Sequence[OrganisationName],
    answer: str,
    at: datetime,
) -> RecusalRequest:
    """The people of ``organisations`` stand aside from this case's panels: employed there within the look-back.

    Raises: NotVisible, Forbidden (projects_role_missing, experts_recusal_own), Stale, Invalid
    (experts_recusal_answered, experts_recusal_frozen, experts_recusal_nobody, experts_organisation_*,
    registry_code_*, text_*). Journal: case.grant_recusal
    """
    with transaction.atomic():
        case, request = _locked(request_id, version)
        _require_answerer(acting, case, request)
        _require_before_freeze(case)
        named = _unique([named_organisation(one, at=at) for one in organisations])
        if not named:
            raise Invalid("experts_recusal_nobody", field="organisations")
        _answer(request, RecusalState.GRANTED, answer, acting, at)
        request.organisations.set(named)
        _note("case.grant_recusal", request, acting, at, organisations=[one.name for one in named])
        return request


def refuse_recusal(*, acting: Acting, request_id: int, version: int, answer: str, at: datetime) -> RecusalRequest:
    """Nobody stands aside for it. Raises: as ``grant_recusal``. Journal: case.refuse_recusal"""
    with transaction.atomic():
        case, request = _locked(request_id, version)
        _require_answerer(acting, case, request)
        _answer(request, RecusalState.REFUSED, answer, acting, at)
        _note("case.refuse_recusal", request, acting, at)
        return request


def _create(
    case: Case,
    facts: RecusalFacts,
    via: SignedVia,
    scan: StoredFile | None,
    verb: str,
    acting: Acting,
    at: datetime,
) -> RecusalRequest:
    _require_before_freeze(case)
    stated = clean_line(facts.stated)
    if facts.credit_code.strip() and facts.kind != RecusalKind.ORGANISATION:
        raise Invalid("experts_recusal_class_has_no_code", field="credit_code")
    asked = case.recusal_requests.exclude(state=RecusalState.WITHDRAWN)
    if asked.filter(stated=stated).exists():
        raise Invalid("experts_recusal_asked_already", field="stated", given=stated)
    request: RecusalRequest = RecusalRequest.objects.create(
        case=case,
        kind=facts.kind,
        stated=stated,
        credit_code=check_credit_code(facts.credit_code) if facts.credit_code.strip() else "",
        reason=clean_block(facts.reason, max_length=2000),
        via=via,
        scan=scan,
        entered_by=acting.person,
        entered_at=at,
    )
    _note(verb, request, acting, at)
    return request


def _require_before_freeze(case: Case) -> None:
    """Nothing happens while the case is open, may need a panel, and none is frozen.

    Raises: Invalid (experts_recusal_not_open, experts_recusal_no_panel, experts_recusal_frozen).
    """
    if case.state not in OPEN:
        raise Invalid("experts_recusal_not_open", state=case.get_state_display())
    if case.complete_at is not None and not case.needs_panel:
        raise Invalid("experts_recusal_no_panel")
    if Panel.objects.filter(case=case, state__in=sorted(RUNNING)).exists():
        raise Invalid("experts_recusal_frozen")


def _locked(request_id: int, version: int) -> tuple[Case, RecusalRequest]:
    """The case and then the request, both locked, the request unchanged since ``version``."""
    known = RecusalRequest.objects.filter(pk=request_id).values_list("case_id", flat=True).first()
    if known is None:
        raise NotVisible("projects_case_not_visible")
    case = lock_case(known)
    request: RecusalRequest = RecusalRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    request.case = case
    request.check_version(version)
    return case, request


def _require_open(request: RecusalRequest) -> None:
    if request.state != RecusalState.OPEN:
        raise Invalid("experts_recusal_answered", state=request.get_state_display())


def _require_answerer(acting: Acting, case: Case, request: RecusalRequest) -> None:
    require_role(acting, Role.OFFICE_HEAD, case)
    _require_open(request)
    if request.entered_by_id in acting.person_ids:
        raise Forbidden("experts_recusal_own")


def _answer(request: RecusalRequest, state: RecusalState, answer: str, acting: Acting, at: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, acting.person, at
    request.answer = clean_block(answer, max_length=2000)
    _save(request)


def _save(request: RecusalRequest) -> None:
    request.version += 1
    request.save()


def _unique(organisations: Sequence[Organisation]) -> list[Organisation]:
    return list({one.pk: one for one in organisations}.values())


def _note(verb: str, request: RecusalRequest, acting: Acting, at: datetime, **more: object) -> None:
    facts = {
        "request": request.pk,
        "kind": request.kind,
        "stated": request.stated,
        "via": request.via,
        "state": request.state,
        "answer": request.answer,
    }
    record(
        chain=request.case.commission.code,
        verb=verb,
        actor=acting.actor,
        subject=request.case.subject,
        at=at,
        facts={**facts, **more},
    )
