"""How a chart of B marks where the values of A stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar

from simlib.figures.style import INK, Spec
from simlib.interval import high_end, low_end
from simlib.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.interval import Number, Quantity

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
