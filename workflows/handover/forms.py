"""Who takes what: one receiver for each kind, another one for single lines where needed, and why."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.accounts.permissions import people_holding
from investreview.core.errors import Invalid
from investreview.core.forms import as_validation_error
from investreview.core.gathering import gathered
from investreview.core.roles import Role
from investreview.projects.services.contacts import NOTING_ROLES
from investreview.registry.rules import ancestor_paths
from workflows.handover.load import Held, kind_label
from workflows.handover.paper import UNIT, unit_of
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


def possible_receivers(held: Collection[Held], *, giver: User, at: datetime) -> dict[str, list[User]]:
    """For each kind, everybody but the giver whose role reaches one of its lines; duties are asked when it is sent.

    One query.
    """
    able = [*_holders(held, at)]
    if any(one.kind == HandoverLine.INSTRUCTION for one in held):
        staff = User.objects.filter(commission=giver.commission_id, kind=User.Kind.STAFF, is_active=True)
        able.append((HandoverLine.INSTRUCTION, staff))
    found: dict[str, dict[int, User]] = {kind: {} for kind, _people in able}
    read = gathered(*(people.exclude(pk=giver.pk).select_related(*UNIT) for _kind, people in able))
    for (kind, _people), users in zip(able, read, strict=True):
        found[kind] |= {user.pk: user for user in users}
    return {kind: sorted(people.values(), key=lambda user: user.pk) for kind, people in found.items()}


def _holders(held: Iterable[Held], at: datetime) -> Iterator[tuple[str, QuerySet[User]]]:
    """Each kind that goes by roles, with those who hold one of its roles over one of its lines, still to be read."""
    reached: dict[tuple[str, Role, str], set[str]] = {}
    for one in held:
        if one.kind != HandoverLine.INSTRUCTION:
            for role in sorted(NOTING_ROLES) if one.role is None else [one.role]:
                reached.setdefault((one.kind, role, one.office), set()).update(ancestor_paths(one.path))
    for (kind, role, office), paths in reached.items():
        yield kind, people_holding(role, tuple(sorted(paths)), office, at)
