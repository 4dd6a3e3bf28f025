"""The form of an own leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.services.leaves import NOTE_LENGTH, Absence, possible_substitutes
from investreview.core.fields import LegalDateField, LineField
from investreview.desk.selectors.viewing import Viewer


class LeaveForm(forms.Form):
    """When the person is away and whom they propose."""

    valid_from = LegalDateField(label=_("起始日期"))
    valid_until = LegalDateField(label=_("截止日期"), help_text=_("含当日。"))
    substitute = forms.ModelChoiceField(
        label=_("拟请代办人"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("不请人代办"),
        help_text=_("只列出可以代办的人员。书面授权由安全管理员登记后，代办才生效；职责不相容的事项不能代办。"),
    )
    note = LineField(label=_("说明"), required=False, max_length=NOTE_LENGTH)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["substitute"]
        field.queryset = possible_substitutes(viewer.user, viewer.scope)

    @property
    def absence(self) -> Absence:
        """What was typed, for the service."""
        data = self.cleaned_data
        substitute: User | None = data["substitute"]
        return Absence(
            first_on=data["valid_from"],
            last_on=data["valid_until"],
            substitute_id=substitute.pk if substitute is not None else None,
            note=data["note"],
        )
