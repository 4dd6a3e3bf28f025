"""Reading an amount that a person typed, and writing one for a person to read."""

import re
import unicodedata
from decimal import Decimal, localcontext
from enum import Enum

from investreview.core.errors import Invalid

LARGEST_YUAN = Decimal(10) ** 13
FEN = Decimal("0.01")
LONGEST_TEXT = 40
ENOUGH_DIGITS = 60  # of working precision: an amount is never rounded on its way

_BLANKS = " \t\u00a0\u3000"
_SAME_WHEN_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９，．＋－"}
_SHAPE = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)[ \t\u00a0\u3000]*(?P<unit>\D*)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_EXPONENT = re.compile(r"[0-9.]+e[+-]?[0-9]+", re.IGNORECASE)
_NO_NUMBER = frozenset({"nan", "snan", "inf", "infinity"})


class Unit(Enum):
    """The unit an amount is typed in; the value is its name on the page."""

    WAN = "万元"
    YUAN = "元"

    @property
    def yuan(self) -> int:
        """How many yuan one of this unit is."""
        return 10_000 if self is Unit.WAN else 1


_YUAN_PER_UNIT = {"万元": 10_000, "万": 10_000, "元": 1, "亿元": 100_000_000, "亿": 100_000_000}


def parse_amount(text: str, *, default_unit: Unit = Unit.WAN) -> Decimal:
    """The typed amount in yuan with two decimals; a unit written in the text wins over ``default_unit``.

    Units: yuan.
    Raises: Invalid (money_*) for whatever is not plain digits with correct thousands separators, one decimal point
    and a known unit; more than two decimals of yuan are refused, never rounded.
    """
    typed = text.translate(_SAME_WHEN_NARROW).strip(_BLANKS)
    shown = text.strip()[:40]
    _refuse_known_mistakes(typed, shown)
    shape = _SHAPE.fullmatch(typed)
    if shape is None:
        raise Invalid("money_not_read", given=shown)
    unit = shape["unit"]
    if unit and not unit.isalpha():
        raise Invalid("money_not_read", given=shown)
    if unit and unit not in _YUAN_PER_UNIT:
        raise Invalid("money_unit_unknown", given=shown, unit=unit[:20])
    number = shape["number"]
    whole = number.partition(".")[0]
    if "," in whole and not _GROUPED.fullmatch(whole):
        raise Invalid("money_grouping", given=shown)
    if len(whole) > 1 and whole.startswith("0"):
        raise Invalid("money_leading_zero", given=shown)
    with localcontext(prec=ENOUGH_DIGITS):
        amount = Decimal(number.replace(",", "")) * (_YUAN_PER_UNIT[unit] if unit else default_unit.yuan)
        return exact_yuan(amount, given=shown)


def _refuse_known_mistakes(typed: str, shown: str) -> None:
    if not typed:
        raise Invalid("money_empty")
    if len(typed) > LONGEST_TEXT:
        raise Invalid("money_not_read", given=shown)
    if any(character.isdecimal() and character not in "0123456789" for character in typed):
        raise Invalid("money_foreign_digits", given=shown)
    if typed.startswith("-") or unicodedata.name(typed[0], "") in {"MINUS SIGN", "EN DASH", "EM DASH"}:
        raise Invalid("money_negative", given=shown)
    if typed.startswith("+"):
        raise Invalid("money_plus_sign", given=shown)
    if "_" in typed:
        raise Invalid("money_underscore", given=shown)
    if typed.lower() in _NO_NUMBER:
        raise Invalid("money_not_a_number", given=shown)
    if _EXPONENT.fullmatch(typed):
        raise Invalid("money_exponent", given=shown)


def exact_yuan(amount: Decimal, *, given: object) -> Decimal:
    """``amount`` with exactly two decimals, unchanged in value.

    Raises: Invalid (money_too_precise, money_too_large, money_not_a_number).
    """
    if not amount.is_finite():
        raise Invalid("money_not_a_number", given=given)
    if abs(amount) > LARGEST_YUAN:
        raise Invalid("money_too_large", given=given)
    with localcontext(prec=ENOUGH_DIGITS):
        exact = amount.quantize(FEN)
    if exact != amount:
        raise Invalid("money_too_precise", given=given)
    return exact if exact else abs(exact)


def format_yuan(amount: Decimal) -> str:
    """As a table of yuan shows it: ``18,600,000.00``."""
    return f"{exact_yuan(amount, given=amount):,.2f}"


def format_wan(amount: Decimal) -> str:
    """As a table of 万元 shows it: ``1,860.00``; more decimals where the amount has them, never rounded."""
    whole, _, decimals = plain_wan(amount).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}.{decimals:0<2}"


def plain_wan(amount: Decimal) -> str:
    """As a letter writes 万元: ``1860``, ``2999.999999``."""
    with localcontext(prec=ENOUGH_DIGITS):
        text = f"{exact_yuan(amount, given=amount).scaleb(-4):f}"
    return text.rstrip("0").rstrip(".")
