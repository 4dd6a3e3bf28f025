"""The draw of a year's sample: the frame is frozen, numbers are entered, the list is published as it is drawn."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, Stale
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.draws import services as draws
from investreview.draws.kinds import DrawState, Reader
from investreview.draws.terms import ProjectRow, SampleRule
from investreview.evaluations.comparing import rate_of
from investreview.evaluations.drawn import drawn_facts
from investreview.evaluations.frame import FrameEntry, frame_digest, included, open_frame
from investreview.evaluations.models import Due, EvaluationYear, FrameRow, MandatoryPick
from investreview.evaluations.permissions import OFFICER, require_role
from investreview.evaluations.rules import Counted, coverage, whole_wan
from investreview.evaluations.services.common import lock_dues, lock_year, note, require_state, save_year
from investreview.evaluations.states import YearState
from investreview.evaluations.words import tell_of_publication
from investreview.projects.acting import SYSTEM_ACTING, Acting

PURPOSE = "post-evaluation"
ROUND = 1
"""A sample is drawn once: what comes due later goes into the next year's frame."""


def freeze_year(*, acting: Acting, year_id: int, version: int | None, digest: str, at: datetime) -> EvaluationYear:
    """Frame, mandatory picks and method are fixed and stand in a frozen draw; nothing random exists yet.

    ``digest`` is that of the frame the operator saw on the page. Raises: NotVisible, Forbidden, Stale (also
    evaluations_frame_changed), Invalid (evaluations_wrong_state, evaluations_frame_empty, draws_*). Rule: DRAW,
    DOMAIN §10.
    Journal: evaluation.freeze, draw.freeze.
    """
    with transaction.atomic():
        year = lock_year(year_id, version=version)
        require_role(acting, Role.DRAW_OPERATOR, year.path)
        require_state(year, {YearState.OPEN})
        lock_dues(year.commission_id)
        frame = included(open_frame(year, legal_date(at)))
        if not frame:
            raise Invalid("evaluations_frame_empty")
        present = frame_digest(frame)
        if present != digest:
            raise Stale("evaluations_frame_changed", given=digest[:8] or "—", now=present[:8], count=len(frame))
        _fix_frame(year, frame, at)
        rules = year.rule_set.data.evaluation
        method = year.method or rules.usual_method(len(frame)).key.value
        num, den = rate_of(rules.rate_bps)
        year.draw = draws.freeze_sample_draw(
            commission=year.commission,
            subject=year.subject,
            round=ROUND,
            purpose=PURPOSE,
            year=year.year,
            rows=[
                ProjectRow(entry.code, entry.ent, entry.band, whole_wan(entry.amount_yuan), entry.is_must)
                for entry in frame
            ],
            rule=SampleRule(num, den, method),
            user=acting.person,
            scope=acting.scope,
            at=at,
        )
        whole = coverage([Counted(entry.ent, entry.amount_yuan, False) for entry in frame])
        year.state, year.method, year.rate_bps = YearState.FROZEN, method, rules.rate_bps
        year.frozen_by, year.frozen_at = acting.person, at
        year.frame_count, year.frame_yuan = whole.frame_count, whole.frame_yuan
        year.must_count = sum(entry.is_must for entry in frame)
        save_year(year)
        facts = {
            "method": method,
            "frame": len(frame),
            "frame_sha256": present,
            "must": year.must_count,
            "rate_bps": year.rate_bps,
        }
        note(year, "freeze", acting=acting, at=at, facts=facts)
        return year


def _fix_frame(year: EvaluationYear, frame: Sequence[FrameEntry], at: datetime) -> None:
    """Each project has its row with number, strata and picks, and what made it due is taken by this year."""
    held = {row.project_id: row for row in year.rows.all()}
    for number, entry in enumerate(frame, start=1):
        row = held.get(entry.project_id) or FrameRow(year=year, project_id=entry.project_id, added_at=at)
        row.group_id, row.path, row.code = entry.group_id, entry.path, entry.code
        row.amount_yuan, row.ent, row.band = entry.amount_yuan, entry.ent, entry.band
        row.number, row.is_must = number, entry.is_must
        row.save()
        MandatoryPick.objects.bulk_create(
            MandatoryPick(row=row, rule=pick.rule, evidence_on=pick.evidence_on, citation=pick.citation)
            for pick in entry.picks
        )
    taken = [due.pk for entry in frame for due in entry.reasons]
    Due.objects.filter(pk__in=taken).update(taken_by=year)


