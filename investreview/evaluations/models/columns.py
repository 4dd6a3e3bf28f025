"""Columns and constraints that the records of this room share."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from investreview.accounts.models import User


def person(label: Any) -> "models.ForeignKey[User | None, User | None]":
    """A foreign key to whoever did something, empty until they did."""
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=label
    )


def differ(name: str, left: str, right: str) -> models.CheckConstraint:
    """Two columns never hold the same person."""
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{left}__isnull": True}) | Q(**{f"{right}__isnull": True}) | ~Q(**{left: F(right)})
    )
