"""What is checked before the site starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from investreview.core.roles import Role

NOBODY = "NONE"


@register()
def second_factor_is_asked_of_known_people(**_: Any) -> list[CheckMessage]:
    """A misspelt word in SECOND_FACTOR_REQUIRED would leave somebody without the second factor."""
    from investreview.accounts.models import User

    known = {*User.Kind.values, *Role.values, NOBODY}
    unknown = sorted(settings.SECOND_FACTOR_REQUIRED - known)
    if not unknown:
        return []
    return [
        Error(
            f"SECOND_FACTOR_REQUIRED 中有无法识别的词：{'、'.join(unknown)}。"
            f" / SECOND_FACTOR_REQUIRED names neither a kind of account nor a role: {', '.join(unknown)}.",
            hint="/".join(sorted(known)),
            id="accounts.E001",
        )
    ]
