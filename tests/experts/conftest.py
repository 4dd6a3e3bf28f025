"""A founded commission and a case that needs a panel; a second commission beside."""

import pytest

from investreview.core import clock
from investreview.projects.models import Case
from tests.desk.sharing import founded
from tests.experts.cases import panel_case
from tests.experts.halls import Hall, found_hall
from tests.world import World, found_world


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def case(world: World) -> Case:
    """In review since 4 July 2024, of 45 million yuan, without declared parties; no expert is known yet."""
    return panel_case(world, key="shared", name="码头改造项目（共用示例）")


@pytest.fixture
def elsewhere(world: World) -> World:
    return found_world("HAZ", names="别处")


@pytest.fixture
def there(db: None) -> Hall:
    """A case of five seats in a commission with a pool of eighteen; nothing is frozen yet."""
    clock.reset()
    return found_hall()
