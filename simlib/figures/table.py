"""A board as a table, where it does not stand on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.figures.board import Board, Column, Row

TOPIC = "board"


def board_table(board: Board, lang: str) -> Drawing:
    """Return a board as a table: each row's name, authority and amounts, which can be asked about.

    Rows are told apart by their ids: what stands under a name is given by the page.
    """
    head = [words(TOPIC, f"csv.{key}", lang) for key in ("row", "authority")]
    units = [words(TOPIC, "column", lang, column=column.label) for column in board.columns]
    rows = tuple(_table_row(row, board.columns, lang) for row in board.rows)
    return Drawing(NO_FIGURE, (*head, *units), rows, board.sentence)


def _table_row(row: Row, columns: Sequence[Column], lang: str) -> tuple[Cell, ...]:
    authority = words(TOPIC, f"authority.{row.authority}", lang)
    if row.id == "several" and row.authority == "doctrine":  # for one who knew
        authority = words(TOPIC, "supposed.minority", lang)
    if row.ghost:
        authority = words(TOPIC, "supposed.marked", lang, authority=authority)
    bars = [row.cells.get(column.id) for column in columns]
    amounts = [Cell(bar.text, bar.say) if bar else Cell("—") for bar in bars]
    return (Cell(row.name, f"{row.id}||"), Cell(authority), *amounts)
