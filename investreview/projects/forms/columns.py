"""A form field is called what its column is called, and takes no more than the column holds."""

from typing import Any

from django.db import models


def column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """The column ``name`` of ``model``. Raises: TypeError for a relation that is no column."""
    found = model._meta.get_field(name)
    if not isinstance(found, models.Field):
        raise TypeError(f"{model.__name__}.{name} is no column")
    return found
