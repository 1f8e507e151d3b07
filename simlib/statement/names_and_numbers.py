"""Names and account numbers as cells have them: hidden in part, spaced out, both in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

from simlib.statement.model import End, Refusal, shown, stated

# ------------------------------------------------ what is hidden in part


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


def names_differ(one: End, other: End) -> bool:
    """Tell whether two ends have names that cannot be one, but for what is hidden."""
    names = called(one.name), called(other.name)
    return all(names) and not names_fit(*names)


def ends_differ(one: End, other: End) -> bool:
    """Tell whether anything that is said of two ends differs, but for what is hidden."""
    if names_differ(one, other):
        return True
    if not (one.number and other.number) or (hidden(one.number) and hidden(other.number)):
        return False
    return not numbers_fit(one.number, other.number)


def _stands_for(marks: re.Pattern[str], part: str, whole: str) -> bool:
    pieces = [re.escape(piece) for piece in marks.split(part)]
    if len(pieces) > MOST_PIECES or len(whole) > LONGEST:
        return False
    return re.fullmatch(".+".join(pieces), whole, re.DOTALL) is not None


# ------------------------------------------------------ who a cell names

MOST_EXACT = 10**15  # from here on a workbook's numbers have lost digits
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
_SPACES = re.compile(r"[\s-]+")
_ACCOUNT = r"[0-9*×…][0-9*×… -]{3,}[0-9*×…]|[A-Z]{1,2}[0-9]{6,}[0-9A-Z]*|[^\s@/|]+@[^\s@/|]+"
_PARTY = re.compile(
    rf"(?P<number>{_ACCOUNT})\s*\((?P<name>[^()]*)\)"
    rf"|(?P<name2>[^()]+?)\s*\((?P<number2>{_ACCOUNT})\)"
)
_LONG = r"[0-9][0-9*×✕●•]{9,}[0-9]|[0-9]{3,}[*×✕●•]+[0-9]{2,}|[0-9]{4}(?: [0-9*×]{2,4}){2,5}"
_EDGE = r"[\s:/|,;()\[\]]"
_WITH_NUMBER = re.compile(
    rf"(?:(?<=^)|(?<={_EDGE})|(?<=^[\u4e00-\u9fff]{{2}})|(?<=^[\u4e00-\u9fff]{{3}}))"
    rf"(?:{_LONG})(?={_EDGE}|$)"
)
_GIFT, _GIVEN = "红包", re.compile(r"(?:发给|来自)(?=.)")


def number(cell: object) -> str:
    """Return an account's number without spaces and hyphens.

    Raises
    ------
    Refusal
        if the workbook kept it as a number and so lost its last digits
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= MOST_EXACT:
        raise Refusal("number-rounded", cell=shown(cell))
    return _number(stated(cell))


@lru_cache(maxsize=1 << 16)
def _number(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        raise Refusal("number-rounded", cell=shown(text))
    return _SPACES.sub("", text)


def name_of(cell: object) -> str:
    """Return a name with single spaces, and none in a name that is spaced out."""
    return closed(_SPACES.sub(" ", stated(cell)))


@lru_cache(maxsize=1 << 14)
def number_beside(name: str) -> End:
    """Return a name without the account's number that stands beside it, and the number where it is
    one: a number is no part of a name, and is never shown as one.

    Examples
    --------
    >>> number_beside("孙丽 6216610000000003333")[:2], number_beside("甲店 12")[:2]
    (('6216610000000003333', '孙丽'), ('', '甲店 12'))
    >>> number_beside("孙丽6228****4321")[:2]
    ('6228****4321', '孙丽')
    """
    numbers = _WITH_NUMBER.findall(name)
    if not numbers:
        return End(name=name)
    rest = re.sub(rf"{_EDGE}+", " ", _WITH_NUMBER.sub(" ", name)).strip()
    return End(_number(numbers[0]) if len(numbers) == 1 else "", closed(rest))


def of_gift(name: str, kind: str) -> str:
    """Return whom a gift's row names, without the words before the name.

    Examples
    --------
    >>> of_gift("发给阿丽", "微信红包"), of_gift("发给阿丽", "转账")
    ('阿丽', '发给阿丽')
    """
    found = _GIVEN.match(name) if _GIFT in kind else None
    return name[found.end() :] if found else name


@lru_cache(maxsize=1 << 14)
def party_of(text: str) -> End:
    """Return who a cell names that holds number and name together.

    Examples
    --------
    >>> party_of("2088001(张三)")[:2], party_of("6222021234/李四")[:2], party_of("王五")[:2]
    (('2088001', '张三'), ('6222021234', '李四'), ('', '王五'))
    """
    if found := _PARTY.fullmatch(text):
        return End(number(found["number"] or found["number2"]),
                   name_of(found["name"] or found["name2"]))  # fmt: skip
    parts = [part for each in re.split(r"[/|\s]+", text) if (part := stated(each))]
    numbers = [part for part in parts if re.fullmatch(_ACCOUNT, part)]
    if len(numbers) > 1:
        return End(name=text)
    names = [part for part in parts if part not in numbers]
    return End(number(numbers[0]) if numbers else "", " ".join(names))
