"""Two experts, one on a phone in large type to the final sheet, one with the keyboard alone; a question is answered.

What others do in between is done behind the pages, each act by its person.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from experts.models import Inquiry, ScoreSheet
from experts.services.meeting import send_inquiries
from investreview.accounts.models import User
from investreview.core import clock
from investreview.demo import panel_hands
from investreview.demo.hands import acting
from tests.browser.keyed import KeyedWindow
from tests.browser.serving import served
from tests.browser.window import Window
from tests.experts.pool import found_pool
from tests.workflows.panel_stages import PROJECT, Stage
from tests.world import PASSWORD, drive, found_world

pytestmark = pytest.mark.browser

QUESTION = "长协销售比例的依据是什么？（示例）"
ANSWER = "已签三份长协，合计65%。（示例）"
POINTS = {"STRATEGY": "13", "MARKET": "8", "TECHNOLOGY": "12", "FINANCE": "15", "PROCEDURE": "12", "RISK": "15"}
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *")]
    .filter(one => one.offsetParent && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        && !one.closest(".visually-hidden, .ir-file-kind"))
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
LOWEST = """() => Math.min(...[...document.querySelectorAll("main .btn, main input[type=number], main summary")]
    .filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height))"""


@pytest.fixture
def site(file_database: str) -> Iterator[tuple[str, Stage]]:
    """A panel of which every name is revealed; nobody has answered yet."""
    world = found_world()
    found_pool(world, 12)
    User.objects.update(must_change_password=False)
    stage = Stage(world, drive(world, "confirmed", name=PROJECT, yuan="45000000.00"))
    stage.invite()
    stage.show()
    with served() as address:
        yield address, stage
    clock.reset()


def test_two_experts_go_from_the_invitation_to_the_signed_sheet(browser: Browser, site: tuple[str, Stage]) -> None:
    address, stage = site
    phone, keyed = Window(browser, address, width=375), KeyedWindow(browser, address, width=1440)
    for place, window in enumerate((phone, keyed), 1):
        window.sign_in(stage.expert(place).username, PASSWORD)
        assert PROJECT not in window.text()

    _accept(phone, keyed, stage)
    _declare(phone, keyed, stage)
    for window in (phone, keyed):
        _write(window)
        assert window is keyed or _large(window)
        _sign(window)
    assert _question_and_answer(keyed, browser, address, stage) == ANSWER
    _finish(phone, stage)
    independent, final = ("INDEPENDENT", 75, "SIGNED"), ("FINAL", 77, "SIGNED")
    assert (_sheets(stage, 1), _sheets(stage, 2)) == ([independent, final], [independent])
    phone.close()
    keyed.close()


def _accept(phone: Window, keyed: Window, stage: Stage) -> None:
    """Two presses from the desk: the invitation, the confirmation."""
    phone.follow("请答复能否参加")
    phone.press("大字")
    assert _large(phone)
    keyed.follow("请答复能否参加")
    for window in (phone, keyed):
        window.press("确认参加")
        assert "签署之前不能查看任何项目材料" in window.text()
    for place in range(3, 6):
        panel_hands.agree(stage.case, stage.crew, place, stage.tick())
    panel_hands.close_invitations(stage.case, stage.crew, stage.tick())
    stage.show()


def _declare(phone: Window, keyed: Window, stage: Stage) -> None:
    for window in (phone, keyed):
        assert "甲一公司有限公司（示例）" in window.text()
        window.tick(window.page.get_by_label("以上 8 项均为“无”"))
        window.press("签署回避声明")
        assert "M05 可行性研究报告" in window.text()
    stage.declare(3, 4, 5)
    stage.show()


def _write(window: Window) -> None:
    """The word and the total follow what is typed, the draft is saved by itself."""
    page = window.page
    for key, points in POINTS.items():
        window.fill(page.locator(f"[name=points_{key}]"), points)
    expect(page.locator("[data-total]")).to_have_text("75")
    words = page.locator("[data-word]").all_inner_texts()
    assert words == ["良好", "较弱", "良好", "较好", "良好", "较好"]
    expect(page.locator("[data-saved]")).to_contain_text("已保存")


def _sign(window: Window) -> None:
    """A low mark asks for its comment; what was typed is still there."""
    page = window.page
    for answer in page.locator(".ir-red-line label:has-text('否') input").all():
        window.tick(answer)
    verdict = page.locator("label:has-text('同意')").filter(has_not_text="修改").filter(has_not_text="不")
    window.tick(verdict.locator("input"))
    window.fill(page.locator("[name=comment]"), "可行，注意市场风险。（示例）")
    with window.refused(422):
        window.press("确认并签名（签名后不可修改）")
    assert "请" in page.locator(".ir-criterion .ir-error").inner_text()
    window.fill(page.locator("[name=comment_MARKET]"), "未见有约束力的长协。（示例）")
    window.press("确认并签名（签名后不可修改）")
    assert "评分表已签名" in window.text()


def _sheets(stage: Stage, place: int) -> list[tuple[str, int, str]]:
    sheets = ScoreSheet.objects.filter(seat=stage.seat(place)).order_by("pk")
    return list(sheets.values_list("stage", "total", "state"))


def _large(window: Window) -> bool:
    return bool(window.page.evaluate(SMALLEST) >= 18 and window.page.evaluate(LOWEST) >= 48)


def _question_and_answer(other: Window, browser: Browser, address: str, stage: Stage) -> str:
    """An expert asks on screen, the secretary sends, the enterprise answers on its own page."""
    other.open(f"/experts/seats/{stage.seat(2).pk}/")
    other.click(other.page.locator("summary", has_text="提出质询"))
    other.type("向企业提出的问题", QUESTION)
    other.press("提交问题")
    send_inquiries(acting=acting(stage.world.panel_secretary, stage.tick()), case_id=stage.case.pk, at=stage.tick())
    enterprise = Window(browser, address, width=375)
    enterprise.sign_in("lyg.group_drafter", PASSWORD)
    enterprise.open(f"/cases/{stage.case.number}/")
    enterprise.follow("1 项待办理")
    assert QUESTION in enterprise.text()
    enterprise.type("书面答复", ANSWER)
    enterprise.press("提交答复")
    assert ANSWER in enterprise.text()
    other.open(f"/experts/seats/{stage.seat(2).pk}/")
    assert ANSWER in other.text()
    enterprise.close()
    return str(Inquiry.objects.get().answer)


def _finish(phone: Window, stage: Stage) -> None:
    """The final sheet begins as the independent one was and shows how far it moved."""
    stage.score(3, 4, 5)
    stage.meet()
    stage.show()
    phone.open(f"/experts/seats/{stage.seat(1).pk}/")
    page = phone.page
    assert page.locator("[name=points_MARKET]").input_value() == "8"
    phone.fill(page.locator("[name=points_MARKET]"), "10")
    expect(page.locator("[data-shift]").nth(1)).to_have_text("+2")
    expect(page.locator("[data-total]")).to_have_text("77")
    phone.press("确认并签名（签名后不可修改）")
    assert "评分表已签名" in phone.text()
