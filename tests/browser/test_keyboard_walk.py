"""What each further person comes to the platform for, from signing in to done, with the keyboard alone.

Who files, draws and reviews is walked in the files beside this one. What others do in between is done behind the pages.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from experts.models import Employer, Inquiry
from investreview.accounts.models import RoleMembership, User
from investreview.core import clock
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.desk.models import SavedView
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.evaluations.models import SampleNotice
from investreview.projects.models import Backfill, Case
from investreview.registry.models import CalendarDay, Commission
from tests.browser.keyed import KeyedWindow
from tests.browser.panels import CONCLUDED, QUESTION, SCORING
from tests.workflows.panel_replies import check, countersign, propose, put_before_director
from tests.workflows.panel_stages import Stage
from tests.world import PASSWORD, World, credit_code
from workflows.models import WorkItem

pytestmark = pytest.mark.browser

MENU = "nav.ir-side"
Sit = Callable[..., KeyedWindow]


@pytest.fixture(autouse=True)
def house_time(house_with_panels: str, real_time: None) -> None:
    """It is the house's time, which the database tells."""
    clock.reset()


@pytest.fixture
def sit(browser: Browser, house_with_panels: str) -> Iterator[Sit]:
    """Signs a person in, at a window of their own."""
    windows: list[KeyedWindow] = []

    def _sit(who: str, *, width: int = 1440) -> KeyedWindow:
        window = KeyedWindow(browser, house_with_panels, width=width)
        windows.append(window)
        window.sign_in(f"lyg.{who}", PASSWORD)
        return window

    yield _sit
    for window in windows:
        window.close()


def test_officer_claims_a_step_of_the_office_and_keeps_a_view(sit: Sit) -> None:
    name = "released 改造项目（示例）"
    officer = sit("officer")
    officer.follow("处室待认领", within="main")
    officer.choose("排序", "投资额由大到小")
    officer.press("查找", within="main")
    officer.click(officer.page.locator("summary", has_text="把当前条件保存为视图"))
    officer.type("视图名称", "大额在先（示例）")
    officer.press("保存视图", within="main")
    kept = SavedView.objects.get(name="大额在先（示例）")
    assert (kept.owner.username, kept.tab, kept.values["sort"]) == ("lyg.officer", "claim", "amount")
    officer.follow("大额在先（示例）", within="main")
    assert officer.page.locator("[name=sort]").input_value() == "amount"
    officer.press(f"认领 {name}", within="main")
    assert WorkItem.objects.get(case__project__name=name, node="check_completeness").assignee == kept.owner


def test_finance_countersigns_and_director_signs(sit: Sit) -> None:
    stage = _stage(CONCLUDED)
    propose(stage, "FILE_WITH_RISK", risks=("资金来源单一（示例）",))
    check(stage)
    countersign(stage, "CQ", "FG")

    finance = sit("finance")
    finance.follow(f"办理 {CONCLUDED}")
    finance.type("意见", "资金来源清楚（示例）。")
    finance.press("无意见")
    put_before_director(stage)
    director = sit("director")
    director.follow("今日待签", within=MENU)
    assert CONCLUDED in director.text()
    director.press("签发")

    case = hands.fresh(stage.case)
    assert (case.signer, case.signed_at is None) == (stage.world.director, False)
    said = case.opinions.get(office="CW")
    assert (said.author, said.text) == (stage.world.finance, "资金来源清楚（示例）。")


def test_panel_secretary_sends_a_question_to_the_enterprise(sit: Sit) -> None:
    secretary = sit("panel_secretary")
    secretary.follow(f"办理 {SCORING}")
    assert QUESTION in secretary.text()
    secretary.press("转送企业答复")
    asked = Inquiry.objects.filter(panel__case__project__name=SCORING)
    assert [one.sent_at is None for one in asked] == [False, False]


def test_pool_keeper_matches_an_employer(sit: Sit) -> None:
    keeper = sit("pool_keeper")
    keeper.follow("专家", within=MENU)
    keeper.choose("情况", "任职单位未核对")
    keeper.press("查找", within="main")
    keeper.follow("专家丙五（示例）")
    keeper.click(keeper.page.locator("summary", has_text="核对单位"))
    keeper.type("单位全称", "已核对的研究院（示例）")
    keeper.type("统一社会信用代码", credit_code(9999))
    keeper.press("核对")
    assert Employer.objects.get(organisation__name="已核对的研究院（示例）").expert.name == "专家丙五（示例）"


