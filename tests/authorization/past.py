"""What was decided or begun on paper, as the matrix tries it: batches at their states, a decision, a 接续单."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from investreview.core.clock import noon
from investreview.projects.models import Backfill
from investreview.projects.past.services.batches import upload_ledger
from tests.authorization.canaries import canary
from tests.authorization.people import Cast
from tests.authorization.scenes import DAY
from tests.projects import past_ledgers
from tests.workflows import ongoing_ledgers, takeover_forms

AT = noon(DAY)
WORD = canary("past", "name")
WAITING_NUMBER, ACCEPTED_NUMBER = "国资备〔2021〕3号", "国资备〔2021〕4号"


NEW = {
    "name": "新补录项目（示例）",
    "number": "国资备〔2021〕9号",
    "kind": "FIXED_ASSET",
    "nature": "MAIN",
    "route": "FILING",
    "outcome": "FILED",
    "amount_yuan": "1860",
    "decided_on": "2021-05-06",
    "signer": "李××",
}
"""What the page of a past decision asks for at least."""
FILES: dict[str, Callable[[], dict[str, SimpleUploadedFile]]] = {
    "past:upload": lambda: {"file": past_ledgers.ledger([past_ledgers.row(3)])},
    "past:upload_ongoing": lambda: {"file": ongoing_ledgers.ledger([ongoing_ledgers.row(1)])},
    "past:attach": lambda: {"papers": past_ledgers.uploaded(name=f"{WAITING_NUMBER}.pdf", text="补挂（示例）")},
}


def version_of(backfill_id: int) -> int:
    """The version that a page of the batch holds."""
    return Backfill.objects.values_list("version", flat=True).get(pk=backfill_id)


def found_past(cast: Cast) -> dict[str, dict[str, Any]]:
    """Address by thing; entered by the first officer, accepted by the second where it is."""
    world, officer = cast.home, cast.user("officer")
    waiting = past_ledgers.entered(world, officer, key="past:waiting", name=f"{WORD}待核对项目")
    known = past_ledgers.accepted(
        past_ledgers.entered(
            world, officer, key="past:accepted", number=ACCEPTED_NUMBER, name=f"{WORD}历史项目", body="sub"
        ),
        cast.user("officer2"),
    )
    clean = past_ledgers.sent(officer, past_ledgers.ledger([past_ledgers.row(1)]), key="ledger:clean")
    file = past_ledgers.ledger([past_ledgers.row(2)])
    broken = upload_ledger(user=officer, file=file, name="备案台账.xlsx", creation_key="ledger:broken", at=AT)
    Backfill.objects.filter(pk=broken.pk).update(next_try_at=None, error="worker_lost")
    entry = takeover_forms.entered(world, officer, name=f"{WORD}在途项目")
    decision, undecided = known.decisions.get(), waiting.decisions.get()
    return {
        "batch waiting": {"backfill_id": waiting.pk},
        "batch clean": {"backfill_id": clean.pk},
        "batch broken": {"backfill_id": broken.pk},
        "past decision": {"decision_id": decision.pk},
        "past decision waiting": {"decision_id": undecided.pk},
        "past paper": {"paper_id": decision.papers.get().pk},
        "past paper waiting": {"paper_id": undecided.papers.get().pk},
        "takeover": {"takeover_id": entry.pk},
        "takeover paper": {"paper_id": entry.papers.get().pk},
    }
