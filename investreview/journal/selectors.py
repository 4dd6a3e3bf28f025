"""Reading the journal. Who may read a subject may read its entries; the caller has decided that."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from investreview.core.subject import Subject
from investreview.journal.models import Entry


def entries_of(subject: Subject) -> QuerySet[Entry]:
    """What was done to ``subject``, oldest act first."""
    return entries_of_many([subject])


def entries_of_many(subjects: Iterable[Subject]) -> QuerySet[Entry]:
    """What was done to any of ``subjects`` (a case and its documents), oldest act first; one query."""
    keys_by_kind: dict[str, set[str]] = {}
    for subject in subjects:
        keys_by_kind.setdefault(subject.kind, set()).add(subject.key)
    if not keys_by_kind:
        return Entry.objects.none()
    wanted = reduce(or_, (Q(subject_kind=kind, subject_key__in=keys) for kind, keys in sorted(keys_by_kind.items())))
    return Entry.objects.filter(wanted).order_by("at", "pk")
