"""What the page of a task shows: heading, deadlines, facts, reasons, materials, opinions, the draft of the reply."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from experts.selectors.panel_card import PanelCard, office_card, panels_of
from investreview.core.clock import legal_date
from investreview.core.money import format_wan
from investreview.core.once import once, told
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.core.templatetags.ir import day, file_size, percent
from investreview.documents.contents import ApprovalSheet
from investreview.documents.selectors import all_versions
from investreview.projects.completeness import materials_missing
from investreview.projects.deadlines import Deadline, deadline, whole_deadline
from investreview.projects.forms.columns import column
from investreview.projects.forms.facts import FUNDING
from investreview.projects.labels import route_label
from investreview.projects.models import (
    Case,
    Declaration,
    MaterialVersion,
    PaperDecision,
    Project,
    Remedy,
)
from investreview.projects.panel import said
from investreview.projects.papers import approval_sheet
from investreview.projects.record import current_materials, last_remedy, last_routing, read_record
from investreview.projects.requirements import requirements_of
from investreview.projects.routing import as_plain, case_facts, decide, is_routable, rule_set_for
from investreview.projects.selectors import clock_of, lateness_of
from investreview.projects.services.forms import approval_sheet_code
from investreview.registry.models import Office
from investreview.registry.selectors import work_calendar
from investreview.rulebook.links import paragraph_url
from investreview.rulebook.models import RuleSet
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.review.asked import asked_changes
from workflows.review.letters import LetterDraft, letter_at, letter_draft

SHEET_NODES = frozenset({"check", "countersign", "wording", "meeting", "sign"})
"""Steps of the signing chain: their page is the 呈批表 itself."""


@dataclass(frozen=True)
class MaterialRow:
    """One slot of the catalogue with what fills it."""

    name: str
    kind: str
    detail: str
    url: str
    status: str
    tone: str


@dataclass(frozen=True)
class ReasonRow:
    """One matched row of the rule set."""

    text: str
    citation: str
    url: str


@dataclass(frozen=True)
class TaskPage:
    """Everything the page of a task shows besides its forms; ``whole_used`` working days once the case has ended."""

    item: WorkItem
    case: Case
    title: str
    project: str
    origin: str
    group: str
    amount: Decimal
    route: str
    step: Deadline
    whole: Deadline | None
    whole_used: int | None
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    reasons: tuple[ReasonRow, ...]
    materials: tuple[MaterialRow, ...]
    letter: LetterDraft | None
    sheet: ApprovalSheet | None
    waiting_paper: PaperDecision | None
    panel: PanelCard | None
    remedy: Remedy | None

    @property
    def material_columns(self) -> tuple[tuple[MaterialRow, ...], ...]:
        """The materials in two columns of a wide page, in order one below the other on a phone."""
        half = (len(self.materials) + 1) // 2
        return self.materials[:half], self.materials[half:]


def task_page(item: WorkItem, *, scope: Scope, at: datetime) -> TaskPage:
    """The page of a work item for a person of ``scope``; the enterprise sees nothing of the commission's opinions."""
    case, today = item.case, legal_date(at)
    inside = is_inside(item)
    route, reasons = routed(case, today)
    whole = clock_of(case, today)
    shows_sheet = inside and item.node in SHEET_NODES and item.state == WorkItem.State.OPEN
    return TaskPage(
        item=item,
        case=case,
        title=str(node_label(item.node)),
        project=case.project.name,
        origin=case.project.get_origin_display() if case.project.origin != Project.Origin.NATIVE else "",
        group=case.group.short_name_on(today),
        amount=case_facts(case).routing_amount_yuan,
        route=route_label(route),
        step=deadline(item.due_on, today, work_calendar(case.commission)),
        whole=whole_deadline(whole) if whole is not None else None,
        whole_used=whole.used if whole is not None and case.ended_at is not None else None,
        facts=facts_of(case),
        warnings=tuple(_warnings(item, today)),
        reasons=reasons,
        materials=tuple(_materials(case, today)),
        letter=letter_draft(letter_at(item), scope),
        sheet=approval_sheet(case, code=approval_sheet_code(case), on=today) if shows_sheet else None,
        waiting_paper=waiting_entry(item) if inside else None,
        panel=office_card(case, once(("panels", case.pk), lambda: list(panels_of(case))))
        if inside and case.panels_begun
        else None,
        remedy=last_remedy(case) if item.node.startswith("remedy_") else None,
    )


def read_for_page(item: WorkItem) -> None:
    """The record of the case and what its page shows beside it are read, by one statement."""
    case = item.case
    versions, waiting, panels = all_versions(case.letter_id), waiting_entries(item), panels_of(case)
    names = Office.objects.filter(commission=case.commission_id).values_list("code", "name")
    read_record(case, beside=(versions, waiting, panels, names))
    told(("versions", case.letter_id), list(versions))
    told(("waiting entry", item.task_id), next(iter(waiting), None))
    told(("panels", case.pk), list(panels))
    told(("offices", case.commission_id), dict(names))


