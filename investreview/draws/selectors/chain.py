"""The commission's chain of draws recomputed: each draw that has ended, each log, and that none is missing between."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from investreview.core.scope import Scope
from investreview.draws import verify_draw as ird
from investreview.draws.kinds import ENDED
from investreview.draws.models import Draw, DrawChain
from investreview.draws.selectors.lists import draws, verdict
from investreview.registry.models import Commission


@dataclass(frozen=True)
class CheckedDraw:
    """One draw of the chain: reproduced, with a sentence for each mismatch, or not ended yet."""

    draw_pk: int
    number: str
    seq: int
    is_ended: bool
    faults: tuple[str, ...]


@dataclass(frozen=True)
class ChainCheck:
    """Every announced draw in order, and what is wrong between them."""

    checked: tuple[CheckedDraw, ...]
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults and not any(one.faults for one in self.checked)


def chain_check(scope: Scope, commission: Commission) -> ChainCheck:
    """What the stored bytes say now. A draw that is still at work is checked as far as its log goes."""
    found = draws(scope).filter(commission=commission, seq__isnull=False).order_by("seq")
    announced = list(found.prefetch_related("log"))
    logged = [_logged(draw) for draw in announced]
    checked = tuple(
        CheckedDraw(draw.pk, draw.number or "", draw.seq or 0, draw.state in ENDED, tuple(_faults(draw, one)))
        for draw, one in zip(announced, logged, strict=True)
    )
    return ChainCheck(checked, (*_ends(commission, announced), *ird.chain_faults(logged)))


def _logged(draw: Draw) -> dict[str, Any]:
    return {"request": draw.request_data, "log": [entry.data for entry in draw.log.all()]}


def _faults(draw: Draw, logged: dict[str, Any]) -> Iterator[str]:
    """What the draw's own bytes disagree in."""
    if draw.state in ENDED:
        yield from verdict(draw)
        return
    h, before = ird.Hash(draw.hash_name), ird.ZEROS
    if h.of("request", logged["request"]) != draw.request_hash:
        yield "封存摘要与抽取事项不符 / the fingerprint is not of this request"
    for entry, stored in zip(logged["log"], draw.log.all(), strict=True):
        if entry["prev"] != before or h.of("log", entry) != stored.hash:
            yield f"日志第{entry['seq']}条不相接 / log entry {entry['seq']} does not follow"
        before = stored.hash


def _ends(commission: Commission, announced: list[Draw]) -> Iterator[str]:
    """Whether the chain begins with the first draw and ends with the last that the commission counted."""
    chain = DrawChain.objects.filter(commission=commission).first()
    counted = chain.last_seq if chain is not None else 0
    last = announced[-1].seq if announced else 0
    if announced and announced[0].seq != 1:
        yield f"链 chain: 从第{announced[0].seq}次开始 / begins with {announced[0].seq}"
    if counted != last:
        yield f"链 chain: 已计{counted}次，存有{last}次 / {counted} were counted, {last} are kept"
