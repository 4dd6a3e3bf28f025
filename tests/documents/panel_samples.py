"""The papers of one panel, as the reference pictures show it: 能源集团, seven seats, one leaver."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from investreview.documents.contents import (
    CriterionScore,
    Dissent,
    DrawExclusion,
    DrawLeaver,
    DrawnRow,
    DrawRecord,
    DrawRecordPublic,
    DrawSealSheet,
    DrawSeat,
    DrawWave,
    EarlierRound,
    Inquiry,
    Letter,
    LockedField,
    NamedRow,
    NameReader,
    PanelCondition,
    PanelMember,
    PanelOpinion,
    PanelOpinionExcerpt,
    PassRule,
    SealedValue,
)
from investreview.documents.kinds import DrawOutcome, DrawParty, PanelConclusion, PanelVerdict
from investreview.documents.letter_facts import FilingTerms, LetterFacts, RefusalReason, SecondReview
from investreview.documents.letter_templates import draft_second_review_letter, draft_second_review_refusal

from . import samples

PROJECT = "徐圩新区绿色甲醇储运项目（示例）"
DRAW_ID = "LYG-CQ-2024-0006"
CONTACT = "规划发展处王××，0518-80633066"


def digest(name: str) -> str:
    """A hash that stands for ``name``."""
    return sha256(name.encode()).hexdigest()


COMMON: dict[str, object] = {
    "draw_id": DRAW_ID,
    "case_number": "LYG-2024-0041",
    "project_name": PROJECT,
    "enterprise": "能源集团",
    "amount_yuan": Decimal("186000000.00"),
    "pool": "投资论证专家库",
    "pool_size": 60,
    "admitted_count": 2,
    "admitted_nos": (17, 52),
    "removed_count": 1,
    "seats": (DrawSeat("财务会计", 1), DrawSeat("法律风险", 1), DrawSeat("石化储运", 2), DrawSeat("不限专业", 3)),
    "unit_cap": 1,
    "round": 1,
    "draw_count": 6,
    "smallest_chance": Decimal("0.077"),
    "largest_chance": Decimal("0.3"),
    "exclusions": (
        DrawExclusion(6, "H1", "近三年任职", "任职经历比对"),
        DrawExclusion(14, "H2", "中介机构人员", "中介名单比对"),
        DrawExclusion(27, "H3", "参加首次论证", "首次论证名单"),
        DrawExclusion(33, "H1", "近三年任职", "任职经历比对"),
        DrawExclusion(45, "H6", "在评专家组已满2个", "专家组统计"),
        DrawExclusion(58, "H4", "近亲属任职", "企业提出"),
    ),
    "request_sha": digest("request"),
}
EARLIER = (
    EarlierRound(
        1,
        "LYG-CQ-2024-0005",
        "递补用尽，未能组成专家组",
        "石化储运专业合格专家不足，经补充入库后重新组织，分管领导张××（示例）2024年7月12日书面同意。",
    ),
)


def seal_sheet() -> DrawSealSheet:
    return DrawSealSheet(
        **COMMON,  # type: ignore[arg-type]
        sealed_at="2024年7月15日 09:58",
        snapshot_sha=digest("snapshot"),
        commitments=(SealedValue("server", digest("commitment")),),
        dated_on=date(2024, 7, 15),
    )


SEATED, LEFT, JOINED = DrawOutcome.SEATED, DrawOutcome.LEFT, DrawOutcome.JOINED
RECUSED, NO_SEAT, SAME_UNIT = DrawOutcome.RECUSED, DrawOutcome.NO_SEAT, DrawOutcome.SAME_UNIT
_RANKS: tuple[tuple[int, str, str, str, DrawOutcome, str, str], ...] = (
    (35, "袁少华", "省产业经济学会", "产业经济", SEATED, "不限专业", ""),
    (34, "曹永康", "东部证券研究部", "投融资", SEATED, "不限专业", ""),
    (37, "许广济", "环境科学研究所", "安全环保", SEATED, "不限专业", ""),
    (16, "高玉梅", "海州天衡会计师事务所", "财务、审计", SEATED, "财务会计", ""),
    (11, "吴明", "物流与采购协会", "石化储运", LEFT, "", "S1"),
    (58, "夏正阳", "新浦造价咨询公司", "工程造价", RECUSED, "", "H4"),
    (3, "张少华", "港口规划设计所", "石化储运", SEATED, "石化储运", ""),
    (12, "徐静", "苏北资产评估公司", "投融资", NO_SEAT, "", ""),
    (8, "黄云鹏", "江苏海洋大学", "财务", NO_SEAT, "", ""),
    (33, "程建国", "徐圩化工研究所", "石化储运", RECUSED, "", "H1"),
    (25, "郑文斌", "田湾律师事务所", "法律", SEATED, "法律风险", ""),
    (54, "余振宇", "市法学会", "法律、风险", NO_SEAT, "", ""),
)


def _row(rank: int, no: int, specialty: str, outcome: DrawOutcome, seat: str = "", code: str = "") -> DrawnRow:
    ticket = f"{rank * 0x03A11C07:08x}{digest(str(rank))[8:]}"
    return DrawnRow(rank, no, specialty, ticket, outcome, seat, code)


def ranks() -> tuple[NamedRow, ...]:
    """All ranks down to the last who sat: twelve told one by one, seventeen without a seat, one who joined."""
    told = [
        NamedRow(_row(rank, no, specialty, outcome, seat, code), name, employer)
        for rank, (no, name, employer, specialty, outcome, seat, code) in enumerate(_RANKS, start=1)
    ]
    passed = [
        NamedRow(_row(rank, 60 - rank, "投融资", RECUSED if rank in {17, 23} else NO_SEAT)) for rank in range(13, 30)
    ]
    return (*told, *passed, NamedRow(_row(30, 48, "石化储运", JOINED, "石化储运"), "贾玉梅", "石化工程设计院"))


def draw_record() -> DrawRecord:
    return DrawRecord(
        **COMMON,  # type: ignore[arg-type]
        drawn_at="2024年7月15日 10:06",
        closed_at="2024年7月24日 17:20",
        sealed_at="2024年7月15日 09:58",
        numbers=(7, 3, 0, 4, 9, 1, 1, 6, 8, 2),
        read_by=DrawParty.SUPERVISOR,
        typed_by=DrawParty.OPERATOR,
        photo="ZP-2024-0715-01",
        rows=ranks(),
        waves=(
            DrawWave(
                1,
                "2024-07-16 09:25",
                (DrawLeaver(11, "S1 请假", "本人电话答复，双方同时在场，登记表第3行", digest("leave")),),
                (48,),
            ),
        ),
        drawn_head=digest("drawn"),
        nonces=(SealedValue("server", digest("nonce")),),
        seed=digest("seed"),
        log_head=digest("head"),
        readers=(
            NameReader("赵××", "抽取人", "2024-07-15 10:12", "逐个，共8人"),
            NameReader("周××", "监督人", "2024-07-15 10:12", "逐个，共8人"),
            NameReader("王××", "论证会务", "2024-07-24 08:30", "会议签到，7人"),
        ),
        dated_on=date(2024, 7, 24),
    )


def draw_record_public() -> DrawRecordPublic:
    return draw_record().public()


CONDITIONS = (
    PanelCondition("与下游用户签订长协，不低于设计周转量的60%", "开工前", "长协文本"),
    PanelCondition("补充甲醇价格下行20%的压力测试及应对安排", "签约付款前", "测算表及说明"),
    PanelCondition("取得安全条件审查意见后方可采购主要设备", "设备采购前", "审查意见"),
)


def _score(name: str, points: int, *values: str) -> CriterionScore:
    mean, median, lowest, highest = map(Decimal, values)
    return CriterionScore(name, points, mean, median, lowest, highest)


def panel_opinion() -> PanelOpinion:
    yes, changed, no = PanelVerdict
    return PanelOpinion(
        case_number="LYG-2024-0041",
        organ_short="连云港市国资委",
        project_name=PROJECT,
        enterprise="能源集团",
        amount_yuan=Decimal("186000000.00"),
        draw_id=DRAW_ID,
        met_at="2024年7月24日 09:00—11:40",
        place="市国资委505会议室",
        way="现场会议",
        members=(
            PanelMember(35, "袁少华", "产业经济", Decimal("80.0"), yes),
            PanelMember(34, "曹永康", "投融资", Decimal("76.5"), changed),
            PanelMember(37, "许广济", "安全环保", Decimal("78.0"), changed),
            PanelMember(16, "高玉梅", "财务、审计", Decimal("75.5"), changed),
            PanelMember(3, "张少华", "石化储运", Decimal("83.0"), yes),
            PanelMember(25, "郑文斌", "法律", Decimal("75.5"), changed),
            PanelMember(48, "贾玉梅", "石化储运", Decimal("66.5"), no, "2024-07-24系统签名"),
        ),
        chair_no=35,
        process="专家组由投资论证专家库随机抽取产生（抽取编号LYG-CQ-2024-0006），到会7人，均签署回避声明和保密承诺。专家会前独立"
        "阅卷打分；会议听取能源集团汇报，质询4项，企业当场答复2项、书面答复2项；会后专家提交最终打分表。以下按最终打分表统计。",
        criteria=(
            _score("战略与主业", 15, "12.571428", "12.5", "11", "14"),
            _score("需求与市场", 15, "10.285714", "10.5", "8", "12"),
            _score("技术与运营方案", 15, "12.142857", "12", "11", "13"),
            _score("财务收益与资金", 20, "14.428571", "14.5", "11", "17"),
            _score("程序与合规", 15, "13.071428", "13", "12", "14"),
            _score("风险防控与退出", 20, "13.928571", "14", "12", "16"),
        ),
        total=_score("合计", 100, "76.428571", "76.5", "66.5", "83"),
        score_note="低于该项分值60%的评分共2份（需求与市场、财务收益与资金各1份），已附说明。会前、会后打分平均变化+0.7分。",
        rule=PassRule(2, 3, 70),
        conclusion=PanelConclusion.CONDITIONAL,
        conditions=CONDITIONS,
        inquiries=(
            Inquiry(
                "下游用户的长协意向有无约束力，最低周转量如何保证？", "已签意向书3份，无约束力；承诺开工前转为长协。"
            ),
            Inquiry(
                "甲醇价格下行20%时的现金流能否覆盖还本付息？",
                "书面答复：需补充测算，预计第4年现金流缺口1200万元，由股东借款解决。",
            ),
            Inquiry("安全条件审查的进度？", "已受理，预计2024年10月取得意见。"),
            Inquiry("资本金到位计划与贷款提款条件如何衔接？", "书面答复：资本金分两期到位，首期不低于50%。"),
        ),
        opinion=(
            "项目符合能源集团主业和徐圩新区产业布局，储运工艺成熟，选址、岸线和公用工程条件具备，程序材料齐备。",
            "项目收益对甲醇价格和周转率较为敏感：价格下行10%时税后内部收益率由9.1%降至6.3%；资本金占40%，到位计划需与贷款"
            "提款条件衔接。",
            "建议在落实附加条件后实施，并将长协履约率、周转率列入投后季度报告指标。",
        ),
        dissents=(Dissent("贾玉梅", "认为下游需求预测依据不足，长协意向书不具约束力，建议长协签订后再行论证。"),),
        number="LZ2024-0006",
        dated_on=date(2024, 7, 24),
    )


def panel_excerpt() -> PanelOpinionExcerpt:
    return panel_opinion().excerpt(contact=CONTACT).issued_as("LZ2024-0006-QY", date(2024, 7, 26))


def review_facts(**changes: object) -> LetterFacts:
    values: dict[str, object] = {
        "recipient": "能源集团",
        "project_name": PROJECT,
        "report_title": f"关于{PROJECT}备案的报告",
        "incoming_number": "能投发〔2024〕18号",
        "total_yuan": Decimal("186000000.00"),
    }
    return samples.facts(**(values | changes))


def review_terms() -> FilingTerms:
    base = samples.terms()
    return FilingTerms(
        **(
            vars(base)
            | {
                "implementer": "由你公司所属新能源公司（示例）实施",
                "funding": (
                    samples.FundingSource("自有资金", Decimal("74400000")),
                    samples.FundingSource("银行贷款", Decimal("111600000")),
                ),
            }
        )
    )


def review(conclusion: PanelConclusion) -> SecondReview:
    return SecondReview("LZ2024-0006", conclusion, 7, date(2024, 7, 24))


def review_draft(
    *, conditions: tuple[PanelCondition, ...] = CONDITIONS, risks: tuple[str, ...] = (), **changes: object
) -> Letter:
    conclusion = PanelConclusion.CONDITIONAL if conditions else PanelConclusion.PASS
    return draft_second_review_letter(
        review_facts(**changes), review_terms(), review(conclusion), conditions=conditions, risks=risks
    )


def refusal_draft(**changes: object) -> Letter:
    reasons = (
        RefusalReason("下游需求预测依据不足，长协意向书不具约束力；"),
        RefusalReason("同意的专家少于三分之二", "规则集2024-1 §7.8"),
    )
    return draft_second_review_refusal(
        review_facts(**changes), review(PanelConclusion.FAIL), reasons=reasons, revision_days=20
    )


def issued(letter: Letter, number: str) -> Letter:
    return letter.filled(LockedField.FILING_NUMBER, "BA2024-0009").issued_as(number, date(2024, 7, 29))


EVERY_PAPER = {
    "draw_seal_sheet": seal_sheet,
    "draw_record": draw_record,
    "draw_record_public": draw_record_public,
    "panel_opinion": panel_opinion,
    "panel_opinion_excerpt": panel_excerpt,
    "second_review_letter": lambda: issued(
        review_draft(conditions=(), risks=("税后内部收益率对甲醇价格敏感",)), "连国资函〔2024〕43号"
    ),
    "second_review_letter_conditional": lambda: issued(review_draft(), "连国资函〔2024〕44号"),
    "second_review_letter_failed": lambda: issued(refusal_draft(), "连国资函〔2024〕45号"),
}
