"""Who a cell names: an account's number, a name, or both in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

from simlib.statement.model import End, Refusal, shown, stated
from simlib.statement.names_and_numbers import closed

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
def apart(name: str) -> End:
    """Return a name without the account's number that stands beside it, and the number where it is
    one: a number is no part of a name, and is never shown as one.

    Examples
    --------
    >>> apart("孙丽 6216610000000003333")[:2], apart("孙丽6228****4321")[:2], apart("甲店 12")[:2]
    (('6216610000000003333', '孙丽'), ('6228****4321', '孙丽'), ('', '甲店 12'))
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
