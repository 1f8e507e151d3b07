"""Two drawings of the same kind, A and B: what the difference is, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar

from simlib.figures.drawing import Cell, Cells, Drawing, row_name
from simlib.figures.style import INK, Spec
from simlib.interval import Interval, high_end, low_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simlib.interval import FenRange, Number, Quantity

L = TypeVar("L", bound=str | float)  # what tells a row: its label, or its place


class KeptMarks(TypedDict, Generic[L]):
    """The marks of A as a trace of plotly.js; None breaks its line."""

    type: str
    mode: str
    x: list[float | None]
    y: list[L | None]
    hoverinfo: str
    name: str
    marker: Spec
    line: Spec


def compared(now: Drawing, kept: Drawing, title: str, selected: str, lang: str = "zh") -> Drawing:
    """Return B's drawing with a column B−A after each amount and a sentence on both.

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
    sentence = now.sentence + _sentence(now, then, title, selected, lang)
    return replace(now, columns=tuple(columns), rows=rows, sentence=sentence)


def difference(now_fen: FenRange | None, kept_fen: FenRange | None, lang: str = "zh") -> str:
    """Write B−A as money with its sign, or both values where one is open.

    Examples
    --------
    >>> difference(810_811, 1_250_000), difference(1_250_000, 1_250_000)
    ('−4391.89元', '不变')
    >>> difference(Interval(0, 750_000), 750_000)
    'A：7500元 → B：0–7500元'
    """
    if now_fen == kept_fen:
        return words("lab", "kept.same", lang)
    if (
        now_fen is None
        or kept_fen is None
        or isinstance(now_fen, Interval)
        or isinstance(kept_fen, Interval)
    ):
        return _both(amount(now_fen, lang), amount(kept_fen, lang), lang)
    sign = "+" if now_fen > kept_fen else "−"
    return sign + amount(abs(now_fen - kept_fen), lang)


def kept_marks(values: Mapping[L, Quantity], what: str, lang: str = "zh") -> KeptMarks[L]:
    """Mark A's value in each row of a chart of horizontal bars; both ends where it is open.

    Parameters
    ----------
    values
        label or place of the row → A's value [fen]
    what
        what is marked, for the legend
    """
    x: list[float | None] = []
    y: list[L | None] = []
    for label, value in values.items():
        ends: list[Number] = sorted({low_end(value), high_end(value)})
        x += [*(float(end / 100) for end in ends), None]
        y += [*[label] * len(ends), None]
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


def _widened(row: Cells, then: Cells | None, measured: Iterable[int], lang: str) -> Cells:
    cells = list(row)
    for n in sorted(measured, reverse=True):
        if then is not None and row[n].measured and then[n].measured:
            text = difference(row[n].fen, then[n].fen, lang)
        else:
            text = "—"
        cells.insert(n + 1, Cell(text, mark="difference"))
    return tuple(cells)


def _sentence(now: Drawing, then: Mapping[str, Cells], title: str, selected: str, lang: str) -> str:
    pairs = [(row, then[row_name(row)]) for row in now.rows if row_name(row) in then]
    moved = sum([c.text for c in row] != [c.text for c in old] for row, old in pairs)
    key = "kept.sentence" if moved else "kept.sentence_same"
    text = words("lab", key, lang, title=title, moved=moved, rows=len(now.rows))
    for row, old in pairs:
        for n, cell in enumerate(row):
            if n and selected and cell.asks == selected:
                what = f"{row[0].text}·{now.columns[n]}"
                text += words("lab", "kept.selected", lang, what=what, by=_by(cell, old[n], lang))
    return text


def _by(cell: Cell, old: Cell, lang: str) -> str:
    if cell.measured and old.measured:
        return difference(cell.fen, old.fen, lang)
    if cell.text == old.text:
        return words("lab", "kept.same", lang)
    return _both(cell.text, old.text, lang)
