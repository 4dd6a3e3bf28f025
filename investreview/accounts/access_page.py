"""The access journal, arranged for the audit administrator's page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.accounts.selectors import access_entries
from investreview.journal.models import Entry
from investreview.registry.models import Commission

VERBS: dict[str, Promise] = {
    "session.open": _("登录"),
    "session.close": _("退出"),
    "session.refuse": _("登录失败"),
    "access.deny": _("拒绝访问"),
    "ACCESS_DENIED": _("拒绝访问（未登录）"),
}
RESULTS: dict[str, Promise] = {"DONE": _("完成"), "DENIED": _("拒绝")}


@dataclass(frozen=True)
class AccessRow:
    """One entry as a line of the table; a verb of another room keeps its own word."""

    entry: Entry
    verb: str | Promise
    result: str | Promise
    address: str


def access_page(commission: Commission, *, before: int | None) -> tuple[list[AccessRow], int | None]:
    """A page of lines, newest first, and the key from which the next page goes on."""
    entries, older = access_entries(commission, before=before)
    return [_row(entry) for entry in entries], older


def _row(entry: Entry) -> AccessRow:
    address = str(entry.facts.get("address", "")) or "—"
    return AccessRow(entry, VERBS.get(entry.verb, entry.verb), RESULTS.get(entry.result, entry.result), address)
