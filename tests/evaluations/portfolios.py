"""Portfolios of projects for property tests, and the frame of the reference pictures."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from investreview.draws import verify_draw as ird
from investreview.evaluations.comparing import Candidate, rate_of

METHODS = ("all_systematic", "ent_systematic", "cell_ceil")
ENTERPRISES = ("交控集团", "农商集团", "城控集团", "方洋控股集团", "港控集团", "能源集团", "金控集团")
BANDS = ("1千万以下", "1千万-3千万", "3千万-1亿", "1亿以上")
PICTURED = {"港控集团": 5, "城控集团": 5, "方洋控股集团": 4, "交控集团": 3, "能源集团": 2, "金控集团": 2, "农商集团": 2}
"""PICTURES: the 23 projects of 2024."""

candidates = st.builds(
    Candidate,
    ent=st.sampled_from(ENTERPRISES),
    band=st.sampled_from(BANDS),
    amount_yuan=st.integers(0, 10**10).map(Fraction),
    must=st.integers(0, 9).map(lambda number: number == 0),
)
portfolios = st.lists(candidates, max_size=120)
seeds = st.binary(min_size=32, max_size=32)


def sampled(frame: list[Candidate], method: str, seed: bytes, rate_bps: int = 3000) -> dict[str, Any]:
    """What the draw of ``verify_draw`` gives for the frame, numbered from 1."""
    rows = [
        {"no": no, "code": str(no), "ent": one.ent, "band": one.band, "amount_wan": 1, "must": one.must}
        for no, one in enumerate(frame, start=1)
    ]
    num, den = rate_of(rate_bps)
    request = {"rule": {"num": num, "den": den, "method": method}}
    result: dict[str, Any] = ird.sample_result(ird.Hash("sha256"), seed, {"rows": rows}, request)["sample"]
    return result


def plain(count: int) -> list[Candidate]:
    """So many projects spread over enterprises and bands, none of which must be in."""
    return [Candidate(ENTERPRISES[n % 7], BANDS[n % 4], Fraction(10**7 + n), must=False) for n in range(count)]
