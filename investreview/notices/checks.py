"""What is checked before the site starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from investreview.notices.kinds import NoticeKind


@register()
def held_kinds_are_known(**_: Any) -> list[CheckMessage]:
    """A misspelt kind in MAIL_HOLD_MINUTES would let mails leave that somebody wanted to look at first."""
    unknown = sorted(set(settings.MAIL_HOLD_MINUTES) - set(NoticeKind.values))
    if not unknown:
        return []
    return [
        Error(
            f"MAIL_HOLD_MINUTES 中有无法识别的类别：{'、'.join(unknown)}。"
            f" / MAIL_HOLD_MINUTES names no kind of notice: {', '.join(unknown)}.",
            hint="/".join(NoticeKind.values),
            id="notices.E001",
        )
    ]
