"""What the forms of a case say: each content is filled from the record, and from nothing else."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import translation

from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.money import format_wan, plain_wan
from investreview.documents.contents import (
    AcceptanceReceipt,
    ApprovalSheet,
    FormContent,
    FundingSource,
    MissingMaterial,
    Opinion,
    Party,
    Phase,
    ReceivedMaterial,
    RegistrationForm,
    SupplementNotice,
)
from investreview.documents.kinds import Mark
from investreview.projects.catalogue import STUDY_SLOT
from investreview.projects.models import Case, Declaration, MaterialVersion, RoutingRecord, StoredFile
from investreview.projects.record import listed
from investreview.projects.requirements import requirements_of
from investreview.projects.routing import case_facts, confirmed_rules
from investreview.projects.selectors import clock_of
from investreview.projects.states import PanelConclusion, Proposal, StepOutcome
from investreview.registry.models import Office

__all__ = ["FormContent", "approval_sheet", "receipt", "registration_form", "supplement_notice"]

_MARKS = {
    Declaration.Mark.PUBLIC: Mark.PUBLIC,
    Declaration.Mark.INTERNAL: Mark.INTERNAL,
    Declaration.Mark.BUSINESS_SECRET: Mark.TRADE_SECRET,
    Declaration.Mark.WORK_SECRET: Mark.WORK_SECRET,
}
FUNDING = (
    ("own_funds_yuan", "自有资金"),
    ("borrowing_yuan", "银行贷款"),
    ("fiscal_yuan", "财政资金"),
    ("other_funds_yuan", "其他资金"),
)


def mark_of(case: Case) -> Mark:
    """The mark printed on each page."""
    return _MARKS[Declaration.Mark(case.declaration.mark)]


def contact_of(case: Case) -> str:
    """Whom the enterprise may ask, as the letters print it."""
    office, officer = contact_office(case), case.officer
    who = f"{office.name if office is not None else ''}{officer.full_name if officer is not None else ''}"
    return f"{who or case.commission.short_name}；联系电话：{case.commission.contact_phone}"


def contact_office(case: Case) -> Office | None:
    """The office that answers questions about the case: the officer's, else the first that handles business."""
    if case.officer is not None and case.officer.office is not None:
        return case.officer.office
    return Office.objects.filter(commission=case.commission, kind=Office.Kind.BUSINESS).order_by("pk").first()


def funding_of(case: Case) -> tuple[FundingSource, ...]:
    """The declared sources that are not zero, in the order of the form."""
    declaration = case.declaration
    sources = ((name, getattr(declaration, field)) for field, name in FUNDING)
    return tuple(FundingSource(name, amount) for name, amount in sources if amount)


def total_of(case: Case) -> Decimal:
    """The total investment over all phases, in yuan."""
    return case_facts(case).total_investment_yuan


def receipt(case: Case, *, at: datetime) -> AcceptanceReceipt:
    """The 接收单 of the current materials."""
    versions = list(case.materials.filter(is_current=True).select_related("file").order_by("slot"))
    names = {one.code: one.name for one in requirements_of(case, legal_date(at))}
    files: dict[int, StoredFile] = {version.file.pk: version.file for version in versions if version.file}
    pages = sum(stored.page_count or 0 for stored in files.values())
    incoming = case.incoming_papers.first()
    released = case.released_at.astimezone(SHANGHAI) if case.released_at else at
    return AcceptanceReceipt(
        case_number=case.number,
        enterprise=case.group.short_name_on(legal_date(at)),
        project_name=case.project.name,
        amount_yuan=case_facts(case).routing_amount_yuan,
        incoming_number=case.declaration.report_number,
        registry_number=incoming.register_number if incoming else "",
        submitted_via=f"网上提交，纸质{incoming.copies}份" if incoming else "网上提交",
        received_at=f"{released:%Y-%m-%d %H:%M}",
        materials=tuple(_received(version, names) for version in versions),
        total=f"{len(versions)}项材料，{len(files)}个文件，{pages}页；文件校验值清单存于系统",
        notes=_receipt_notes(case),
        contact=contact_of(case),
        mark=mark_of(case),
    )


def _receipt_notes(case: Case) -> tuple[str, ...]:
    first = "本单说明材料已经收到并经齐备性确认，不表示予以备案。"
    if not case.clock_days:
        return (first, "本项目由企业自主决策，系统予以记录，按季报送进展。")
    return (
        first,
        f"办理时限自确认齐备的次一工作日起计算，为{case.clock_days}个工作日。",
        "要求补正、暂缓期间不计入办理时限。",
    )


