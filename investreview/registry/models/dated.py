"""What holds on some days only: a name, a share."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """Valid from its first day to its last, both included; without a last day it still is."""

    valid_from = models.DateField(_("起始日期"))
    valid_to = models.DateField(_("截止日期"), null=True, blank=True)

    class Meta:
        abstract = True


ENDS_AFTER_IT_BEGINS = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))

Row = TypeVar("Row", bound=Dated)


def in_force(rows: Iterable[Row], on: date) -> Row:
    """The row of a gapless history that holds on ``on``; before the first one, the first.

    Raises: ValueError for an empty history.
    """
    history = sorted(rows, key=lambda row: row.valid_from)
    if not history:
        raise ValueError("a body without a name")
    begun = [row for row in history if row.valid_from <= on]
    return begun[-1] if begun else history[0]
