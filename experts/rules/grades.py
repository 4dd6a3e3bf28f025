"""The word 评语 beside typed points, by their share of the most a criterion can give. Units: points. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from investreview.rulebook.panels import PERCENT


class Grade(TextChoices):
    """How good points are, in a word."""

    EXCELLENT = "EXCELLENT", _("优秀")
    GOOD = "GOOD", _("良好")
    FAIR = "FAIR", _("较好")
    PASSABLE = "PASSABLE", _("一般")
    WEAK = "WEAK", _("较弱")


FROM_PERCENT = {Grade.EXCELLENT: 90, Grade.GOOD: 80, Grade.FAIR: 70, Grade.PASSABLE: 60}
"""The share from which on (included) a word is said; below the last it is weak."""


def grade_of(points: int, most: int) -> Grade:
    """The word for ``points`` out of ``most``."""
    return next((grade for grade, share in FROM_PERCENT.items() if points * PERCENT >= most * share), Grade.WEAK)