def _received(version: MaterialVersion, names: dict[str, str]) -> ReceivedMaterial:
    if version.file is None:
        promised = f"承诺{version.promised_on:%Y-%m-%d}前补齐" if version.promised_on else ""
        return ReceivedMaterial(version.slot, names.get(version.slot, version.slot), "", "容缺", promised)
    remark = f"第{version.ordinal}版" if version.ordinal > 1 else ""
    form = "盖章扫描" if version.version_code else "电子"
    pages = str(version.file.page_count or "")
    if version.version_code:
        remark = f"版本码 {version.version_code}"
    if version.page_from:
        form = f"{STUDY_SLOT}章节" if version.is_chapter else "合订文件"
        pages, remark = "", f"第{version.page_from}—{version.page_to}页"
    return ReceivedMaterial(version.slot, names.get(version.slot, version.slot), pages, form, remark)


def supplement_notice(case: Case, *, items: list[tuple[str, str]], working_days: int) -> SupplementNotice:
    """The 补正通知书 with everything that was asked for."""
    names = {one.code: one.name for one in requirements_of(case)}
    if case.supplement_due_on is None:
        raise ValueError(f"{case.number} has no supplement date")
    return SupplementNotice(
        case_number=case.number,
        organ_short=case.commission.short_name,
        recipient=case.group.short_name_on(case.supplement_due_on),
        project_name=case.project.name,
        incoming_number=case.declaration.report_number,
        missing=tuple(MissingMaterial(slot, names.get(slot, "申报内容"), text) for slot, text in items),
        due_on=case.supplement_due_on,
        working_days=working_days,
        contact=contact_of(case),
        notes=(
            "以上为需要补正的全部事项，一次性告知。",
            "自本通知发出至重新报送之日，不计入办理时限；逾期未补正的，退回并说明理由。",
        ),
        mark=mark_of(case),
    )


def registration_form(case: Case, *, code: str) -> RegistrationForm:
    """Form M02 as the facts stand."""
    declaration: Declaration = case.declaration
    facts = case_facts(case)
    organisation = case.group.organisation
    with translation.override("zh-hans"):
        kind, nature = declaration.get_kind_display(), declaration.get_nature_display()
        parties = tuple(
            Party(party.get_role_display(), party.organisation.name, party.organisation.credit_code or "")
            for party in declaration.parties.select_related("organisation")
        )
        plan = declaration.get_plan_status_display()
    if declaration.plan_row:
        plan += f"，第{declaration.plan_row}行"
    if declaration.plan_amount_yuan is not None:
        plan += f"，计划额{format_wan(declaration.plan_amount_yuan)}万元"
    prohibited = "涉及禁止类" if declaration.prohibited_matter else "不涉及禁止类"
    special = "涉及特别监管类" if declaration.special_matter else "不涉及特别监管类"
    return RegistrationForm(
        case_number=case.number,
        enterprise=case.group.short_name_on(legal_date(case.created_at)),
        credit_code=organisation.credit_code or "",
        project_name=case.project.name,
        implementer=case.enterprise.short_name_on(legal_date(case.created_at)),
        implementer_tier=f"{case.enterprise.tier}级",
        project_kind=kind,
        nature=f"{nature}（{declaration.main_business}）" if declaration.main_business else nature,
        site=declaration.site,
        period="",
        summary=declaration.summary,
        total_investment_yuan=facts.total_investment_yuan,
        own_commitment_yuan=facts.own_commitment_yuan,
        routing_amount_yuan=facts.routing_amount_yuan,
        funding=funding_of(case),
        phases=tuple(Phase(phase.name, phase.total_yuan) for phase in declaration.phases.all()),
        parties=parties,
        plan_row=plan,
        negative_list=f"{prohibited}；{special}",
        return_rate=f"{declaration.irr_bps / 100:.2f}%" if declaration.irr_bps is not None else "",
        payback=f"{declaration.payback_months}个月" if declaration.payback_months is not None else "",
        decided_on=declaration.decided_on,
        planned_contract_on=declaration.contract_on,
        planned_payment_on=declaration.payment_on,
        report_number=declaration.report_number,
        contact=f"{declaration.contact_name} {declaration.contact_phone}",
        mark=mark_of(case),
        number=code,
    )


def approval_sheet(case: Case, *, code: str, on: date) -> ApprovalSheet:
    """The 呈批表 of the present round."""
    facts = case_facts(case)
    sources = "，".join(f"{source.name}{format_wan(source.amount_yuan)}万元" for source in funding_of(case))
    reading = clock_of(case, on)
    due_on = reading.due_on if reading is not None else None
    return ApprovalSheet(
        case_number=case.number,
        organ_short=case.commission.short_name,
        matter=f"{case.group.short_name_on(on)} {case.project.name}{procedure_of(case)}",
        procedure=procedure_of(case),
        amount=f"投资总额{format_wan(facts.total_investment_yuan)}万元；{sources}；"
        f"分档金额{format_wan(facts.routing_amount_yuan)}万元",
        deadline=_deadline(case, due_on),
        reasons=_why(case),
        opinions=(*_of_panel(case), *_opinions(case)),
        risks=tuple(case.risks),
        request=_request(case),
        afterwards=_afterwards(case),
        mark=mark_of(case),
        number=code,
    )


