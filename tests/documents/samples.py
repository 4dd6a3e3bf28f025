"""One content of each kind, as the reference pictures show them."""

from datetime import date
from decimal import Decimal

from investreview.documents.contents import (
    AcceptanceReceipt,
    ApprovalSheet,
    CorrectionSlip,
    FundingSource,
    HandedOver,
    HandoverSheet,
    Letter,
    LockedField,
    MissingMaterial,
    Opinion,
    Party,
    Phase,
    ReceivedMaterial,
    RegistrationForm,
    SupplementNotice,
)
from investreview.documents.letter_facts import Emendation, FilingTerms, LetterFacts, OriginalLetter, RefusalReason
from investreview.documents.letter_templates import (
    draft_correction_letter,
    draft_filing_letter,
    draft_filing_letter_with_risk,
    draft_refusal_letter,
    draft_reissue,
)

NAME = "旗台作业区皮带机节能改造项目（示例）"


def facts(**changes: object) -> LetterFacts:
    values: dict[str, object] = {
        "organ": "连云港市人民政府国有资产监督管理委员会",
        "organ_short": "连云港市国资委",
        "recipient": "港控集团",
        "project_name": NAME,
        "report_title": f"关于{NAME}备案的报告",
        "incoming_number": "港控投〔2024〕31号",
        "total_yuan": Decimal("18600000.00"),
        "contact_office": "规划发展处",
        "contact_person": "王××",
        "contact_phone": "0518-80633066",
    }
    return LetterFacts(**(values | changes))  # type: ignore[arg-type]


def terms() -> FilingTerms:
    return FilingTerms(
        implementer="由你公司所属港口分公司（示例）实施",
        funding=(FundingSource("自有资金", Decimal("11160000")), FundingSource("银行贷款", Decimal("7440000"))),
        phases="项目不分期",
        plan="已列入你公司2024年度投资计划",
        valid_months=12,
        change_percent=20,
        quarterly_days=10,
        evaluation_months=12,
    )


def filing_draft(**changes: object) -> Letter:
    return draft_filing_letter(facts(**changes), terms())


def issued(letter: Letter, number: str = "连国资函〔2024〕38号") -> Letter:
    return letter.filled(LockedField.FILING_NUMBER, "BA2024-0007").issued_as(number, date(2024, 7, 16))


def filing_letter() -> Letter:
    return issued(filing_draft())


def risk_draft() -> Letter:
    risks = ("预计内部收益率6.4%，补贴占收入18%，补贴未列入财政预算", "施工涉及37条道路开挖，许可尚未全部取得。")
    return draft_filing_letter_with_risk(facts(), terms(), risks=risks)


def refusal_draft() -> Letter:
    reasons = (
        RefusalReason("项目未列入年度投资计划，且未办理计划调整；", "§3.7"),
        RefusalReason("可行性研究报告未说明产品市场需求"),
    )
    return draft_refusal_letter(facts(), reasons=reasons)


def receipt() -> AcceptanceReceipt:
    lines = (
        ("M01", "备案报告", "4", "原件＋电子", "港控投〔2024〕36号"),
        ("M02", "投资项目备案表", "3", "盖章扫描", "版本码 7K2M-01"),
        ("M03", "党委前置研究会议纪要", "2", "扫描", ""),
        ("M04", "董事会决议", "5", "扫描", "含各董事意见"),
        ("M05", "可行性研究报告", "96", "电子", "第2版"),
        ("M06", "企业内部论证意见", "", "M05章节", "第71—79页"),
        ("M07", "法律意见书", "11", "扫描", ""),
        ("M08", "风险评估及防控报告", "", "M05章节", "第80—87页"),
        ("M09", "资金来源和融资方案", "", "M05章节", "第60—70页"),
        ("M16", "负面清单对照表", "", "M05章节", "第94—96页"),
        ("M18", "投后管理与退出方案", "", "M05章节", "第88—93页"),
    )
    return AcceptanceReceipt(
        case_number="LYG-2024-0052",
        enterprise="港控集团",
        project_name="海州湾冷链物流园（一期）项目（示例）",
        amount_yuan=Decimal("28600000.00"),
        incoming_number="港控投〔2024〕36号（报告）",
        registry_number="2024-0817",
        submitted_via="网上提交，纸质1份",
        received_at="2024-07-30 09:42",
        materials=tuple(ReceivedMaterial(*line) for line in lines),
        total="11项材料，6个文件，121页；文件校验值清单已随回执文件发送",
        notes=(
            "本单仅说明材料已经收到，不表示材料齐备，也不表示予以备案。",
            "材料齐备性由经办人在3个工作日内（2024年8月2日前）确认；需要补充的，一次性书面告知。",
            "办理时限自确认齐备的次一工作日起计算，为10个工作日。",
        ),
        contact="规划发展处，王××，0518-80633066（工作日9:00—17:30）",
        number="JS2024-0057",
        dated_on=date(2024, 7, 30),
    )


