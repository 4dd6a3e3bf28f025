"""Saved views: saved, renamed and shared by their owner, seen by the owner's office, deleted by the owner alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from investreview.accounts.models import User
from investreview.accounts.services.noting import note
from investreview.core.errors import Invalid, NotVisible
from investreview.core.text import clean_line
from investreview.desk.inbox.filtering import Chosen
from investreview.desk.inbox.tabs import tab_named
from investreview.desk.models import SavedView

MOST = 20
"""Saved views of one person: as many as a row of names can hold and still be read."""
NAME_LENGTH = 40


@dataclass(frozen=True)
class Naming:
    """What the owner says of a view besides what it shows."""

    name: str
    is_default: bool = False
    is_shared: bool = False


def views_for(user: User) -> QuerySet[SavedView]:
    """The person's own views and those that people of the same office (else the same body) share, by name."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True) & _same_office(user)).select_related("owner")


def _same_office(user: User) -> Q:
    """The owners who sit where the person sits."""
    if user.office_id is not None:
        return Q(owner__office=user.office_id)
    if user.enterprise_id is not None:
        return Q(owner__enterprise=user.enterprise_id)
    return Q(owner__commission=user.commission_id, owner__kind=user.kind, owner__office=None, owner__enterprise=None)


def chosen_of(view: SavedView) -> Chosen:
    """What a view shows."""
    known = {key: str(view.values.get(key, "")) for key in ("q", "route", "group", "step", "sort")}
    return Chosen(tab=tab_named(view.tab), **known)


def save_view(*, owner: User, chosen: Chosen, naming: Naming, at: datetime) -> SavedView:
    """The view is kept under its name; the same name again takes the place of the earlier.

    Raises: Invalid (desk_view_name_needed, desk_views_too_many). Journal: view.save.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=owner.pk)
        name = _checked(naming.name)
        view = SavedView.objects.filter(owner=owner, name=name).first()
        if view is None and SavedView.objects.filter(owner=owner).count() >= MOST:
            raise Invalid("desk_views_too_many", field="name", most=MOST)
        view = view or SavedView(owner=owner, name=name)
        view.tab, view.values = chosen.tab.value, chosen.stored
        return _kept(view, naming, at, "view.save")


def change_view(*, view_id: int, user: User, naming: Naming, at: datetime) -> SavedView:
    """The view has the new name, opens by itself or not, is shared or not.

    Raises: NotVisible for another's; Invalid (desk_view_name_needed, desk_view_name_taken). Journal: view.change.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        view = own_view(view_id, user)
        name = _checked(naming.name)
        if SavedView.objects.filter(owner=user, name=name).exclude(pk=view.pk).exists():
            raise Invalid("desk_view_name_taken", field="name", name=name)
        view.name = name
        return _kept(view, naming, at, "view.change")


def _kept(view: SavedView, naming: Naming, at: datetime, verb: str) -> SavedView:
    if naming.is_default:
        SavedView.objects.filter(owner=view.owner, is_default=True).exclude(pk=view.pk).update(is_default=False)
    view.is_default, view.is_shared, view.saved_at = naming.is_default, naming.is_shared, at
    view.save()
    facts: dict[str, object] = {"name": view.name, "is_default": view.is_default, "is_shared": view.is_shared}
    note(verb, view.owner, actor=view.owner.as_actor(), at=at, facts=facts)
    return view


def delete_view(*, view_id: int, user: User, at: datetime) -> None:
    """The view is gone for everybody it was shared with. Raises: NotVisible for another's. Journal: view.delete."""
    with transaction.atomic():
        view = own_view(view_id, user)
        note("view.delete", user, actor=user.as_actor(), at=at, facts={"name": view.name})
        view.delete()


def own_view(view_id: int, user: User) -> SavedView:
    """The person's own view. Raises: NotVisible (desk_view_not_visible), the same for one that does not exist."""
    view = SavedView.objects.filter(pk=view_id, owner=user).select_related("owner").first()
    if view is None:
        raise NotVisible("desk_view_not_visible")
    return view


def _checked(name: str) -> str:
    if not name.strip():
        raise Invalid("desk_view_name_needed", field="name")
    return clean_line(name, max_length=NAME_LENGTH)
