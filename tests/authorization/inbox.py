"""What the inbox keeps for one person, what rightful people send from it, and the moves beside a step."""

from collections.abc import Callable
from typing import Any

from investreview.accounts.services.leaves import Absence, record_leave
from investreview.desk.inbox.filtering import Chosen
from investreview.desk.inbox.saved import Naming, save_view
from investreview.desk.inbox.tabs import Tab
from tests.authorization.people import Cast
from tests.authorization.scenes import DAY, NOW


def things(cast: Cast) -> dict[str, dict[str, Any]]:
    """A saved view and a leave of the officer; a page of the guide and a picture on it."""
    officer = cast.user("officer")
    view = save_view(owner=officer, chosen=Chosen(Tab.CLAIM), naming=Naming("待认领", is_shared=True), at=NOW)
    leave = record_leave(person=officer, absence=Absence(DAY, DAY), at=NOW)
    guide = {"guide page": {"name": "officer"}, "guide picture": {"language": "zh", "name": "officer-desk"}}
    return guide | {"view": {"view_id": view.pk}, "leave": {"leave_id": leave.pk}}


def _waiting_step(site: Any, thing: str, who: str) -> dict[str, object]:
    return {"one": site.things["task check_completeness"]["task_id"], "query": "tab=claim"}


def _reader(site: Any, thing: str, who: str) -> dict[str, object]:
    return {"readers": [site.cast.user("director").pk], "note": "请阅"}


def _sent(**values: object) -> Callable[[Any, str, str], dict[str, object]]:
    return lambda site, thing, who: dict(values)


BODIES = {
    "desk:claim": _waiting_step,
    "desk:mark_read": _sent(items=["1"]),
    "desk:save_view": _sent(query="tab=claim", name="新视图"),
    "desk:change_view": _sent(name="新名"),
    "desk:leave": _sent(valid_from="2024-12-30", valid_until="2024-12-31"),
    "review:give_back": _sent(reason="出差"),
    "review:circulate": _reader,
    "review:urge": _sent(note="合同在即"),
}
