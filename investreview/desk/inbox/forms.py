"""The form that gives a view its name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField
from investreview.desk.inbox.saved import NAME_LENGTH, Naming


class ViewForm(forms.Form):
    """What the owner says of a view; the filter itself travels beside it."""

    name = LineField(label=_("视图名称"), max_length=NAME_LENGTH)
    is_default = forms.BooleanField(label=_("打开“我的待办”时先显示这个视图"), required=False)
    is_shared = forms.BooleanField(
        label=_("与本处室人员共用"),
        required=False,
        help_text=_("共用的只是筛选条件；每个人看到的仍是各自的事项。没有处室的，与本单位人员共用。"),
    )

    @property
    def naming(self) -> Naming:
        """What was typed, for the service."""
        return Naming(**self.cleaned_data)
