"""One content of each kind of paper of the room."""

from . import panel_samples, samples

EVERY_KIND = samples.EVERY_KIND | panel_samples.EVERY_PAPER