def withdraw_freeze(*, acting: Acting, year_id: int, version: int | None, reason: str, at: datetime) -> EvaluationYear:
    """The frame is open again, before anything was announced; the withdrawn draw stays with its reason.

    Raises: NotVisible, Forbidden, Stale, Invalid (evaluations_wrong_state, draws_not_allowed_in_state, text_*).
    Journal: evaluation.withdraw_freeze, draw.withdraw.
    """
    with transaction.atomic():
        year = lock_year(year_id, version=version)
        require_role(acting, Role.DRAW_OPERATOR, year.path)
        require_state(year, {YearState.FROZEN})
        lock_dues(year.commission_id)
        drawn = draws.withdraw_freeze(
            draw_pk=year.draw_id or 0, reason=reason, user=acting.person, scope=acting.scope, at=at
        )
        MandatoryPick.objects.filter(row__year=year).delete()
        year.rows.update(number=None, ent="", band="", is_must=False)
        year.dues.update(taken_by=None)
        year.state, year.draw, year.method = YearState.OPEN, None, _stated_method(year)
        year.frozen_by, year.frozen_at, year.rate_bps = None, None, None
        year.frame_count, year.frame_yuan, year.must_count = None, None, None
        save_year(year)
        note(year, "withdraw_freeze", acting=acting, at=at, facts={"reason": drawn.withdrawal_reason})
        return year


def _stated_method(year: EvaluationYear) -> str:
    """The method that was chosen with a reason; the usual one is found anew."""
    return year.method if year.method_reason else ""


def announce_year(*, acting: Acting, year_id: int, at: datetime) -> EvaluationYear:
    """The fingerprint of the frozen draw is known and can be printed and signed.

    Raises: NotVisible, Forbidden, Invalid (evaluations_wrong_state, draws_*). Journal: draw.announce.
    """
    with transaction.atomic():
        year = lock_year(year_id)
        require_state(year, {YearState.FROZEN})
        draws.announce(draw_pk=year.draw_id or 0, user=acting.person, scope=acting.scope, at=at)
        return year


def enter_numbers(
    *,
    user: User,
    scope: Scope,
    year_id: int,
    fingerprint_tail: str,
    numbers: Sequence[int],
    read_by: Reader,
    at: datetime,
) -> EvaluationYear:
    """The ten numbers are stored for ever, then the sample is drawn and published.

    The numbers have a transaction of their own; whatever dies afterwards, the sweep brings the same sample.
    Raises: RuntimeError inside a transaction; NotVisible, Forbidden, Stale, Invalid (evaluations_wrong_state, draws_*).
    Journal: draw.enter_numbers, draw.conclude, evaluation.publish.
    """
    year = EvaluationYear.objects.filter(pk=year_id, draw__isnull=False).first()
    if year is None:
        raise Invalid("evaluations_wrong_state", year="", state=YearState.OPEN.label)
    draws.enter_numbers(
        draw_pk=year.draw_id or 0,
        fingerprint_tail=fingerprint_tail,
        numbers=numbers,
        read_by=read_by,
        user=user,
        scope=scope,
        at=at,
    )
    return conclude_year(year_id=year_id, at=at)


def conclude_year(*, year_id: int, at: datetime) -> EvaluationYear:
    """What the stored numbers bring about is drawn and published; asked again, the same sample stands.

    Raises: NotVisible, Invalid (evaluations_wrong_state, draws_*). Journal: draw.conclude, evaluation.publish, once.
    """
    with transaction.atomic():
        year = lock_year(year_id)
        if year.state == YearState.PUBLISHED:
            return year
        require_state(year, {YearState.FROZEN})
        draw = draws.conclude(draw_pk=year.draw_id or 0, at=at)
        year.rows.filter(number__in=drawn_facts(draw).picked).update(is_picked=True)
        rows = year.rows.filter(number__isnull=False)
        whole = coverage([Counted(row.ent, row.amount_yuan, row.is_picked) for row in rows])
        year.state, year.published_at = YearState.PUBLISHED, draw.disclosed_at
        year.picked_count, year.picked_yuan = whole.picked_count, whole.picked_yuan
        save_year(year)
        facts = {"draw": draw.number, "picked": year.picked_count, "frame": year.frame_count}
        note(year, "publish", acting=SYSTEM_ACTING, at=at, facts=facts)
        told = {
            person.pk: person
            for role in (OFFICER, Role.OFFICE_HEAD, Role.DEPUTY_DIRECTOR)
            for person in users_holding(role, year.path, at=at)
        }
        tell_of_publication(told.values(), year=year.year, year_id=year.pk, at=at)
        return year


def drawn_years() -> list[int]:
    """The years whose numbers were entered and whose sample something has kept from being published."""
    entered = {DrawState.ENTROPY, DrawState.DISCLOSED}
    waiting = EvaluationYear.objects.filter(state=YearState.FROZEN, draw__state__in=sorted(entered))
    return list(waiting.order_by("pk").values_list("pk", flat=True))
