"""Two drawings of the same kind, A and B: what the difference is, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.figures.drawing import Cell, Drawing, row_name
from simlib.figures.style import INK
from simlib.interval import Interval, high_end, low_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def compared(now: Drawing, kept: Drawing, title: str, selected: str, lang: str = "zh") -> Drawing:
    """B's drawing with a column B−A after each column of amounts, and a sentence about both.

    Rows answer to each other by their first cell, columns by their place.

    Parameters
    ----------
    title
        what A is, in words
    selected
        the number asked about, as in `Cell.asks`; empty: none
    """
    then = {row_name(row): row for row in kept.rows}
    measured = [n for n in range(len(now.columns)) if any(row[n].measured for row in now.rows)]
    columns = list(now.columns)
    for n in reversed(measured):
        name = words("lab", "kept.column", lang, column=now.columns[n])
        columns.insert(n + 1, name)
    rows = tuple(_widened(row, then.get(row_name(row)), measured, lang) for row in now.rows)
    said = now.sentence + _sentence(now, then, title, selected, lang)
    return replace(now, columns=tuple(columns), rows=rows, sentence=said)


def difference(now_fen: object, kept_fen: object, lang: str = "zh") -> str:
    """B−A as money with its sign; where one of them is open, both as they are.

    Examples
    --------
    >>> difference(810_811, 1_250_000), difference(1_250_000, 1_250_000)
    ('−4391.89元', '不变')
    >>> difference(Interval(0, 750_000), 750_000)
    'A：7500元 → B：0–7500元'
    """
    if now_fen == kept_fen:
        return words("lab", "kept.same", lang)
    if any(v is None or isinstance(v, Interval) for v in (now_fen, kept_fen)):
        return _both(amount(now_fen, lang), amount(kept_fen, lang), lang)
    sign = "+" if now_fen > kept_fen else "−"
    return sign + amount(abs(now_fen - kept_fen), lang)


def kept_marks(values: Mapping[str, object], what: str, lang: str = "zh") -> dict:
    """A thin mark at A's value in each row of a chart of bars that lie; two where it is open.

    Parameters
    ----------
    values
        label of the row → A's value [fen]
    what
        what is marked, for the legend
    """
    x: list = []
    y: list = []
    for label, value in values.items():
        ends = sorted({low_end(value), high_end(value)})
        x += [*(end / 100 for end in ends), None]
        y += [*(label for _ in ends), None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "name": words("lab", "kept.mark", lang, what=what),
        "marker": {"symbol": "line-ns", "size": 26, "line": {"color": INK, "width": 3}},
        "line": {"color": INK, "width": 2, "dash": "dash"},
    }


def _both(now: str, kept: str, lang: str) -> str:
    return words("lab", "kept.both", lang, now=now, kept=kept)


def _widened(row: tuple, then: tuple | None, measured: Iterable[int], lang: str) -> tuple:
    cells = list(row)
    for n in sorted(measured, reverse=True):
        comparable = then is not None and row[n].measured and then[n].measured
        text = difference(row[n].fen, then[n].fen, lang) if comparable else "—"
        cells.insert(n + 1, Cell(text, mark="difference"))
    return tuple(cells)


def _sentence(now: Drawing, then: dict, title: str, selected: str, lang: str) -> str:
    pairs = [(row, then[row_name(row)]) for row in now.rows if row_name(row) in then]
    moved = sum([c.text for c in row] != [c.text for c in old] for row, old in pairs)
    key = "kept.sentence" if moved else "kept.sentence_same"
    said = words("lab", key, lang, title=title, moved=moved, rows=len(now.rows))
    for row, old in pairs:
        for n, cell in enumerate(row):
            if n and selected and cell.asks == selected:
                what = f"{row[0].text}·{now.columns[n]}"
                said += words("lab", "kept.selected", lang, what=what, by=_by(cell, old[n], lang))
    return said


def _by(cell: Cell, old: Cell, lang: str) -> str:
    if cell.measured and old.measured:
        return difference(cell.fen, old.fen, lang)
    if cell.text == old.text:
        return words("lab", "kept.same", lang)
    return _both(cell.text, old.text, lang)
