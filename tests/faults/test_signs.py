"""Signs of life, two beats, and a broker that is away or empty."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from investreview import celery as glue
from investreview.celery import app
from investreview.core import clock, tasks
from investreview.core.models import SignOfLife
from investreview.core.signs import SILENCE, give_sign
from investreview.demo import hands
from tests.workflows.doors import address, set_time, signed_in, submit
from tests.world import World, drive, found_world, later

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def broker_away(file_broker: Path) -> None:
    """Nobody listens where the broker should be."""
    app.conf.update(broker_url=NOBODY, broker_transport_options={"socket_connect_timeout": 1})


def signs(world: World) -> list[str]:
    page = signed_in(world.system_admin).get(reverse("desk:jobs")).content.decode()
    return [word for word in ("没有动静", "正常") for _ in range(page.count(f">{word}<"))]


@pytest.mark.django_db
def test_the_page_tells_a_silent_process_from_one_that_works() -> None:
    world = found_world()
    now = clock.machine_now()
    assert signs(world) == ["没有动静", "没有动静"]
    give_sign(SignOfLife.Process.CLOCK, now=now)
    give_sign(SignOfLife.Process.WORKER, now=now - SILENCE - timedelta(seconds=1))
    assert signs(world) == ["没有动静", "正常"]
    tasks.give_sign_of_life()
    assert signs(world) == ["正常", "正常"]


def test_the_clock_gives_its_sign_though_the_broker_is_away(file_database: str, broker_away: None) -> None:
    tasks.give_sign_of_life.delay()
    assert list(SignOfLife.objects.values_list("process", flat=True)) == ["CLOCK"]


def test_every_job_of_the_schedule_exists() -> None:
    app.loader.import_default_modules()
    assert sorted(set(glue.SCHEDULE) - set(app.tasks)) == []


def test_an_act_is_saved_while_redis_is_away(world: World, broker_away: None) -> None:
    case = drive(world, "released")
    set_time(later(8))
    answer = submit(world.officer, address(case, "check_completeness"), "confirm_completeness")
    assert (answer.status_code, hands.fresh(case).state) == (302, "REVIEWING")
