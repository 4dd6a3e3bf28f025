"""The rows of a declaration: phases, commitments, parties. A row left empty, or ticked for removal, is dropped."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField, MoneyFormField
from investreview.projects.forms.columns import column
from investreview.projects.forms.fields import CreditCodeField
from investreview.projects.models import Commitment, Party, Phase

MOST_ROWS = 30
OWN_ROLES = frozenset({Party.Role.APPLICANT, Party.Role.INVESTOR})
PARTY_ROLES = [(role.value, role.label) for role in Party.Role if role not in OWN_ROLES]
COMMITTED = (
    "cash_yuan",
    "in_kind_yuan",
    "subscribed_yuan",
    "paid_in_yuan",
    "shareholder_loan_yuan",
    "assumed_debt_yuan",
)


def _committed(name: str, **kwargs: Any) -> MoneyFormField:
    return MoneyFormField(label=column(Commitment, name).verbose_name, required=False, **kwargs)


class PhaseForm(forms.Form):
    """One phase 分期 with its total investment."""

    name = LineField(
        label=column(Phase, "name").verbose_name,
        max_length=60,
        error_messages={"required": _("请填写分期名称，不分期的写“全部”。")},
    )
    total_yuan = MoneyFormField(label=column(Phase, "total_yuan").verbose_name, required=False)


class CommitmentForm(forms.Form):
    """What one enterprise of the group commits."""

    enterprise = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        label=_("出资主体"),
        error_messages={
            "required": _("请选择出资主体；不需要本行的，勾选“删除本行”。"),
            "invalid_choice": _("出资主体须为本集团及所属企业。"),
        },
    )
    cash_yuan = _committed("cash_yuan")
    in_kind_yuan = _committed("in_kind_yuan")
    subscribed_yuan = _committed("subscribed_yuan", help_text=_("计入出资承诺。"))
    paid_in_yuan = _committed("paid_in_yuan", help_text=_("是认缴的一部分，不另计入。"))
    shareholder_loan_yuan = _committed("shareholder_loan_yuan")
    assumed_debt_yuan = _committed("assumed_debt_yuan")

    def __init__(self, *args: Any, in_group: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enterprise = cast(forms.TypedChoiceField, self.fields["enterprise"])
        enterprise.choices = [("", _("请选择")), *in_group]


class PartyForm(forms.Form):
    """An organisation with its role in the project."""

    role = forms.ChoiceField(
        label=_("角色"),
        choices=[("", _("请选择")), *PARTY_ROLES],
        error_messages={"required": _("请选择该单位的角色；不需要本行的，勾选“删除本行”。")},
    )
    name = LineField(label=_("单位名称"), error_messages={"required": _("请填写单位全称。")})
    credit_code = CreditCodeField(
        label=_("统一社会信用代码"), required=False, help_text=_("18 位；境外或尚未设立的单位可不填。")
    )


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows that may be fewer or more than were shown: what was emptied counts as removed, not as an error."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[DELETION_FIELD_NAME].label = _("删除本行")

    @property
    def kept(self) -> list[forms.Form]:
        """The rows that say something and are not ticked for removal."""
        return [form for form in self.forms if form.has_changed() and not _is_ticked(form)]


def _is_ticked(form: forms.Form) -> bool:
    form.is_valid()  # a ticked row need not be right, but it must have been read
    return bool(form.cleaned_data.get(DELETION_FIELD_NAME))


class CommitmentRows(Rows):
    """Each enterprise at most once."""

    def clean(self) -> None:
        seen = set()
        for form in self.kept:
            enterprise = form.cleaned_data.get("enterprise")
            if enterprise in seen:
                form.add_error("enterprise", _("同一出资主体只能填写一行，请合并。"))
            if enterprise is not None:
                seen.add(enterprise)


def _rows(form: type[forms.Form], base: type[Rows]) -> type[Rows]:
    made = forms.formset_factory(
        form, formset=base, extra=0, can_delete=True, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS + 1
    )
    return cast(type[Rows], made)


PhaseRows = _rows(PhaseForm, Rows)
CommitmentRowsOfGroup = _rows(CommitmentForm, CommitmentRows)
PartyRows = _rows(PartyForm, Rows)
