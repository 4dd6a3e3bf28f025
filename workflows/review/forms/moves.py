"""Moves that are no step of the process: withdraw, return, transfer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.fields import LineField
from workflows.circulating import NOTE_LENGTH
from workflows.review.forms.base import DoorForm, reason_field


class VersionForm(DoorForm):
    """The state of the case that was shown, and nothing else."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MoveForm(VersionForm):
    """A reason, on the state of the case that was shown."""

    reason = reason_field()


class TransferForm(DoorForm):
    """Who takes the task, and why."""

    reason = reason_field()

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["to"] = forms.ChoiceField(
            label=_("转给"),
            widget=forms.RadioSelect,
            choices=[(key, _described(person)) for key, person in self.people.items()],
            error_messages={"required": _("请选择接办人。"), "invalid_choice": _("所选人员不能办理本环节。")},
        )
        self.order_fields(["to", "reason"])

    @property
    def chosen(self) -> User:
        """The person who takes the task."""
        return self.people[self.cleaned_data["to"]]


class ReasonForm(DoorForm):
    """Why a step is given back."""

    reason = reason_field()


class CirculationForm(DoorForm):
    """Before whom the case is put, and a word to them."""

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["readers"] = forms.TypedMultipleChoiceField(
            label=_("传阅给"),
            widget=forms.CheckboxSelectMultiple,
            coerce=int,
            choices=[(person.pk, _described(person)) for person in people],
            error_messages={
                "required": _("请至少选择一人。"),
                "invalid_choice": _("所选人员不能查看本办件。"),
            },
        )
        self.fields["note"] = LineField(label=_("附言"), required=False, max_length=NOTE_LENGTH)


class UrgingForm(DoorForm):
    """A word that goes with the reminder."""

    note = LineField(
        label=_("说明"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("可以说明为什么急需办理；将随通知发给办理人。"),
    )


def _described(person: User) -> str:
    office = person.office.name if person.office is not None else ""
    return _("{name}（{more}）").format(name=person.full_name, more=office) if office else person.full_name
