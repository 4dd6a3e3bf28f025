"""What was put right on a case, and how it changed hands: slips, letters, hand-overs (DOMAIN §1, §17)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge
from investreview.projects.corrected import confirmed_slips
from investreview.projects.models import CorrectionSlip, Remedy
from investreview.projects.shown import fact_label, fact_text
from investreview.projects.states import DECIDED
from workflows.handover.load import kind_label
from workflows.models import HandoverLine

_REMEDY_TONES: dict[str, str] = {Remedy.State.DONE: "green", Remedy.State.DROPPED: "grey"}
_SHEET_READERS = frozenset({Role.OFFICE_HEAD, Role.AUDITOR, Role.ENTERPRISE_RELEASER})


@dataclass(frozen=True)
class SlipMark:
    """What stands beside a corrected fact: the slip, what was declared, what is right, where the slip is read."""

    number: str
    name: str
    before: str
    after: str
    url: str


@dataclass(frozen=True)
class MistakeRow:
    """One thing put right, or one change of hands."""

    title: str
    state: Badge
    text: str
    who: str
    at: datetime
    url: str
    name: str = ""
    before: str = ""
    after: str = ""


def slip_marks(reading: Reading) -> dict[str, SlipMark]:
    """The latest confirmed slip of each corrected fact, by the fact's name."""
    return {
        slip.field: SlipMark(
            number=slip.number,
            name=fact_label(slip.field),
            before=fact_text(slip.field, slip.before),
            after=fact_text(slip.field, slip.after),
            url=_slip_url(slip, reading),
        )
        for slip in confirmed_slips(reading.case)
    }


def _slip_url(slip: CorrectionSlip, reading: Reading) -> str:
    if reading.inside:
        return reverse("projects:slip", args=[slip.pk])
    return reverse("documents:document", args=[slip.document_id])


def mistake_rows(reading: Reading, handovers: Sequence[HandoverLine]) -> tuple[MistakeRow, ...]:
    """Everything of the kind that this side may know, latest first; the enterprise only what is in force."""
    put_right = [*_slips(reading), *_remedies(reading)] if reading.case.state in DECIDED else []
    rows = [*put_right, *_handovers(reading, handovers)]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _slips(reading: Reading) -> Iterator[MistakeRow]:
    for slip in reading.case.correction_slips.all():
        if reading.inside or slip.confirmed_at is not None:
            yield MistakeRow(
                title=_("更正单 %(number)s") % {"number": slip.number},
                state=_slip_state(slip),
                text=slip.rejected_reason or slip.reason,
                who=_slip_people(slip) if reading.inside else reading.case.commission.short_name,
                at=slip.confirmed_at or slip.rejected_at or slip.proposed_at,
                url=_slip_url(slip, reading),
                name=fact_label(slip.field),
                before=fact_text(slip.field, slip.before),
                after=fact_text(slip.field, slip.after),
            )


def _slip_state(slip: CorrectionSlip) -> Badge:
    if slip.confirmed_at is not None:
        return Badge(_("已更正"), "green")
    return Badge(_("待核对"), "amber") if slip.is_waiting else Badge(_("不予更正"), "grey")


def _slip_people(slip: CorrectionSlip) -> str:
    names = [slip.proposed_by.full_name]
    return _("、").join(names if slip.checked_by is None else [*names, slip.checked_by.full_name])


def _remedies(reading: Reading) -> Iterator[MistakeRow]:
    for remedy in reading.case.remedies.all():
        if reading.inside or remedy.state == Remedy.State.DONE:
            number = remedy.number or _("（尚未编号）")
            yield MistakeRow(
                title=str(Remedy.Kind(remedy.kind).label),
                state=Badge(str(Remedy.State(remedy.state).label), _REMEDY_TONES.get(remedy.state, "amber")),
                text=(remedy.dropped_reason or remedy.reason) if reading.inside else "",
                who=remedy.drafted_by.full_name if reading.inside else reading.case.commission.short_name,
                at=remedy.ended_at or remedy.signed_at or remedy.drafted_at,
                url=reverse("documents:document", args=[remedy.letter_id]),
                name=_("发文字号"),
                before=remedy.original_number,
                after=number,
            )


def _handovers(reading: Reading, lines: Sequence[HandoverLine]) -> Iterator[MistakeRow]:
    may_read = reading.viewer.scope.holds_any(_SHEET_READERS, reading.case.path)
    for line in lines:
        handover = line.handover
        if reading.inside or line.kind in ENTERPRISE_ROLES:
            yield MistakeRow(
                title=_("工作交接 %(number)s") % {"number": handover.number},
                state=Badge(kind_label(line.kind), "grey"),
                text=_("%(giver)s 移交 %(receiver)s")
                % {"giver": handover.giver.full_name, "receiver": line.receiver.full_name},
                who=handover.performed_by.full_name,
                at=handover.at,
                url=reverse("handover:sheet", args=[handover.number]) if may_read else "",
            )
