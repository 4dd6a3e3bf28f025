"""The form that records a written authority to act for somebody."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.services import Authority
from investreview.core.fields import LegalDateField, LineField, MoneyFormField
from investreview.core.roles import Role
from investreview.core.scope import Grant

# The routes that reach a desk where somebody can act for somebody; the rule book, above this room, names them too.
ROUTES = (
    ("FILING", _("备案")),
    ("PLAN_SUPPLEMENT", _("计划外小额项目报备")),
    ("NONMAIN_PREFILING", _("非主业事前备案")),
    ("EXPERT_PANEL", _("专家二次论证")),
    ("SPECIAL_REVIEW", _("审核把关")),
    ("ACQUISITION", _("收购民营企业")),
)


class SubstitutionForm(forms.Form):
    """Who acts for this person, in which role, how long, up to what."""

    grant = forms.ChoiceField(label=_("代办的角色"))
    substitute = forms.ModelChoiceField(label=_("代办人"), queryset=User.objects.none(), empty_label=_("请选择"))
    number = LineField(label=_("书面授权文号"), max_length=80)
    valid_from = LegalDateField(label=_("起始日期"))
    valid_until = LegalDateField(label=_("截止日期"), help_text=_("含当日。"))
    max_amount_yuan = MoneyFormField(label=_("金额上限"), required=False, help_text=_("不限金额时留空。"))
    routes = forms.MultipleChoiceField(
        label=_("限定程序"),
        choices=ROUTES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选表示不限。"),
    )

    def __init__(self, *args: Any, principal: User, grants: Iterable[tuple[Grant, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grant_field: Any = self.fields["grant"]
        grant_field.choices = [
            (f"{grant.role.value}|{grant.path}", f"{body} · {grant.role.label}") for grant, body in grants
        ]
        substitute_field: Any = self.fields["substitute"]
        substitute_field.queryset = User.objects.filter(
            commission=principal.commission, kind=principal.kind, is_active=True
        ).exclude(pk=principal.pk)

    def as_authority(self) -> Authority:
        """What was typed, for the service."""
        data = self.cleaned_data
        role, path = data["grant"].split("|", 1)
        return Authority(
            number=data["number"],
            role=Role(role),
            path=path,
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            max_amount_yuan=data["max_amount_yuan"],
            routes=tuple(data["routes"]),
        )
