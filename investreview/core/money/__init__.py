"""Money (金额): Decimal yuan in Python, integer 分 in the database, 万元 or 元 on the page."""

from investreview.core.money.amount import LARGEST_YUAN, Unit, format_wan, format_yuan, parse_amount, plain_wan
from investreview.core.money.capitals import in_capitals
from investreview.core.money.field import MoneyField, money_value

__all__ = [
    "LARGEST_YUAN",
    "MoneyField",
    "Unit",
    "format_wan",
    "format_yuan",
    "in_capitals",
    "money_value",
    "parse_amount",
    "plain_wan",
]
