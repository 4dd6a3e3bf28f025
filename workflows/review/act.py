"""One act of a step, as the pages offer it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from workflows.review.forms.base import ActForm


@dataclass(frozen=True)
class Act:
    """One act by the name of its service: its form and the sentence that says it is done.

    ``asks_version`` is off where several people answer side by side on one state of the case.
    """

    name: str
    form: type[ActForm]
    done: Promise
    is_on_paper: bool = False
    asks_version: bool = True
