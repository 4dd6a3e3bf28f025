"""Forms of an instruction: to whom and until when, the report on it, and what becomes of the report."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField, TextBlockField
from investreview.core.files.kinds import FileKind
from investreview.projects.forms.materials import AnyFileField, accepted
from investreview.projects.services.instructions import FILE_LIMIT, TEXT_LENGTH, Addressee

ADDRESSEE_MISSING = {
    "required": _("请选择承办的处室或者人员。"),
    "invalid_choice": _("请从名单中选择承办的处室或者人员。"),
}


def addressee_choices(addressees: Mapping[str, Addressee]) -> list[tuple[Any, Any]]:
    """The choices in two groups, with an empty one first."""
    offices = [(key, one.name) for key, one in addressees.items() if one.office is not None]
    people = [(key, _described(one)) for key, one in addressees.items() if one.person is not None]
    return [("", _("请选择")), (_("处室"), offices), (_("人员"), people)]


def _described(one: Addressee) -> str:
    office = one.person.office if one.person is not None else None
    return f"{one.name}（{office.name}）" if office is not None else one.name


class AddresseeForm(forms.Form):
    """Who is to do it and until when."""

    def __init__(self, *args: Any, addressees: Mapping[str, Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = addressees
        self.fields["addressee"] = forms.ChoiceField(
            label=_("承办处室或者人员"), choices=addressee_choices(addressees), error_messages=ADDRESSEE_MISSING
        )
        self.fields["due_on"] = LegalDateField(label=_("完成期限"))

    @property
    def chosen(self) -> Addressee:
        """The chosen office or person."""
        return self.addressees[self.cleaned_data["addressee"]]


class InstructionForm(AddresseeForm):
    """What is to be done, by whom, until when."""

    text = TextBlockField(
        label=_("批示"), max_length=TEXT_LENGTH, error_messages={"required": _("请写明要办理的事项。")}
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class ReassignForm(AddresseeForm):
    """Another addressee or date, and why."""

    reason = TextBlockField(
        label=_("改派、改期的理由"), max_length=TEXT_LENGTH, error_messages={"required": _("请说明理由。")}
    )


class ReportForm(forms.Form):
    """What was done, with a file where it helps."""

    text = TextBlockField(
        label=_("办理情况"), max_length=TEXT_LENGTH, error_messages={"required": _("请写明办理情况。")}
    )
    file = AnyFileField(label=_("附件"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = accepted([kind.value for kind in FileKind])
        self.fields["file"].help_text = _("可不附文件；每个不超过 %(limit)d MB。") % {"limit": FILE_LIMIT // 1024**2}


class ReturnForm(forms.Form):
    """Why the report goes back, and a new date where one is needed."""

    reason = TextBlockField(
        label=_("退回意见"), max_length=TEXT_LENGTH, error_messages={"required": _("请说明还需要办理什么。")}
    )
    due_on = LegalDateField(label=_("新的完成期限"), required=False, help_text=_("不填写的，期限不变。"))
