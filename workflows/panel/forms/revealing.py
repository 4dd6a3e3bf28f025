"""Two people at each name, each departure and each wave: what the operator asks, the supervisor confirms."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.models import Departure
from experts.selectors.drawn import no_text
from experts.services.departures import Reason, confirm_decline, record_decline, reject_decline
from experts.services.revealing import ask_reveal, confirm_reveal
from experts.services.rounds import finish_void_draw
from experts.services.waves import ask_wave, confirm_wave, countersign_wave
from experts.states import SeatState
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.fields import LineField
from investreview.core.roles import Role
from investreview.draws import permissions, services
from investreview.draws.kinds import ENDED, DrawState, WaveState
from investreview.draws.models import Draw, Reveal, Wave
from investreview.projects.acting import Acting
from workflows.panel.forms.numbers import NumberFields
from workflows.panel.forms.records import RecordForm
from workflows.review.forms.base import reason_field

OPERATOR = (Role.DRAW_OPERATOR,)
SUPERVISOR = (Role.DRAW_SUPERVISOR,)


class AskRevealForm(RecordForm):
    """申请揭示 the name whose turn it is."""

    name = "ask-reveal"
    roles = OPERATOR
    title = _("揭示姓名")
    button = _("申请揭示")
    done = _("已申请揭示，等待监督人确认。")

    no = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)

    @property
    def heading(self) -> str:
        """Whose turn it is, by number."""
        return gettext("揭示下一位（编号 %(no)s）") % {"no": _number(self)}

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        if not self._is_asked():
            ask_reveal(acting=acting, case_id=self.panel.case_id, at=at)

    def _is_asked(self) -> bool:
        """Whether this very name was asked for already; the next one is another press."""
        return Reveal.objects.filter(draw=self.panel.draw_id, member__no=self.cleaned_data["no"]).exists()


class ConfirmRevealForm(RecordForm):
    """确认揭示: from now on both see the name."""

    name = "confirm-reveal"
    roles = SUPERVISOR
    title = _("确认揭示姓名")
    button = _("确认揭示")
    help = _("确认后姓名在双方屏幕上同时显示，并记入日志。")
    done = _("姓名已揭示。")

    no = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)

    @property
    def heading(self) -> str:
        """Which number the operator asks for."""
        return gettext("抽取人申请揭示编号 %(no)s") % {"no": _number(self)}

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        known = Reveal.objects.filter(draw=self.panel.draw_id, member__no=self.cleaned_data["no"])
        if not known.filter(confirmed_by=acting.user).exists():
            confirm_reveal(acting=acting, case_id=self.panel.case_id, at=at)


class DeclineForm(RecordForm):
    """登记离席 as the operator was told, with its document."""

    name = "decline"
    roles = OPERATOR
    title = _("登记请假、回避或者未能联系")
    button = _("登记，送监督人确认")
    help = _("须先有相应的通话登记；凭据（短信截图、请假条等）的校验值写入抽取记录。")
    done = _("已登记，等待监督人确认。")
    file_field = "document"

    kind = forms.ChoiceField(
        label=_("离席类别"),
        choices=[
            (one.value, one.label)
            for one in (SeatState.DECLINED, SeatState.RECUSED, SeatState.UNREACHED, SeatState.REMOVED)
        ],
        error_messages={"required": _("请选择离席类别。")},
    )
    reason = LineField(label=_("事由"), max_length=200, error_messages={"required": _("请填写事由。")})
    document = forms.FileField(
        label=_("凭据"),
        error_messages={"required": _("请上传凭据。"), "empty": _("所选文件是空的，请重新选择。")},
    )

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        record_decline(
            acting=acting,
            case_id=self.panel.case_id,
            place=data["place"],
            reason=Reason(SeatState(data["kind"]), data["reason"]),
            document=self.paper("document"),
            at=at,
        )

    def is_repeated(self, user: User) -> bool:
        data = self.cleaned_data
        return _departures(self).filter(asked_by=user, kind=data["kind"], confirmed_by__isnull=True).exists()


class ConfirmDeclineForm(RecordForm):
    """监督人确认离席."""

    name = "confirm-decline"
    roles = SUPERVISOR
    title = _("确认离席")
    button = _("确认，依次递补")
    done = _("离席已确认。")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        confirm_decline(acting=acting, case_id=self.panel.case_id, place=self.cleaned_data["place"], at=at)

    def is_repeated(self, user: User) -> bool:
        return _departures(self).filter(confirmed_by=user, confirmed_at__isnull=False).exists()


class RejectDeclineForm(RecordForm):
    """监督人不予确认."""

    name = "reject-decline"
    roles = SUPERVISOR
    title = _("不予确认")
    button = _("不予确认")
    done = _("已记为不予确认，该专家仍在席。")

    reason = reason_field(widget=forms.Textarea({"rows": 2}))

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        reject_decline(acting=acting, case_id=self.panel.case_id, place=data["place"], reason=data["reason"], at=at)

    def is_repeated(self, user: User) -> bool:
        return _departures(self).filter(confirmed_by=user, rejected_at__isnull=False).exists()


class _WaveForm(RecordForm):
    def _wave(self, **wanted: Any) -> bool:
        return Wave.objects.filter(draw=self.panel.draw_id, **wanted).exists()


class AskWaveForm(_WaveForm):
    """申请递补 for everybody who left on their own word."""

    name = "ask-wave"
    roles = OPERATOR
    title = _("递补")
    button = _("申请递补")
    help = _("按同一次序由下一位递补，不重新抽取。")
    done = _("已申请递补，等待监督人确认。")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        ask_wave(acting=acting, case_id=self.panel.case_id, at=at)

    def is_repeated(self, user: User) -> bool:
        return self._wave(state=WaveState.PROPOSED, proposed_by=user)


class ConfirmWaveForm(_WaveForm):
    """确认递补: the next in the same order have joined."""

    name = "confirm-wave"
    roles = SUPERVISOR
    title = _("确认递补")
    button = _("确认递补")
    done = _("递补已生效，请逐个揭示递补专家姓名。")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        confirm_wave(acting=acting, case_id=self.panel.case_id, at=at)

    def is_repeated(self, user: User) -> bool:
        return not self._wave(state=WaveState.PROPOSED) and self._wave(state=WaveState.RECORDED, decided_by=user)


class CountersignWaveForm(_WaveForm):
    """纪检会签 beyond a third of the seats."""

    name = "countersign-wave"
    roles = (Role.DRAW_SUPERVISOR, Role.COUNTERSIGNER)
    title = _("纪检机构会签递补")
    button = _("会签同意")
    help = _("离席累计超过席位三分之一，须由纪检机构另一人会签后，监督人方可确认递补。")
    done = _("已会签。")

    def acting(self, user: User, at: datetime) -> Acting:
        scope = scope_of(user, at)
        permissions.require(permissions.can_countersign(scope, self.panel.case.commission))
        return Acting(user=user, scope=scope)

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        countersign_wave(acting=acting, case_id=self.panel.case_id, at=at)


class FinishVoidForm(NumberFields, RecordForm):
    """办结已终止的抽取: an announced draw is always drawn, so that the chain can go on; first with its numbers."""

    name = "finish-void"
    roles = SUPERVISOR
    title = _("办结已终止的抽取")
    done = _("抽取已关闭。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_numbers(is_entered=self.panel.draw.state != DrawState.ANNOUNCED)

    @property
    def button(self) -> str:  # type: ignore[override]
        """What is done now."""
        return str(_("按已录入的数字办结") if self.is_entered else _("录入并办结"))

    @property
    def help(self) -> str:  # type: ignore[override]
        """Why it is done at all."""
        if self.is_entered:
            return str(_("专家组已经终止，但抽取已录入现场随机数字：按同一数字算出结果后关闭，不产生专家组。"))
        return str(
            _(
                "专家组已经终止，但封存摘要已经公布：仍须录入现场随机数字，算出结果后关闭，不产生专家组；此前本委不能公布其他抽取。"
            )
        )

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        self.store_numbers(case_id=self.panel.case_id, user=acting.person, at=at)
        finish_void_draw(acting=acting, case_id=self.panel.case_id, at=at)

    def is_repeated(self, user: User) -> bool:
        draw = Draw.objects.get(pk=self.panel.draw_id)
        return draw.state in ENDED and draw.witness_id == user.pk


class DiscloseForm(RecordForm):
    """公开: the public evidence is with everybody concerned."""

    name = "disclose"
    roles = (Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.PANEL_SECRETARY)
    title = _("公开")
    button = _("登记已公开")
    help = _("公开版记录表和公开版证据文件已交有关各方。")
    done = _("已登记公开。")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        services.disclose(draw_pk=self.panel.draw_id, user=acting.person, scope=acting.scope, at=at)

    def is_repeated(self, user: User) -> bool:
        self.panel.draw.refresh_from_db()
        draw = self.panel.draw
        return draw.state == DrawState.DISCLOSED and draw.disclosed_by_id == user.pk


def _number(form: RecordForm) -> str:
    """The number as it is read out; as it came where it is none."""
    no = str(form["no"].value() or "")
    return no_text(int(no)) if no.isdecimal() else "—"


def _departures(form: RecordForm) -> Any:
    place = form.cleaned_data["place"]
    number = int(place) if place.isdecimal() else 0
    return Departure.objects.filter(seat__panel=form.panel, seat__place=number)
