"""A filing as its people walk it: with the keyboard alone on a wide screen, by touch on a phone.

Nothing is done behind the pages but the worker's part: PDFs that wait are rendered by the task of the documents room.
"""

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser, FilePayload, Response

from investreview.accounts.models import User
from investreview.core import clock
from investreview.demo.files import sample_pdf
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.documents.tasks import render_rendition
from investreview.projects.catalogue import FORM_SLOT, STUDY_SLOT
from tests.browser.keyed import KeyedWindow
from tests.browser.serving import served
from tests.browser.window import Window
from tests.world import PASSWORD, found_world, later

pytestmark = pytest.mark.browser

PROJECT = "皮带机节能改造项目（示例）"
OWN_PASSWORD = "Ziji-de-mima-2024"
CODE = re.compile(r"[0-9A-Z]{4}-\d{2}")
NUMBER = re.compile(r"国资函〔2024〕\d+号")
CHAPTERS = ("M06", "M08", "M09", "M16", "M18")
RISK = "建设资金依赖集团自有资金，注意现金流（示例）"
PEOPLE = ("sub_drafter", "group_releaser", "officer", "head", "deputy", "document_officer")


@pytest.fixture
def site(file_database: str) -> Iterator[str]:
    """A founded commission in which everybody still has a one-time password, on 1 July 2024."""
    found_world()
    User.objects.update(must_change_password=True)
    clock.start_demonstration(later(0))
    with served() as address:
        yield address
    clock.reset()


@pytest.mark.parametrize(("kind", "width"), [(KeyedWindow, 1440), (Window, 375)], ids=["keyboard", "phone"])
def test_filing_walked_by_its_people_ends_with_the_letter(
    browser: Browser, site: str, kind: type[Window], width: int
) -> None:
    windows = {key: _first_visit(kind(browser, site, width=width), f"lyg.{key}") for key in PEOPLE}
    drafter, releaser, officer = (windows[key] for key in PEOPLE[:3])
    head, deputy, document_officer = (windows[key] for key in PEOPLE[3:])

    _describe(drafter)
    _bring_materials(drafter)
    _pledge(drafter)
    drafter.press("送审")
    assert "已送审" in drafter.text()

    _do(releaser, "集团报送", "报送")
    _do(officer, "齐备性审查", "确认齐备")
    _propose(officer)
    _do(head, "审核", "同意")
    _do(deputy, "签发", "签发")
    number = NUMBER.search(deputy.text())
    assert number is not None

    _render_what_waits()
    _deliver(document_officer)
    _do(releaser, "企业签收", "签收")
    assert number[0] in _letter_of(releaser)
    for window in windows.values():
        window.close()


def _first_visit(window: Window, username: str) -> Window:
    """The person signed in with the one-time password and chose their own."""
    window.sign_in(username, PASSWORD)
    assert "一次性密码" in window.text()
    window.type("当前密码", PASSWORD)
    window.type("新密码", OWN_PASSWORD)
    window.type("再次输入新密码", OWN_PASSWORD)
    window.press("修改密码")
    assert "待我办理" in window.text()
    return window


def _describe(drafter: Window) -> None:
    """A project of 1,860 万元, typed as people type it; the page says which way it goes and saves it by itself."""
    drafter.follow("新建申报")
    enterprise = drafter.page.locator("[name=enterprise] option").nth(1).inner_text()
    drafter.choose("投资主体", enterprise.strip())
    drafter.type("项目名称", PROJECT)
    drafter.press("建立草稿")
    for label, choice in (("投资类别", "固定资产投资"), ("主业属性", "主业"), ("年度计划", "已列入年度投资计划")):
        drafter.choose(label, choice)
    for label, text in (
        ("对应主业", "港口物流"),
        ("主要建设（投资）内容", "更换皮带机（示例）。"),
        ("计划行号", "1"),
        ("联系人", "联系人（示例）"),
        ("联系电话", "0518-00000000"),
    ):
        drafter.type(label, text)
    drafter.press("下一步：投资与材料")
    for label, text in (
        ("现金出资", "1860"),
        ("自有资金", "1860"),
        ("集团决策日期", "2024-06-28"),
        ("拟签约日期", "2024-10-08"),
        ("拟首笔付款日期", "2024-10-18"),
        ("备案报告文号", "甲投〔2024〕1号"),
    ):
        drafter.type(label, text)
    total = drafter.page.get_by_label("项目总投资").first
    with drafter.page.expect_response(_saved_total):
        drafter.fill(total, "1860")
    drafter.page.get_by_text("人民币壹仟捌佰陆拾万元整").first.wait_for()
    drafter.page.locator("#route", has_text="将进入：备案").wait_for()
    drafter.page.locator("[data-saved]", has_text="草稿已自动保存").wait_for()
    drafter.open(urlsplit(drafter.page.url).path)
    assert drafter.page.get_by_label("项目总投资").first.input_value() == "1860"
    assert "备案" in drafter.text(".ir-route")


