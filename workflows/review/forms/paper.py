"""What stands on the returned 呈批表, beside the act's own fields; and why a comparison failed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.fields import LegalDateField, LineField
from workflows.review.forms.base import DoorForm, reason_field


class PaperForm(DoorForm):
    """Who decided, when, on which version of the sheet, and the scan."""

    file_field = "scan"

    key = forms.UUIDField(widget=forms.HiddenInput)
    dated_on = LegalDateField(label=_("纸面日期"))
    version_code = LineField(label=_("呈批表版本码"), max_length=24, help_text=_("印在呈批表页脚，例如 7K2M-01。"))
    scan = forms.FileField(
        label=_("签批后的呈批表扫描件"),
        error_messages={"required": _("请选择扫描件。"), "empty": _("所选文件是空的，请重新选择。")},
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = [(key, person.full_name) for key, person in self.people.items()]
        self.fields["decider"] = forms.ChoiceField(
            label=_("签批人"),
            choices=[("", _("请选择")), *names],
            error_messages={"required": _("请选择签批人。"), "invalid_choice": _("所选人员不能办理本环节。")},
        )
        self.order_fields(["key", "decider"])

    @property
    def chosen(self) -> User:
        """The person who decided on paper."""
        return self.people[self.cleaned_data["decider"]]


class RejectForm(DoorForm):
    """Why the entry does not agree with the paper."""

    reason = reason_field(label=_("不一致之处"))
