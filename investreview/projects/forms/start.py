"""The form that begins a project."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField
from investreview.core.scope import Scope
from investreview.projects.drafting import enterprises_to_draft_for
from investreview.registry.models import Enterprise


class EnterpriseChoiceField(forms.ModelChoiceField):
    """One of the enterprises given, shown by short and full name."""

    default_error_messages = {
        "required": _("请选择企业。"),
        "invalid_choice": _("请选择您有权申报的企业。"),
    }

    def label_from_instance(self, obj: Enterprise) -> str:
        return _("{name}（{more}）").format(name=obj.short_name, more=obj.organisation.name)


class StartForm(forms.Form):
    """For which enterprise, and what the project is called."""

    enterprise = EnterpriseChoiceField(
        queryset=Enterprise.objects.none(),
        empty_label=_("请选择"),
        label=_("投资主体"),
        help_text=_("实施项目的企业；只列出您有权申报的企业。"),
    )
    name = LineField(
        label=_("项目名称"),
        max_length=120,
        help_text=_("与董事会决议、可研报告一致；分期实施的请写明期次。"),
        error_messages={"required": _("请填写项目名称。")},
    )
    creation_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = enterprises_to_draft_for(scope)
        cast(EnterpriseChoiceField, self.fields["enterprise"]).queryset = choices
        if not self.is_bound:
            self.initial.setdefault("creation_key", uuid4())
            first, second = (*choices[:2], None, None)[:2]
            if second is None:
                self.initial.setdefault("enterprise", first)
