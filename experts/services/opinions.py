"""The panel opinion 论证意见: drafted from the final sheets, concluded by the rule set, signed by every member."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.models import Condition, OpinionSignature, Panel, PanelOpinion, ScoreSheet, Seat
from experts.permissions import owns, require_own, require_secretary
from experts.selectors.final_sheets import conclusion_of, final_sheets
from experts.selectors.places import places_to_finalise, places_to_sign, seated_seats, takes_part_on_screen
from experts.services.common import Scan, keep, lock_case_and_panel, note, save, seated_seat
from experts.services.papers import issue_draw_records, issue_opinion
from experts.services.telling import tell_seats
from experts.states import PanelState, SignedVia, Verdict
from experts.verbs import PanelVerb
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.text import clean_block
from investreview.draws.services import close_on_opinion
from investreview.projects.acting import SYSTEM_ACTING, Acting
from investreview.projects.models import Case
from investreview.projects.services.panels import PanelSummary, conclude_panel
from investreview.projects.states import PanelConclusion


def put_opinion(*, acting: Acting, case_id: int, version: int | None, text: str, at: datetime) -> Case:
    """The opinion is put to the members for signature; conclusion and conditions follow from the final sheets alone.

    By the chair, or by the secretary where the chair takes part on paper. Raises: Forbidden, Stale,
    Invalid (experts_finals_missing, text_*). Rule: DOMAIN §6, PASS, CONDITIONAL and FAIL. Journal: panel.put_opinion.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, PanelState.FINALISING)
        _require_chair(acting, panel)
        missing = places_to_finalise(case)
        if missing:
            raise Invalid("experts_finals_missing", count=len(missing))
        sheets = final_sheets(panel)
        found = conclusion_of(panel, sheets)
        opinion = PanelOpinion.objects.create(
            panel=panel,
            text=clean_block(text),
            agree_count=found.agree_count,
            mean_hundredths=found.mean_hundredths,
            conclusion=found.outcome,
            dissent=_dissent(sheets),
            drafted_at=at,
        )
        Condition.objects.bulk_create(
            Condition(opinion=opinion, ordinal=ordinal, text=condition)
            for ordinal, condition in enumerate(found.conditions, 1)
        )
        panel.state = PanelState.OPINION
        save(panel)
        tell_seats(
            seats=seated_seats(panel),
            text=_("论证意见已形成，请审阅并签名。"),
            occasion="sign",
            at=at,
            sent_by=acting.user,
        )
        facts = {"conclusion": opinion.conclusion, "conditions": len(found.conditions)}
        note(panel, PanelVerb.PUT_OPINION, acting=acting, at=at, facts=facts)
        return case


def sign_opinion(
    *, acting: Acting, case_id: int, version: int | None, place: str, at: datetime, scan: Scan | None = None
) -> Case:
    """The member's signature stands under the opinion; with the last one the panel has concluded and the clock runs.

    On screen by the member; from paper by the secretary, with the scan. A member who disagrees signs too, the dissent
    is kept by name. Raises: Forbidden, Stale, Invalid (experts_opinion_signed, experts_scan_needed, the scan's fault).
    Rule: DOMAIN §4 (clock), §6. Journal: panel.sign_opinion; with the last also panel.conclude, case.conclude_panel,
    draw.close and document.issue of the draw's records and of the opinion.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, PanelState.OPINION)
        seat = seated_seat(panel, place)
        if OpinionSignature.objects.filter(seat=seat).exists():
            raise Invalid("experts_opinion_signed")
        signature = _signature(panel, seat, acting=acting, scan=scan, at=at)
        signature.save()
        facts = {"place": seat.place, "draw_no": seat.draw_no, "via": signature.via}
        note(panel, PanelVerb.SIGN_OPINION, acting=acting, at=at, facts=facts)
        return case if places_to_sign(case) else _conclude(case, panel, at)


def _dissent(sheets: list[ScoreSheet]) -> list[dict[str, object]]:
    """Who disagrees and why, by name; read inside the commission only."""
    return [
        {"place": sheet.seat.place, "name": sheet.seat.expert.name, "text": sheet.comment}
        for sheet in sheets
        if sheet.verdict == Verdict.DISAGREE
    ]


def _require_chair(acting: Acting, panel: Panel) -> None:
    chair = panel.chair
    if chair is not None and owns(acting.user, chair):
        return
    if chair is not None and takes_part_on_screen(chair):
        require_own(acting.user, chair)
    require_secretary(acting, panel)


def _signature(panel: Panel, seat: Seat, *, acting: Acting, scan: Scan | None, at: datetime) -> OpinionSignature:
    signature = OpinionSignature(opinion=panel.opinion, seat=seat, signed_at=at)
    if owns(acting.user, seat):
        signature.via = SignedVia.SCREEN
        return signature
    require_secretary(acting, panel)
    if scan is None:
        raise Invalid("experts_scan_needed", field="scan")
    signature.via = SignedVia.PAPER
    signature.scan = keep(scan, case=panel.case, acting=acting, at=at)
    signature.entered_by = acting.person
    return signature


def _conclude(case: Case, panel: Panel, at: datetime) -> Case:
    opinion = panel.opinion
    close_on_opinion(draw_pk=panel.draw_id, actor=SYSTEM_ACTING.actor, at=at)
    panel.state = PanelState.CONCLUDED
    panel.conclusion = opinion.conclusion
    panel.concluded_at = at
    save(panel)
    note(panel, PanelVerb.CONCLUDE, acting=SYSTEM_ACTING, at=at, facts={"conclusion": opinion.conclusion})
    summary = PanelSummary(
        held_on=legal_date(panel.held_at or at),
        members_count=panel.size,
        mean_hundredths=opinion.mean_hundredths,
        conditions=tuple(opinion.conditions.values_list("text", flat=True)),
    )
    concluded = conclude_panel(case, conclusion=PanelConclusion(opinion.conclusion), summary=summary, at=at)
    issue_draw_records(panel, at=at)
    issue_opinion(panel, at=at)
    return concluded
