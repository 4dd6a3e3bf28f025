"""The verbs of a ceremony, in the order in which they come."""

from investreview.draws.names import RevealedPerson
from investreview.draws.services.announcing import announce
from investreview.draws.services.common import require_not_operator, require_not_witness
from investreview.draws.services.ending import close, close_failed, close_on_opinion, disclose
from investreview.draws.services.exporting import export_evidence
from investreview.draws.services.freezing import freeze_panel_draw, freeze_sample_draw, withdraw_freeze
from investreview.draws.services.numbers import conclude, enter_numbers
from investreview.draws.services.revealing import ask_reveal, confirm_reveal
from investreview.draws.services.waves import (
    WaveOutcome,
    cancel_wave,
    countersign_wave,
    propose_wave,
    record_wave,
)

__all__ = [
    "RevealedPerson",
    "WaveOutcome",
    "announce",
    "ask_reveal",
    "cancel_wave",
    "close",
    "close_failed",
    "close_on_opinion",
    "conclude",
    "confirm_reveal",
    "countersign_wave",
    "disclose",
    "enter_numbers",
    "export_evidence",
    "freeze_panel_draw",
    "freeze_sample_draw",
    "propose_wave",
    "record_wave",
    "require_not_operator",
    "require_not_witness",
    "withdraw_freeze",
]
