"""What the tests of services ask of an act: how it was refused, what the journal keeps of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from experts.models import Expert
from investreview.core.errors import DomainError
from investreview.journal.models import Entry
from investreview.journal.selectors import entries_of


def refused(act: Callable[[], object]) -> DomainError:
    """The error that the act ends with."""
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


def last_entry(expert: Expert) -> tuple[str, str, dict[str, Any]]:
    """Verb, actor and facts of the last act on the expert."""
    entry: Entry = entries_of(expert.subject).order_by("-pk")[0]
    return entry.verb, entry.actor_name, json.loads(bytes(entry.content))["facts"]
