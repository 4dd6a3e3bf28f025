from typing import Any

import pytest

NAVIGATION = "investreview.desk.context.navigation"


@pytest.fixture(autouse=True)
def own_site(settings: Any) -> None:
    """This room's pages and those below it, so that its tests need no other room."""
    settings.ROOT_URLCONF = "tests.notices.site"
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]
