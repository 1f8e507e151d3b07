"""Amounts as banks write them, into whole fen. Never through floating point."""

from __future__ import annotations

import re
from decimal import Decimal

from simlib.money import Fen
from simlib.statement.model import Refusal, shown, stated

MOST_FEN = 10**15  # as in a case
LONGEST_AMOUNT = 60  # letters of a number with its sign, money and unit
UNITS = {  # unit → fen
    "fen": 1, "jiao": 10, "yuan": 100, "qian": 10**5, "wan": 10**6, "shiwan": 10**7,
    "baiwan": 10**8, "qianwan": 10**9, "yi": 10**10,
}  # fmt: skip
UNIT_NAMES = {
    "分": "fen", "角": "jiao", "元": "yuan", "千元": "qian", "万元": "wan", "十万元": "shiwan",
    "百万元": "baiwan", "千万元": "qianwan", "亿元": "yi",
}  # fmt: skip

_USUAL = re.compile(r"-?(?:[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,3})\.[0-9]{2}", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]*)?|\.[0-9]{1,30}", re.ASCII)
_RATHER = re.compile(r"[0-9][0-9.,' ]*", re.ASCII)  # a number, but which?
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+", re.ASCII)
_BEFORE = re.compile(r"(?:CN¥|¥|RMB|CNY|CNH|人民币元?)\s*", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(万元|万|亿元|亿|元|圆|分)?(?:(?<=[元圆])整)?\s*(?:[(]?(?:RMB|CNY|CNH|人民币元?|¥)[)]?)?",
    re.IGNORECASE,
)
COINS = (  # pattern of a coin's name
    r"USDT|USDC|TUSD|BUSD|DAI|TRX|ETH|WETH|BTC|WBTC|BNB|SOL|DOGE|LTC|XRP|BCH|EOS|FIL|TON|MATIC|HT"
    r"|OKB|泰达币|比特币|以太坊|以太币|波场"
)
FOREIGN = (  # pattern of another money's name
    rf"(?:{COINS}"
    r"|USD|HKD|EUR|GBP|JPY|KRW|TWD|MOP|SGD|AUD|CAD|NZD|CHF|THB|MYR|VND|PHP|IDR|INR|RUB|AED"
    r"|(?:US|HK|NT|S|A|C)?\$|€|£|₩|฿|美元|港币|港元|欧元|日元|英镑|韩元|台币|新台币|澳门元|澳元|加元)"
)
_FOREIGN = re.compile(
    rf"[-+(]?\s*({FOREIGN})\s*[-+]?[0-9.][0-9.,]*\)?|[-+(]?[0-9.][0-9.,]*\)?\s*({FOREIGN})\)?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[-+\u2212\u2013\u2014]")
_TIMES = {"万": 10_000, "亿": 100_000_000}


def fen(cell: object, unit: str = "yuan") -> Fen | None:
    """Return what an amount's cell says, in fen; None if it says nothing.

    Parameters
    ----------
    cell
        text, or the number a workbook holds
    unit
        what one stands for: one of `UNITS`

    Raises
    ------
    Refusal
        if it is no number, could be read in two ways, is of foreign money, or is not whole fen

    Examples
    --------
    >>> fen("1,234.56"), fen("１，２３４．５６"), fen("¥1.2万"), fen("(5.00)"), fen("5-"), fen("")
    (123456, 123456, 1200000, -500, -500, None)
    >>> fen("CNY 123.18"), fen("-123.18 CNY"), fen("12318分")
    (12318, -12318, 12318)
    """
    if isinstance(cell, str) and unit == "yuan" and _USUAL.fullmatch(cell):
        return int(cell.replace(".", "").replace(",", ""))
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | None):
        raise Refusal("not-a-number", cell=shown(cell))
    if isinstance(cell, int | float):
        return _of_number(cell, unit)
    text = stated(cell)
    if len(text) > LONGEST_AMOUNT:
        raise Refusal("not-a-number", cell=shown(text))
    return _of_text(text, unit) if text else None


def _of_number(cell: float, unit: str) -> Fen:
    """Return a workbook's number: the shortest decimal that is this float, which is what was
    typed."""
    number = Decimal(repr(cell))
    if not number.is_finite():
        raise Refusal("not-a-number", cell=shown(cell))
    return _whole(number * UNITS[unit], cell)


def _of_text(text: str, unit: str) -> Fen:
    if foreign := _FOREIGN.fullmatch(text):
        raise Refusal("currency", cell=shown(foreign[1] or foreign[2]))
    bare, sign = _unsigned(text)
    after = re.search(f"(?:{_AFTER.pattern})$", bare, re.IGNORECASE)
    named = after[1] if after else None
    if after:
        bare = bare[: after.start()]
    bare, more = _unsigned(bare)
    if sign < 0 and more < 0:
        raise Refusal("not-a-number", cell=shown(text))
    number = _decimal(bare, text)
    large = named is not None and named[0] in _TIMES
    if not large and _decimals(number) > (2 if named else _places(unit)):
        raise Refusal("more-decimals", cell=shown(text))
    worth = UNITS[unit] if named is None else _TIMES.get(named[0], 1) * UNITS["yuan"]
    return sign * more * _whole(number * (1 if named == "分" else worth), text)


def _unsigned(text: str) -> tuple[str, int]:
    """Return the text without currency, sign or brackets around it; and the sign."""
    text, sign = text.strip(), 1
    if text.startswith("(") and text.endswith(")"):
        return _BEFORE.sub("", text[1:-1].strip(), count=1), -1
    for _ in range(2):  # ¥-5 and -¥5
        if currency := _BEFORE.match(text):
            text = text[currency.end() :]
        if sign == 1 and _SIGN.match(text):
            sign, text = (1 if text[0] == "+" else -1), text[1:].strip()
    if sign == 1 and len(text) > 1 and _SIGN.match(text[-1]) and text[-1] != "+":
        return text[:-1].strip(), -1
    return text, sign


def _decimal(bare: str, text: str) -> Decimal:
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    if _NUMBER.fullmatch(bare):
        return Decimal(bare)
    if _SCIENTIFIC.fullmatch(bare):
        raise Refusal("scientific", cell=shown(text))
    if _RATHER.fullmatch(bare):
        raise Refusal("ambiguous-number", cell=shown(text))
    raise Refusal("not-a-number", cell=shown(text))


def _decimals(number: Decimal) -> int:
    """Count the places behind the point, zeros included; `_decimal` lets no infinity through."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _places(unit: str) -> int:
    """Return how many decimals of a unit are whole fen; two at least, as 分 are written 12.00."""
    return max(2, len(str(UNITS[unit])) - 1)


def _whole(number: Decimal, cell: object) -> Fen:
    if abs(number) > MOST_FEN:
        raise Refusal("too-large", cell=shown(cell))
    if number != number.to_integral_value():
        raise Refusal("not-whole-fen", cell=shown(cell))
    return int(number)


def fen_or_none(cell: object, unit: str = "yuan") -> Fen | None:
    """Return the same; None too where the cell cannot be read."""
    try:
        return fen(cell, unit)
    except Refusal:
        return None


def sign_of(cell: object, unit: str) -> int:
    """Return −1, 0 or 1; 0 where there is no amount."""
    amount = fen_or_none(cell, unit) or 0
    return (amount > 0) - (amount < 0)
