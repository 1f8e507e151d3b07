"""Telling by the headers what the columns of a statement hold; every doubt is stated."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from simlib.statement.amounts import fen
from simlib.statement.instants import day_of
from simlib.statement.mapping import ROLES, Mapping, headers, missing
from simlib.statement.model import Note, Refusal, Row, Table, plain, stated

LOOKED_AT = 100  # rows in which the header is looked for
SAMPLE = 2_000  # rows of the table from which signs are read
LONGEST_HEADER = 200  # letters of a cell that may be a header or name whose statement it is
Roles: TypeAlias = dict[int, dict[str, int]]  # column → role → how good its header is for it
FEWEST = 2  # known headers that make a row the header
_BRACKETS = re.compile(r"[(\[{<【〔].*?[)\]}>】〕]")
_INSIDE = re.compile(r"[(\[]\s*([^)\]]+?)\s*[)\]]$")
_NUMBER = re.compile(
    r"(?:账\s*号|帐\s*号|卡\s*号|账\s*户|account(?:\s*(?:number|no\.?))?)\s*[:：]?\s*"
    r"([0-9*][0-9* -]{5,38}[0-9*])",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"(?:户\s*名|客户姓名|客户名称|姓\s*名|account\s*name|account\s*holder)\s*[:：]?\s*([^\s:：,，;；]+)",
    re.IGNORECASE,
)


def detect(table: Table) -> Mapping:
    """Return a mapping for the table, as far as its headers tell; `uncertain` holds every doubt."""
    place, roles = _header(table)
    if place is None:
        return Mapping(uncertain=(Note("no-header"),), sheet=table.sheet or None)
    texts = [plain(cell) for cell in table.rows[place]]
    columns, doubts = _columns(texts, roles)
    columns = _day_and_time(table, place, columns)
    shape = _shape(columns)
    mapping = Mapping(
        shape=shape,
        columns={role: _named(texts, column) for role, column in columns.items()},
        header_row=table.lines[place],
        sheet=table.sheet or None,
        unit=_unit(texts, columns),
    )
    mapping, more = _directions(table, place, mapping, columns)
    mapping, own = _own(table, place, mapping)
    needed = [Note("column-missing", {"role": role}) for role in missing(mapping)]
    shapeless = [] if shape else [Note("no-shape")]
    notes = (*shapeless, *needed, *doubts, *more, *own)
    return mapping.change(uncertain=notes)


def header_cells(table: Table, mapping: Mapping) -> list[str]:
    """Return the texts of the header row; of the widest of the first rows where no header is
    known."""
    if mapping.header_row in table.lines:
        return [plain(cell) for cell in table.rows[table.lines.index(mapping.header_row)]]
    return [plain(cell) for cell in max(table.rows[:LOOKED_AT], key=len, default=())]


def header_key(cell: object) -> str:
    """Return a header as it is compared: lower case, without spaces, brackets and units.

    Examples
    --------
    >>> header_key("借方发生额/元(支取)"), header_key("Debit Amount"), header_key("收/支")
    ('借方发生额', 'debitamount', '收/支')
    """
    text = _BRACKETS.sub("", plain(cell)[:LONGEST_HEADER].lower())
    text = re.sub(r"[\s:：_*\"'“”·]+", "", text)
    return re.sub(r"[/-](?:元|万元|分|人民币元?|rmb|cny)$", "", text)


@cache
def _known() -> dict[str, dict[str, int]]:
    """Return header → role → how good a name it is for the role; 0 is the best."""
    known: dict[str, dict[str, int]] = {}
    for role, names in headers()["columns"].items():
        for rank, name in enumerate(names):
            known.setdefault(name, {}).setdefault(role, rank)
    return known


def _roles(cell: object) -> dict[str, int]:
    """Return what a column of this header may hold; brackets may say more: 交易金额(收入)."""
    roles = _known().get(header_key(cell), {})
    if {"amount", "in", "out"} & set(roles) and (
        inside := _INSIDE.search(plain(cell)[:LONGEST_HEADER].lower())
    ):
        for side, name in (("in", "into"), ("out", "out_of")):
            if inside[1] in headers()["words"][name]:
                return {side: 0}
    return roles


def _header(table: Table) -> tuple[int | None, Roles]:
    """Return the row that has the most known headers, and what each of its columns may be."""
    best: int | None = None
    most: Roles = {}
    for place, cells in enumerate(table.rows[:LOOKED_AT]):
        known = {column: roles for column, cell in enumerate(cells) if (roles := _roles(cell))}
        if len(known) > len(most):
            best, most = place, known
    return (best, most) if len(most) >= FEWEST else (None, {})


def _columns(texts: list[str], possible: Roles) -> tuple[dict[str, int], list[Note]]:
    """Return role → column; a role two columns fit goes to the better name, with a doubt."""
    columns: dict[str, int] = {}
    doubts: list[Note] = []
    used: set[int] = set()
    for role in ROLES:
        ranked = sorted((r[role], column) for column, r in possible.items() if role in r)
        able = [column for _, column in ranked if column not in used]
        if not able:
            continue
        columns[role] = able[0]
        used.add(able[0])
        rivals = [texts[c] for c in able[1:] if set(possible[c]) <= {role} and role != "remark"]
        if rivals:
            values: dict[str, object] = {"role": role, "column": texts[able[0]], "other": rivals[0]}
            doubts.append(Note("column-twice", values))
    return columns, doubts


def _day_and_time(table: Table, place: int, columns: dict[str, int]) -> dict[str, int]:
    """Take 交易时间 without a day's column for both; a time alone is of no use."""
    columns = dict(columns)
    if "date" not in columns and "time" in columns:
        columns["date"] = columns.pop("time")
    if "date" in columns and "time" in columns:
        first = [_cells(cells, columns) for cells in table.rows[place + 1 : place + 20]]
        dated = any(_is_day(date) for date, _ in first)
        if not dated and any(_is_day(time) for _, time in first):
            columns["date"] = columns.pop("time")
    return columns


