from datetime import timedelta
from typing import Any

import pytest

NAVIGATION = "investreview.desk.context.navigation"


@pytest.fixture(autouse=True)
def own_site(settings: Any) -> None:
    """This room's pages alone, so that its tests need no other room."""
    settings.ROOT_URLCONF = "tests.accounts.site"
    settings.AXES_COOLOFF_TIME = timedelta(minutes=15)
    settings.AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]
