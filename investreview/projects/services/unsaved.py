"""Words that a step could not save are kept as they were typed. No journal: they are nobody's statement yet."""

from datetime import datetime

from investreview.accounts.models import User
from investreview.projects.models import Case, UnsavedText
from investreview.projects.steps import StepKey


def keep_typed(*, case: Case, person: User, step: StepKey, version: int, typed: str, at: datetime) -> UnsavedText:
    """What ``person`` typed last on ``step`` waits for them, on any machine; ``typed`` is the form, url-encoded."""
    kept, _is_new = UnsavedText.objects.update_or_create(
        case=case, person=person, step=step, defaults={"version": version, "typed": typed, "typed_at": at}
    )
    return kept


def forget_typed(*, case: Case, person: User, step: StepKey) -> None:
    """Nothing waits any more for ``person`` on ``step``."""
    UnsavedText.objects.filter(case=case, person=person, step=step).delete()
