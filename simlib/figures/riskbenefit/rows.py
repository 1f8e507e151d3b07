"""Rows of bars on one scale from 0 to 1: words above each bar, a hatched band for what is open.

Everything is placed in pixels from the top, so that a phone needs no other layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simlib.figures.difference import kept_marks
from simlib.figures.markup import BREAK
from simlib.figures.style import FONT, GRID, INK, LEADER, PAPER, layout, tint
from simlib.interval import Interval, high_end, low_end

LINE_PX, BAR_PX, PAD_PX, HEAD_PX, AXIS_PX, LETTER_PX = 19, 15, 13, 34, 46, 13
FILLED, BAND, POINT = "filled", "band", "point"
FEN = 10_000  # a part of 1 as the hundredths of a percent that marks for A count in


@dataclass(frozen=True, slots=True)
class Bar:
    """From `start` to `end` [0..1], filled (to what is certain), a band (what is open), a point."""

    start: float
    end: float
    color: str
    kind: str = FILLED


@dataclass(frozen=True, slots=True)
class Row:
    """Words (`<br>` where they break) over bars; what A had here; a line where a limit lies.

    `joined` draws the ends of this row's bar on to the row before it.
    """

    words: str
    bars: tuple[Bar, ...] = ()
    kept: object = None
    mark: float | None = None
    joined: bool = False
    y: float = 0  # of the bar's middle, set when the rows are placed [px]


def whole_yuan(fen: object) -> object:
    """An amount of the model without fen, which it cannot know [fen]."""
    if isinstance(fen, Interval):
        return Interval(*(round(end / 100) * 100 for end in (fen.low, fen.high)))
    return round(fen / 100) * 100


def bars_of(value: object, color: str) -> tuple[Bar, ...]:
    """A value from 0: what is certain filled, what is open above it a band."""
    low, high = low_end(value), high_end(value)
    certain = (Bar(0, low, color),) if low else ()
    return (*certain, Bar(low, high, color, BAND)) if isinstance(value, Interval) else certain


def rows_figure(
    rows: Sequence[Row], ends: tuple[float, float], title: str, now: object = None
) -> dict:
    """The figure.

    Parameters
    ----------
    ends
        first and last value of the scale
    title
        of the scale
    now
        a value with a line across all rows, if any
    """
    rows, tall = _placed(rows)
    shapes = [*_joins(rows), *_marks(rows)]
    shapes += [] if now is None else [_across(e, tall) for e in {low_end(now), high_end(now)}]
    traces = [_bars(rows), *_points(rows), _words(rows, ends[0]), *_kept(rows)]
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


def _scale(ends: tuple[float, float], title: str) -> dict:
    low, high = ends
    steps = {"dtick": 20} if high - low > 0.9 else {"nticks": 6}
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
    found, top = [], 0
    for row in rows:
        lines = 1 + row.words.count(BREAK)
        if not row.bars and row.mark is None:
            found.append(replace(row, y=top + HEAD_PX - LINE_PX / 2))
            top += HEAD_PX
            continue
        found.append(replace(row, y=top + LINE_PX * lines + BAR_PX / 2))
        top += LINE_PX * lines + BAR_PX + PAD_PX
    return found, top


def _bars(rows: Sequence[Row]) -> dict:
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


def _points(rows: Sequence[Row]) -> list[dict]:
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


def _words(rows: Sequence[Row], low: float) -> dict:
    def at(row: Row) -> float:
        lines = 1 + row.words.count(BREAK)
        headed = not row.bars and row.mark is None
        return row.y if headed else row.y - BAR_PX / 2 - LINE_PX * lines / 2

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


def _kept(rows: Sequence[Row]) -> list[dict]:
    then = {row.y: row.kept for row in rows if row.kept is not None}
    if not then:
        return []
    values = {
        y: Interval(low_end(v) * FEN, high_end(v) * FEN) if isinstance(v, Interval) else v * FEN
        for y, v in then.items()
    }
    mark = kept_marks(values, "", "zh")
    mark["marker"] = mark["marker"] | {"size": BAR_PX + 6}
    then = zip(mark["x"], [*mark["x"][1:], None], strict=True)
    text = ["A" if x is not None and after is None else "" for x, after in then]
    return [mark | {"mode": "lines+markers+text", "textposition": "middle right", "text": text}]


def _joins(rows: Sequence[Row]) -> list[dict]:
    """From the ends of a row's bar to those of the next that is joined to it."""
    found = []
    for before, row in zip(rows, rows[1:], strict=False):
        if not row.joined:
            continue
        for side in (_low, _high):
            found.append(
                {
                    "type": "line",
                    "x0": side(before) * 100,
                    "x1": side(row) * 100,
                    "y0": before.y + BAR_PX / 2,
                    "y1": row.y - BAR_PX / 2,
                    "layer": "below",
                    "line": {"color": LEADER, "width": 1.5, "dash": "dot"},
                }
            )
    return found


def _low(row: Row) -> float:
    bands = [bar.start for bar in row.bars if bar.kind == BAND]
    return min(bands) if bands else _high(row)


def _high(row: Row) -> float:
    return max((bar.end for bar in row.bars), default=0)


def _marks(rows: Sequence[Row]) -> list[dict]:
    return [
        {
            "type": "line",
            "x0": row.mark * 100,
            "x1": row.mark * 100,
            "y0": row.y - BAR_PX,
            "y1": row.y + BAR_PX,
            "line": {"color": INK, "width": 2.5},
        }
        for row in rows
        if row.mark is not None
    ]


def _across(at: float, tall: float) -> dict:
    return {
        "type": "line",
        "x0": at * 100,
        "x1": at * 100,
        "y0": 0,
        "y1": tall,
        "layer": "below",
        "line": {"color": INK, "width": 1, "dash": "dot"},
    }
