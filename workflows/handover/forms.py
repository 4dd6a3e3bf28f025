"""Who takes what: one receiver for each kind, another one for single lines where needed, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.errors import Invalid
from investreview.core.forms import as_validation_error
from investreview.projects.services.contacts import NOTING_ROLES
from workflows.handover.load import Held, kind_label
from workflows.handover.paper import unit_of
from workflows.models import HandoverLine
from workflows.review.forms.base import DoorForm, reason_field

AS_KIND = _("同上")
NOT_CHOSEN = _("请选择")


@dataclass(frozen=True)
class Group:
    """The lines of one kind with their fields."""

    label: str
    receiver: forms.BoundField
    lines: tuple[tuple[Held, forms.BoundField], ...]


class HandoverForm(DoorForm):
    """``held`` is what goes, ``people`` who could take each kind."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = reason_field(label=_("移交原因"))

    def __init__(self, *args: Any, held: Iterable[Held], people: dict[str, list[User]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = list(held)
        self.people = {str(one.pk): one for some in people.values() for one in some}
        for kind in dict.fromkeys(one.kind for one in self.held):
            choices = [(str(one.pk), f"{one.full_name}（{unit_of(one)}）") for one in people[kind]]
            self.fields[f"kind_{kind}"] = self._choice(kind_label(kind), [("", NOT_CHOSEN), *choices])
            for one in self.held:
                if one.kind == kind:
                    self.fields[f"line_{one.key}"] = self._choice(one.what, [("", AS_KIND), *choices])

    def _choice(self, label: str, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            error_messages={"invalid_choice": _("所选人员不能接办此类事项，请重新选择。")},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for kind in dict.fromkeys(one.kind for one in self.held):
            lines = [one for one in self.held if one.kind == kind]
            if not data.get(f"kind_{kind}") and not all(data.get(f"line_{one.key}") for one in lines):
                self.add_error(f"kind_{kind}", as_validation_error(Invalid("workflows_receiver_needed")))
        return data

    def plan(self) -> dict[str, User]:
        """Who takes each line."""
        data = self.cleaned_data
        return {one.key: self.people[data[f"line_{one.key}"] or data[f"kind_{one.kind}"]] for one in self.held}

    def groups(self) -> Iterator[Group]:
        """The kinds in their order, each with its lines."""
        for kind, lines in groupby(self.held, key=lambda one: one.kind):
            rows = tuple((one, self[f"line_{one.key}"]) for one in lines)
            yield Group(kind_label(kind), self[f"kind_{kind}"], rows)


def possible_receivers(held: Iterable[Held], *, giver: User, at: datetime) -> dict[str, list[User]]:
    """For each kind, everybody but the giver whose role reaches one of its lines; duties are asked when it is sent."""
    found: dict[str, dict[int, User]] = {}
    asked: set[tuple[str, str, str]] = set()
    for one in held:
        people = found.setdefault(one.kind, {})
        if (one.kind, one.path, one.office) in asked:
            continue
        asked.add((one.kind, one.path, one.office))
        if one.kind == HandoverLine.INSTRUCTION:
            staff = User.objects.filter(commission=giver.commission_id, kind=User.Kind.STAFF, is_active=True)
            people |= {user.pk: user for user in staff.select_related("commission", "office")}
            continue
        roles = NOTING_ROLES if one.role is None else {one.role}
        for role in sorted(roles):
            people |= {user.pk: user for user in users_holding(role, one.path, one.office, at=at)}
    return {
        kind: sorted((user for user in people.values() if user.pk != giver.pk), key=lambda user: user.pk)
        for kind, people in found.items()
    }
