"""The ceremony of a panel: frozen, announced, drawn with the on-site numbers, all confirmed. There is no redraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.models import Departure, Panel, Seat
from experts.permissions import require_operator, require_supervisor
from experts.selectors.eligible import pool_for_draw
from experts.selectors.places import latest_panel
from experts.services.common import Scan, keep, lock_case_and_panel, note, save
from experts.services.drawing import NextRound, freeze, keep_exclusions, referred
from experts.services.papers import issue_draw_records, issue_seal_sheet
from experts.services.rounds import next_round
from experts.services.telling import tell_seats
from experts.states import RUNNING, SITTING, PanelState, ParticipationMode, SeatState
from experts.verbs import PanelVerb
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.text import clean_line
from investreview.draws import services as draws
from investreview.draws.kinds import Reader
from investreview.draws.models import Draw
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_role
from investreview.projects.routing import confirmed_rules
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, require_state
from investreview.projects.services.panels import begin_panel

PLACE_LENGTH, DURATION_LENGTH, FEE_LENGTH = 120, 40, 80


@dataclass(frozen=True, kw_only=True)
class PanelSetup:
    """How a panel takes place; ``round_reason``, where it is given, is the one the leader recorded."""

    industries: tuple[str, ...]
    mode: ParticipationMode
    meets_at: datetime
    place: str
    duration: str
    fee: str
    round_reason: str = ""


def freeze_panel(*, acting: Acting, case_id: int, version: int | None, setup: PanelSetup, at: datetime) -> Case:
    """The pool as it is today is frozen for a panel of this case, with seats, exclusions and their paths.

    Raises: Forbidden, Stale, Invalid (experts_panel_not_due, experts_panel_running, experts_recusal_requests_open,
    experts_industry_unknown, experts_meeting_in_past, experts_round_not_ordered, experts_round_reason_differs,
    draws_seats_short … with the exact shortage). Rule: DRAW.md, DOMAIN §6. Journal: draw.freeze, panel.freeze.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.DRAW_OPERATOR, case)
        _require_due(case)
        reason = next_round(case)
        _check_setup(case, setup, reason, at)
        last = Panel.objects.filter(case=case).order_by("-round").first()
        number = last.round + 1 if last is not None else 1
        pool = pool_for_draw(case=case, industries=setup.industries, round=number, on=legal_date(at))
        if pool.open_requests:
            raise Invalid("experts_recusal_requests_open", count=pool.open_requests)
        excluded = referred(pool.excluded)
        panel: Panel = Panel.objects.create(
            case=case,
            round=number,
            round_reason=reason.text if reason is not None else "",
            draw=freeze(case, pool, excluded, reason=reason, acting=acting, at=at),
            size=pool.size,
            not_listed=dict(pool.not_listed),
            industries=list(setup.industries),
            mode=ParticipationMode(setup.mode),
            meets_at=setup.meets_at,
            place=clean_line(setup.place, max_length=PLACE_LENGTH),
            duration=clean_line(setup.duration, max_length=DURATION_LENGTH),
            fee=clean_line(setup.fee, max_length=FEE_LENGTH),
            operator=acting.person,
        )
        keep_exclusions(panel, excluded)
        facts = {"round": number, "size": panel.size, "industries": panel.industries, "mode": panel.mode}
        note(panel, PanelVerb.FREEZE, acting=acting, at=at, facts=facts)
        return case


