"""Signs of life of the background processes: the clock gives one as it sends the job, the worker as it does it."""

from datetime import datetime, timedelta

from investreview.core.models import SignOfLife

SILENCE = timedelta(minutes=2)
"""How long a process may be silent before a person should look; it gives a sign twice a minute."""


def give_sign(process: str, *, now: datetime) -> None:
    """The process was at work at the machine's time ``now``."""
    SignOfLife.objects.update_or_create(process=process, defaults={"given_at": now})


def last_signs() -> dict[str, datetime]:
    """When each process that was ever seen gave its last sign."""
    return dict(SignOfLife.objects.values_list("process", "given_at"))
