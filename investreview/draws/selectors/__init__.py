"""Reads of the draws room, limited by the reader's scope."""

from investreview.draws.selectors.ceremony import ceremony
from investreview.draws.selectors.chain import ChainCheck, chain_check
from investreview.draws.selectors.lists import draw_for, draws, draws_of, revealed_person, stalled_draws, verdict
from investreview.draws.selectors.samples import sample

__all__ = [
    "ChainCheck",
    "ceremony",
    "chain_check",
    "draw_for",
    "draws",
    "draws_of",
    "revealed_person",
    "sample",
    "stalled_draws",
    "verdict",
]
