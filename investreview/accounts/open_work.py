"""How much work a person still holds. The rooms that hand out work say so; this room knows none of it.

Whoever holds work is not deactivated before it is handed over (工作交接, DOMAIN §1); an administrator learns the
number only, never a case.
"""

from collections.abc import Callable

from investreview.accounts.models import User

Counter = Callable[[User], int]
_COUNTERS: dict[str, Counter] = {}


def register_open_work(room: str, counter: Counter) -> None:
    """From now on ``counter`` says how much work of ``room`` a person holds; called once, when the site starts."""
    _COUNTERS[room] = counter


def open_work_count(user: User) -> int:
    """Everything the person holds in all rooms."""
    return sum(counter(user) for counter in _COUNTERS.values())
