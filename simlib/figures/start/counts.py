"""What "36 of 42" leaves open: one curve. No trend, no map, and no other sample on its axis."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from simlib.figures.drawing import Cell, Drawing
from simlib.figures.style import BASIS, GRID, INK, Spec, layout
from simlib.text import percent, words
from simlib.uncertainty.counts import splits

Ways: TypeAlias = list[tuple[int, int, Fraction]]  # by ruling, by judgment, share lost

TOPIC = "start_lab"
HEIGHT = 300


def draw_split(dismissed: int, total: int, lang: str = "zh") -> Drawing:
    """Draw the share lost of cases heard, for every split of those dismissed.

    Parameters
    ----------
    dismissed, total
        so many of so many suits, e.g. 36 of 42; those not dismissed are taken as heard
    """
    ways = _known(splits(dismissed, total))
    marks = [0, dismissed // 2, dismissed]
    texts = [share(ways[n][2], lang) for n in marks]
    figure: Spec = {
        "data": [_curve(ways, lang), _marks(ways, marks, texts)],
        "layout": _layout(dismissed, lang),
    }
    shown = sorted({*marks, dismissed // 4, dismissed * 3 // 4})
    rows = tuple(_row(*ways[n], total - dismissed, lang) for n in shown)
    columns = tuple(
        words(TOPIC, f"count.{name}", lang)
        for name in ("column", "ruling", "judgment", "heard", "lost")
    )
    sentence = words(
        TOPIC, "count.sentence", lang, **dict(zip(("none", "half", "all"), texts, strict=True))
    )
    return Drawing(figure, columns, rows, sentence)


def share(part: Fraction, lang: str = "zh") -> str:
    """Write a share: whole percent where exact, else to hundredths.

    Examples
    --------
    >>> share(Fraction(18, 24)), share(Fraction(36, 42))
    ('75%', '85.71%')
    """
    return percent(part, lang, digits=0 if (part * 100).denominator == 1 else 2)


def _known(ways: Sequence[tuple[int, int, Fraction | None]]) -> Ways:
    """Return the splits whose share is known: all, since some suits were heard."""
    known = [(ruling, lost, part) for ruling, lost, part in ways if part is not None]
    assert len(known) == len(ways)
    return known


def _curve(ways: Ways, lang: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [lost for _, lost, _ in ways],
        "y": [round(float(share), 4) for *_, share in ways],
        "line": {"color": BASIS["teaching assumption"], "width": 1, "dash": "dot"},
        "marker": {"color": BASIS["teaching assumption"], "size": 5},
        "name": words(TOPIC, "count.axis_y", lang),
        "hovertemplate": "%{x}: %{y:.0%}<extra></extra>",
        "showlegend": False,
    }


def _marks(ways: Ways, at: list[int], texts: list[str]) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [ways[n][1] for n in at],
        "y": [round(float(ways[n][2]), 4) for n in at],
        "text": texts,
        "textposition": ["top right", "bottom right", "bottom left"],
        "marker": {"symbol": "diamond", "size": 11, "color": INK},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _layout(dismissed: int, lang: str) -> Spec:
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "automargin": True}
    small = {"size": 12}
    return layout(
        HEIGHT,
        xaxis={
            **axis,
            "range": [-1, dismissed + 1],
            "title": {"text": words(TOPIC, "count.axis_x", lang), "font": small},
        },
        yaxis={
            **axis,
            "range": [-0.05, 1],
            "tickformat": ".0%",
            "title": {"text": words(TOPIC, "count.axis_y", lang), "font": small},
        },
    )


def _row(ruling: int, lost: int, part: Fraction, others: int, lang: str) -> tuple[Cell, ...]:
    name = Cell(words(TOPIC, "count.row", lang, n=lost))
    counts = (Cell(str(number)) for number in (ruling, lost, lost + others))
    return (name, *counts, Cell(share(part, lang)))
