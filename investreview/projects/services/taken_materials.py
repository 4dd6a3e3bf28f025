"""Papers of a case file that are materials: a scan whose name begins with a slot's code fills that slot."""

import re
from datetime import datetime

from investreview.projects.models import Case, MaterialVersion, PastPaper, StoredFile, Takeover
from investreview.projects.requirements import requirements_of

_CODE = re.compile(r"M\d{2}(?!\d)", re.ASCII)


def slot_of(name: str) -> str:
    """The code with which a file's name begins, e.g. M05 of ``M05 可行性研究报告.pdf``; empty where there is none."""
    found = _CODE.match(name.strip().upper())
    return found[0] if found is not None else ""


def fill_slots(case: Case, takeover: Takeover, *, at: datetime) -> None:
    """Every scan that names a slot of this case is its material, for whoever decides and for a panel; the rest stays
    with the 接续单. Of several for one slot the last is the current version."""
    kinds = {one.code: one.kinds for one in requirements_of(case)}
    filled: dict[str, int] = {}
    for paper in takeover.papers.order_by("pk"):
        slot = slot_of(paper.name)
        if paper.kind in kinds.get(slot, ()):
            filled[slot] = filled.get(slot, 0) + 1
            _fill(case, slot, filled[slot], paper, at)


def _fill(case: Case, slot: str, ordinal: int, paper: PastPaper, at: datetime) -> None:
    stored = StoredFile.objects.create(
        case=case,
        name=paper.name,
        kind=paper.kind,
        size=paper.size,
        sha256=paper.sha256,
        page_count=paper.page_count,
        storage_name=paper.storage_name,
        mark=case.declaration.mark,
        uploaded_by=paper.uploaded_by,
        uploaded_at=paper.uploaded_at,
    )
    MaterialVersion.objects.filter(case=case, slot=slot, is_current=True).update(is_current=False)
    MaterialVersion.objects.create(
        case=case, slot=slot, ordinal=ordinal, file=stored, provided_by=paper.uploaded_by, provided_at=at
    )
