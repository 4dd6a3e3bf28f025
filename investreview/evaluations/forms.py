"""Forms of the post-evaluation pages: what was typed is read here and shown again as typed when it is refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField, LineField, MoneyFormField, TextBlockField
from investreview.documents.kinds import DeliveryChannel
from investreview.evaluations.labels import method_label
from investreview.projects.models import Milestone
from investreview.projects.services.milestones import MilestoneInput
from investreview.rulebook.evaluations import EvaluationRules


class VersionForm(forms.Form):
    """The state of the record that somebody had before them."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class WithdrawalForm(forms.Form):
    """A reason, which is kept with the act."""

    reason = LineField(
        label=_("理由"), max_length=200, error_messages={"required": _("请填写理由；理由记入操作日志并长期保存。")}
    )


class ReasonForm(VersionForm, WithdrawalForm):
    """A reason for a change of something that somebody had before them."""


class AddProjectForm(ReasonForm):
    """A project of the enterprise's plan that is not due yet."""

    code = LineField(
        label=_("项目编号"),
        max_length=32,
        help_text=_("项目备案或者自主决策时的办件编号，如 LYG-2022-0031。"),
        error_messages={"required": _("请填写项目编号。")},
    )
    field_order = ["version", "code", "reason"]


class MethodForm(VersionForm):
    """The method of sampling; another than the usual one needs a reason."""

    method = forms.ChoiceField(label=_("抽取方法"), widget=forms.RadioSelect)
    reason = LineField(
        label=_("改用其他方法的理由"), max_length=200, required=False, help_text=_("采用规则集的通常方法时留空。")
    )

    def __init__(self, *args: Any, rules: EvaluationRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(method.key.value, method_label(rules, method.key)) for method in rules.methods]


class FreezeForm(VersionForm):
    """Which frame the operator saw when it was frozen."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class WithdrawForm(VersionForm):
    """Why a frozen frame is opened again before anything was announced."""

    reason = TextBlockField(
        label=_("撤回理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请填写撤回理由；理由与被撤回的封存一并保留。")},
    )


class MilestoneForm(forms.Form):
    """What became of a project, when, and what says so."""

    kind = forms.ChoiceField(label=_("节点"), choices=Milestone.Kind.choices)
    happened_on = LegalDateField(label=_("发生日期"))
    actual_yuan = MoneyFormField(label=_("实际投资额"), required=False, help_text=_("只在登记“确定实际投资额”时填写。"))
    basis = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("文件名称和文号，如竣工验收报告、决算批复、预警单。"),
        error_messages={"required": _("请填写依据；没有依据的情形不予登记。")},
    )

    def entry(self) -> MilestoneInput:
        """The milestone as typed."""
        data = self.cleaned_data
        return MilestoneInput(
            kind=Milestone.Kind(data["kind"]),
            happened_on=data["happened_on"],
            basis=data["basis"],
            actual_yuan=data["actual_yuan"],
        )


class ReturnForm(VersionForm):
    """Why a notice goes back to the officer."""

    reason = TextBlockField(
        label=_("退回理由"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请填写退回理由，拟稿人据此修改。")},
    )


class SignForm(VersionForm):
    """The signature; the number where it comes from the document office's register."""

    entered_number = LineField(label=_("发文字号"), max_length=120, required=False)


class DeliverForm(VersionForm):
    """The sealed original and how it went out."""

    sealed = forms.FileField(
        label=_("盖章原件（扫描件或 OFD）"),
        error_messages={"required": _("请选择盖章原件。"), "empty": _("所选文件是空的，请重新选择。")},
    )
    sealed_on = LegalDateField(label=_("用印日期"))
    channel = forms.ChoiceField(label=_("送达方式"), choices=DeliveryChannel.choices)
    delivered_on = LegalDateField(label=_("送达日期"))

    def sent(self) -> dict[str, Any]:
        """What ``deliver_notice`` is told."""
        upload = self.cleaned_data["sealed"]
        told = {"sealed_name": upload.name, "channel": DeliveryChannel(self.cleaned_data["channel"])}
        return self.cleaned_data | told


class DueFilterForm(forms.Form):
    """How the list of what is due is narrowed."""

    STATES = [
        ("", _("全部情形")),
        ("WAITING", _("尚未列入")),
        ("LATE", _("已逾期")),
        ("TAKEN", _("已列入年度")),
    ]
    q = LineField(label=_("项目或企业"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