def _cells(cells: Row, columns: dict[str, int]) -> Row:
    return tuple(
        cells[columns[role]] if columns[role] < len(cells) else None for role in ("date", "time")
    )


def _is_day(cell: object) -> bool:
    try:
        return day_of(cell).day is not None
    except Refusal:
        return False


def _shape(columns: dict[str, int]) -> str | None:
    payer = {"payer_account", "payer_name"} & set(columns)
    payee = {"payee_account", "payee_name"} & set(columns)
    if payer and payee and "amount" in columns:
        return "list"
    if "out" in columns and "in" in columns:
        return "two"
    if "amount" in columns:
        return "flag" if "flag" in columns else "signed"
    return None


def _named(texts: list[str], column: int) -> str | int:
    """Return the header's text, or the column's number where two columns have the same."""
    text = texts[column]
    return text if texts.count(text) == 1 else column + 1


def _unit(texts: list[str], columns: dict[str, int]) -> str:
    amounts = [texts[columns[role]] for role in ("amount", "out", "in") if role in columns]
    if any(re.search(r"万", text) for text in amounts):
        return "wan"
    fens = [text for text in amounts if re.search(r"[(/\[]\s*分\s*[)\]]?$", text)]
    return "fen" if fens else "yuan"


def _directions(
    table: Table, place: int, mapping: Mapping, columns: dict[str, int]
) -> tuple[Mapping, list[Note]]:
    """Return what signs and marks in the first rows mean."""
    rows = table.rows[place + 1 : place + 1 + SAMPLE]
    if mapping.shape == "signed":
        signs = {_sign(_at(cells, columns["amount"]), mapping.unit) for cells in rows}
        return mapping, [] if -1 in signs else [Note("no-sign")]
    if mapping.shape == "flag":
        return _flags(rows, mapping, columns)
    if mapping.shape == "two":
        signs = {_sign(_at(cells, columns["out"]), mapping.unit) for cells in rows}
        if -1 in signs and 1 not in signs:
            return mapping.change(negative="same"), [Note("out-negative")]
    return mapping, []


def _flags(
    rows: list[Row], mapping: Mapping, columns: dict[str, int]
) -> tuple[Mapping, list[Note]]:
    words, strange = headers()["words"], None
    signs: dict[str, set[int]] = {"in": set(), "out": set()}
    for cells in rows:
        mark = plain(_at(cells, columns["flag"])).lower()
        side = next((side for side in signs if mark in words[side]), None)
        sign = _sign(_at(cells, columns["amount"]), mapping.unit)
        if side and sign:
            signs[side].add(sign)
        elif mark and sign and strange is None:
            strange = mark
    notes = [] if strange is None else [Note("flag-unknown", {"mark": strange[:60]})]
    if signs["out"] == {-1} and -1 not in signs["in"]:
        return mapping.change(negative="same"), [*notes, Note("out-negative")]
    return mapping, notes


def _sign(cell: object, unit: str) -> int:
    try:
        amount = fen(cell, unit)
    except Refusal:
        return 0
    return (amount > 0) - (amount < 0) if amount else 0


def _at(cells: Row, column: int) -> object:
    return cells[column] if column < len(cells) else None


def _own(table: Table, place: int, mapping: Mapping) -> tuple[Mapping, list[Note]]:
    """Return whose statement it is, from the lines above the table."""
    if mapping.shape == "list" or "own_account" in mapping.columns:
        return mapping, []
    above = ((stated(cell)[:LONGEST_HEADER] for cell in cells) for cells in table.rows[:place])
    title = "\n".join(map("  ".join, above))
    number, holder = _NUMBER.search(title), _HOLDER.search(title)
    mapping = mapping.change(
        account=re.sub(r"[ -]", "", number[1]) if number else None,
        holder=holder[1] if holder and "own_name" not in mapping.columns else None,
    )
    if number or holder or "own_name" in mapping.columns:
        return mapping, []
    return mapping, [Note("own-unknown", {"label": table.label})]
