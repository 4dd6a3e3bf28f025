"""The one form of 今日待签: the leader writes once and presses 签发, 退回处室 or 批示.

Each button's act is judged by the act's own form; this one only carries what was typed and shows what is wrong.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField
from investreview.projects.forms.instructions import addressee_choices
from investreview.projects.services.instructions import Addressee
from workflows.models import WorkItem
from workflows.review.forms.base import ActForm, DoorForm, opinion_field

INSTRUCT = "instruct"
SENDING_BACK = frozenset({"send_back", "return_remedy"})


class DecisionForm(DoorForm):
    """What the leader writes, and to whom and until when where it is a task for somebody."""

    error_fields: ClassVar[Mapping[str, str]] = {"reason": "text", "number": "entered_number"}

    text = opinion_field(
        label=_("批示（可选，签发时一并记录）"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("退回处室时，这里就是退回的理由，须填写。"),
    )
    due_on = LegalDateField(label=_("完成期限"), required=False)

    def __init__(
        self, *args: Any, item: WorkItem, main: ActForm | None, addressees: Mapping[str, Addressee], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.addressees = item, addressees
        self.fields["addressee"] = forms.ChoiceField(
            label=_("承办处室或者人员"), choices=addressee_choices(addressees), required=False
        )
        for name in ("letter_version", "entered_number") if main is not None else ():
            if main is not None and name in main.fields:
                self.fields[name] = main.fields[name]
                self.fields[name].required = False
                self.initial.setdefault(name, main.get_initial_for_field(main.fields[name], name))

    @property
    def has_task(self) -> bool:
        """Whether somebody is named, or a date: then the remark is a task to be followed."""
        return bool(self.data.get("addressee") or self.data.get("due_on"))

    def data_for(self, act: str) -> dict[str, Any]:
        """What was typed, in the names of the act's own form."""
        data = {name: self.data.get(name, "") for name in self.fields}
        if act in SENDING_BACK:
            data["reason"] = data["text"]
        return data

    def take_errors(self, form: forms.Form) -> None:
        """What the act's own form found wrong stands at the field it was typed in."""
        for name, errors in form.errors.as_data().items():
            field = self.error_fields.get(name, name)
            for error in errors:
                self._say(field, error)

    def _say(self, field: str, error: ValidationError) -> None:
        known = {each.code for each in self.errors.as_data().get(field, [])}
        if error.code not in known:
            self.add_error(field if field in self.fields else None, error)
