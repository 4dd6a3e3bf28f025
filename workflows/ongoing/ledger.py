"""The ledger of cases under way 在途台账 as a table; a cell that is one field of the 接续单 has its key."""

from django.utils.translation import gettext_lazy as _

from investreview.core.money import Unit
from investreview.core.tables import Column, TableShape, block, choice, day, line, money, whole
from investreview.projects.past.ledger import KIND_AND_NATURE, PATHS, whose
from investreview.projects.routing import OPEN_ROUTES
from investreview.rulebook.facts import PlanStatus
from investreview.rulebook.vocabulary import Route
from workflows.review.forms.base import OPINION_LENGTH
from workflows.review.forms.takeover import MOST_DAYS

MOST_ROWS = 500
STEP_LINE = "审核：李××：2024-06-24：同意"
PARTY_LINE = "可研编制单位：某设计院（示例）：统一社会信用代码"
YES_OR_NO = {"是": True, "否": False}
PLANS = {
    "已列入年度投资计划": PlanStatus.IN_PLAN.value,
    "经计划调整列入": PlanStatus.ADJUSTED_IN.value,
    "未列入年度投资计划": PlanStatus.OFF_PLAN.value,
}
MARKS = {"公开": "PUBLIC", "内部": "INTERNAL", "商业秘密": "BUSINESS_SECRET", "工作秘密": "WORK_SECRET"}
PROPOSALS = {"予以备案": "FILE", "备案并提示风险": "FILE_WITH_RISK", "不予备案": "REFUSE"}
CONCLUSIONS = {"通过": "PASS", "有条件通过": "CONDITIONAL", "不通过": "FAIL"}
_OPEN = OPEN_ROUTES - {Route.ENTERPRISE_DECIDES}


def _wan(key: str, title: str, *, required: bool = False, example: str = "") -> Column:
    return money(key, f"{title}（万元）", unit=Unit.WAN, required=required, example=example, width=18)


