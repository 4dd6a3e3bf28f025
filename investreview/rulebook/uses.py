"""What rests on a paragraph: bounds, rows, materials and signing chains that cite it. Pure."""

from investreview.rulebook.conditions import AmountFrom, AmountUpTo, Threshold
from investreview.rulebook.names import ROUTES, STEP_KINDS, Words, joined
from investreview.rulebook.provisions import Chain, Row, RuleSetData
from investreview.rulebook.sentences import asked


def uses_of(key: str, rules: RuleSetData) -> tuple[Words, ...]:
    """One line for each provision of the set that cites the paragraph ``key``, in the order of the set."""
    lines = [_bound(one) for one in rules.thresholds if one.citation == key]
    lines += [_row(one) for one in rules.rows if one.citation == key]
    lines += [
        Words(f"材料 {one.code} {one.name}", f"Material {one.code} {one.name_en}")
        for one in rules.slots
        if one.citation == key
    ]
    lines += [_chain(one) for one in rules.chains if any(step.citation == key for step in one.steps)]
    return tuple(lines)


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
