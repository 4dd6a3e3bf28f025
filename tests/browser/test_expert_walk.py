"""An expert on a phone, from the invitation to the final sheet, in large type; the enterprise answers a question.

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


def test_expert_on_a_phone_goes_from_the_invitation_to_the_final_sheet(
    browser: Browser, site: tuple[str, Stage]
) -> None:
    address, stage = site
    phone = Window(browser, address, width=375)
    phone.sign_in(stage.expert(1).username, PASSWORD)
    assert PROJECT not in phone.text()

    _accept(phone, stage)
    _declare(phone, stage)
    _write_and_sign(phone)
    answered = _question_and_answer(browser, address, stage)
    _finish(phone, stage)
    assert answered == ANSWER
    totals = ScoreSheet.objects.filter(seat=stage.seat(1)).order_by("pk").values_list("stage", "total", "state")
    assert list(totals) == [("INDEPENDENT", 75, "SIGNED"), ("FINAL", 77, "SIGNED")]
    phone.close()


def _accept(phone: Window, stage: Stage) -> None:
    """Two presses from the desk: the invitation, the confirmation."""
    phone.follow("请答复能否参加")
    phone.press("大字")
    assert (phone.page.evaluate(SMALLEST) >= 18, phone.page.evaluate(LOWEST) >= 48) == (True, True)
    phone.press("确认参加")
    assert "签署之前不能查看任何项目材料" in phone.text()
    for place in range(2, 6):
        panel_hands.agree(stage.case, stage.crew, place, stage.tick())
    panel_hands.close_invitations(stage.case, stage.crew, stage.tick())
    stage.show()


def _declare(phone: Window, stage: Stage) -> None:
    assert "甲一公司有限公司（示例）" in phone.text()
    phone.page.get_by_label("以上 8 项均为“无”").check()
    phone.press("签署回避声明")
    assert "M05 可行性研究报告" in phone.text()
    stage.declare(2, 3, 4, 5)
    stage.show()


def _write_and_sign(phone: Window) -> None:
    """The word and the total follow what is typed, a low mark asks for its comment, the draft is saved by itself."""
    page = phone.page
    for key, points in POINTS.items():
        page.locator(f"[name=points_{key}]").fill(points)
    expect(page.locator("[data-total]")).to_have_text("75")
    words = page.locator("[data-word]").all_inner_texts()
    assert words == ["良好", "较弱", "良好", "较好", "良好", "较好"]
    expect(page.locator("[data-saved]")).to_contain_text("已保存", timeout=10_000)
    assert (page.evaluate(SMALLEST) >= 18, page.evaluate(LOWEST) >= 48) == (True, True)
    for answer in page.locator(".ir-red-line label:has-text('否')").all():
        answer.click()
    page.locator("label:has-text('同意')").filter(has_not_text="修改").filter(has_not_text="不").click()
    page.locator("[name=comment]").fill("可行，注意市场风险。（示例）")
    with phone.refused(422):
        phone.press("确认并签名（签名后不可修改）")
    assert "请" in page.locator(".ir-criterion .ir-error").inner_text()
    page.locator("[name=comment_MARKET]").fill("未见有约束力的长协。（示例）")
    phone.press("确认并签名（签名后不可修改）")
    assert "评分表已签名" in phone.text()


def _question_and_answer(browser: Browser, address: str, stage: Stage) -> str:
    """Another expert asks on screen, the secretary sends, the enterprise answers on its own page."""
    other = Window(browser, address, width=375)
    other.sign_in(stage.expert(2).username, PASSWORD)
    other.open(f"/experts/seats/{stage.seat(2).pk}/")
    other.page.locator("summary", has_text="提出质询").click()
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
    other.close()
    enterprise.close()
    return str(Inquiry.objects.get().answer)


def _finish(phone: Window, stage: Stage) -> None:
    """The final sheet begins as the independent one was and shows how far it moved."""
    stage.score(2, 3, 4, 5)
    stage.meet()
    stage.show()
    phone.open(f"/experts/seats/{stage.seat(1).pk}/")
    page = phone.page
    assert page.locator("[name=points_MARKET]").input_value() == "8"
    page.locator("[name=points_MARKET]").fill("10")
    expect(page.locator("[data-shift]").nth(1)).to_have_text("+2")
    expect(page.locator("[data-total]")).to_have_text("77")
    phone.press("确认并签名（签名后不可修改）")
    assert "评分表已签名" in phone.text()
