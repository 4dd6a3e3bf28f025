"""The sentences that explain a decision: what was given, what the rule asks, what follows. Pure.

They are made from the very condition that was evaluated, so that a sentence cannot say what the rule does not.
"""

from decimal import Decimal
from enum import StrEnum

from investreview.core.money import format_wan, format_yuan
from investreview.rulebook.conditions import (
    AllOf,
    Always,
    AmountFrom,
    AmountUpTo,
    AnyOf,
    Condition,
    Declared,
    FactIs,
    Test,
    Threshold,
    leaves,
)
from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.names import FLAGS, VALUES, Words, joined

VERDICTS = {
    True: Words("符合", "matches"),
    False: Words("不符合", "does not match"),
    None: Words("数据不全，无法判断", "cannot be judged: data are missing"),
}
OTHERWISE = Words("其他各条均未确定办理路径", "no other row gives a route")


def wan(amount: Decimal) -> Words:
    """An amount as each language reads it."""
    return Words(f"{format_wan(amount)} 万元", f"{format_yuan(amount)} yuan")


def explained(title: Words, condition: Condition | None, facts: CaseFacts, verdict: bool | None) -> Words:
    """One row's sentence: title, what was given, what the rule asks, what follows."""
    asks = OTHERWISE if condition is None else asked(condition)
    has = [] if condition is None else given(condition, facts)
    says = [joined([title, *has], "：", ": "), asks.within("规则为{}", "rule: {}"), VERDICTS[verdict]]
    return joined(says, "；", "; ").within("{}。", "{}.")


def given(condition: Condition, facts: CaseFacts) -> list[Words]:
    """The declared facts that a condition looks at, as one phrase; nothing when it looks at none."""
    parts = list(dict.fromkeys(_given(test, facts) for test in leaves(condition)))
    return [joined(parts, "，", ", ")] if parts else []


def value(condition: Condition | None, facts: CaseFacts) -> str:
    """The same facts as plain values: yuan with two decimals, codes, yes or no, ``?`` where unknown."""
    tests = () if condition is None else leaves(condition)
    return " / ".join(dict.fromkeys(part for test in tests for part in _values(test, facts)))


def asked(condition: Condition) -> Words:
    """What a condition asks for."""
    match condition:
        case AllOf(parts):
            return joined([asked(part) for part in parts], "且", " and ")
        case AnyOf(parts):
            return joined([asked(part) for part in parts], "或者", " or ")
        case AmountFrom(threshold):
            word = Words("（含）", "at least {}") if threshold.lower_inclusive else Words("（不含）", "more than {}")
            return _bound(threshold).within("{}以上" + word.zh, word.en)
        case AmountUpTo(threshold):
            word = Words("（含）", "at most {}") if threshold.upper_inclusive else Words("（不含）", "less than {}")
            return _bound(threshold).within("{}以下" + word.zh, word.en)
        case FactIs(fact, wanted):
            return _stated(fact, wanted)
        case Declared(fact):
            return _stated(fact, True)
        case Always():
            return Words("所有项目", "every project")


def _bound(threshold: Threshold) -> Words:
    if threshold.yuan is not None:
        return wan(threshold.yuan)
    share = f"{Decimal(threshold.net_assets_bps or 0).scaleb(-2).normalize():f}%"
    return Words(f"合并净资产的 {share} ", f"{share} of consolidated net assets")


def _given(test: Test, facts: CaseFacts) -> Words:
    match test:
        case AmountFrom(threshold) | AmountUpTo(threshold):
            amount = wan(facts.routing_amount_yuan).within("分档金额 {}", "routing amount {}")
            if threshold.net_assets_bps is None:
                return amount
            assets = Words("未登记", "not known") if facts.net_assets_yuan is None else wan(facts.net_assets_yuan)
            return joined([amount, assets.within("合并净资产{}", "consolidated net assets {}")], "，", ", ")
        case FactIs(fact, _):
            return _stated(fact, getattr(facts, fact))
        case Declared(fact):
            items: tuple[str, ...] = getattr(facts, fact)
            listed = [Words("、".join(items), "; ".join(items))] if items else []
            return joined([_stated(fact, bool(items)), *listed], "：", ": ")


def _stated(fact: str, held: StrEnum | bool) -> Words:
    return VALUES[held] if isinstance(held, StrEnum) else FLAGS[fact][0 if held else 1]


def _values(test: Test, facts: CaseFacts) -> tuple[str, ...]:
    match test:
        case AmountFrom(threshold) | AmountUpTo(threshold):
            amount = f"{facts.routing_amount_yuan:.2f}"
            if threshold.net_assets_bps is None:
                return (amount,)
            return (amount, "?" if facts.net_assets_yuan is None else f"{facts.net_assets_yuan:.2f}")
        case FactIs(fact, _):
            held: StrEnum | bool = getattr(facts, fact)
            return (str(held.value) if isinstance(held, StrEnum) else "yes" if held else "no",)
        case Declared(fact):
            return ("；".join(getattr(facts, fact)) or "no",)
