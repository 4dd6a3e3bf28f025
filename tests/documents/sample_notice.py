"""The notice of the reference pictures: 23 projects of seven groups, seven picked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from investreview.documents.contents import SampledProject, SampleNotice, SampleRecord, SampleShare
from investreview.documents.letter_facts import SampleFacts
from investreview.documents.letter_templates import draft_sample_notice

WAN = Decimal(10_000)
SHARES = (
    ("港控集团", 5, 41_300, 1, 16_400),
    ("城控集团", 5, 22_460, 1, 3_860),
    ("方洋控股集团", 4, 31_080, 2, 15_990),
    ("交控集团", 3, 8_640, 1, 1_480),
    ("能源集团", 2, 11_900, 1, 6_900),
    ("金控集团", 2, 5_600, 0, 0),
    ("农商集团", 2, 4_350, 1, 2_150),
)
PROJECTS = (
    ("港控集团", "旗台泊位改造（示例）", 16_400),
    ("城控集团", "海州停车楼（示例）", 3_860),
    ("方洋控股集团", "公共管廊三段（示例）", 9_750),
    ("方洋控股集团", "污水厂提标（示例）", 6_240),
    ("交控集团", "公交充电场站（示例）", 1_480),
    ("能源集团", "热力管网联通（示例）", 6_900),
    ("农商集团", "果蔬交易棚改造（示例）", 2_150),
)
METHOD = (
    "方法：23个项目按企业、金额档和随机签号排成一列，从随机起点起等距取出，取数为23×30%进位取整，即7个，"
    "每个项目机会相等（规则代码 all_systematic，随机起点 u=17）。",
    "现场随机数字（号码球0—9，放回，10次）：2 7 0 8 1 4 4 9 6 3；随机数字由抽取人逐个唱读、监督人录入。",
    "抽取前封存摘要：5c0e 91d7 42ab 6f38 …；公开的随机种子：b7f2 0a64 d91c 33e8 …（全文见证据文件）。",
    "核验：取得证据文件后运行 verify_draw.py，显示“REPRODUCED”即与公布结果一致。",
    "收购民营企业等必查项目全部抽取，不占随机抽取的数量；本次范围内没有必查项目。",
)


def record() -> SampleRecord:
    return SampleRecord(
        title="2024年度投资项目后评价抽取名单及抽样记录",
        counted_on=date(2024, 7, 19),
        shares=tuple(SampleShare(name, n, WAN * a, k, WAN * b) for name, n, a, k, b in SHARES),
        by_number="30.4%",
        by_amount="37.3%",
        projects=tuple(SampledProject(ent, name, WAN * amount) for ent, name, amount in PROJECTS),
        method=METHOD,
        issuer="连云港市国资委办公室",
    )


def facts(**changes: object) -> SampleFacts:
    values: dict[str, object] = {
        "organ": "连云港市人民政府国有资产监督管理委员会",
        "organ_short": "连云港市国资委",
        "recipient": "方洋控股集团",
        "year": 2024,
        "rate": "30%",
        "result": "列入2024年度抽样范围的项目共23个，采用统一排序、等距抽取，抽取7个，占项目数的30.4%、投资额的37.3%",
        "projects": ("公共管廊三段（示例）", "污水厂提标（示例）"),
        "self_evaluation_on": date(2024, 9, 30),
        "check_report_on": date(2024, 11, 30),
        "liaison_on": date(2024, 7, 26),
        "contact_office": "规划发展处",
        "contact_phone": "0518-80633066",
    }
    return SampleFacts(**(values | changes))  # type: ignore[arg-type]


def draft() -> SampleNotice:
    return draft_sample_notice(facts(), record())


def issued() -> SampleNotice:
    return draft().issued_as("连国资〔2024〕27号", date(2024, 7, 22))


def long(count: int = 60) -> SampleNotice:
    """A frame of many enterprises and picked projects, so that the attachment takes several pages."""
    shares = tuple(SampleShare(f"第{i}集团", 3, WAN * 3000, 1, WAN * 1000) for i in range(count))
    projects = tuple(
        SampledProject(f"第{i}集团", f"第{i}个名称很长的老旧管网更新改造和扩容工程（示例）", WAN * 1000, "红色预警")
        for i in range(count)
    )
    return replace(issued(), attachment=replace(record(), shares=shares, projects=projects))
