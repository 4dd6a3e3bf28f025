"""The site is founded once, in a database of its own; every module gets a copy, every request is taken back."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from investreview.core import clock
from tests import databases
from tests.authorization.answers import as_of_a_test
from tests.authorization.site import Site, found_site


@pytest.fixture(scope="session")
def founded(empty_database: databases.Template, django_db_blocker) -> tuple[Site, databases.Template]:
    """The site, and what its database is copied from."""
    with django_db_blocker.unblock():
        return databases.found_once(found_site, empty_database)


@pytest.fixture(scope="module")
def opened(
    founded: tuple[Site, databases.Template], django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site in a copy of its database, which no test of the module changes."""
    found, kept = founded
    with django_db_blocker.unblock(), databases.own(kept, tmp_path_factory.mktemp("site")):
        yield found


@pytest.fixture
def site(opened: Site, real_time: None) -> Iterator[Site]:
    """The site on the fourth day; whatever a test does beside its requests is taken back too."""
    clock.reset()
    with as_of_a_test(transaction.atomic()):
        yield opened
        transaction.set_rollback(True)
    clock.reset()
