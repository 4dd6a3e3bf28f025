"""A file that a drafter began to send, a scan that the document office began, and what rightful people send."""

from collections.abc import Callable
from typing import Any

from investreview.accounts.selectors import scope_of
from investreview.demo import hands
from investreview.projects.services.scans import AnnouncedScan, begin_scan
from investreview.projects.services.uploads import Announced, begin_upload
from tests.authorization.people import Cast
from tests.authorization.scenes import FREE_SLOT, NOW, Scene


def things(cast: Cast, scenes: dict[str, Scene]) -> dict[str, dict[str, Any]]:
    """The upload; nobody but its sender, not even a reader of the case, comes to it."""
    scene = scenes["draft"]
    name = f"{scene.word('file')}.pdf"
    upload = begin_upload(
        acting=hands.acting(cast.user("sub_drafter"), NOW),
        case_id=scene.case.pk,
        file=Announced(slot=FREE_SLOT, name=name, size=5_000_000, changed_ms=1, mark="INTERNAL"),
        at=NOW,
    )
    office = cast.user("document_officer")
    scan = begin_scan(
        user=office,
        scope=scope_of(office, NOW),
        scan=AnnouncedScan(name=f"{scenes['signed'].word('scan')}.pdf", size=5_000_000, changed_ms=1),
        at=NOW,
    )
    return {
        "upload": {"number": scene.case.number, "slot": upload.slot, "key": upload.key},
        "scan": {"key": scan.key},
    }


def _announced(site: Any, thing: str, who: str) -> dict[str, object]:
    return {"slot": FREE_SLOT, "name": "图纸.zip", "size": 5_000_000, "changed": 1, "mark": "INTERNAL"}


def _announced_scan(site: Any, thing: str, who: str) -> dict[str, object]:
    return {"name": "盖章原件.pdf", "size": 5_000_000, "changed": 1}


BODIES: dict[str, Callable[[Any, str, str], dict[str, object]]] = {
    "projects:uploads": _announced,
    "projects:scans": _announced_scan,
}
