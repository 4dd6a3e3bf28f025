"""What ``manage.py check --database default`` says of the journal."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from investreview.journal import triggers


def check_triggers(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """An error for each journal table that the database would let somebody change."""
    return [
        Error(
            f"journal trigger {name} is missing or altered in database {using!r}",
            hint="run manage.py migrate, which makes it anew, and find out who removed it",
            id="journal.E001",
        )
        for using in databases or ()
        if triggers.has_tables(using)
        for name in triggers.missing(using)
    ]
