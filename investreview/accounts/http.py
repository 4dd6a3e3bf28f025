"""A request as the middleware leaves it."""

from django.http import HttpRequest

from investreview.accounts.models import Substitution, User
from investreview.core.scope import Scope


class ScopedRequest(HttpRequest):
    """A request of somebody who is signed in, with what they hold and what is lent to them at this moment."""

    user: User
    scope: Scope
    lent: list[Substitution]
