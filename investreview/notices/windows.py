"""How long mails that a person sends wait in the outbox: what the commission set, else the installation's setting."""

from dataclasses import dataclass

from django.conf import settings

from investreview.notices.kinds import SENT_KINDS, NoticeKind
from investreview.notices.models import HoldWindow
from investreview.registry.models import Commission


@dataclass(frozen=True)
class Window:
    """The window of one kind; ``own`` is nothing where the installation's setting holds. Units: minutes."""

    kind: NoticeKind
    own: int | None
    default: int

    @property
    def minutes(self) -> int:
        """How long its mails wait."""
        return self.own if self.own is not None else self.default


def windows_of(commission: Commission) -> tuple[Window, ...]:
    """The windows of a commission, kind by kind; one query."""
    own = dict(HoldWindow.objects.filter(commission=commission).values_list("kind", "minutes"))
    return tuple(Window(kind, own.get(kind.value), _default(kind)) for kind in SENT_KINDS)


def window_minutes(commission: Commission, kind: NoticeKind) -> int:
    """How long a mail of this kind waits that somebody of the commission sends."""
    own = HoldWindow.objects.filter(commission=commission, kind=kind).values_list("minutes", flat=True).first()
    return own if own is not None else _default(kind)


def signature(windows: tuple[Window, ...]) -> str:
    """What the commission has set, so that a page can tell whether it is still what it showed."""
    return ",".join(f"{one.kind.value}:{one.own}" for one in windows if one.own is not None)


def _default(kind: NoticeKind) -> int:
    minutes: int = settings.MAIL_HOLD_MINUTES.get(kind.value, 0)
    return minutes
