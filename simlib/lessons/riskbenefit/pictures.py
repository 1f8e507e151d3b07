"""Rows of bars on one scale from 0 to 1: words above each bar, a hatched band for what is open.

Everything is placed in pixels from the top, so that a phone needs no other layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simlib.figures.markup import BREAK
from simlib.figures.style import FONT, GRID, INK, PAPER, Spec, layout, tint
from simlib.interval import FenRange, Interval, ShareRange, high_end, low_end
from simlib.money import Share

LINE_PX, BAR_PX, PAD_PX, HEAD_PX, AXIS_PX, LETTER_PX = 19, 15, 13, 34, 46, 13
FILLED, BAND, POINT = "filled", "band", "point"


@dataclass(frozen=True, slots=True)
class Bar:
    """From `start` to `end` [0..1], filled (to what is certain), a band (what is open), a point."""

    start: float
    end: float
    color: str
    kind: str = FILLED


@dataclass(frozen=True, slots=True)
class Row:
    """Words (`<br>` where they break) over bars."""

    words: str
    bars: tuple[Bar, ...] = ()
    y: float = 0  # of the bar's middle, set when the rows are placed [px]


def whole_yuan(fen: FenRange) -> FenRange:
    """Round an amount of the model to whole yuan; it cannot know the fen [fen]."""
    if isinstance(fen, Interval):
        return Interval(round(fen.low / 100) * 100, round(fen.high / 100) * 100)
    return round(fen / 100) * 100


def bars_of(value: ShareRange, color: str) -> tuple[Bar, ...]:
    """Return a value as bars from 0: its certain part filled, its open part a band."""
    low, high = float(low_end(value)), float(high_end(value))
    certain = (Bar(0, low, color),) if low else ()
    return (*certain, Bar(low, high, color, BAND)) if isinstance(value, Interval) else certain


def rows_figure(
    rows: Sequence[Row], ends: tuple[float, float], title: str, now: ShareRange | None = None
) -> Spec:
    """Return the figure of rows on one scale.

    Parameters
    ----------
    ends
        first and last value of the scale
    title
        of the scale
    now
        a value with a line across all rows, if any
    """
    placed, tall = _placed(rows)
    shapes = [] if now is None else [_across(float(e), tall) for e in _ends(now)]
    traces = [_bars(placed), *_points(placed), _words(placed, ends[0])]
    return {
        "data": [t for t in traces if t["y"]],
        "layout": layout(
            tall + AXIS_PX,
            xaxis=_scale(ends, title),
            yaxis={"range": [tall, 0], "visible": False, "fixedrange": True},
            shapes=shapes,
            barmode="overlay",
            showlegend=False,
            margin={"l": 4, "r": 10, "t": 2, "b": AXIS_PX},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
        ),
    }


def _ends(value: ShareRange) -> set[Share]:
    return {low_end(value), high_end(value)}


def _scale(ends: tuple[float, float], title: str) -> Spec:
    low, high = ends
    steps: Spec = {"dtick": 20} if high - low > 0.9 else {"nticks": 6}
    return steps | {
        "range": [low * 100, high * 100],
        "side": "bottom",
        "gridcolor": GRID,
        "zeroline": low == 0,
        "zerolinecolor": INK,
        "fixedrange": True,
        "title": {"text": title, "standoff": 4},
    }


def _placed(rows: Sequence[Row]) -> tuple[list[Row], int]:
    placed, top = [], 0
    for row in rows:
        lines = 1 + row.words.count(BREAK)
        if not row.bars:
            placed.append(replace(row, y=top + HEAD_PX - LINE_PX / 2))
            top += HEAD_PX
            continue
        placed.append(replace(row, y=top + LINE_PX * lines + BAR_PX / 2))
        top += LINE_PX * lines + BAR_PX + PAD_PX
    return placed, top


def _bars(rows: Sequence[Row]) -> Spec:
    drawn = [(row, bar) for row in rows for bar in row.bars if bar.kind != POINT]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row.y for row, _ in drawn],
        "width": BAR_PX,
        "base": [round(bar.start * 100, 2) for _, bar in drawn],
        "x": [round((bar.end - bar.start) * 100, 2) for _, bar in drawn],
        "marker": {
            "color": [
                bar.color if bar.kind == FILLED else tint(bar.color, 0.1) for _, bar in drawn
            ],
            "line": {"color": [bar.color for _, bar in drawn], "width": 1.5},
            "pattern": {
                "shape": ["/" if bar.kind == BAND else "" for _, bar in drawn],
                "fgcolor": [bar.color for _, bar in drawn],
                "fillmode": "overlay",
                "bgcolor": PAPER,
                "fgopacity": 0.9,
                "size": 7,
            },
        },
        "hovertext": [row.words.replace(BREAK, " ") for row, _ in drawn],
        "hoverinfo": "text",
    }


def _points(rows: Sequence[Row]) -> list[Spec]:
    drawn = [(row, bar) for row in rows for bar in row.bars if bar.kind == POINT]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [round(bar.end * 100, 2) for _, bar in drawn],
            "y": [row.y for row, _ in drawn],
            "cliponaxis": False,
            "marker": {
                "symbol": "diamond",
                "size": 15,
                "color": [bar.color for _, bar in drawn],
                "line": {"color": PAPER, "width": 1},
            },
            "hovertext": [row.words.replace(BREAK, " ") for row, _ in drawn],
            "hoverinfo": "text",
        }
    ]


def _words(rows: Sequence[Row], low: float) -> Spec:
    def at(row: Row) -> float:
        lines = 1 + row.words.count(BREAK)
        return row.y if not row.bars else row.y - BAR_PX / 2 - LINE_PX * lines / 2

    return {
        "type": "scatter",
        "mode": "text",
        "x": [low * 100] * len(rows),
        "y": [at(row) for row in rows],
        "text": ["\u2009" + row.words.replace(BREAK, BREAK + "\u2009") for row in rows],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _across(at: float, tall: float) -> Spec:
    return {
        "type": "line",
        "x0": at * 100,
        "x1": at * 100,
        "y0": 0,
        "y1": tall,
        "layer": "below",
        "line": {"color": INK, "width": 1, "dash": "dot"},
    }