_CASE = (
    line(
        "paper_number",
        "原收文（办件）号",
        max_length=40,
        required=True,
        aliases=("收文号", "办件号"),
        width=20,
        help=_("办公室登记簿上的号；扫描件以此号开头命名，例如“收2024-118_M05 可行性研究报告.pdf”。"),
        example="收2024-118",
    ),
    *whose("申报企业", "投资主体"),
    choice(
        "route",
        "办理路径",
        options={word: key for word, key in PATHS.items() if key in _OPEN},
        required=True,
        example="备案",
    ),
    line(
        "step",
        "接续环节",
        max_length=40,
        required=True,
        help=_("案卷现在停在哪个环节，就从哪个环节接着办；名称与接续单上的相同。"),
        example="签发",
    ),
    line("officer", "经办人", max_length=40, required=True, help=_("系统中经办人的姓名。"), example="王××"),
    day("released_on", "集团报送日期", required=True, width=14, example="2024-06-19"),
    day("complete_on", "材料齐备日期", required=True, width=14, example="2024-06-21"),
    whole(
        "elapsed_days",
        "已用工作日",
        minimum=0,
        maximum=MOST_DAYS,
        required=True,
        help=_("自齐备次日起，扣除停表期间。"),
        example="4",
    ),
    day(
        "as_of_on",
        "截至日期",
        required=True,
        width=14,
        help=_("已用工作日算到这一天；其后由系统计时。"),
        example="2024-06-28",
    ),
)
_DECLARED = (
    *KIND_AND_NATURE,
    line("main_business", "对应主业", max_length=60, example="港口物流"),
    block("summary", "主要建设（投资）内容", max_length=20_000, required=True, width=40, example="更新皮带机。"),
    line("site", "建设（投资）地点", max_length=120, width=20),
    _wan("total_yuan", "项目总投资", required=True, example="1860"),
    _wan("own_commitment_yuan", "本集团出资承诺", required=True, example="1860"),
    _wan("own_funds_yuan", "自有资金", example="1116"),
    _wan("borrowing_yuan", "银行贷款等借款", example="744"),
    _wan("fiscal_yuan", "财政资金"),
    _wan("other_funds_yuan", "其他资金"),
    choice("controls_project", "本集团控制该项目", options=YES_OR_NO, help=_("留空的视为“是”。"), example="是"),
    choice("is_strategic_emerging", "战略性新兴产业", options=YES_OR_NO, help=_("留空的视为“否”。")),
    choice("plan_status", "年度计划", options=PLANS, required=True, example="已列入年度投资计划", width=22),
    line("plan_row", "计划行号", max_length=40),
    line("report_number", "备案报告文号", max_length=60, required=True, width=22, example="港控投〔2024〕31号"),
    day("report_on", "备案报告日期", width=14),
    day("decided_on", "集团决策日期", required=True, width=14, example="2024-06-12"),
    day("contract_on", "拟签约日期", width=14),
    day("payment_on", "拟首笔付款日期", width=14),
    line("contact_name", "联系人", max_length=40, required=True, example="张××"),
    line("contact_phone", "联系电话", max_length=40, required=True, example="0518-00000000"),
    choice("mark", "标识", options=MARKS, help=_("留空的视为“内部”。"), example="内部"),
    block(
        "parties",
        "相关单位",
        max_length=2000,
        width=40,
        help=_("每行一个单位：角色：单位名称：统一社会信用代码（代码可以不写）；抽取专家时据以回避。"),
        example=PARTY_LINE,
    ),
)
_DONE = (
    choice(
        "proposal",
        "纸面拟办意见",
        options=PROPOSALS,
        help=_("还没有提出的留空，其后各列也留空。"),
        example="予以备案",
    ),
    day("proposed_on", "拟办日期", width=14, example="2024-06-22"),
    block("officer_text", "经办意见", max_length=OPINION_LENGTH, width=36, example="建议予以备案。"),
    block("risks", "风险提示", max_length=OPINION_LENGTH, help=_("每行一项。")),
    block("refusal_reason", "不予备案的理由", max_length=OPINION_LENGTH),
    block(
        "earlier",
        "已签批环节",
        max_length=OPINION_LENGTH,
        width=40,
        help=_("依次每行一个环节：环节：签批人：日期：意见（意见可以不写）；会签写作“会签·处室”。"),
        example=STEP_LINE,
    ),
    choice("panel_conclusion", "纸面论证结论", options=CONCLUSIONS, help=_("没有论证的留空，其后各列也留空。")),
    line("panel_opinion_number", "论证意见编号", max_length=60),
    day("panel_held_on", "论证会日期", width=14),
    whole("panel_members", "专家人数", minimum=3, maximum=15),
    line("panel_mean", "平均分", max_length=10, example="83.40"),
    block("panel_names", "专家姓名", max_length=OPINION_LENGTH, help=_("每行一人，须与专家人数一致。")),
    block(
        "panel_conditions",
        "论证提出的条件",
        max_length=OPINION_LENGTH,
        help=_("结论为有条件通过的填写，每行一项；复函送达后由企业逐项落实、提交证明，经办核验销号。"),
    ),
    day(
        "panel_conditions_due_on",
        "条件落实期限",
        help=_("纸面定有日期的填写；不填的，自复函送达之日起按规则计算。"),
    ),
    block("deviation_reason", "与论证结论不一致的理由", max_length=OPINION_LENGTH),
    line("deviation_minutes", "集体研究纪要文号", max_length=80),
    day("deviation_on", "集体研究日期", width=14),
    line("document_number", "原发文字号", max_length=60, help=_("待送达的填写。")),
    line("filing_number", "原备案登记号", max_length=40, help=_("予以备案、待送达的填写。")),
)

ONGOING = TableShape(sheet="在途台账", columns=(*_CASE, *_DECLARED, *_DONE), max_rows=MOST_ROWS)
