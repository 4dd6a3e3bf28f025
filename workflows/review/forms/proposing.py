"""The officer's opinion: what is proposed, why, which risks, and the reason of a refusal."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LegalDateField, LineField, TextBlockField
from investreview.core.forms import as_validation_error
from investreview.projects.models import Case
from investreview.projects.services.panels import Deviation
from investreview.projects.states import PanelConclusion, Proposal
from workflows.review.forms.base import OPINION_LENGTH, ActForm, opinion_field, reason_field

RISKS = 5
RISK_LENGTH = 200
DEVIATION = ("deviation_reason", "deviation_minutes", "deviation_on")


class ProposeForm(ActForm):
    """提出意见."""

    title = _("提出拟办意见")
    button = _("提出意见")
    help = _(
        "提出后系统按拟办意见生成复函代拟稿，并按规则集排出签批链。"
        "复函中的项目名称、来文、金额、资金来源和登记号由系统填写并锁定，其余措辞可在复函页修改。"
    )
    error_fields = {"risks": "risk_1"}
    fields_template = "workflows/propose_fields.html"

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
        if case.panel_conclusion:
            self._ask_deviation(case)
        self.fields["risk_1"].help_text = _("选择“备案并提示风险”时至少写明一项，写入复函。")
        self.order_fields(["proposal", "text", *(f"risk_{number}" for number in range(1, RISKS + 1))])

    @property
    def usual_fields(self) -> list[forms.BoundField]:
        """What every proposal says."""
        return [bound for bound in self.screen_fields if bound.name not in DEVIATION]

    @property
    def deviation_fields(self) -> list[forms.BoundField]:
        """What a proposal says besides that goes against a panel; nothing where none has concluded."""
        return [bound for bound in self.screen_fields if bound.name in DEVIATION]

    @property
    def deviation_help(self) -> str:
        """What the panel has concluded, and when the record of a collective decision is asked for."""
        conclusion = PanelConclusion(self.case.panel_conclusion).label
        said = {"conclusion": conclusion}
        return gettext("论证结论为“%(conclusion)s”。拟办意见与结论不一致的，三项均须填写；一致的，全部留空。") % said

    def _ask_deviation(self, case: Case) -> None:
        """A panel has concluded: what goes against it needs the record of a collective decision."""
        self.fields["deviation_reason"] = TextBlockField(
            label=_("与论证结论不一致的理由"),
            max_length=OPINION_LENGTH,
            required=False,
            help_text=_("写入呈批表，供审签人研究。"),
            initial=case.deviation_reason,
        )
        self.fields["deviation_minutes"] = LineField(
            label=_("集体研究纪要文号"),
            max_length=80,
            required=False,
            help_text=_("集体研究形成的会议纪要的文号。"),
            initial=case.deviation_minutes,
        )
        self.fields["deviation_on"] = LegalDateField(
            label=_("集体研究日期"),
            required=False,
            help_text=_("纪要所载的开会日期，不晚于今天。"),
            initial=case.deviation_on,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [name for name in DEVIATION if data.get(name)]
        for name in DEVIATION if 0 < len(given) < len(DEVIATION) else ():
            if name not in given and name not in self.errors:
                self.add_error(name, as_validation_error(Invalid("projects_deviation_incomplete")))
        return data

    def _deviation(self) -> Deviation | None:
        data = self.cleaned_data
        if not data.get("deviation_reason"):
            return None
        return Deviation(data["deviation_on"], data["deviation_minutes"], data["deviation_reason"])

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "deviation": self._deviation(),
            "proposal": data["proposal"],
            "text": data["text"],
            "risks": tuple(filter(None, (data[f"risk_{number}"] for number in range(1, RISKS + 1)))),
            "refusal_reason": data["refusal_reason"],
        }


class AskRevisionForm(ActForm):
    """请企业修改方案: once, after a failed review."""

    title = _("请企业修改方案")
    button = _("请企业修改方案")
    help = _("论证未通过的，可以请企业修改一次；重新报送后另行抽取专家，原专家不再参加。")

    reason = reason_field(label=_("需要修改的内容"))
