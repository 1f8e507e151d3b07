"""Numbers and names a bank has hidden in part: what they may stand for, and never whom they are."""

from __future__ import annotations

import re
from functools import lru_cache

# what banks write for what they hide; half-width already, so … has become ...
_MARKS = r"[*×✕●•∗⋯#?]+|\.{2,}"
_HIDDEN_NUMBER = re.compile(rf"{_MARKS}|尾号|[xX]{{2,}}(?=[0-9])|(?<=[0-9])[xX]{{2,}}")
_HIDDEN_NAME = re.compile(r"[*×✕●•∗⋯#?]|\.{2,}")
_LONG_NUMBER = re.compile(r"[0-9](?:[ -]?[0-9]){6,}(?=(?:[ -]?[0-9]){4}(?![ -]?[0-9]))")
_RUN = re.compile(_MARKS)
_HAN = re.compile(r"[\u3400-\u9fff]")
MOST_PIECES = 4  # of what is left to be seen; more are not worth the search
LONGEST = 100  # letters of a whole number or name


@lru_cache(maxsize=1 << 16)
def hidden(number: str) -> bool:
    """Tell whether a part of an account's number is hidden: it is then no account by itself.

    Examples
    --------
    >>> [hidden(n) for n in ("6222****1234", "6222XXXX1234", "尾号1234", "w***@x.com", "62220001")]
    [True, True, True, True, False]
    """
    return _HIDDEN_NUMBER.search(number) is not None


def closed(name: str) -> str:
    """Return a name with single spaces, and with none between the letters of a spaced-out name:
    banks fill a name of two characters up to three (王　强)."""
    parts = name.split()
    spaced = len(parts) > 1 and all(len(part) == 1 for part in parts)
    return ("" if spaced and any(map(_HAN.match, parts)) else " ").join(parts)


def partly(name: str) -> bool:
    """Tell whether a part of a name is hidden.

    Examples
    --------
    >>> partly("张*"), partly("李×红"), partly("张三")
    (True, True, False)
    """
    return _HIDDEN_NAME.search(name) is not None


def shortened(name: str) -> str:
    """Return a name in which of a number as long as an account's only the end is to be seen.

    Examples
    --------
    >>> shortened("某店6216610000000003333号"), shortened("360科技")
    ('某店****3333号', '360科技')
    """
    return _LONG_NUMBER.sub("****", name)


@lru_cache(maxsize=1 << 16)
def called(name: str) -> str:
    """Return a name as names are compared; "" where nothing of it is to be seen.

    Examples
    --------
    >>> called(" 张  三 "), called("**"), called("张*"), called("Li  Si")
    ('张三', '', '张*', 'Li Si')
    """
    name = closed(name)
    return name if _HIDDEN_NAME.sub("", name).strip() else ""


@lru_cache(maxsize=1 << 14)
def names_fit(one: str, other: str) -> bool:
    """Tell whether two names may be one: equal, but for what is hidden.

    Examples
    --------
    >>> names_fit("李*红", "李小红"), names_fit("李*红", "*小红"), names_fit("张*", "李四")
    (True, True, False)
    """
    if one == other:
        return True
    if not (partly(one) or partly(other)):
        return False
    if len(one) == len(other):
        return all(a == b or partly(a) or partly(b) for a, b in zip(one, other, strict=True))
    if partly(one) and partly(other):
        return False
    whole, part = (one, other) if partly(other) else (other, one)
    return _stands_for(_RUN, part, whole)


def numbers_fit(one: str, other: str) -> bool:
    """Tell whether two numbers, of which one is hidden in part, may be one.

    Examples
    --------
    >>> numbers_fit("6222****1234", "6222020000001234"), numbers_fit("尾号1234", "62221234")
    (True, True)
    >>> numbers_fit("6222****1234", "6217000000001234"), numbers_fit("6222", "6222")
    (False, True)
    """
    if one == other:
        return True
    if hidden(one) == hidden(other):
        return False
    whole, part = (one, other) if hidden(other) else (other, one)
    return _stands_for(_HIDDEN_NUMBER, part, whole)


def _stands_for(marks: re.Pattern[str], part: str, whole: str) -> bool:
    pieces = [re.escape(piece) for piece in marks.split(part)]
    if len(pieces) > MOST_PIECES or len(whole) > LONGEST:
        return False
    return re.fullmatch(".+".join(pieces), whole, re.DOTALL) is not None
