"""The reasons that leave a member of the pool out, each with the record it rests on, in words as they are printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from experts.models import ConflictParty, Employer, Expert
from experts.rules.avoidance import Hit
from experts.rules.codes import ExclusionCode
from experts.rules.eligibility import Period, Person, unfitness, years_between
from experts.selectors.standings import AT_WORK, Standings
from experts.states import SeatState
from experts.wording import TIES, days, path_text
from investreview.core.dates import in_chinese
from investreview.projects.models import Case
from investreview.rulebook.panels import PanelRules

STAYED: Mapping[str, str] = {SeatState.RECUSED.value: "并已回避", SeatState.REMOVED.value: "并已离席"}


@dataclass(frozen=True)
class Reason:
    """One reason: its code, the record, the path to the party if there is one.

    ``fingerprint`` is set where two people may find the hit harmless: a path over ownership between organisations.
    """

    code: ExclusionCode
    basis: str
    path: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of the case, the day and all members."""

    case: Case
    rules: PanelRules
    on: date
    window: Period
    names: Mapping[int, str]
    group: str
    standings: Standings


def findings(expert: Expert, hits: Sequence[Hit], facts: Facts) -> list[Reason]:
    """Every reason, not only the first. Rule: DOMAIN §6, Qualification, Panel size, Avoidance."""
    return [
        *_staff(expert, facts),
        *_qualification(expert, facts),
        *_earlier(expert, facts),
        *(_hit(hit, expert, facts) for hit in hits),
        *_load(expert, facts),
    ]


def _staff(expert: Expert, facts: Facts) -> list[Reason]:
    """The commission's own people never sit: by a present post there, or an account of the same name and telephone."""
    names = {facts.case.commission.name, facts.case.commission.short_name}
    reasons = [
        Reason(ExclusionCode.STAFF, _employment(row))
        for row in facts.standings.employers[expert.pk]
        if row.kind in AT_WORK
        and Period(row.from_on, row.until_on).holds_on(facts.on)
        and names & {row.stated_name, row.organisation.name if row.organisation is not None else ""}
    ]
    if (expert.name, expert.phone) in facts.standings.staff:
        reasons.append(Reason(ExclusionCode.STAFF, "国资委工作人员在用账户（同名、同电话）"))
    return reasons


def _qualification(expert: Expert, facts: Facts) -> list[Reason]:
    reasons = [
        Reason(ExclusionCode.SUSPENDED, f"暂停（{days(Period(row.from_on, row.until_on))}）：{row.reason}")
        for row in facts.standings.suspensions[expert.pk]
    ]
    rules = facts.rules
    for code in unfitness(Person(expert.born_on, expert.in_field_since), rules, facts.on):
        if code is ExclusionCode.AGE:
            age = years_between(expert.born_on, facts.on)
            reasons.append(Reason(code, f"{age}周岁，上限{rules.oldest_years}周岁"))
        else:
            since = in_chinese(expert.in_field_since)
            reasons.append(Reason(code, f"自{since}起从事本专业，须满{rules.field_years}年"))
    return reasons + _unmatched(expert, facts)


def _unmatched(expert: Expert, facts: Facts) -> list[Reason]:
    """Nobody could tell whether they must stand aside: a tie within the look-back that points at no legal person."""
    employers = facts.standings.employers[expert.pk]
    if not employers:
        return [Reason(ExclusionCode.UNMATCHED, "没有任职记录")]
    return [
        Reason(ExclusionCode.UNMATCHED, _employment(row))
        for row in employers
        if row.organisation_id is None and Period(row.from_on, row.until_on).shared_with(facts.window) is not None
    ]


def _earlier(expert: Expert, facts: Facts) -> list[Reason]:
    seat = facts.standings.earlier.get(expert.pk)
    if seat is None:
        sat_on_paper = expert.name in facts.case.panel_summary.get("members", ())
        return [Reason(ExclusionCode.EARLIER_PANEL, "接续前纸面论证的专家组成员（同名）")] if sat_on_paper else []
    return [Reason(ExclusionCode.EARLIER_PANEL, f"第{seat.panel.round}轮专家组成员{STAYED.get(seat.state, '')}")]


def _hit(hit: Hit, expert: Expert, facts: Facts) -> Reason:
    kind, _, pk = hit.tie.record.partition(":")
    if kind == "employer":
        basis = next(_employment(row) for row in facts.standings.employers[expert.pk] if row.pk == int(pk))
    else:
        basis = next(_conflict(row) for row in facts.standings.conflicts[expert.pk] if row.pk == int(pk))
    return Reason(
        code=hit.code,
        basis=basis,
        path=path_text(hit, facts.names, facts.group),
        fingerprint=hit.fingerprint if hit.is_indirect else "",
    )


def _load(expert: Expert, facts: Facts) -> list[Reason]:
    rules, reasons = facts.rules, []
    now, lately = facts.standings.open_panels.get(expert.pk, 0), facts.standings.group_panels.get(expert.pk, 0)
    if now >= rules.open_panels:
        reasons.append(Reason(ExclusionCode.OPEN_PANELS, f"正在参加{now}个专家组，上限{rules.open_panels}个"))
    if lately >= rules.same_group_panels:
        basis = f"{rules.same_group_months}个月内参加同一集团专家组{lately}次，上限{rules.same_group_panels}次"
        reasons.append(Reason(ExclusionCode.SAME_GROUP, basis))
    return reasons


def _employment(row: Employer) -> str:
    name = row.organisation.name if row.organisation is not None else row.stated_name
    position = f"，{row.position}" if row.position else ""
    return f"任职记录：{name}{position}，{TIES[row.kind]}，{days(Period(row.from_on, row.until_on))}"


def _conflict(row: ConflictParty) -> str:
    period = days(Period(row.from_on, row.until_on))
    return f"利害关系登记：{row.organisation.name}，{TIES[row.kind]}，{period}；依据：{row.basis}"
