"""What somebody asked the drafter to change, for the page on which the draft is handed over again."""

from django.utils.translation import gettext

from investreview.journal.models import Entry
from investreview.journal.selectors import entries_of
from investreview.projects.models import Case
from investreview.projects.rules import Verb

ASKING = (Verb.SUPPLEMENT.value, Verb.SEND_TO_DRAFTER.value)


def asked_changes(case: Case) -> list[str]:
    """The points of the supplement notice and the releaser's last reason, oldest first; nothing when nobody asked."""
    latest = {entry.verb: entry for entry in entries_of(case.subject).filter(verb__in=ASKING)}
    lines: list[str] = []
    for entry in sorted(latest.values(), key=lambda one: one.pk):
        lines += _lines(entry)
    return lines


def _lines(entry: Entry) -> list[str]:
    facts = entry.facts
    if entry.verb == Verb.SEND_TO_DRAFTER.value:
        return [gettext("集团报送人退回：%(reason)s") % {"reason": facts["reason"]}]
    said = gettext("一次性告知补正：%(item)s")
    return [said % {"item": f"{item['slot']} {item['text']}".strip()} for item in facts["items"]]
