"""Amounts in capital letters (大写), as 《支付结算办法》附一 asks for."""

from decimal import Decimal

from investreview.core.money.amount import exact_yuan

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


def in_capitals(amount: Decimal) -> str:
    """The amount as a cheque writes it: ``人民币壹仟捌佰陆拾万元整``.

    Rule: 《支付结算办法》附一: zeros between digits are one 零; 整 follows 元, and 角 too (so that no 分 can be added);
    after a zero in the place of 元 the 角 is preceded by 零.
    """
    exact = exact_yuan(amount, given=amount)
    yuan, fen = divmod(int(abs(exact).scaleb(2)), 100)
    text = "人民币负" if exact < 0 else "人民币"
    if yuan or not fen:
        text += _integer(yuan) + "元"
    return text + _fraction(fen, after_yuan=yuan)


def _fraction(fen: int, *, after_yuan: int) -> str:
    jiao, rest = divmod(fen, 10)
    if not fen:
        return "整"
    text = ""
    if after_yuan and (not jiao or after_yuan % 10 == 0):
        text = "零"
    if jiao:
        text += _DIGITS[jiao] + "角"
    return text + (_DIGITS[rest] + "分" if rest else "整")


def _integer(number: int) -> str:
    if not number:
        return _DIGITS[0]
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = _DIGITS[0] if 0 < low < size // 10 else ""
            return _integer(high) + name + gap + (_integer(low) if low else "")
    return _below_ten_thousand(number)


def _below_ten_thousand(number: int) -> str:
    text = ""
    pending_zero = False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            pending_zero = bool(text)
            continue
        text += (_DIGITS[0] if pending_zero else "") + _DIGITS[int(digit)] + place
        pending_zero = False
    return text