def _saved_total(answer: Response) -> bool:
    """Whether this answers the save in the background that took the total along."""
    sent = answer.request
    return sent.headers.get("x-background") == "save" and "total_yuan=1860" in (sent.post_data or "")


def _bring_materials(drafter: Window) -> None:
    """Each slot is filled: files one by one, chapters by their pages of the study, the stamped form with its code."""
    drafter.follow("上传与页码")
    _upload(drafter, STUDY_SLOT, pages=60)
    _fill_from_study(drafter)
    drafter.press("打印盖章稿")
    while missing := drafter.page.locator("#missing li a").all():
        _upload(drafter, missing[0].inner_text().split()[0])
    assert "材料已齐备" in drafter.text("#missing")


def _pledge(drafter: Window) -> None:
    """Each pledge is read and ticked; the summary then says that nothing keeps the draft back."""
    drafter.follow("下一步：承诺确认")
    for box in drafter.page.locator("[name=pledged]").all():
        drafter.tick(box)
    drafter.press("确认承诺，下一步：提交")
    assert "还不能送审" not in drafter.text()
    assert "人民币壹仟捌佰陆拾万元整" in drafter.text()


def _fill_from_study(drafter: Window) -> None:
    """The chapters stand in the study: their pages are told, five each."""
    study = drafter.page.locator("#pages select option").nth(1).inner_text()
    drafter.choose("文件", study.strip(), within="#pages")
    for order, slot in enumerate(CHAPTERS):
        drafter.fill(drafter.page.locator(f"[name=pages-{slot}_from]"), str(5 * order + 1))
        drafter.fill(drafter.page.locator(f"[name=pages-{slot}_to]"), str(5 * order + 5))
    drafter.press("登记页码", within="#pages")
    assert f"已登记 {len(CHAPTERS)} 项" in drafter.text()


def _upload(drafter: Window, code: str, *, pages: int = 2) -> None:
    slot = f"[id='{code}']"
    drafter.click(drafter.page.locator(f"{slot} details summary").last)
    drafter.attach(drafter.page.locator(f"{slot} input[type=file]"), _pdf(code, pages))
    if code == FORM_SLOT:
        printed = CODE.search(drafter.text(f"{slot} .ir-print"))
        assert printed is not None
        drafter.type("盖章页上的版本码", printed[0], within=slot)
    drafter.press("上传", within=f"{slot} form[enctype]")


def _pdf(title: str, pages: int = 2) -> FilePayload:
    return {"name": f"{title}（示例）.pdf", "mimeType": "application/pdf", "buffer": sample_pdf(title, pages)}


def _do(window: Window, step: str, button: str) -> None:
    """The waiting task was opened from the desk and done."""
    window.open("/")
    assert step in window.text()
    window.follow(f"办理 {PROJECT}")
    window.press(button)


def _propose(officer: Window) -> None:
    officer.open("/")
    officer.follow(f"办理 {PROJECT}")
    officer.tick(officer.page.get_by_label("备案并提示风险"))
    officer.type("理由与说明", "材料齐备，建议备案并提示风险。")
    officer.type("风险 1", RISK)
    officer.press("提出意见")


def _render_what_waits() -> None:
    """The worker's part."""
    for rendition in Rendition.objects.filter(state=RenditionState.PENDING):
        render_rendition(rendition.pk)


def _deliver(document_officer: Window) -> None:
    document_officer.open("/")
    document_officer.follow(f"办理 {PROJECT}")
    document_officer.attach(document_officer.page.locator("input[type=file]"), _pdf("复函用印"))
    document_officer.type("用印日期", "2024-07-01")
    document_officer.type("送达日期", "2024-07-01")
    document_officer.press("用印送达")


def _letter_of(releaser: Window) -> str:
    """The text of the letter as the enterprise downloads it."""
    with releaser.page.expect_download() as download:
        letter = releaser.page.locator("li", has_text="备案复函")
        letter.get_by_role("link", name="下载 PDF").click()
    content = download.value.path().read_bytes()
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
