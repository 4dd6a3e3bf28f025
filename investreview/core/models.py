"""Model bases every room shares."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Stale


class Versioned(models.Model):
    """A row that people decide on; its version rises with each change, so that a stale form is noticed."""

    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        abstract = True

    def check_version(self, expected: int, *, who: str = "", **texts: Any) -> None:
        """Nothing happens while ``expected`` is the row's version.

        Raises: Stale (core_stale) with ``texts`` otherwise.
        """
        if self.version != expected:
            raise Stale("core_stale", who=who or "—", **texts)
