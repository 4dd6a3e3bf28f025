"""The ledger of cases under way as the office has it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from investreview.accounts.models import User
from investreview.projects.models import Backfill
from investreview.projects.past.services.batches import order_storing, upload_ledger
from investreview.projects.past.services.working import work_on
from tests.projects.past_ledgers import NOON, ledger_of, still
from tests.world import START
from workflows.ongoing.ledger import ONGOING

TITLES = {column.key: column.title for column in ONGOING.columns}
CHECKED = {
    "step": "签发",
    "proposal": "予以备案",
    "proposed_on": date(2024, 6, 24),
    "officer_text": "建议予以备案。",
    "earlier": "审核：head：2024-06-25：同意",
}
"""What stands in a row whose case waits for the signature."""


def row(ordinal: int, /, **cells: Any) -> list[Any]:
    """A filing of 18,600,000 yuan that waits for the officer's opinion; ``cells`` replace single columns."""
    usual: dict[str, Any] = {
        "paper_number": f"收2024-{ordinal}",
        "name": f"在途项目{ordinal}（示例）",
        "group": "甲集团",
        "enterprise": "甲一公司",
        "route": "备案",
        "step": "经办意见",
        "officer": "officer",
        "released_on": date(2024, 6, 19),
        "complete_on": date(2024, 6, 21),
        "elapsed_days": 4,
        "as_of_on": date(2024, 6, 28),
        "kind": "固定资产投资",
        "nature": "主业",
        "main_business": "港口物流",
        "summary": "更新皮带机。",
        "total_yuan": 1860,
        "own_commitment_yuan": 1860,
        "own_funds_yuan": 1116,
        "borrowing_yuan": "744万元",
        "plan_status": "已列入年度投资计划",
        "report_number": "甲投〔2024〕9号",
        "decided_on": date(2024, 6, 12),
        "contact_name": "张××（示例）",
        "contact_phone": "0518-00000000",
        "parties": "可研编制单位：某设计院（示例）",
    }
    return [(usual | cells).get(column.key) for column in ONGOING.columns]


def ledger(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> SimpleUploadedFile:
    """A ledger with these rows; ``change`` may do to its sheet what a person does in Excel."""
    return ledger_of(ONGOING, rows, name="在途台账.xlsx", change=change)


def sent(user: User, file: SimpleUploadedFile, *, key: str = "ledger:1", at: datetime = START) -> Backfill:
    """The ledger was sent and read on trial."""
    source = Backfill.Source.ONGOING
    backfill = upload_ledger(user=user, file=file, name=file.name or "", creation_key=key, at=at, source=source)
    return worked(backfill)


def stored(user: User, file: SimpleUploadedFile, *, key: str = "ledger:1") -> Backfill:
    """The ledger was sent, read and written."""
    backfill = sent(user, file, key=key)
    order_storing(user=user, backfill_id=backfill.pk, version=backfill.version, at=START)
    return worked(backfill)


def worked(backfill: Backfill) -> Backfill:
    """The worker has done what the batch asks for."""
    work_on(backfill.pk, clock=still(NOON + timedelta(hours=1)))
    backfill.refresh_from_db()
    return backfill


def faults(backfill: Backfill) -> list[tuple[int, str, str]]:
    """Row, title of the column and code of everything that is wrong."""
    plain = [each.fault for each in backfill.faults.order_by("row", "pk")]
    return [(each["place"][1], each["place"][3], each["code"]) for each in plain]
