"""What headers, marks, statuses and kinds are called, and the layouts that are known by them.

All of it is data: `headers.toml`. A layout is a `[[layout]]` there, with the public source of its
header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any, NamedTuple

from simlib.resources import Table as TomlTable
from simlib.resources import table as ours
from simlib.statement.amounts import UNIT_NAMES
from simlib.statement.model import Row, Table, plain

# -------------------------------------------- words as they are compared

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


def headers() -> TomlTable:
    """Return the known headers and words of statements."""
    return ours("statement", "headers.toml")


# --------------------------------------------------------------- headers

LONGEST_HEADER = 200  # letters of a cell that may be a header or name whose statement it is
LISTED_FIRST = 1_000  # rank behind every name of a list
_BRACKETS = re.compile(r"[(\[{<【〔].*?[)\]}>】〕]")
_UNITS = "|".join(UNIT_NAMES)


def header_key(cell: object) -> str:
    """Return a header as it is compared: lower case, without spaces, brackets and units.

    Examples
    --------
    >>> header_key("借方发生额/元(支取)"), header_key("Debit Amount"), header_key("收/支")
    ('借方发生额', 'debitamount', '收/支')
    >>> header_key("付款方的支付帐号")
    '付款方支付账号'
    """
    text = _BRACKETS.sub("", plain(cell)[:LONGEST_HEADER].lower())
    text = re.sub(r"[\s:：_*\"'“”·的]+", "", text).replace("帐", "账")
    return re.sub(rf"[/-](?:{_UNITS}|人民币元?|rmb|cny)$", "", text)


@cache
def known_roles() -> dict[str, dict[str, int]]:
    """Return header → role → how good a name it is for the role; 0 is the best."""
    known: dict[str, dict[str, int]] = {}
    for role, names in headers()["columns"].items():
        for rank, name in enumerate(names):
            known.setdefault(name, {}).setdefault(role, rank)
    for side, words in headers()["sides"].items():
        for what in ("account", "name"):
            pairs = product(words[what], words["whose"])
            for rank, (thing, whose) in enumerate(pairs, LISTED_FIRST):
                known.setdefault(whose + thing, {}).setdefault(f"{side}_{what}", rank)
    return known


# ------------------------------------------------ layouts that are known

KINDS = ("bank", "wallet", "card", "list")
EVIDENCE = ("file", "readme", "reader", "test", "rules")
RULES = ("unit", "order", "positive", "negative", "gaps", "flags", "kinds", "statuses", "instead")
LOOKED_AT = 100  # rows in which a header is looked for


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout.

    Attributes
    ----------
    id, zh, en
        its name for programs, and for readers
    kind
        bank | wallet | card | list
    header
        its header cells; those of `optional` may be missing
    columns
        role → header
    shape
        as in a mapping
    rules
        the rest of what a mapping says, where it is not as usual
    title
        words above the table that tell it from a layout with the same headers
    source, evidence
        where the header was seen, and as what: a file, a readme, a program that reads it, its
        tests, its rules
    """

    id: str
    zh: str
    en: str
    kind: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    shape: str
    rules: Mapping[str, Any]  # Any: texts, and tables of lists
    title: tuple[str, ...]
    optional: frozenset[str]
    source: str
    evidence: str

    @property
    def needed(self) -> frozenset[str]:
        """The cells, as compared, without which a table is not of this layout."""
        return frozenset(map(cell_key, self.header)) - {*self.optional, ""}

    def name(self, lang: str) -> str:
        """Return what it is called in a language."""
        return self.zh if lang == "zh" else self.en


class Found(NamedTuple):
    """A layout in a table: the row of its header, and the column of each of its roles."""

    place: int
    layout: Layout
    columns: dict[str, int]
    instead: dict[str, int]


@cache
def layouts() -> dict[str, Layout]:
    """Return the known layouts by their ids."""
    raw = ours("statement", "headers.toml")
    shared = {name: raw[name] for name in ("flags", "kinds", "statuses")}
    return {each["id"]: _layout(each, shared) for each in raw["layout"]}


def _layout(
    raw: Mapping[str, Any],  # Any: texts, and tables of lists, as TOML gives them
    shared: Mapping[str, Mapping[str, Any]],  # Any: the same
) -> Layout:
    rules = {name: raw[name] for name in RULES if name in raw}
    for name, lists in shared.items():
        if isinstance(rules.get(name), str):
            rules[name] = lists[rules[name]]
    for name in ("flags", "kinds", "statuses"):
        if name in rules:
            rules[name] = {meaning: tuple(words) for meaning, words in rules[name].items()}
    return Layout(
        id=raw["id"], zh=raw["zh"], en=raw["en"], kind=raw["kind"], header=tuple(raw["header"]),
        columns=raw["columns"], shape=raw["shape"], rules=rules, title=tuple(raw.get("title", ())),
        optional=frozenset(map(cell_key, raw.get("optional", ()))), source=raw["source"],
        evidence=raw["evidence"],
    )  # fmt: skip


@cache
def _needed() -> tuple[tuple[frozenset[str], Layout], ...]:
    return tuple((layout.needed, layout) for layout in layouts().values())


def find(table: Table) -> Found | None:
    """Return the layout of a table: of all whose header it has, the one with the most cells.

    Of equals the one whose title stands above the table or in its name, then the first.
    """
    best: tuple[tuple[int, int, int], int, Layout] | None = None
    above = key(table.own_label)
    for place, cells in enumerate(table.rows[:LOOKED_AT]):
        for score, layout in _fitting(cells, above):
            if best is None or score > best[0]:
                best = (score, place, layout)
        above += "".join(map(key, cells[:40]))
    return _found(table.rows[best[1]], best[1], best[2]) if best else None


def _fitting(cells: Row, above: str) -> Iterator[tuple[tuple[int, int, int], Layout]]:
    """Yield the layouts whose header a row is, each with how well it fits."""
    keys = {cell_key(cell) for cell in cells if isinstance(cell, str)} - {""}
    if len(keys) < 3:
        return
    for needed, layout in _needed():
        if needed <= keys:
            titled = any(key(word) in above for word in layout.title)
            whole = len(needed) + len(layout.optional & keys)
            yield (whole, int(titled), -len(keys - needed - layout.optional)), layout


def _found(cells: Row, place: int, layout: Layout) -> Found:
    keys = [cell_key(cell) for cell in cells]

    def placed(named: Mapping[str, str]) -> dict[str, int]:
        wanted = {role: cell_key(header) for role, header in named.items()}
        return {role: keys.index(header) for role, header in wanted.items() if header in keys}

    return Found(place, layout, placed(layout.columns), placed(layout.rules.get("instead", {})))


@cache
def known_headers() -> frozenset[str]:
    """Return every header we know, those of layouts too, as headers are compared."""
    of_layouts = {header_key(cell) for each in layouts().values() for cell in each.header}
    return frozenset(of_layouts | set(known_roles()) - {""})


# ----------------------------------------------------- banks and wallets

UNKNOWN = "general"
LETTERS_LOOKED_AT = 4_000  # letters of a text


def institution_of(*texts: str) -> str:
    """Return a key of `texts/*/statement_steps.toml`, by a file's name or its first words.

    Examples
    --------
    >>> institution_of("微信支付账单.png"), institution_of("scan.pdf", "招商银行交易流水")
    ('wechat', 'cmb')
    >>> institution_of("scan.pdf")
    'general'
    """
    for text in texts:
        lower = text[:LETTERS_LOOKED_AT].lower()
        for key, names in ours("statement", "institutions.toml").items():
            if any(name in lower for name in names):
                return str(key)
    return UNKNOWN
