"""What the forms about a versioned record share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.services.organisations import OrganisationName
from investreview.core.fields import LineField
from investreview.projects.forms.fields import CreditCodeField

HIGHEST_VERSION = 2**31 - 1


class VersionedForm(forms.Form):
    """Carries the version its page was opened with; its ids do not meet those of another form on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST_VERSION)

    def __init__(self, data: Any = None, *, key: str, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {**kwargs.get("initial", {}), "version": version}
        super().__init__(data, auto_id=f"{key}_%s", **kwargs)

    def renew(self, version: int) -> None:
        """What was typed is sent about the record as it is now: the person has read that it had changed."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(version)  # type: ignore[index]


class OrganisationForm(VersionedForm):
    """A legal person: one that is known, or a new one by its credit code."""

    name = LineField(label=_("单位全称"), error_messages={"required": _("请填写单位全称。")})
    credit_code = CreditCodeField(
        label=_("统一社会信用代码"), required=False, help_text=_("系统中没有该单位的，须填写18位代码。")
    )
    is_foreign = forms.BooleanField(
        label=_("境外单位"), required=False, help_text=_("境外单位没有统一社会信用代码，只按名称登记。")
    )

    def as_named(self) -> OrganisationName:
        """What was typed, for the service."""
        data = self.cleaned_data
        return OrganisationName(data["name"], data["credit_code"], data["is_foreign"])
