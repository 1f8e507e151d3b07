"""An amount as people type it, read exactly."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

LONGEST = 40  # characters; no amount of ours needs more
_NUMBER = re.compile(r"(\d{1,12}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,12}))?(万|萬|w)?", re.ASCII)
_MONEY = re.compile(r"人民币|rmb|cny|yuan|元|¥|圆")


def read_fen(text: str) -> Fraction | None:
    """Read an amount of money exactly [fen]; None if the text is no amount.

    Full-width digits, thousands separators, a currency sign and 万 are understood.

    Examples
    --------
    >>> [int(read_fen(text)) for text in ("25000", "25,000.00", "2.5万", "２５０００元")]
    [2500000, 2500000, 2500000, 2500000]
    >>> read_fen("8333.335")
    Fraction(1666667, 2)
    >>> read_fen("about 25000") is None
    True
    """
    if len(text) > LONGEST:
        return None
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower().replace("，", ",")
    number = _NUMBER.fullmatch(_MONEY.sub("", plain))
    if number is None:
        return None
    whole, part, unit = number.groups()
    yuan = Fraction(f"{whole.replace(',', '')}.{part or 0}")
    return yuan * 100 * (10_000 if unit else 1)
