"""Forms of the pool keeper and the office head: one for each act on an expert."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.forms.base import OrganisationForm, VersionedForm
from experts.labels import POOL_LABELS
from experts.models import Expert
from experts.selectors.pool import Standing
from experts.services.employers import EmployerFacts
from experts.services.pool import ExpertFacts
from experts.services.standing import ConflictFacts
from experts.states import ConflictKind, TieKind
from investreview.accounts.models import User
from investreview.core.dates import FIRST_YEAR_OF_A_LIFE
from investreview.core.fields import LegalDateField, LineField
from investreview.projects.forms.fields import CreditCodeField


class PoolFilterForm(forms.Form):
    """What the list is narrowed to; ``after`` is where the next page begins."""

    q = LineField(label=_("姓名、编号或单位"), required=False, max_length=60)
    pool = forms.ChoiceField(label=_("专家库"), required=False, choices=[("", _("全部专家库")), *POOL_LABELS.items()])
    standing = forms.ChoiceField(label=_("情况"), required=False, choices=[("", _("全部情况")), *Standing.choices])
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)


class ExpertForm(VersionedForm):
    """What is known of an expert."""

    name = LineField(label=_("姓名"), max_length=60, error_messages={"required": _("请填写姓名。")})
    born_on = LegalDateField(label=_("出生日期"), first_year=FIRST_YEAR_OF_A_LIFE)
    phone = LineField(
        label=_("电话"),
        max_length=40,
        help_text=_("抽中后由会务人员电话通知。"),
        error_messages={"required": _("请填写电话。")},
    )
    email = LineField(label=_("电子邮箱"), max_length=254, required=False)
    title = LineField(
        label=_("职称或者执业资格"), max_length=80, error_messages={"required": _("请填写职称或者执业资格。")}
    )
    in_field_since = LegalDateField(label=_("从事本专业起始日期"), first_year=FIRST_YEAR_OF_A_LIFE)
    specialties = forms.MultipleChoiceField(
        label=_("专业"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("席位按专业编排；行业专业对应项目所属行业。"),
        error_messages={"required": _("请至少选择一个专业。")},
    )

    def __init__(self, *args: Any, specialties: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["specialties"]
        choices.choices = list(specialties.items())

    def as_facts(self) -> ExpertFacts:
        """What was typed, for the service."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ExpertFacts(**{**data, "specialties": tuple(data["specialties"])})


class EmployerForm(VersionedForm):
    """Where the expert works or worked."""

    kind = forms.ChoiceField(label=_("关系"), choices=TieKind.choices)
    stated_name = LineField(
        label=_("单位全称"), max_length=120, error_messages={"required": _("请填写单位全称，以单位公章为准。")}
    )
    credit_code = CreditCodeField(
        label=_("统一社会信用代码"), required=False, help_text=_("填写后即与系统中的单位对应；不填的，须另行核对。")
    )
    position = LineField(label=_("职务"), max_length=80, required=False)
    from_on = LegalDateField(label=_("起始日期"), first_year=FIRST_YEAR_OF_A_LIFE)
    until_on = LegalDateField(label=_("截止日期"), required=False, help_text=_("仍在任的留空。"))

    def as_facts(self) -> EmployerFacts:
        """What was typed, for the service."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return EmployerFacts(**{**data, "kind": TieKind(data["kind"])})


class ConflictForm(OrganisationForm):
    """An organisation the expert stands aside from."""

    kind = forms.ChoiceField(label=_("关系"), choices=ConflictKind.choices)
    basis = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("如本人申报表、来信、查询结果。"),
        error_messages={"required": _("请写明依据。")},
    )
    from_on = LegalDateField(label=_("起始日期"), first_year=FIRST_YEAR_OF_A_LIFE)
    until_on = LegalDateField(label=_("截止日期"), required=False, help_text=_("仍存在的留空。"))

    def as_facts(self) -> ConflictFacts:
        """What was typed, for the service."""
        data = self.cleaned_data
        return ConflictFacts(
            named=self.as_named(),
            kind=ConflictKind(data["kind"]),
            basis=data["basis"],
            from_on=data["from_on"],
            until_on=data["until_on"],
        )


class EndForm(VersionedForm):
    """The last day of a tie or conflict."""

    until_on = LegalDateField(label=_("截止日期"))


class SuspendForm(VersionedForm):
    """Why and how long somebody is not drawn."""

    reason = LineField(label=_("理由"), error_messages={"required": _("请写明暂停理由。")})
    from_on = LegalDateField(label=_("起始日期"))
    until_on = LegalDateField(label=_("截止日期"), required=False, help_text=_("未定的留空，由处长恢复。"))


class LiftForm(VersionedForm):
    """The last day of a suspension, and why it ends."""

    until_on = LegalDateField(label=_("暂停至"))
    reason = LineField(label=_("理由"), error_messages={"required": _("请写明恢复理由。")})


class ProposeForm(VersionedForm):
    """For which pool somebody is proposed."""

    pool = forms.ChoiceField(label=_("专家库"), choices=list(POOL_LABELS.items()))


class ReasonForm(VersionedForm):
    """Why a proposal is refused."""

    reason = LineField(label=_("理由"), error_messages={"required": _("请写明理由。")})


class RemoveForm(ReasonForm):
    """From which pool somebody is removed, and why."""

    field_order = ("pool", "reason")
    pool = forms.ChoiceField(label=_("专家库"))

    def __init__(self, *args: Any, pools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["pool"]
        choices.choices = list(pools)


class AccountForm(VersionedForm):
    """The account with which the expert takes part on screen: an unused one of the same name."""

    user = forms.ModelChoiceField(label=_("账户"), queryset=User.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, expert: Expert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["user"]
        choices.queryset = User.objects.filter(
            commission=expert.commission,
            kind=User.Kind.EXPERT,
            is_active=True,
            full_name=expert.name,
            expert__isnull=True,
        ).order_by("pk")
        choices.label_from_instance = lambda user: user.username
