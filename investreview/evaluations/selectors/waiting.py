"""What of post-evaluation waits for one person: steps of a ceremony, and of notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from investreview.accounts.models import Substitution, User
from investreview.core.clock import legal_date
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.draws.kinds import DrawState
from investreview.evaluations.models import Due, EvaluationYear, FrameRow, SampleNotice
from investreview.evaluations.permissions import BARRED, DRAWING_ROLES, NEXT_ROLE, OFFICER, with_lent_steps
from investreview.evaluations.states import NoticeState, YearState

SHOWN = 50
NOTICE_STEPS = {
    NoticeState.DRAFTED: gettext_lazy("核对并送审"),
    NoticeState.HANDED_IN: gettext_lazy("审核"),
    NoticeState.CHECKED: gettext_lazy("签发"),
    NoticeState.SIGNED: gettext_lazy("用印送达"),
    NoticeState.DELIVERED: gettext_lazy("签收"),
}


@dataclass(frozen=True)
class WaitingStep:
    """One step that waits: of what, which, and where it is done."""

    label: str
    step: str
    url: str


def waiting_steps(
    *, user: User, scope: Scope, at: datetime, lent: Iterable[Substitution] | None = None
) -> tuple[WaitingStep, ...]:
    """Every step this person can do now, in their own name or as substitute: ceremonies first, then notices.

    ``lent`` are the authorities they act under where a page has read them already.
    """
    reader = with_lent_steps(user, scope, at, authorities=lent) if user.kind == User.Kind.STAFF else scope
    return (*_of_years(scope, reader, legal_date(at)), *_of_notices(user, reader))


def _of_years(scope: Scope, reader: Scope, today: date) -> list[WaitingStep]:
    """A ceremony is held in one's own name; drafting may be lent."""
    if not (scope.roles & DRAWING_ROLES or OFFICER in reader.roles):
        return []
    frozen = Q(state=YearState.FROZEN)
    operated = Q(path__in=scope.paths_for(Role.DRAW_OPERATOR))
    reach = (
        operated & Q(state=YearState.OPEN) & _has_a_frame(today)
        | operated & frozen & Q(draw__state=DrawState.FROZEN)
        | Q(path__in=scope.paths_for(Role.DRAW_SUPERVISOR)) & frozen & Q(draw__state=DrawState.ANNOUNCED)
        | Q(path__in=reader.paths_for(OFFICER)) & Q(state=YearState.PUBLISHED, notices__isnull=True)
    )
    years = EvaluationYear.objects.filter(reach).select_related("draw").order_by("pk")
    return [_of_year(year) for year in years[:SHOWN]]


def _has_a_frame(today: date) -> Q:
    """There is something to freeze: a project that is due and was not left out, or one that was added."""
    rows = FrameRow.objects.filter(year=OuterRef("pk"), left_out_at__isnull=True)
    left_out = FrameRow.objects.filter(
        year=OuterRef(OuterRef("pk")), project=OuterRef("project"), left_out_at__isnull=False
    )
    dues = Due.objects.filter(
        commission=OuterRef("commission"), dropped_at__isnull=True, taken_by__isnull=True, due_on__lte=today
    )
    return Q(Exists(dues.exclude(Exists(left_out)))) | Q(Exists(rows.filter(added_by__isnull=False)))


def _of_year(year: EvaluationYear) -> WaitingStep:
    label = _("%(year)d年度后评价抽样") % {"year": year.year}
    if year.state == YearState.OPEN:
        return WaitingStep(label, _("核对抽样方法并封存范围"), reverse("evaluations:setup", args=[year.pk]))
    if year.state == YearState.PUBLISHED:
        return WaitingStep(label, _("起草抽查通知"), reverse("evaluations:notices", args=[year.pk]))
    is_announced = year.draw is not None and year.draw.state == DrawState.ANNOUNCED
    step = _("录入摸出的十个数字") if is_announced else _("宣布封存摘要")
    return WaitingStep(label, step, reverse("evaluations:ceremony", args=[year.pk]))


def _of_notices(user: User, scope: Scope) -> list[WaitingStep]:
    reach = Q(pk__in=[])
    for state, role in NEXT_ROLE.items():
        for path in scope.paths_for(role):
            reach |= Q(state=state, path__startswith=path)
    for path in scope.paths_for(*ENTERPRISE_ROLES):
        reach |= Q(state=NoticeState.DELIVERED, path__startswith=path)
    barred = Q(pk__in=[])
    for state, parts in BARRED.items():
        for part in parts:
            barred |= Q(state=state, **{part: user})
    notices = SampleNotice.objects.filter(reach).exclude(barred).select_related("year", "group").order_by("pk")
    return [
        WaitingStep(
            label=_("%(group)s %(year)d年度后评价抽查通知")
            % {"group": notice.group.short_name, "year": notice.year.year},
            step=str(NOTICE_STEPS[NoticeState(notice.state)]),
            url=reverse("evaluations:notice", args=[notice.pk]),
        )
        for notice in notices[:SHOWN]
    ]
