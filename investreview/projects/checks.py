"""The checks beside a draft (自动校验): what agrees, what does not, what to look at, each with its rule."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.core.money import format_wan
from investreview.core.templatetags.ir import day, percent
from investreview.projects.completeness import facts_missing, require_declared
from investreview.projects.labels import route_label
from investreview.projects.routing import Judged
from investreview.projects.rules import lateness
from investreview.registry.selectors import work_calendar
from investreview.rulebook.conditions import Threshold
from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.routing import Route, route

NEAR_BOUND_BPS = 500
"""How close below a bound an amount is told of. Units: basis points of the bound. Rule: DOMAIN §3, 拆分."""


@dataclass(frozen=True)
class Check:
    """One line: ``tone`` is good, bad, or plain where there is nothing to judge; ``citation`` a paragraph or empty."""

    tone: str
    label: str
    value: str
    note: str = ""
    citation: str = ""


def checks_of(found: Judged, on: date) -> tuple[Check, ...]:
    """Every check of the declared facts, in a fixed order; materials and pledges are told where they are."""
    lines = [
        _empty_facts(found),
        *_reporting(found, on),
        _matters(found),
        _sums(found),
        *_shares(found),
        *_plan(found),
        *_near_bound(found),
        *_contradiction(found, on),
    ]
    return tuple(lines)


def _cited(found: Judged, key: str) -> str:
    return key if any(one.key == key for one in found.rule_set.data.paragraphs) else ""


def _total(found: Judged) -> Decimal:
    return sum((phase.total_yuan for phase in found.case.declaration.phases.all()), Decimal(0))


def _empty_facts(found: Judged) -> Check:
    empty = facts_missing(found.case)
    if not empty:
        return Check("good", _("必填内容"), _("齐全"))
    value = ngettext("缺 %(count)d 项", "缺 %(count)d 项", len(empty)) % {"count": len(empty)}
    return Check("bad", _("必填内容"), value, _("、").join(empty))


def _reporting(found: Judged, on: date) -> list[Check]:
    """Reported within the days of the rule set after the group's decision, before contract and payment.

    What was released before counts from its first release, whatever is supplemented now.
    """
    declaration, rules = found.case.declaration, found.rule_set.data
    citation = rules.citation_of("report_by_days")
    if declaration.decided_on is None:
        return [Check("plain", _("报送时间"), "—", _("填写集团决策日期后计算应报送日期。"), citation)]
    calendar = work_calendar(found.case.commission)
    report_by = calendar.add(declaration.decided_on, rules.report_by_days)
    released_at = found.case.first_released_at
    on = legal_date(released_at) if released_at is not None else on
    told = lateness(
        released_on=on, report_by=report_by, contract_on=declaration.contract_on, payment_on=declaration.payment_on
    )
    nth = calendar.count(declaration.decided_on, on) if on > declaration.decided_on else 0
    value = _("第 %(nth)d 日") % {"nth": nth}
    facts = {"days": rules.report_by_days, "until": day(report_by)}
    note = _("决策后 %(days)d 个工作日内，即 %(until)s（含）之前，并早于签约和首笔付款。") % facts
    if told.is_late:
        note = _("应在 %(until)s（含）之前报送，现已超过，报送后记为迟报。") % facts
    lines = [Check("bad" if told.is_late else "good", _("报送时间"), value, note, citation)]
    if told.is_invested_first:
        first = _("签约或者首笔付款早于报送，将记为先投后备。")
        lines.append(Check("bad", _("签约、付款日期"), _("不晚于今天"), first, citation))
    return lines


def _matters(found: Judged) -> Check:
    declaration = found.case.declaration
    prohibited, special = (
        tuple(line.strip() for line in text.splitlines() if line.strip())
        for text in (declaration.prohibited_matter, declaration.special_matter)
    )
    if prohibited:
        citation = _cited(found, "§3.1")
        return Check("bad", _("负面清单"), _("禁止类"), _("；").join(prohibited), citation)
    if special:
        return Check("bad", _("负面清单"), _("特别监管类"), _("；").join(special), _cited(found, "§3.3"))
    return Check("good", _("负面清单"), _("未列明"), _("在“承诺确认”一步逐条对照。"), _cited(found, "§3.1"))


def _sums(found: Judged) -> Check:
    sources, total = found.case.declaration.funds_total_yuan, _total(found)
    if sources == total:
        tone = "good" if total else "plain"
        return Check(tone, _("资金来源合计"), format_wan(sources), _("与项目总投资一致。") if total else "")
    facts = {"total": format_wan(total), "difference": format_wan(abs(sources - total))}
    note = _("项目总投资 %(total)s 万元，相差 %(difference)s 万元。") % facts
    return Check("bad", _("资金来源合计"), format_wan(sources), note)


def _shares(found: Judged) -> list[Check]:
    """Own funds in the sources, and the group's debt ratio with the project's borrowing added; nobody's limit."""
    declaration, position, lines = found.case.declaration, found.position, []
    if declaration.funds_total_yuan:
        share = _bps(declaration.own_funds_yuan / declaration.funds_total_yuan)
        lines.append(Check("plain", _("自有资金占比"), percent(share)))
    if position is not None and position.debt_ratio_bps < 10_000:
        ratio = Decimal(position.debt_ratio_bps) / 10_000
        assets = position.net_assets_yuan / (1 - ratio)
        after = (assets * ratio + declaration.borrowing_yuan) / (assets + declaration.borrowing_yuan)
        facts = {"year": position.year, "now": percent(position.debt_ratio_bps)}
        note = _("集团 %(year)d 年末合并 %(now)s，本项目借款全部计入后的测算。") % facts
        lines.append(Check("plain", _("投资后资产负债率"), percent(_bps(after)), note))
    return lines