def notice() -> SupplementNotice:
    return SupplementNotice(
        case_number="LYG-2024-0052",
        organ_short="连云港市国资委",
        recipient="港控集团",
        project_name="海州湾冷链物流园（一期）项目（示例）",
        incoming_number="港控投〔2024〕36号",
        missing=(
            MissingMaterial("M04", "董事会决议", "未附各董事意见"),
            MissingMaterial("M07", "法律意见书", "缺少对合作方主体资格的核查意见，且未由两名律师签字"),
        ),
        due_on=date(2024, 8, 16),
        working_days=10,
        contact="规划发展处，王××，0518-80633066",
        notes=("原已报送且无需补正的材料不必重复报送。",),
        number="BZ2024-0003",
        dated_on=date(2024, 8, 2),
    )


def registration() -> RegistrationForm:
    return RegistrationForm(
        case_number="LYG-2024-0052",
        enterprise="港控集团",
        credit_code="91320700MA1XXXXXX0",
        project_name="海州湾冷链物流园（一期）项目（示例）",
        implementer="港控冷链物流有限公司（示例）",
        implementer_tier="二级",
        project_kind="固定资产",
        nature="主业",
        site="连云区海州湾",
        period="2024年9月—2026年3月",
        summary="建设冷库3座、分拣中心1座及配套道路、供配电设施，总建筑面积4.2万平方米。",
        total_investment_yuan=Decimal("28600000.00"),
        own_commitment_yuan=Decimal("17160000.00"),
        routing_amount_yuan=Decimal("28600000.00"),
        funding=(FundingSource("自有资金", Decimal("17160000")), FundingSource("银行贷款", Decimal("11440000"))),
        phases=(Phase("一期", Decimal("28600000"), "2024年9月—2025年6月"),),
        parties=(Party("可研编制", "××工程咨询有限公司（示例）"),),
        plan_row="2024年度第7行，3,000.00万元",
        negative_list="未列入",
        return_rate="6.8%",
        payback="9.2年",
        debt_ratio_after="58.3%",
        shareholding="100%",
        party_committee="2024年7月12日，港控党纪〔2024〕18号",
        board="2024年7月19日，港控董决〔2024〕9号",
        decided_on=date(2024, 7, 19),
        planned_contract_on=date(2024, 9, 1),
        report_number="港控投〔2024〕36号",
        contact="投资发展部 赵××（示例）",
        number="7K2M-01",
        dated_on=date(2024, 7, 29),
    )


def approval() -> ApprovalSheet:
    return ApprovalSheet(
        case_number="LYG-2024-0047",
        organ_short="连云港市国资委",
        matter="城控集团 供水管网数字化改造项目（示例）备案",
        amount="投资总额1,690.00万元；自有资金1,014.00万元（60.0%），银行贷款676.00万元；全部分期合计1,690.00万元",
        deadline="全程\n8月8日",
        reasons="投资额在1000万元以上（含）、3000万元以下（不含）；主业；在年度计划第9行，计划额1,700.00万元；"
        "未列入负面清单；拆分核查无线索。（规则集2024-1 §3.6）",
        opinions=(
            Opinion("经办 王××", date(2024, 8, 2), "材料齐备，资金来源清楚，建议备案并提示风险。"),
            Opinion("财务处会签 孙××", date(2024, 8, 5), "资产负债率61.2%，无意见。"),
            Opinion("处长 李××", date(2024, 8, 6), "同意经办意见，请领导审定。"),
        ),
        risks=(
            "预计内部收益率6.4%，补贴占收入18%，补贴未列入财政预算。",
            "施工涉及37条道路开挖，许可尚未全部取得。",
            "设备国产化比例为意向，尚未签约。",
        ),
        request="是否予以备案，并在复函中提示第1、2项风险。复函代拟稿附后。",
        afterwards="签发后由办公室编号、用印，8月8日前送达企业；企业每季度报进展；第1项风险由财务处在三季度进展中跟踪。",
        number="9F2A-03",
        dated_on=date(2024, 8, 6),
    )


