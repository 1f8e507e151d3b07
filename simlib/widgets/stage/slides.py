"""What a class is shown of a case that no scene of the lesson speaks of: three slides at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.figures.board.model import Board, Row
    from simlib.lessons.declaration import Lesson

MOST = 3


def slides(board: Board, lesson: Lesson) -> list[dict[str, object]]:
    """Rows and columns of each slide, and the column whose bars are drawn.

    Those that the lesson declares, as far as the case has their rows; else the rows in sight, a
    slide for each column.
    """
    made = [(_named(board, lesson.named(each.rows)), each.columns) for each in lesson.slides]
    found = [_slide(board, rows, columns) for rows, columns in made if rows]
    if found:
        return found
    seen = [row for row in board.rows if not row.more]
    return [_slide(board, seen, (column.id,)) for column in board.columns[:MOST]]


def _named(board: Board, names: Sequence[str]) -> list[Row]:
    """Rows in the order of the slide; of a court each of its instances."""
    return [row for name in names for row in board.rows if row.id.partition(":")[0] == name]


def _slide(board: Board, rows: Sequence[Row], columns: Sequence[str]) -> dict[str, object]:
    """The first column that is an amount has the bars; beside words alone those of the board."""
    words = {column.id for column in board.columns if column.kind == "word"}
    drawn = next((column for column in columns if column not in words), board.column)
    shown = list(columns) if drawn in columns else [*columns, drawn]
    return {"rows": [row.id for row in rows], "columns": shown, "column": drawn}