def _bps(share: Decimal) -> int:
    return int((share * 10_000).quantize(Decimal(1), ROUND_HALF_UP))


def _plan(found: Judged) -> list[Check]:
    """The difference to the amount of the plan row; on another side of a bound it has to be explained."""
    planned, total = found.case.declaration.plan_amount_yuan, _total(found)
    if planned is None or not total:
        return []
    difference = total - planned
    if not difference:
        return [Check("good", _("与年度计划"), "0.00", _("与计划投资额一致。"))]
    sign = "+" if difference > 0 else "−"
    value = f"{sign}{format_wan(abs(difference))}"
    before, now = _route_of(found, planned), _route_of(found, total)
    if before is not None and before is not now:
        facts = {"planned": route_label(before.value), "now": route_label((now or before).value)}
        note = _("计划投资额属“%(planned)s”，本次属“%(now)s”，跨分档线，报送后将核查是否属于拆分，请备好说明。") % facts
        return [Check("bad", _("与年度计划"), value, note, _cited(found, "§2.1"))]
    return [Check("plain", _("与年度计划"), value, _("计划投资额 %(amount)s 万元。") % {"amount": format_wan(planned)})]


def _route_of(found: Judged, amount: Decimal) -> Route | None:
    if found.facts is None:
        return None
    return route(_at(found.facts, amount), found.rule_set.data).route


def _at(facts: CaseFacts, amount: Decimal) -> CaseFacts:
    return replace(facts, own_commitment_yuan=amount, total_investment_yuan=amount)


def _near_bound(found: Judged) -> list[Check]:
    """An amount a little below a bound is looked at; it is said here before anybody else says it."""
    if found.facts is None:
        return []
    amount = found.facts.routing_amount_yuan
    for threshold in found.rule_set.data.thresholds:
        bound = threshold.in_yuan(found.facts)
        if bound is not None and bound * (10_000 - NEAR_BOUND_BPS) / 10_000 <= amount < bound:
            return [_near(threshold, amount, bound)]
    return []


def _near(threshold: Threshold, amount: Decimal, bound: Decimal) -> Check:
    facts = {"bound": format_wan(bound), "share": percent(_bps((bound - amount) / bound))}
    note = _("比 %(bound)s 万元的分档线低 %(share)s，报送后将核查是否属于拆分。") % facts
    return Check("bad", _("接近分档线"), format_wan(amount), note, threshold.citation)


def _contradiction(found: Judged, on: date) -> list[Check]:
    """What the declared facts contradict each other in; empty facts and sums are told above."""
    try:
        require_declared(found.case, on)
    except Invalid as error:
        if error.code in ("projects_facts_missing", "projects_funds_do_not_add_up"):
            return []
        return [Check("bad", _("请核对"), "", sentence(error), _cited(found, "§2.1"))]
    return []
