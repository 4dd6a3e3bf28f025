from typing import Any

import pytest

from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.registry.models import Commission, Enterprise
from tests.accounts.factories import make_holder
from tests.registry.factories import make_commission, make_enterprise

NAVIGATION = "investreview.desk.context.navigation"


@pytest.fixture(autouse=True)
def own_site(settings: Any) -> None:
    """This room's pages alone, so that its tests need no other room."""
    settings.ROOT_URLCONF = "tests.accounts.site"
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]


@pytest.fixture
def commission(db: None) -> Commission:
    return make_commission()


@pytest.fixture
def group(commission: Commission) -> Enterprise:
    return make_enterprise(commission, "港控物流")


@pytest.fixture
def security_admin(commission: Commission) -> User:
    return make_holder(Role.SECURITY_ADMIN, commission)