def _panel(case: Case) -> PanelCard | None:
    return office_card(case, once(("panels", case.pk), lambda: list(panels_of(case))))


def is_inside(item: WorkItem) -> bool:
    """Whether the step is the commission's own."""
    return Role(item.role) not in ENTERPRISE_ROLES


def waiting_entry(item: WorkItem) -> PaperDecision | None:
    """The paper decision that was entered for this step and waits to be compared."""
    return once(("waiting entry", item.task_id), waiting_entries(item).first)


def waiting_entries(item: WorkItem) -> QuerySet[PaperDecision]:
    """The same as a list of one or none."""
    waiting = PaperDecision.objects.filter(task_id=item.task_id, compared_at__isnull=True, rejected_at__isnull=True)
    return waiting.order_by("pk")


def routed(case: Case, today: date) -> tuple[str, tuple[ReasonRow, ...]]:
    """The route with its matched rows: as it was decided last, before any decision as it would be now."""
    record = last_routing(case)
    if record is not None:
        return case.route or record.route, _matched(record.reasons, record.rule_set)
    if not is_routable(case):
        return "", ()
    decision = decide(case, today)
    return decision.route.value, _matched([as_plain(reason) for reason in decision.reasons], rule_set_for(case, today))


def _matched(rows: list[dict[str, Any]], rule_set: RuleSet) -> tuple[ReasonRow, ...]:
    return tuple(
        ReasonRow(said(row["text"], row["text_en"]), row["citation"], paragraph_url(rule_set, str(row["citation"])))
        for row in rows
        if row["matched"]
    )


def facts_of(case: Case) -> tuple[tuple[str, str], ...]:
    """What the project declares, as names and values."""
    return tuple(_facts(case))


def _sources(declared: Declaration) -> Iterator[tuple[str, Decimal]]:
    for name in FUNDING:
        amount: Decimal = getattr(declared, name)
        if amount:
            yield name, amount


def _facts(case: Case) -> Iterator[tuple[str, str]]:
    declared, facts = case.declaration, case_facts(case)
    yield gettext("投资总额"), _wan(facts.total_investment_yuan)
    yield gettext("本集团出资"), _wan(facts.own_commitment_yuan)
    sources = (f"{column(Declaration, name).verbose_name} {_wan(amount)}" for name, amount in _sources(declared))
    yield gettext("资金来源"), gettext("；").join(sources)
    yield gettext("投资类别"), f"{declared.get_kind_display()} · {declared.get_nature_display()}"
    yield gettext("年度计划"), _plan(case)
    yield gettext("来文"), declared.report_number
    yield gettext("集团决策日期"), day(declared.decided_on)
    yield gettext("应报送日期"), day(case.report_by)
    yield gettext("拟签约、付款"), f"{day(declared.contract_on)} · {day(declared.payment_on)}"
    yield gettext("预计内部收益率"), percent(declared.irr_bps)


def _wan(amount: Decimal) -> str:
    return gettext("%(amount)s 万元") % {"amount": format_wan(amount)}


def _plan(case: Case) -> str:
    declared = case.declaration
    row = gettext("第%(row)s行") % {"row": declared.plan_row} if declared.plan_row else ""
    return " · ".join(filter(None, (declared.get_plan_status_display(), row)))


def _warnings(item: WorkItem, today: date) -> Iterator[str]:
    case = item.case
    if item.node == "revise":
        yield from asked_changes(case)
    if item.node in ("release", "revise", "check_completeness"):
        for gap in materials_missing(case, today):
            yield gettext("{name}：{text}").format(
                name=f"{gap.code} {said(gap.name, gap.name_en)}", text=said(gap.why, gap.why_en)
            )
    late = lateness_of(case)
    if late is not None and is_inside(item):
        if late.is_late:
            yield gettext("迟报：应于%(day)s前报送。") % {"day": day(case.report_by)}
        if late.is_invested_first:
            yield gettext("先投后备：拟签约或者首笔付款日期不晚于报送日期。")


def _materials(case: Case, today: date) -> Iterator[MaterialRow]:
    names = {one.code: said(one.name, one.name_en) for one in requirements_of(case, today)}
    for version in current_materials(case):
        yield _material(version, names.get(version.slot, ""))


def _material(version: MaterialVersion, name: str) -> MaterialRow:
    label = f"{version.slot} {name}".strip()
    if version.file is None:
        promised = gettext("承诺%(day)s前补齐") % {"day": day(version.promised_on)}
        return MaterialRow(label, "", promised, "", gettext("容缺"), "amber")
    parts = [version.file.name, file_size(version.file.size)]
    if version.page_from:
        parts.append(gettext("第%(first)d—%(last)d页") % {"first": version.page_from, "last": version.page_to})
    if version.ordinal > 1:
        parts.append(gettext("第%(ordinal)d版") % {"ordinal": version.ordinal})
    if version.version_code:
        parts.append(gettext("版本码 %(code)s") % {"code": version.version_code})
    url = reverse("projects:file", args=[version.file.pk])
    return MaterialRow(label, version.file.kind, " · ".join(parts), url, gettext("已交"), "blue")
