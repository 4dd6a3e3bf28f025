from datetime import timedelta
from typing import Any

import pytest

NAVIGATION = "investreview.desk.context.navigation"
IDLE_LIMIT = "investreview.accounts.middleware.IdleLimit"


@pytest.fixture(autouse=True)
def own_site(settings: Any) -> None:
    """This room's pages alone, so that its tests need no other room; sign-in as this room asks for it."""
    settings.ROOT_URLCONF = "tests.accounts.site"
    settings.AXES_USERNAME_CALLABLE = "investreview.accounts.signin.counted_username"
    settings.AXES_LOCKOUT_CALLABLE = "investreview.accounts.signin.keep_page"
    settings.AXES_COOLOFF_TIME = timedelta(minutes=15)
    settings.AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
    if IDLE_LIMIT not in settings.MIDDLEWARE:
        after = settings.MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:after], IDLE_LIMIT, *settings.MIDDLEWARE[after:]]
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]