def procedure_of(case: Case) -> str:
    """What the papers of the case call its procedure."""
    return "二次论证" if case.needs_panel else "备案"


def _of_panel(case: Case) -> tuple[Opinion, ...]:
    """What the panel concluded and, where the proposal goes against it, which collective record says so."""
    if not case.panel_conclusion:
        return ()
    summary = case.panel_summary
    mean = Decimal(summary["mean_hundredths"]) / 100
    asked = "".join(f"（{number}）{text}；" for number, text in enumerate(summary["conditions"], 1))
    conditions = f"条件：{asked.rstrip('；')}。" if asked else ""
    said = f"论证结论：{conclusion_of(case)}；平均得分{mean:.2f}分。{conditions}"
    members = f"专家组（{summary['members_count']}人）"
    concluded = Opinion(who=members, said_on=date.fromisoformat(summary["held_on"]), text=said)
    if case.deviation_on is None:
        return (concluded,)
    why = f"拟办意见与论证结论不一致（纪要文号：{case.deviation_minutes}）。理由：{case.deviation_reason}"
    return concluded, Opinion(who="集体研究", said_on=case.deviation_on, text=why)


def conclusion_of(case: Case) -> str:
    """The panel's conclusion as papers say it, in Chinese."""
    with translation.override("zh-hans"):
        return str(PanelConclusion(case.panel_conclusion).label)


def _deadline(case: Case, due_on: date | None) -> str:
    text = f"全程\n{due_on.month}月{due_on.day}日" if due_on else "停表中"
    if case.taken_over_on is None:
        return text
    return f"{text}（在途接续，截至{case.taken_over_on:%Y-%m-%d}已用{case.elapsed_days}个工作日）"


def _why(case: Case) -> str:
    confirmed = RoutingRecord.Occasion.CONFIRMED
    [routing] = [one for one in listed(case, "routings") if one.occasion == confirmed]
    matched = [reason for reason in routing.reasons if reason["matched"]]
    return "；".join(f"{str(reason['text']).rstrip('。')}（{reason['citation']}）" for reason in matched) + "。"


def _afterwards(case: Case) -> str:
    """What follows the signature, also from the panel's side."""
    excerpt = "；论证意见（送企业文本）随函送达" if case.needs_panel else ""
    sealed = f"签发后由办公室编号、用印、送达{excerpt}"
    if case.proposal == Proposal.REFUSE:
        return f"{sealed}；企业完善方案并重新履行决策程序后，可以作为新的事项报送。"
    conditions = "；论证条件由企业逐项落实，核验后销号" if case.panel_summary.get("conditions") else ""
    months = confirmed_rules(case).evaluation_after_months
    return f"{sealed}{conditions}；企业按季报送进展，竣工投运满{months}个月后列入后评价计划。"


def _opinions(case: Case) -> tuple[Opinion, ...]:
    with translation.override("zh-hans"):
        return tuple(
            Opinion(
                who=f"{_who_role(opinion.role)} {opinion.author.full_name}"
                + (f"（代{opinion.on_behalf_of.full_name}）" if opinion.on_behalf_of else ""),
                said_on=legal_date(opinion.at),
                text=opinion.text or opinion.get_outcome_display(),
            )
            for opinion in listed(case, "opinions")
            if opinion.round == case.round and opinion.recalled_at is None and opinion.outcome != StepOutcome.SIGNED
        )


def _who_role(role: str) -> str:
    from investreview.core.roles import Role

    return str(Role(role).label)


def _request(case: Case) -> str:
    reviewed = f"本项目二次论证结论为“{conclusion_of(case)}”。" if case.panel_conclusion else ""
    letter = f"{'二次论证' if case.needs_panel else ''}复函代拟稿附后。"
    return f"{reviewed}{_question(case)}{letter}"


def _question(case: Case) -> str:
    if case.proposal == Proposal.REFUSE:
        return f"是否不予备案。理由：{case.refusal_reason.rstrip('。')}。"
    if case.proposal == Proposal.FILE_WITH_RISK:
        return "是否予以备案，并在复函中提示上列风险。"
    return f"是否予以备案（投资总额{plain_wan(total_of(case))}万元）。"
