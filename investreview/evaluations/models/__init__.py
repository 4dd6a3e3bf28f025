"""Post-evaluation: what is due, the year with its frame, the notices; one module per noun."""

from investreview.evaluations.models.due import Due
from investreview.evaluations.models.notice import SampleNotice
from investreview.evaluations.models.year import EvaluationYear, FrameRow, MandatoryPick

__all__ = ["Due", "EvaluationYear", "FrameRow", "MandatoryPick", "SampleNotice"]
