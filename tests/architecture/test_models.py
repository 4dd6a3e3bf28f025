"""Foreign keys count as imports, also those written as strings; people are never deleted; money is never a float."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

FLOORS = (
    ("core",),
    ("journal",),
    ("registry",),
    ("accounts",),
    ("rulebook", "documents", "notices"),
    ("plans", "draws"),
    ("projects",),
    ("letters",),
    ("experts",),
    ("evaluations", "inspections"),
    ("workflows",),
    ("desk", "demo"),
)
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in HEIGHT]


def relations() -> Iterator[tuple[type[models.Model], models.Field, type[models.Model]]]:
    for model in our_models():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.is_relation and isinstance(field.related_model, type):
                yield model, field, field.related_model


def test_foreign_keys_point_down_or_stay_at_home() -> None:
    offenders = [
        f"{model._meta.label}.{field.name} → {target._meta.label}"
        for model, field, target in relations()
        if target._meta.app_label in HEIGHT
        and target._meta.app_label != model._meta.app_label
        and HEIGHT[target._meta.app_label] >= HEIGHT[model._meta.app_label]
    ]
    assert offenders == []


def test_the_journal_has_no_foreign_key_to_another_room() -> None:
    offenders = [
        f"{model._meta.label}.{field.name}"
        for model, field, target in relations()
        if model._meta.app_label == "journal" and target._meta.app_label != "journal"
    ]
    assert offenders == []


def test_every_foreign_key_to_a_person_protects_them() -> None:
    # guardian's and Django's own through tables delete a grant with its holder; users are deactivated, never deleted.
    offenders = [
        f"{model._meta.label}.{field.name}"
        for model, field, target in relations()
        if target is get_user_model()
        and isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
        and not model._meta.auto_created
        and not any(base.__module__.startswith("guardian") for base in model.__mro__)
    ]
    assert offenders == []


@pytest.mark.parametrize("kind", [models.DecimalField, models.FloatField])
def test_no_column_holds_a_decimal_or_a_float(kind: type[models.Field]) -> None:
    offenders = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, kind) or field.get_internal_type() == kind.__name__
    ]
    assert offenders == []
