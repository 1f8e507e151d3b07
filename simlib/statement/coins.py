"""Coins (USDT, TRX, ETH) are not yuan: a table of them is not read before they are valued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simlib.errors import StatementError
from simlib.statement.amounts import COINS
from simlib.statement.detection.statement_head import at, foreign_money, sign_of, title
from simlib.statement.mapping import Mapping, headers
from simlib.statement.model import Row, Table, plain
from simlib.statement.places import places
from simlib.statement.vocabulary import key

SAMPLE = 2_000  # rows in which addresses are looked for
MOST_NAMED = 4
_COIN = re.compile(rf"(?:{COINS})(?:[-_ (].*)?", re.IGNORECASE)  # USDT, USDT-TRC20, USDT (TRC20)
_WORTH = re.compile(rf"[-+]?[0-9][0-9.,]*\s*({COINS})", re.IGNORECASE)
_TITLE = re.compile(  # 泰达币（USDT）转账明细
    rf"(?<![a-z])({COINS})(?![a-z])[^\n]{{0,20}}?(?:明细|记录|流水|清单)", re.IGNORECASE
)
_ADDRESS = re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}|0x[0-9a-fA-F]{40}|bc1[0-9a-z]{25,59}")
_YUAN = re.compile(r"元|人民币|cny|rmb|¥", re.IGNORECASE)
_AMOUNTS = ("amount", "out", "in")
_ENDS = ("own_account", "own_name", "other_account", "other_name", "payer_account", "payer_name",
         "payee_account", "payee_name")  # fmt: skip


def refuse_coins(table: Table, mapping: Mapping) -> None:
    """Refuse a table whose amounts are coins.

    Raises
    ------
    StatementError
        that says that they must be valued first, and how
    """
    if met := coins(table, mapping):
        named = ", ".join(met[:MOST_NAMED])
        raise StatementError("statement-coins", name=table.label, coins=named)


def coins(table: Table, mapping: Mapping) -> list[str]:
    """Return the coins that a table's column of currencies, its amounts or their header name; of a
    table between addresses of a chain that names no yuan, an address."""
    try:
        header, columns = places(table, mapping)
    except StatementError:  # no such column: whoever reads the table says so
        return []
    rows = table.rows[header + 1 :]
    currencies = list(_cells(rows, columns, "currency"))
    if met := [text for text in currencies if _COIN.fullmatch(text)]:
        return sorted(met)
    above = foreign_money(table, max(header, 0), mapping)
    if _COIN.fullmatch(above):
        return [above]
    sample = rows[:SAMPLE]
    amounts = _cells(sample, columns, *_AMOUNTS)
    if met := sorted({worth[1] for each in amounts if (worth := _WORTH.fullmatch(each))}):
        return met
    if _in_yuan(mapping, currencies):
        return []
    if named := _TITLE.search(title(table, max(header, 0))):
        return [named[1]]
    if met := _in_every_row(sample, columns):
        return met
    ends = {*_cells(sample, columns, *_ENDS)}
    met = sorted(filter(_ADDRESS.fullmatch, ends))
    return [met[0][:12] + "…"] if met and 2 * len(met) > len(ends) else []


def _in_every_row(rows: list[Row], columns: dict[str, int]) -> list[str]:
    """Return the coins of a column, of whatever role, that has one in every row of an amount."""
    amounts = [columns[role] for role in _AMOUNTS if role in columns]
    moved = [cells for cells in rows if any(sign_of(at(cells, c), "yuan") for c in amounts)]
    ends = {columns[role] for role in _ENDS if role in columns}
    for column in range(len(moved[0]) if moved else 0):
        met = {plain(at(cells, column)) for cells in moved} if column not in ends else {""}
        if all(map(_COIN.fullmatch, met)):
            return sorted(met)
    return []


def _in_yuan(mapping: Mapping, currencies: list[str]) -> bool:
    """Tell whether every currency, or a header of amounts, says yuan."""
    if currencies and all(key(each) in headers()["words"]["yuan"] for each in currencies):
        return True
    return any(_YUAN.search(str(mapping.columns.get(role, ""))) for role in _AMOUNTS)


def _cells(rows: list[Row], columns: dict[str, int], *roles: str) -> Iterator[str]:
    """Yield the different texts of the columns of some roles."""
    for role in roles:
        if role in columns:
            texts = {cell for cells in rows if isinstance(cell := at(cells, columns[role]), str)}
            yield from dict.fromkeys(text for cell in texts if (text := plain(cell)))
