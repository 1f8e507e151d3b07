"""What "36 of 42" leaves open, and which data each claim would need. No trend and no map."""

from __future__ import annotations

from simlib.figures.drawing import Cell, Drawing
from simlib.figures.style import BASIS, GRID, INK, layout
from simlib.text import percent, topic_words, words
from simlib.uncertainty.counts import CLAIMS, splits

NO_FIGURE = {"data": [], "layout": {}}
TOPIC = "start_lab"
COLUMNS = ("claim", "tells", "source", "unit", "period")
HEIGHT = 300


def draw_split(dismissed: int, total: int, lang: str = "zh") -> Drawing:
    """The share lost of the cases heard, for every split of those dismissed.

    Parameters
    ----------
    dismissed, total
        so many of so many suits, e.g. 36 of 42; those not dismissed are taken as heard
    """
    ways = splits(dismissed, total)
    marks = [0, dismissed // 2, dismissed]
    said = [percent(ways[n][2], lang, digits=2 if n > 0 else 0) for n in marks]
    figure = {
        "data": [_curve(ways, lang), _marks(ways, marks, said)],
        "layout": _layout(dismissed, lang),
    }
    shown = sorted({*marks, dismissed // 4, dismissed * 3 // 4})
    rows = tuple(_row(*ways[n], total - dismissed, lang) for n in shown)
    columns = tuple(
        words(TOPIC, f"count.{name}", lang)
        for name in ("column", "ruling", "judgment", "heard", "lost")
    )
    sentence = words(
        TOPIC, "count.sentence", lang, **dict(zip(("none", "half", "all"), said, strict=True))
    )
    return Drawing(figure, columns, rows, sentence)


def draw_claims(lang: str = "zh") -> Drawing:
    """Each claim, whether 36 of 42 shows it, and the data that would."""
    rows = topic_words(TOPIC, lang)["claims"]["row"]
    return Drawing(
        NO_FIGURE,
        tuple(words(TOPIC, f"claims.{name}", lang) for name in COLUMNS),
        tuple(tuple(Cell(rows[claim][name]) for name in COLUMNS) for claim in CLAIMS),
        words(TOPIC, "claims.sentence", lang, n=len(CLAIMS), told=sum(CLAIMS.values())),
    )


def _curve(ways: tuple, lang: str) -> dict:
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


def _marks(ways: tuple, at: list[int], said: list[str]) -> dict:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [ways[n][1] for n in at],
        "y": [round(float(ways[n][2]), 4) for n in at],
        "text": said,
        "textposition": ["top right", "bottom right", "bottom left"],
        "marker": {"symbol": "diamond", "size": 11, "color": INK},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _layout(dismissed: int, lang: str) -> dict:
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


def _row(ruling: int, lost: int, share: object, others: int, lang: str) -> tuple[Cell, ...]:
    name = Cell(words(TOPIC, "count.row", lang, n=lost))
    counts = (Cell(str(number)) for number in (ruling, lost, lost + others))
    return (name, *counts, Cell(percent(share, lang)))
