"""What every act's form shares: its own fields, its button, and domain errors shown where they belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.errors import DomainError
from investreview.core.fields import TextBlockField
from investreview.core.forms import as_validation_error
from workflows.models import WorkItem

OPINION_LENGTH = 2000


@dataclass(frozen=True)
class Button:
    """One submit button; ``name`` and ``value`` are sent only where the button itself answers a question."""

    label: str
    name: str = ""
    value: str = ""
    is_main: bool = True


class Envelope(forms.Form):
    """What travels hidden with every act: which act, on which state of the case, and the submission's own key."""

    act = forms.CharField(max_length=40, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": False, **kwargs})


class DoorForm(forms.Form):
    """A form that shows domain errors; ``error_fields`` maps a service's name of a field to the form's.

    What is wrong with an uploaded file (codes ``file_…``) belongs to ``file_field``.
    """

    error_fields: ClassVar[Mapping[str, str]] = {}
    file_field: ClassVar[str | None] = None

    def show(self, error: DomainError) -> None:
        """The error stands beside its field, or above the form where it belongs to none."""
        name = self.error_fields.get(error.field or "", error.field)
        if error.code.startswith("file_"):
            name = self.file_field
        self.add_error(name if name in self.fields else None, as_validation_error(error))

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, label by label, for the pages on which the form itself is gone."""
        rows = []
        for bound in self:
            value = self.data.get(bound.html_name, "")
            if value and not bound.is_hidden:
                rows.append((str(bound.label), _chosen(bound.field, value)))
        return rows


class ActForm(DoorForm):
    """The own fields of one act on one work item; ``facts`` is what its service is given."""

    title: ClassVar[Promise]
    button: ClassVar[Promise]
    help: ClassVar[Promise | str] = ""
    answered_by_buttons: ClassVar[tuple[str, ...]] = ()
    fields_template: ClassVar[str] = "workflows/fields.html"

    def __init__(self, *args: Any, item: WorkItem, on: date, **kwargs: Any) -> None:
        self.item = item
        self.case = item.case
        self.on = on
        super().__init__(*args, **kwargs)

    @property
    def heading(self) -> str:
        """What stands above the form."""
        return str(self.title)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The submit buttons; the first is the one Enter presses."""
        return (Button(str(self.button)),)

    @property
    def explanation(self) -> str:
        """What the act brings about, said before it is done."""
        return str(self.help)

    @property
    def screen_fields(self) -> list[forms.BoundField]:
        """The fields that are typed on screen; what a button answers is not asked twice."""
        return [bound for bound in self if bound.name not in self.answered_by_buttons]

    @property
    def has_files(self) -> bool:
        """Whether a file travels with it."""
        return self.is_multipart()

    def beforehand(self, *, user: User, at: datetime) -> None:
        """What has to be stored for good before the act itself, in a transaction of its own; mostly nothing."""

    def facts(self) -> dict[str, Any]:
        """The cleaned fields as the service's arguments."""
        return dict(self.cleaned_data)


def _chosen(field: forms.Field, value: str) -> str:
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value))


def opinion_field(**kwargs: Any) -> TextBlockField:
    """A written opinion of the usual length."""
    kwargs.setdefault("label", _("意见"))
    return TextBlockField(max_length=OPINION_LENGTH, **kwargs)


def reason_field(**kwargs: Any) -> TextBlockField:
    """A reason that must be given."""
    kwargs.setdefault("label", _("理由"))
    return TextBlockField(max_length=OPINION_LENGTH, error_messages={"required": _("请填写理由。")}, **kwargs)
