"""A draw beside the order of its tickets alone: what seats, exclusions and a cap cost on top."""

import random
from collections.abc import Iterator
from functools import partial
from typing import Any

from bench.measure import interleave
from bench.table import Row, timed
from investreview.draws import verify_draw as ird

CLASSES = ("财务会计", "法律风险", "产业技术", "投融资", "经营管理")
SEATS = [{"spec": name, "n": 1} for name in CLASSES] + [{"spec": "*", "n": 4}]
SEED = bytes(range(32))


def measure() -> Iterator[Row]:
    """A panel of nine from 100,000 people, and from 1,000 with at most one of an employer."""
    h = ird.Hash("sha256")
    for key, size, cap, figure in (
        ("draw-100k", 100_000, None, "抽取，10 万名专家，9 席，1% 回避 / draw from 100,000"),
        ("draw-capped", 1_000, 1, "抽取，1,000 名专家，同单位至多 1 人 / draw from 1,000, capped"),
    ):
        rows = _people(size)
        request: dict[str, Any] = {"seats": SEATS, "excluded": [{"no": no} for no in range(1, size // 100)]}
        if cap:
            request["unit_cap"] = cap
        numbers = [row["no"] for row in rows]
        pairs = interleave(
            partial(ird.panel_result, h, SEED, {"rows": rows}, request, []), partial(h.order, SEED, numbers)
        )
        yield timed(key=key, figure=figure, goal=1.3, pairs=pairs, baseline="只排签号 / ticket order alone")


def _people(size: int) -> list[dict[str, Any]]:
    rng = random.Random(size)  # noqa: S311 - rows of a measurement
    return [
        {"no": no, "spec": rng.sample(CLASSES, rng.randrange(1, 3)), "unit": f"U{rng.randrange(size // 3)}"}
        for no in range(1, size + 1)
    ]
