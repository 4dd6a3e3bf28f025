"""The officer's opinion: what is proposed, why, which risks, and the reason of a refusal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField, TextBlockField
from investreview.projects.states import Proposal
from workflows.review.forms.base import OPINION_LENGTH, ActForm, opinion_field

RISKS = 5
RISK_LENGTH = 200


class ProposeForm(ActForm):
    """提出意见."""

    title = _("提出拟办意见")
    button = _("提出意见")
    help = _(
        "提出后系统按拟办意见生成复函代拟稿，并按规则集排出签批链。"
        "复函中的项目名称、来文、金额、资金来源和备案登记号由系统填写并锁定，其余措辞可在复函页修改。"
    )
    error_fields = {"risks": "risk_1"}

    proposal = forms.ChoiceField(
        label=_("拟办意见"),
        choices=Proposal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择拟办意见。")},
    )
    text = opinion_field(label=_("理由与说明"), error_messages={"required": _("请写明意见。")})
    refusal_reason = TextBlockField(
        label=_("不予备案的理由"),
        max_length=OPINION_LENGTH,
        required=False,
        help_text=_("选择“不予备案”时必填，写入复函。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        case = kwargs["item"].case
        earlier = {f"risk_{number}": risk for number, risk in enumerate(case.risks[:RISKS], start=1)}
        kwargs["initial"] = {
            "proposal": case.proposal,
            "refusal_reason": case.refusal_reason,
            **earlier,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        for number in range(1, RISKS + 1):
            self.fields[f"risk_{number}"] = LineField(
                label=_("风险 %(number)d") % {"number": number}, max_length=RISK_LENGTH, required=False
            )
        self.fields["risk_1"].help_text = _("选择“备案并提示风险”时至少写明一项，写入复函。")
        self.order_fields(["proposal", "text", *(f"risk_{number}" for number in range(1, RISKS + 1))])

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "proposal": data["proposal"],
            "text": data["text"],
            "risks": tuple(filter(None, (data[f"risk_{number}"] for number in range(1, RISKS + 1)))),
            "refusal_reason": data["refusal_reason"],
        }
