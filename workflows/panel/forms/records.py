"""Acts on a panel's record that end no step: what they ask, by whom, and what they bring about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from experts.models import Panel
from experts.services.common import Scan
from investreview.accounts.models import User
from investreview.core.errors import Forbidden
from investreview.core.fields import LineField
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.permissions import acting_as
from workflows.review.forms.base import DoorForm


class RecordForm(DoorForm):
    """One act: ``name`` is its address, ``roles`` who may do it, ``done`` what is said afterwards.

    ``place`` travels hidden where the act is about one place of the panel.
    """

    name: ClassVar[str]
    roles: ClassVar[tuple[Role, ...]]
    title: ClassVar[Promise]
    button: ClassVar[Promise]
    help: ClassVar[Promise | str] = ""
    done: ClassVar[Promise]
    is_danger: ClassVar[bool] = False

    place = LineField(max_length=4, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, panel: Panel, place: str = "", **kwargs: Any) -> None:
        self.panel = panel
        kwargs.setdefault("auto_id", f"id_{self.name}_{place}_%s")
        if place:
            kwargs["initial"] = {"place": place, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def heading(self) -> str:
        """What stands before the button."""
        return str(self.title)

    @property
    def at_place(self) -> str:
        """The place the form is about, as typed or as offered."""
        return str(self["place"].value() or "")

    @property
    def screen_fields(self) -> Iterable[forms.BoundField]:
        """The fields that are typed."""
        return [bound for bound in self if not bound.is_hidden]

    @property
    def has_files(self) -> bool:
        """Whether a file travels with it."""
        return self.is_multipart()

    def acting(self, user: User, at: datetime) -> Acting:
        """The person in their own name or as a substitute. Raises: Forbidden (projects_role_missing)."""
        refusal: Forbidden | None = None
        for role in self.roles:
            try:
                return acting_as(user=user, role=role, path=self.panel.case.path, at=at)
            except Forbidden as error:
                refusal = refusal or error
        raise refusal or Forbidden("projects_role_missing", role="—")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        """The act is done. Raises: what its service raises."""
        raise NotImplementedError

    def is_repeated(self, user: User) -> bool:
        """Whether this same person has done exactly this before: a second press of the button."""
        return False

    def paper(self, field: str) -> Scan:
        """The uploaded paper of a field."""
        upload = self.cleaned_data[field]
        return Scan(upload, upload.name)