def announce_panel(*, acting: Acting, case_id: int, version: int | None, at: datetime) -> Case:
    """The fingerprint is public, the clock of the case stands, the panel has its own days.

    Raises: Forbidden, Stale, Invalid (draws_ceremony_open: the commission's last draw is not drawn yet).
    The seal sheet is issued. Rule: DOMAIN §4 (clock). Journal: draw.announce, case.begin_panel, document.issue.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, PanelState.FROZEN)
        require_operator(acting, panel)
        draws.announce(draw_pk=panel.draw_id, user=acting.person, scope=acting.scope, at=at)
        panel.due_on = begin_panel(case, round_number=panel.round, acting=acting, at=at)
        panel.announced_at = at
        panel.state = PanelState.ANNOUNCED
        save(panel)
        issue_seal_sheet(panel, acting=acting, at=at)
        return case


def enter_panel_numbers(
    *,
    user: User,
    scope: Scope,
    case_id: int,
    fingerprint_tail: str,
    numbers: Sequence[int],
    read_by: Reader,
    at: datetime,
    photo: Scan | None = None,
) -> Draw:
    """The on-site numbers are stored for ever, committed when this returns; ``draw_panel`` follows.

    A picture of the balls is kept before, and its hash stands beside the numbers. Not an act of the process: it must
    not be inside a transaction. Raises: RuntimeError inside one; the picture's fault; NotVisible,
    Forbidden (projects_role_missing, projects_duty_conflict), Stale (draws_numbers_differ), Invalid
    (experts_numbers_not_now, draws_tail_differs, draws_numbers_count, draws_number_bounds).
    Journal: draw.enter_numbers.
    """
    case = Case.objects.select_related("commission").filter(pk=case_id).first()
    panel = latest_panel(case) if case is not None else None
    if panel is None:
        raise NotVisible("projects_case_not_visible")
    require_supervisor(Acting(user=user, scope=scope), panel)
    if panel.announced_at is None:
        raise Invalid("experts_numbers_not_now")
    return draws.enter_numbers(
        draw_pk=panel.draw_id,
        fingerprint_tail=fingerprint_tail,
        numbers=numbers,
        read_by=read_by,
        photo_sha256=_kept_photo(panel, photo, user=user, scope=scope, at=at),
        user=user,
        scope=scope,
        at=at,
    )


def _kept_photo(panel: Panel, photo: Scan | None, *, user: User, scope: Scope, at: datetime) -> str:
    """The hash of the picture that lies in the store; "" without one, and once the numbers stand."""
    if photo is None or panel.draw.public_values is not None:
        return ""
    return keep(photo, case=panel.case, acting=Acting(user=user, scope=scope), at=at).sha256


def draw_panel(*, acting: Acting, case_id: int, version: int | None, at: datetime) -> Case:
    """What the stored numbers bring about is the panel; by number only, names come one at a time.

    After a crash the same numbers bring about the same panel. Raises: Forbidden, Stale, Invalid
    (draws_not_allowed_in_state before the numbers were entered). Journal: draw.conclude, document.issue.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, PanelState.ANNOUNCED)
        require_supervisor(acting, panel)
        draw = draws.conclude(draw_pk=panel.draw_id, at=at)
        panel.supervisor = draw.witness
        panel.state = PanelState.INVITING
        save(panel)
        issue_draw_records(panel, at=at)
        return case


def close_invitations(*, acting: Acting, case_id: int, version: int | None, at: datetime) -> Case:
    """Every place is held by somebody who has confirmed; the members are seated and may score.

    Raises: Forbidden, Stale, Invalid (experts_invitations_open, experts_departure_asked).
    Journal: panel.close_invitations.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, PanelState.INVITING)
        require_operator(acting, panel)
        held = Seat.objects.select_for_update(of=("self",)).select_related("expert__user", "panel")
        seats = list(held.filter(panel=panel, state__in=sorted(SITTING)))
        confirmed = [seat for seat in seats if seat.state == SeatState.CONFIRMED]
        if len(confirmed) < panel.size:
            raise Invalid("experts_invitations_open", confirmed=len(confirmed), size=panel.size)
        if Departure.objects.filter(seat__in=seats, rejected_at__isnull=True).exists():
            raise Invalid("experts_departure_asked")
        for seat in confirmed:
            seat.seated_at = at
            save(seat)
        panel.state = PanelState.SCORING
        panel.confirmed_at = at
        save(panel)
        tell_seats(
            seats=confirmed,
            text=_("参会专家已全部确认，请签署回避承诺后审阅材料、独立评分。"),
            occasion="score",
            at=at,
            sent_by=acting.user,
        )
        note(panel, PanelVerb.CLOSE_INVITATIONS, acting=acting, at=at, facts={"confirmed": len(confirmed)})
        return case


def _require_due(case: Case) -> None:
    require_state(case, Verb.BEGIN_PANEL)
    if not case.awaits_panel or case.round:
        raise Invalid("experts_panel_not_due")
    if Panel.objects.filter(case=case, state__in=sorted(RUNNING)).exists():
        raise Invalid("experts_panel_running")


def _check_setup(case: Case, setup: PanelSetup, reason: NextRound | None, at: datetime) -> None:
    known = {one.key for one in confirmed_rules(case).panel.specialties if one.is_industry}
    unknown = [key for key in setup.industries if key not in known]
    if unknown or not setup.industries:
        raise Invalid("experts_industry_unknown", field="industries", given="、".join(unknown) or "—")
    if setup.mode not in ParticipationMode.values:
        raise Invalid("experts_mode_unknown", field="mode", given=setup.mode)
    if setup.meets_at <= at:
        raise Invalid("experts_meeting_in_past", field="meets_at")
    recorded = reason.text if reason is not None else ""
    if setup.round_reason.strip() and setup.round_reason.strip() != recorded:
        raise Invalid("experts_round_reason_differs", field="round_reason", recorded=recorded or "—")
