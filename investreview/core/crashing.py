"""Named places at which a test lets its process die, so that what is left behind can be looked at.

The variable CRASH_AT names one of ``POINTS``; it is read only where the settings say ALLOW_CRASH_POINTS, which no
installation does.
"""

import os
import signal

from django.conf import settings

POINTS = frozenset(
    {
        "start.before_commit",
        "start.after_commit",
        "act.before_commit",
        "act.after_commit",
        "clock.before_commit",
        "clock.after_commit",
        "render.before_lease",
        "render.after_lease",
        "render.after_render",
        "store.before_rename",
        "render.after_store",
        "render.after_commit",
        "mail.before_lease",
        "mail.after_lease",
        "mail.after_send",
        "mail.after_commit",
        "draw.after_numbers",
        "draw.before_result_commit",
    }
)


def crash_point(name: str) -> None:
    """Nothing happens, unless a test asked for the process to be killed here.

    Raises: KeyError for a name that is not enumerated.
    """
    if not settings.ALLOW_CRASH_POINTS:
        return
    if name not in POINTS:
        raise KeyError(name)
    if os.environ.get("CRASH_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
