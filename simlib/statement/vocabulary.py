"""Words of a statement (marks, statuses, kinds) looked up as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from simlib.statement.model import plain

LONGEST_WORD = 200  # letters of a cell that are compared
_SPACES = re.compile(r"\s+")
_LATIN_BEHIND = re.compile(r"(?<=[\u3400-\u9fff)\]])\s+[A-Za-z][\x20-\x7e]*$")
_LATIN_INSIDE = re.compile(r"\[\s*[A-Za-z][^\]]*\]")
_YUAN = re.compile(
    r"(?:\((?:单位:)?(?:元|人民币|人民币元|rmb|cny|¥)\)|[/-](?:元|人民币元?|rmb|cny))"
)
_JOINTS = re.compile(r"[()\[\]{}<>:/|、,._=-]+")
_CODE = re.compile(r"[0-9]{1,2}|[a-z]{1,2}")
_QUOTES = re.compile(r"[\s:：_*\"'“”·]+")


def key(cell: object) -> str:
    """Return a cell as it is compared with words: half-width, lower case, without spaces."""
    return _key(plain(cell))


@lru_cache(maxsize=1 << 14)
def _key(text: str) -> str:
    return _SPACES.sub("", text[:LONGEST_WORD]).lower()


def cell_key(cell: object) -> str:
    """Return a header as a layout's is compared: what stands in brackets counts, unless it is yuan
    or the English twin.

    Examples
    --------
    >>> cell_key("借方发生额/元(支取)"), cell_key("金额（元）"), cell_key("摘要[ Reference ]")
    ('借方发生额(支取)', '金额', '摘要')
    >>> cell_key("\\t交易日期\\nTrans Date"), cell_key("交易金额(分)")
    ('交易日期', '交易金额(分)')
    """
    text = _LATIN_BEHIND.sub("", _LATIN_INSIDE.sub("", plain(cell)[:LONGEST_WORD]).strip())
    return _YUAN.sub("", _QUOTES.sub("", text.lower())).replace("帐", "账")


class Words:
    """Lists of words by what they mean; `*` in a word stands for anything, and the longest that
    fits wins."""

    def __init__(self, *lists: Mapping[str, Iterable[str]]) -> None:
        self.exact: dict[str, str] = {}
        self.patterns: list[tuple[int, re.Pattern[str], str]] = []
        for listed in lists:  # later lists go before earlier ones
            for meaning, words in listed.items():
                for word in map(key, words):
                    self._add(word, meaning)
        self.patterns.sort(key=lambda each: -each[0])
        self.of = cache(self._of)
        self.side = cache(self._side)

    def _add(self, word: str, meaning: str) -> None:
        if "*" not in word:
            self.exact[word] = meaning
            return
        parts = map(re.escape, word.split("*"))
        self.patterns.append((len(word), re.compile(".*".join(parts), re.DOTALL), meaning))

    def _side(self, mark: str) -> str | None:
        """Return what a mark means; one of a code and a word (0(支出), D-借) means what they do,
        unless they mean two things."""
        if (meaning := self.of(mark)) is not None:
            return meaning
        parts = [part for part in _JOINTS.split(mark) if part]
        met = {self.of(part) for part in parts if not _CODE.fullmatch(part)}
        met |= {self.exact[part] for part in parts if part in self.exact}
        return met.pop() if len(met) == 1 and len(parts) > 1 else None

    def _of(self, word: str) -> str | None:
        """Return what a word (as `key` returns it) means; None if it is not listed."""
        if word in self.exact:
            return self.exact[word]
        return next((m for _, pattern, m in self.patterns if pattern.fullmatch(word)), None)
