"""Waves 递补: the same order fills the seats of those who left; the operator asks, the supervisor lets it happen."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from experts.links import panel_url
from experts.models import Departure, Panel
from experts.permissions import require_operator, require_supervisor
from experts.services.common import lock_case_and_panel
from experts.services.telling import tell_discipline_office
from experts.states import SEATING, SignedVia
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.draws import services as draws
from investreview.draws.kinds import WaveState
from investreview.draws.models import Wave
from investreview.draws.terms import Leaver
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_apart


def ask_wave(*, acting: Acting, case_id: int, at: datetime) -> Case:
    """The operator has asked that everybody who left be replaced.

    Raises: Forbidden, Invalid (experts_nobody_left, draws_wave_waits and what else the draw says).
    Journal: draw.propose_wave.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_operator(acting, panel)
        propose(panel, acting=acting, at=at)
        return case


def countersign_wave(*, acting: Acting, case_id: int, at: datetime) -> Case:
    """The discipline office stands for a wave beyond a third of the seats: somebody else than the panel's supervisor.

    Raises: Forbidden (draws_discipline_only, draws_two_people, projects_duty_conflict), Invalid (experts_no_wave,
    draws_wave_needs_none).
    Rule: DRAW.md, above 1/3 of the seats. Journal: draw.countersign_wave.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *SEATING)
        wave = _open_wave(panel)
        require_apart(acting, panel.supervisor, duty=Role.COUNTERSIGNER)
        draws.countersign_wave(wave_pk=wave.pk, user=acting.person, scope=acting.scope, at=at)
        return case


def confirm_wave(*, acting: Acting, case_id: int, at: datetime) -> Case:
    """The supervisor lets the wave take effect: the next in the same order have joined.

    A wave with a departure that still waits for the supervisor's word is confirmed with it (``confirm_decline``).
    Raises: Forbidden (also draws_countersignature_missing), Invalid (experts_no_wave, experts_departure_not_confirmed).
    Journal: draw.record_wave.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_supervisor(acting, panel)
        settle(panel, acting=acting, at=at)
        return case


def propose(panel: Panel, *, acting: Acting, at: datetime) -> Wave:
    """Everybody who left, and who is about to on the supervisor's word, is to be replaced; one wave in the draw.

    Raises: Invalid (experts_nobody_left, draws_wave_waits and what else the draw says).
    """
    waiting = list(_waiting(panel))
    if not waiting:
        raise Invalid("experts_nobody_left")
    left = [_leaver(departure) for departure in waiting]
    wave = draws.propose_wave(draw_pk=panel.draw_id, left=left, user=acting.person, scope=acting.scope, at=at)
    if wave.needs_countersignature:
        tell_discipline_office(
            panel.case,
            text=_("专家离席已超过规定比例，递补待贵处室会签。"),
            url=panel_url(panel),
            dedupe_key=f"wave:{wave.pk}",
            at=at,
        )
    return wave


def settle(panel: Panel, *, acting: Acting, at: datetime) -> None:
    """The open wave has taken effect; each departure in it knows its wave. Raises: as ``confirm_wave``."""
    wave = _open_wave(panel)
    of_wave = Departure.objects.filter(
        seat__panel=panel, seat__draw_no__in=[row["no"] for row in wave.left], rejected_at__isnull=True
    )
    if of_wave.filter(left_at__isnull=True).exists():
        raise Invalid("experts_departure_not_confirmed")
    draws.record_wave(wave_pk=wave.pk, user=acting.person, scope=acting.scope, at=at)
    wave.refresh_from_db(fields=["ordinal"])
    of_wave.update(wave=wave.ordinal)


def cancel_open_wave(panel: Panel, *, acting: Acting, at: datetime) -> None:
    """The open wave is off; who had left already waits for another one. Raises: Invalid (experts_no_wave)."""
    draws.cancel_wave(wave_pk=_open_wave(panel).pk, user=acting.person, scope=acting.scope, at=at)


def _open_wave(panel: Panel) -> Wave:
    wave = Wave.objects.filter(draw=panel.draw_id, state=WaveState.PROPOSED).first()
    if wave is None:
        raise Invalid("experts_no_wave")
    return wave


def _waiting(panel: Panel) -> QuerySet[Departure]:
    """The departures that no wave has filled: of those who left, and of the unseated whom only the supervisor keeps."""
    live = Departure.objects.filter(seat__panel=panel, rejected_at__isnull=True, wave__isnull=True)
    about_to = Q(left_at__isnull=False) | Q(seat__seated_at__isnull=True)
    return live.filter(about_to).select_related("seat", "document").order_by("seat__draw_no")


def _leaver(departure: Departure) -> Leaver:
    return Leaver(
        no=departure.seat.draw_no,
        code=departure.kind,
        document_sha256=departure.document.sha256 if departure.document is not None else "",
        is_own_act=departure.via == SignedVia.SCREEN,
    )
