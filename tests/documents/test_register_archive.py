"""The register of numbers as the archivist reads it: the archive begins where a case ends."""

import pytest
from django.urls import reverse

from investreview.core import clock
from tests.desk.people import browser
from tests.world import drive, found_world, later


@pytest.mark.django_db
def test_register_shows_the_archivist_closed_cases_only() -> None:
    world = found_world()
    closed = drive(world, "acknowledged", key="closed", name="已办结项目（示例）")
    drive(world, "confirmed", key="open", name="办理中项目（示例）")
    clock.reset()
    clock.start_demonstration(later(12))

    archive = browser(world.archivist).get(reverse("documents:numbers")).content.decode()
    office = browser(world.document_officer).get(reverse("documents:numbers")).content.decode()

    assert (closed.document_number in archive, "JS2024-0001" in archive, "JS2024-0002" in archive) == (
        True,
        True,
        False,
    )
    assert ("JS2024-0001" in office, "JS2024-0002" in office) == (True, True)
