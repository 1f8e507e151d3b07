"""What passes between the steps of an import: tables, movements, and what was not taken."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from simlib.money import Fen

LONGEST = 60  # characters of a cell that are shown
LONGEST_CELL = 4_000  # and those that are read
# language → the topic `statement` of the texts
Words: TypeAlias = Pairs[str, Pairs[str, Any]]  # Any: phrases, and tables of them
Row: TypeAlias = tuple[object, ...]  # the cells of one row
_NOTHING = frozenset(
    {"", "-", "--", "---", "—", "——", "/", "\\", "null", "none", "n/a", "无", "空"}
)
_RULE = re.compile(r"[-=_*~+|\s\u2014\u2500\u2501]+")
_ESCAPED = re.compile(r'="?(.*?)"?', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a statement: a key of `notes` in the texts, and its values."""

    code: str
    values: Pairs[str, object] = field(default_factory=dict)


def noted(label: str, listed: Iterable[tuple[str, Sequence[int]]]) -> list[Note]:
    """Return a note for each code of which there are rows: the first of them, and how many."""
    return [
        Note(code, {"label": label, "row": rows[0], "count": len(rows)})
        for code, rows in listed if rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was not taken: its line or sheet row, a key of `reasons`, its values, and what it
    says moved, where that can be read."""

    row: int
    code: str
    values: Pairs[str, object] = field(default_factory=dict)
    label: str = ""
    amount_fen: Fen | None = None


class Refusal(Exception):
    """A cell that cannot be read; `code` is a key of `reasons`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one sheet, or of one CSV file.

    Attributes
    ----------
    name, sheet
        the file's name, and the sheet's ("" for CSV)
    rows
        tuples of cells: text for CSV; what the workbook holds for XLSX
    lines
        the line of the file, or row of the sheet, of each
    broken
        row → why it cannot be read (formulas whose value was never saved)
    encoding, delimiter
        how the bytes were read; `xlsx`, `xls`, `html`, `xml` or `pdf` and "" for what is no text
    digest
        of the bytes, so that nothing is read twice
    epoch
        the day 0 of a workbook's serial dates
    called
        what stands instead of `name` and `sheet`, which may tell who somebody is
    copies
        the other sheets of the workbook that hold the same, cell by cell
    torn
        its last row, where the file ends within it: no line end behind it
    notes
        what else whoever reads it must know
    """

    name: str
    sheet: str
    rows: list[Row]
    lines: list[int]
    encoding: str
    delimiter: str = ""
    digest: str = ""
    hidden: bool = False
    broken: dict[int, Line] = field(default_factory=dict)
    epoch: datetime.date = datetime.date(1899, 12, 30)
    called: str = ""
    copies: list[str] = field(default_factory=list)
    torn: int | None = None
    notes: tuple[Note, ...] = ()

    @property
    def label(self) -> str:
        """What it is called in every message."""
        return self.called or self.own_label

    @property
    def own_label(self) -> str:
        """`name` or `name:sheet`, for its owner alone."""
        return f"{self.name}:{self.sheet}" if self.sheet else self.name


class End(NamedTuple):
    """Who pays or is paid, as the statement has it; "" where it does not say."""

    number: str = ""
    name: str = ""
    label: str = ""  # the statement, for its own account where nothing says which it is


class Movement(NamedTuple):
    """One row that was taken."""

    row: int
    payer: End
    payee: End
    amount_fen: Fen
    fee_fen: Fen
    at: datetime.datetime
    day_only: bool
    own: End | None  # payer or payee, whoever the statement belongs to
    balance_fen: Fen | None
    serial: str
    remark: str


def plain(cell: object) -> str:
    """Return a cell as text: half-width, without the spaces and quotes banks put around it.

    Examples
    --------
    >>> plain("\\t６２２２ "), plain('="0012"'), plain(None), plain(5.0)
    ('6222', '0012', '', '5')
    """
    if isinstance(cell, str):
        if cell.isalnum() and cell.isascii():  # most cells
            return cell
        text = cell if cell.isascii() else unicodedata.normalize("NFKC", usual(cell))
        text = text.strip().lstrip("'`").strip()
        escaped = _ESCAPED.fullmatch(text) if text.startswith('="') else None
        return escaped[1] if escaped else text
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)


def stated(cell: object) -> str:
    """Return the same, with what banks write for "nothing" as nothing."""
    text = plain(cell)
    return "" if text.lower() in _NOTHING else text


def ruled(cell: object) -> bool:
    """Tell whether a cell is empty, or drawn: a line of hyphens, equals signs or the like."""
    text = plain(cell)
    return not text or _RULE.fullmatch(text) is not None


def shown(cell: object) -> str:
    """Return a cell as a message shows it: cut short and on one line."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in plain(cell))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def yuan(fen: Fen) -> str:
    """Return fen as yuan with two decimals, for messages in any language."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"


# ------------------------------------------------------------ homoglyphs

_RADICALS = (
    "⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺑尢⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫"
    "⺦丬⺧牛⺨犭⺩王⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角"
    "⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟饣⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟⼾户⾭青⿈黄"
)
_USUAL = str.maketrans(dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)))
_MET = re.compile(r"[\u2e80-\u2fdf]")


def usual(text: str) -> str:
    """Return a text with the usual characters in place of radicals.

    Examples
    --------
    >>> usual("⼾名：⻢⻰，人⺠币"), usual("戶名")
    ('户名：马龙，人民币', '戶名')
    """
    return text.translate(_USUAL) if _MET.search(text) else text


def at(cells: Row, column: int) -> object:
    """Return a row's cell; None where the row is shorter."""
    return cells[column] if column < len(cells) else None