def test_evaluation_officer_hands_in_a_notice(sit: Sit) -> None:
    officer = sit("evaluation_officer")
    officer.follow("办理 乙集团 2023年度后评价抽查通知")
    number = urlsplit(officer.page.url).path.split("/")[-2]
    officer.press("送审")
    notice = SampleNotice.objects.get(pk=number)
    assert (notice.state, notice.officer.username) == ("HANDED_IN", "lyg.evaluation_officer")


def test_rule_keeper_reads_the_paragraph_of_a_route(sit: Sit) -> None:
    keeper = sit("rule_keeper")
    keeper.follow("制度规则", within=MENU)
    keeper.follow("2024-1", within="main")
    keeper.follow("§3.3", within="main")
    assert "二次论证" in keeper.text()


def test_archivist_compares_a_past_project_with_its_paper(sit: Sit) -> None:
    archivist = sit("archivist")
    archivist.follow("核对 逐项录入", within="main")
    archivist.tick(archivist.page.get_by_label("各项与原件一致"))
    archivist.press("核对一致，计入台账")
    batch = Backfill.objects.filter(entered_by__username="lyg.officer", source=Backfill.Source.FORM).earliest("pk")
    assert (batch.state, batch.checked_by.username) == (Backfill.State.ACCEPTED, "lyg.archivist")


def test_auditor_checks_the_chain_of_draws_and_the_journal_of_a_case(sit: Sit) -> None:
    case = Case.objects.get(project__name=SCORING)
    auditor = sit("auditor")
    auditor.follow("抽取统计", within=MENU)
    auditor.press("核验抽取链")
    assert "完整，可以重现" in auditor.text()
    auditor.type("搜索项目、企业、文号", case.number, within=".ir-top")
    auditor.page.keyboard.press("Enter")
    auditor.page.wait_for_url("**/search/**")
    auditor.look()
    auditor.follow(SCORING)
    auditor.press("校验完整性")
    assert "完整性校验通过" in auditor.text()


def test_system_administrator_makes_a_pdf_again_and_changes_a_day(sit: Sit) -> None:
    failed = Rendition.objects.filter(state=RenditionState.DONE)[0]
    Rendition.objects.filter(pk=failed.pk).update(state=RenditionState.FAILED, error="OSError", attempts=3)
    admin = sit("system_admin")
    admin.follow("后台任务", within=MENU)
    admin.press(f"重新生成 #{failed.pk}")
    failed.refresh_from_db()
    assert failed.state == RenditionState.PENDING
    admin.follow("工作日历", within=MENU)
    admin.type("日期", "2024-10-21")
    admin.choose("调整为", "休息日")
    admin.type("依据或理由", "市政府通知（示例）")
    admin.press("调整")
    assert not CalendarDay.objects.get(day=date(2024, 10, 21)).is_working_day


def test_two_administrators_let_an_auditor_in(sit: Sit) -> None:
    security = sit("security_admin")
    security.follow("人员与授权", within=MENU)
    security.follow("新建账户", within="main")
    security.type("姓名", "审计甲（示例）")
    security.type("用户名", "lyg.audit-a")
    security.choose("人员类别", "审计监督人员")
    security.press("建立账户")
    person = User.objects.get(username="lyg.audit-a")
    security.open(f"/people/{person.pk}/")
    today = clock.today()
    security.choose("角色", "审计监督")
    security.choose("单位", "LYG市国资委（示例）")
    security.type("起始日期", today.isoformat())
    security.type("截止日期", (today + timedelta(days=30)).isoformat())
    security.press("授予")
    granted = RoleMembership.objects.get(user=person)
    assert (granted.role, granted.granted_by.username, granted.confirmed_by) == (
        Role.AUDITOR,
        "lyg.security_admin",
        None,
    )

    audit = sit("audit_admin")
    audit.follow("授权确认", within=MENU)
    audit.press("确认")
    granted.refresh_from_db()
    assert granted.confirmed_by is not None and granted.confirmed_by.username == "lyg.audit_admin"


def test_menu_of_a_narrow_window_opens_and_closes_by_keyboard(sit: Sit) -> None:
    officer = sit("officer", width=375)
    menu = officer.page.locator("details.ir-menu")
    officer.click(menu.locator("summary"))
    officer.follow("办件", within="details.ir-menu")
    assert officer.page.url.endswith("/cases/")
    officer.click(menu.locator("summary"))
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert menu.locator("summary").evaluate("one => one === document.activeElement")


def _stage(name: str) -> Stage:
    """The house's panel of this project, and its people, as the house left them."""
    people = {user.username.removeprefix("lyg."): user for user in User.objects.filter(username__startswith="lyg.")}
    return Stage(World(Commission.objects.get(), people), Case.objects.get(project__name=name), now=clock.now())
