"""The tabs of the inbox and the orders in which each can be read."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.desk.inbox.paging import Key


class Tab(StrEnum):
    """What a tab holds; the value stands in the address."""

    MINE = "mine"
    CLAIM = "claim"
    DONE = "done"
    STARTED = "started"
    CIRCULATED = "circulated"


LABELS: dict[Tab, Promise] = {
    Tab.MINE: _("待我办理"),
    Tab.CLAIM: _("处室待认领"),
    Tab.DONE: _("我已办理"),
    Tab.STARTED: _("我发起的"),
    Tab.CIRCULATED: _("传阅"),
}
CLAIM_LABEL_OF_ENTERPRISE: Promise = _("本单位待认领")

WAITING = frozenset({Tab.MINE, Tab.CLAIM})
"""The tabs of steps that are still to be done; the others have no deadline to be read by."""

_OWN = Key("pk", int)
_LATEST = (Key("pk", int, descends=True),)
_DUE = (Key("due_key", date), Key("arrived_at", datetime), _OWN)
_ARRIVED = (Key("arrived_at", datetime, descends=True), *_LATEST)
_AMOUNT = (Key("amount_key", Decimal, descends=True), *_LATEST)
_DONE = (Key("done_at", datetime, descends=True), *_LATEST)
_UNREAD = (Key("read_key", int), *_LATEST)

ORDERS: dict[Tab, dict[str, tuple[Key, ...]]] = {
    Tab.MINE: {"due": _DUE, "arrived": _ARRIVED, "amount": _AMOUNT},
    Tab.CLAIM: {"due": _DUE, "arrived": _ARRIVED, "amount": _AMOUNT},
    Tab.DONE: {"done": _DONE, "amount": _AMOUNT},
    Tab.STARTED: {"latest": _LATEST, "amount": _AMOUNT},
    Tab.CIRCULATED: {"unread": _UNREAD, "amount": _AMOUNT},
}
"""The orders of a tab, the usual one first. Each ends with the row's own key, so that no two rows tie."""

ORDER_LABELS: dict[str, Promise] = {
    "due": _("时限由近到远"),
    "arrived": _("到达由近到远"),
    "amount": _("投资额由大到小"),
    "done": _("办理由近到远"),
    "latest": _("建立由近到远"),
    "unread": _("未阅在前"),
}


def tab_named(name: str) -> Tab:
    """The tab of an address; the first for what is none."""
    return next((tab for tab in Tab if tab.value == name), Tab.MINE)


def label_of(tab: Tab, *, of_enterprise: bool) -> str:
    """What a tab is called on this side."""
    return str(CLAIM_LABEL_OF_ENTERPRISE if of_enterprise and tab == Tab.CLAIM else LABELS[tab])
