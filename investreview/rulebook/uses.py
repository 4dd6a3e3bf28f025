"""What rests on a paragraph: bounds, rows, materials, chains, duties and limits that cite it. Pure."""

from decimal import Decimal

from investreview.rulebook.conditions import AmountFrom, AmountUpTo, Threshold
from investreview.rulebook.names import DUTIES, LIMITS, ROUTES, STEP_KINDS, Words, joined
from investreview.rulebook.provisions import Chain, Row, RuleSetData
from investreview.rulebook.sentences import asked, wan


def uses_of(key: str, rules: RuleSetData) -> tuple[Words, ...]:
    """One line for each provision of the set that cites the paragraph ``key``, in the order of the set."""
    lines = [_bound(one) for one in rules.thresholds if one.citation == key]
    lines += [_row(one) for one in rules.rows if one.citation == key]
    lines += [
        Words(f"材料 {one.code} {one.name}", f"Material {one.code} {one.name_en}")
        for one in rules.slots
        if one.citation == key
    ]
    lines += [Words(f"承诺：{one.text}", f"Pledge: {one.text_en}") for one in rules.pledges if one.citation == key]
    lines += [_chain(one) for one in rules.chains if any(step.citation == key for step in one.steps)]
    lines += _duties(key, rules)
    lines += [_limit(name, rules) for name, citation in rules.limit_citations.items() if citation == key]
    return (*lines, *_of_panels(key, rules), *_of_evaluations(key, rules))


def _duties(key: str, rules: RuleSetData) -> list[Words]:
    """What a project has to do by the rows that cite the paragraph, where it is more than the route's own name."""
    duties = [DUTIES[duty] for row in rules.rows if row.citation == key for duty in row.duties]
    named = [one for one in duties if one.zh not in {ROUTES[row.route].zh for row in rules.rows if row.route}]
    return [joined(named, "、", ", ").within("要求：{}", "Duties: {}")] if len(named) > 1 else []


def _limit(name: str, rules: RuleSetData) -> Words:
    number = getattr(rules, name)
    text = f"{Decimal(number).scaleb(-2).normalize():f}" if name.endswith("_bps") else str(number)
    return Words(LIMITS[name].zh.replace("{}", text), LIMITS[name].en.replace("{}", text)).within(
        "期限和比例：{}", "Limit: {}"
    )


def _of_panels(key: str, rules: RuleSetData) -> list[Words]:
    panel = rules.panel
    lines = [
        Words(
            f"专家组：{wan(one.from_yuan).zh}（含）以上 {one.size} 人",
            f"Panel: {one.size} from {wan(one.from_yuan).en}",
        )
        for one in panel.sizes
        if one.citation == key
    ]
    return lines + [
        Words(f"席位：{one.name} {one.count} 人", f"Seats: {one.name_en}, {one.count}")
        for one in panel.seats
        if one.citation == key
    ]


def _of_evaluations(key: str, rules: RuleSetData) -> list[Words]:
    evaluation = rules.evaluation
    methods = [
        Words(f"抽样方法：{one.name}", f"Sampling: {one.name_en}") for one in evaluation.methods if one.citation == key
    ]
    return methods + [
        Words(f"必抽：{one.name}", f"Always sampled: {one.name_en}")
        for one in evaluation.mandatory
        if one.citation == key
    ]


def _bound(threshold: Threshold) -> Words:
    sides = [asked(AmountUpTo(threshold)), asked(AmountFrom(threshold))]
    return joined(sides, "；", "; ").within("分档界线：{}", "Bound: {}")


def _row(row: Row) -> Words:
    parts = [Words(row.title, row.title_en)]
    if row.route is not None:
        parts.append(ROUTES[row.route])
    line = joined(parts, " → ", " → ").within("判定条件：{}", "Row: {}")
    if row.clock_days is None:
        return line
    days = Words(f"期限 {row.clock_days} 个工作日", f"{row.clock_days} working days")
    return joined([line, days], "，", ", ")


def _chain(chain: Chain) -> Words:
    routes = joined([ROUTES[route] for route in chain.routes], "、", ", ")
    steps = joined([STEP_KINDS[step.kind] for step in chain.steps], " → ", " → ")
    return joined([routes, steps], "：", ": ").within("签批链（{}）", "Signing chain ({})")
