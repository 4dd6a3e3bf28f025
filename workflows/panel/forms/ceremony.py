"""The acts of the ceremony: freeze, announce, enter the on-site numbers, close the invitations, fill a place."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.services.ceremony import PanelSetup
from experts.services.rounds import next_round
from experts.states import ParticipationMode
from investreview.accounts.models import User
from investreview.core.fields import LineField, MomentField
from investreview.projects.panel import said
from investreview.projects.routing import confirmed_rules
from workflows.panel.forms.numbers import NumberFields
from workflows.panel.selectors import numbers_are_entered
from workflows.review.forms.base import ActForm


class FreezeForm(ActForm):
    """封存抽取事项: what the project is about, and when, where and how the panel meets."""

    title = _("封存抽取事项")
    button = _("封存")
    help = _("封存后名册、席位和排除情况不再变动；每项抽取只能进行一次，不能重抽。")
    fields_template = "workflows/panel/freeze_fields.html"

    industries = forms.MultipleChoiceField(
        label=_("项目所属行业"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("决定行业技术席位由哪些专业的专家担任。"),
        error_messages={"required": _("请选择项目所属行业。")},
    )
    mode = forms.ChoiceField(
        label=_("参加方式"),
        choices=ParticipationMode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择参加方式。")},
    )
    meets_at = MomentField(label=_("论证时间"))
    place = LineField(label=_("论证地点"), max_length=120)
    duration = LineField(label=_("预计时长"), max_length=40, help_text=_("例如：半天。"))
    fee = LineField(label=_("劳务标准"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industries: Any = self.fields["industries"]
        industries.choices = [
            (one.key, said(one.name, one.name_en))
            for one in confirmed_rules(self.case).panel.specialties
            if one.is_industry
        ]

    @property
    def explanation(self) -> str:
        """What freezing means, and why this is a later round."""
        again = next_round(self.case)
        why = _("重新组织的理由：")
        return f"{self.help} {why}{again.text}" if again is not None else str(self.help)

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        setup = PanelSetup(
            industries=tuple(data["industries"]),
            mode=ParticipationMode(data["mode"]),
            meets_at=data["meets_at"],
            place=data["place"],
            duration=data["duration"],
            fee=data["fee"],
        )
        return {"setup": setup}


class AnnounceForm(ActForm):
    """公布封存摘要: from now on the clock of the case stands."""

    title = _("公布封存摘要")
    button = _("公布封存摘要")
    help = _("公布后打印封存单，由抽取人和监督人核对签字，再产生现场随机数字；办件时限自公布之日起停止计算。")


class NumbersForm(NumberFields, ActForm):
    """录入现场随机数字: the last eight digits of the signed sheet, then one box for each ball; entered once."""

    title = _("核对封存单，录入现场随机数字")
    button = _("确认录入并抽取")
    help = _("号码球 0—9，每次放回，依次取 10 次。数字录入一次，不能更改。")
    fields_template = "draws/number_fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_numbers(is_entered=numbers_are_entered(self.case))

    @property
    def heading(self) -> str:
        """After an interruption the numbers are there already and the draw only has to go on."""
        return str(_("继续抽取") if self.is_entered else self.title)

    @property
    def explanation(self) -> str:
        """What the button does."""
        return str(_("现场随机数字已经录入，按同一数字继续，结果不变。") if self.is_entered else self.help)

    def beforehand(self, *, user: User, at: datetime) -> None:
        """The numbers are stored for good, in a transaction of their own, before anything is computed from them."""
        self.store_numbers(case_id=self.case.pk, user=user, at=at)

    def facts(self) -> dict[str, Any]:
        return {}


class CloseInvitationsForm(ActForm):
    """专家全部确认: the panel begins to score."""

    title = _("确认人员到齐")
    button = _("专家已全部确认，开始评分")
    help = _("各席专家均已确认后，会务人员和专家方可看到后续环节。")


class FillPlaceForm(ActForm):
    """递补到位."""

    title = _("递补到位")
    button = _("递补专家已确认，交其评分")
    help = _("递补专家须先由抽取人和监督人揭示姓名，并已确认参加；其从独立评分开始。")
