"""A draw as its two hands walk it by keyboard alone, both signed in at once: from the freeze to the last name.

Each sees by itself that the other has acted; nothing is done behind the pages but the experts' own confirmations.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from experts.models import Panel, Seat
from experts.services.invitations import confirm_own_seat
from investreview.core import clock
from investreview.draws.models import Draw
from investreview.draws.names import open_name
from tests.browser.axe import axe_faults
from tests.browser.keyed import KeyedWindow
from tests.browser.serving import served
from tests.browser.window import Window
from tests.experts.ceremonies import DIGITS
from tests.experts.halls import hall
from tests.experts.pool import found_pool
from tests.world import PASSWORD, found_world, later
from workflows.models import WorkItem

pytestmark = pytest.mark.browser

WIDTHS = {"operator": 1440, "supervisor": 375}


@pytest.fixture
def site(file_database: str) -> Iterator[str]:
    """A commission with a pool of eighteen and a case that waits for its draw."""
    world = found_world()
    found_pool(world, 18)
    hall(world)
    clock.start_demonstration(later(7))
    with served() as address:
        yield address
    clock.reset()


def test_a_draw_walked_by_two_from_freeze_to_the_last_name(browser: Browser, site: str) -> None:
    operator, supervisor = (_visit(browser, site, who) for who in ("operator", "supervisor"))
    _freeze(operator)
    operator.press("公布封存摘要")
    panel = Panel.objects.select_related("draw").get()
    page = f"/experts/panels/{panel.pk}/"
    supervisor.open(page)
    assert supervisor.page.locator(".ir-print-groups li").all_inner_texts() == _groups(panel.draw.request_hash)
    assert axe_faults(supervisor) == []
    _type_numbers(supervisor, panel.draw)
    assert operator.page.url.endswith(page)
    _appears(operator.page, "申请揭示")
    assert axe_faults(operator) == []
    names = _names()
    for number in range(panel.size):
        assert _shown(operator, names) == _shown(supervisor, names) == {seat.expert.name for seat in _seats()}
        operator.press("申请揭示")
        _appears(supervisor.page, "确认揭示")
        assert supervisor.page.evaluate("document.activeElement.id") == "content"
        supervisor.press("确认揭示")
        operator.page.locator(f"#place-{number + 1}").wait_for()
        _confirm(number + 1)
    assert _shown(operator, names) == _shown(supervisor, names) == names
    _appears(operator.page, "专家已全部确认，开始评分")
    operator.press("专家已全部确认，开始评分")
    assert "独立评分中" in operator.text()
    assert axe_faults(operator) == axe_faults(supervisor) == []
    operator.close()
    supervisor.close()


def _visit(browser: Browser, site: str, who: str) -> Window:
    window = KeyedWindow(browser, site, width=WIDTHS[who])
    window.sign_in(f"lyg.draw_{who}", PASSWORD)
    return window


def _freeze(operator: Window) -> None:
    """The outlook first; then the freeze."""
    operator.open(f"/tasks/{WorkItem.objects.get(node='freeze_draw').task_id}/")
    operator.tick(operator.page.get_by_label("港口物流"))
    operator.press("查看名册、排除和入选机会")
    assert "18 人" in operator.text() and "入选机会" in operator.text()
    assert axe_faults(operator) == []
    operator.tick(operator.page.get_by_label("线上论证"))
    for label, typed in (("论证时间", "2024-07-22T14:00"), ("论证地点", "三楼会议室（示例）")):
        operator.type(label, typed)
    operator.type("预计时长", "半天")
    operator.type("劳务标准", "按标准")
    operator.press("封存")
    assert "抽取事项已封存" in operator.text()


def _type_numbers(supervisor: Window, draw: Draw) -> None:
    """The ten digits are typed one after the other: the boxes go on by themselves. A wrong tail keeps them."""
    supervisor.type("封存单上摘要的末 8 位", "00000000")
    supervisor.strike(supervisor.page.get_by_label("第 1 球"), "".join(str(digit) for digit in DIGITS))
    with supervisor.refused(422):
        supervisor.press("确认录入并抽取")
    boxes = supervisor.page.locator("input.ir-ball")
    assert [boxes.nth(place).input_value() for place in range(10)] == [str(digit) for digit in DIGITS]
    supervisor.type("封存单上摘要的末 8 位", draw.request_hash[-8:])
    supervisor.press("确认录入并抽取")
    assert "抽取完成" in supervisor.text()


def _appears(page: Page, button: str) -> None:
    """The page was made anew by itself, and offers this."""
    page.get_by_role("button", name=button, exact=True).wait_for()
    page.wait_for_load_state("load")


def _groups(fingerprint: str) -> list[str]:
    return [fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4)]


def _names() -> set[str]:
    draw = Draw.objects.get()
    return {open_name(draw, member.no).name for member in draw.members.all()}


def _shown(window: Window, names: set[str]) -> set[str]:
    """Which of the names stand on the page as it is after it was opened anew."""
    try:
        window.page.reload()
    except Error as aborted:  # the page that polls was just making itself anew: that is the same
        if "ERR_ABORTED" not in aborted.message:
            raise
        window.page.wait_for_load_state("load")
    window.look()
    return {name for name in names if name in window.text("body")}


def _seats() -> list[Seat]:
    return list(Seat.objects.select_related("expert"))


def _confirm(place: int) -> None:
    """The expert confirms from the own sign-in."""
    seat = Seat.objects.select_related("expert__user").get(place=place)
    assert seat.expert.user is not None
    confirm_own_seat(user=seat.expert.user, seat_id=seat.pk, at=clock.now())