ORIGINAL = OriginalLetter("连国资函〔2024〕38号", f"连云港市国资委关于{NAME}备案的复函", date(2024, 7, 16))


def correction_draft() -> Letter:
    emendations = (
        Emendation("每季度终了后10日内", "每季度终了后15日内", "第四条第一项"),
        Emendation("银行贷款744万元", "银行贷款774万元"),
    )
    return draft_correction_letter(facts(), ORIGINAL, emendations=emendations)


def reissue_draft() -> Letter:
    return draft_reissue(filing_letter(), filing_draft(), ORIGINAL, filing_number="BA2024-0007")


def slip() -> CorrectionSlip:
    return CorrectionSlip(
        case_number="LYG-2024-0009",
        enterprise="港控集团",
        project_name=NAME,
        document_number="连国资函〔2024〕38号",
        field="建设（投资）地点",
        before="连云区旗台作业区",
        after="连云区旗台作业区、墟沟作业区",
        reason="企业录入时漏填墟沟作业区，备案报告和可研报告所载地点为两处。",
        evidence="港控投〔2024〕31号备案报告（扫描件）.pdf",
        evidence_sha256="3f8a" * 16,
        proposed_by="王×× 2024-08-12",
        confirmed_by="李×× 2024-08-13",
        notes=(
            "原申报内容按报送时的原样保存，系统页面以更正后的内容显示并注明本单。",
            "本单不改变备案结论；复函文字有误的，另行办理更正函或者作废重发。",
        ),
        number="GZ-LYG-2024-0009-1",
        dated_on=date(2024, 8, 13),
    )


def handover() -> HandoverSheet:
    work = (
        ("LYG-2024-0047", "供水管网数字化改造项目（示例）", "经办人（经办意见）", "2024-08-08", "周××"),
        ("LYG-2024-0052", "海州湾冷链物流园（一期）项目（示例）", "经办人（待补正）", "2024-08-16", "周××"),
        ("LYG-2024-0055", "数据中心扩容项目（示例）", "经办人（暂缓中）", "2024-09-30", "吴××"),
    )
    promises = (("LYG-2024-0047", "陈××", "8月9日前书面答复二期是否决策", "2024-08-02", "周××"),)
    instructions = (("LYG-2024-0052", "海州湾冷链物流园（一期）项目（示例）", "批示第1项", "2024-08-14", "周××"),)
    return HandoverSheet(
        unit="连云港市国资委规划发展处",
        giver="王××",
        post="经办",
        receivers="周××、吴××",
        handed_over_by="李××",
        handed_over_at="2024-08-07 09:42",
        reason="王××调市财政局工作，其承办的办件和电话承诺移交周××、吴××办理。",
        work=tuple(HandedOver(*line) for line in work),
        promises=tuple(HandedOver(*line) for line in promises),
        instructions=tuple(HandedOver(*line) for line in instructions),
        total="办件事项3项，电话承诺1项，批示1项",
        number="LYG-JJ-2024-0003",
        dated_on=date(2024, 8, 7),
    )


CODE = "连国资函〔2024〕38号 | 2024-07-16 | 0123456789abcdef | K7M2QX4A"
EVERY_KIND = {
    "acceptance_receipt": receipt,
    "supplement_notice": notice,
    "registration_form": registration,
    "approval_sheet": approval,
    "filing_letter": filing_letter,
    "filing_letter_with_risk": lambda: issued(risk_draft()),
    "refusal_letter": lambda: issued(refusal_draft(), "连国资函〔2024〕41号"),
    "correction_letter": lambda: correction_draft().issued_as("连国资函〔2024〕52号", date(2024, 8, 13)),
    "reissued_letter": lambda: reissue_draft().issued_as("连国资函〔2024〕53号", date(2024, 8, 13)),
    "correction_slip": slip,
    "handover_sheet": handover,
}
