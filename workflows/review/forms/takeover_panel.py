"""What an expert panel concluded on paper, and the record of a decision that goes against it (DOMAIN §6, §16)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LegalDateField, LineField, TextBlockField
from investreview.core.forms import as_validation_error
from investreview.projects.forms.fields import FixedPointField
from investreview.projects.services.panels import Deviation, PanelSummary
from investreview.projects.states import PanelConclusion
from investreview.projects.takeovers import PaperPanel, check_conditions
from workflows.review.forms.base import OPINION_LENGTH


def lines(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class PaperPanelFields(forms.Form):
    """The part of the 接续单 that tells of a panel; all of it is empty where none has concluded on paper."""

    panel_conclusion = forms.ChoiceField(
        label=_("纸面论证结论"), choices=[("", _("没有论证")), *PanelConclusion.choices], required=False
    )
    panel_opinion_number = LineField(label=_("论证意见编号"), max_length=60, required=False)
    panel_held_on = LegalDateField(label=_("论证会日期"), required=False)
    panel_members = FixedPointField(label=_("专家人数"), minimum=3, maximum=15, example="5", required=False)
    panel_mean = FixedPointField(
        label=_("平均分"), places=2, minimum=0, maximum=100_00, example="83.40", required=False
    )
    panel_names = TextBlockField(
        label=_("专家姓名"),
        max_length=OPINION_LENGTH,
        required=False,
        help_text=_("每行一人，须与专家人数一致；方案修改后另行论证时，原专家不再参加抽取。"),
    )
    panel_conditions = TextBlockField(
        label=_("论证提出的条件"),
        max_length=OPINION_LENGTH,
        required=False,
        help_text=_("结论为有条件通过的填写，每行一项；复函送达后由企业逐项落实、提交证明，经办核验销号。"),
    )
    panel_conditions_due_on = LegalDateField(
        label=_("条件落实期限"),
        required=False,
        help_text=_("纸面定有日期的填写；不填的，自复函送达之日起按规则计算。"),
    )
    deviation_reason = TextBlockField(
        label=_("与论证结论不一致的理由"),
        max_length=OPINION_LENGTH,
        required=False,
        help_text=_("拟办意见与论证结论不一致的，三项均须填写。"),
    )
    deviation_minutes = LineField(label=_("集体研究纪要文号"), max_length=80, required=False)
    deviation_on = LegalDateField(label=_("集体研究日期"), required=False)

    @property
    def paper_panel(self) -> PaperPanel | None:
        """What the panel concluded; nothing where none did on paper."""
        data = self.cleaned_data
        if not data["panel_conclusion"]:
            return None
        summary = PanelSummary(
            held_on=data["panel_held_on"],
            members_count=data["panel_members"],
            mean_hundredths=data["panel_mean"],
            conditions=lines(data["panel_conditions"]),
        )
        return PaperPanel(
            conclusion=data["panel_conclusion"],
            summary=summary,
            opinion_number=data["panel_opinion_number"],
            members=lines(data["panel_names"]),
            conditions_due_on=data["panel_conditions_due_on"],
        )

    def check_conditions(self) -> None:
        """What is wrong with the conditions stands beside them, once the panel's other fields can be read."""
        parts = ("panel_conclusion", "panel_held_on", "panel_conditions", "panel_conditions_due_on")
        data = self.cleaned_data
        if not data.get("panel_conclusion") or data.get("panel_held_on") is None or self.errors.keys() & set(parts):
            return
        try:
            check_conditions(
                data["panel_conclusion"],
                lines(data["panel_conditions"]),
                held_on=data["panel_held_on"],
                due_on=data["panel_conditions_due_on"],
            )
        except Invalid as error:
            self.add_error(error.field, as_validation_error(error))

    @property
    def deviation(self) -> Deviation | None:
        """The collective record that goes against the panel; nothing where there is none."""
        data = self.cleaned_data
        if not data["deviation_reason"]:
            return None
        return Deviation(data["deviation_on"], data["deviation_minutes"], data["deviation_reason"])
