"""Panels of bars: up to three side by side on a desktop, more two by two; one column on a phone.

In a panel every row has its words above its bar, so that no label needs room beside it. A filled
bar is money that moved, or is borne; a hollow one may be asked for or is still open; a hatched
one is a range that unknown facts leave.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simlib.figures.markup import BREAK, bold
from simlib.figures.style import GRID, INK, LETTER_PX, PAPER, Spec, layout, tint
from simlib.interval import FenRange, Interval, high_end, low_end

HEAD_PX, GAP_PX = 74, 26
LINE_PX, BAR_PX, PAD_PX, LATIN_PX = 19, 16, 11, 7.6
FILLED, HOLLOW, BAND = "filled", "hollow", "band"
GAP = 0.03  # between panels, of the width
ROOM = 1.04  # the axis over the longest bar
ABOVE = 0.12  # of a row, between an axis and the first words
MARGIN = {"l": 4, "r": 8, "t": 4, "b": 4}
MOST_BESIDE = 3
WIDTH_PX = 262  # of a panel where three stand side by side in a lab's main column
PHONE_PX = 330  # of a panel on a phone, narrower than one of two side by side


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a row's bar, from `start` to `end` on its scale [fen in panels], and its kind."""

    start: float
    end: float
    color: str
    kind: str = FILLED


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a panel: words (`<br>` where they may break) and bars."""

    words: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """A column of rows under a title and a note, with lines drawn across at `marks` [fen]."""

    title: str
    note: str
    rows: tuple[Row, ...]
    marks: tuple[float, ...] = field(default=())


def bars_of(amount: FenRange, color: str, kind: str = FILLED, start: float = 0) -> tuple[Bar, ...]:
    """Return an amount as bars: its certain part as `kind`, its open part as a band."""
    low, high = start + low_end(amount), start + high_end(amount)
    certain = (Bar(start, low, color, kind),) if low > start else ()
    return (*certain, Bar(low, high, color, BAND)) if isinstance(amount, Interval) else certain


def separators(lang: str) -> str:
    """Return decimal and thousands separators of an axis; thousands in English only."""
    return ".," if lang == "en" else "."


def panels_figure(panels: Sequence[Panel], top_fen: float, lang: str) -> Spec:
    """Return the figure; `layout.meta.phone` holds the layout of a narrow screen.

    Parameters
    ----------
    top_fen
        the end of every panel's axis, the same so that they can be compared [fen]
    """
    across = 2 if len(panels) > MOST_BESIDE else len(panels)
    room = WIDTH_PX if len(panels) <= MOST_BESIDE else PHONE_PX
    lines = 1 if all(_wide(row.words) <= room for panel in panels for row in panel.rows) else 2
    row_px = LINE_PX * lines + BAR_PX + PAD_PX
    traces: list[Spec] = []
    shapes: list[Spec] = []
    axes: dict[str, Spec] = {}
    for n, panel in enumerate(panels):
        suffix = _suffix(n)
        traces += [_bars(panel, suffix, lines, row_px), _words(panel, suffix, lines, row_px)]
        shapes += [_mark(at, suffix) for at in panel.marks]
        axes |= {f"xaxis{suffix}": _xaxis(panel, suffix, top_fen), f"yaxis{suffix}": _yaxis(suffix)}
    shared: Spec = {
        "shapes": shapes,
        "barmode": "overlay",
        "showlegend": False,
        "separators": separators(lang),
        "meta": {"phone": _phone(panels, axes, row_px)},
    }
    tall, grid = _grid(panels, axes, row_px, across)
    return {"data": traces, "layout": layout(tall, **shared, **grid)}


def _suffix(n: int) -> str:
    return str(n + 1) if n else ""


def _beside(n: int, panels: int) -> list[float]:
    """Return the horizontal domain of the n-th panel."""
    width = (1 - GAP * (panels - 1)) / panels
    return [n * (width + GAP), n * (width + GAP) + width]


def _phone(panels: Sequence[Panel], axes: Mapping[str, Spec], row_px: int) -> Spec:
    """Return a narrow screen's layout: the panels below each other at full width."""
    tall, grid = _grid(panels, axes, row_px, 1)
    return {"height": tall, **grid}


def _grid(
    panels: Sequence[Panel], axes: Mapping[str, Spec], row_px: int, across: int
) -> tuple[float, Spec]:
    """Lay the panels out row by row, `across` in each: the height; margin and axes."""
    ranks = [panels[k : k + across] for k in range(0, len(panels), across)]
    counts = [max(len(panel.rows) for panel in rank) for rank in ranks]
    tall = HEAD_PX * len(ranks) + row_px * sum(counts) + GAP_PX * (len(ranks) - 1)
    laid: Spec = {"margin": MARGIN}
    for n in range(len(panels)):
        rank, column = divmod(n, across)
        above = sum(HEAD_PX + row_px * count + GAP_PX for count in counts[:rank])
        top, floor = above + HEAD_PX, above + HEAD_PX + row_px * counts[rank]
        x, y = f"xaxis{_suffix(n)}", f"yaxis{_suffix(n)}"
        place = {"domain": [1 - floor / tall, 1 - top / tall], "range": [counts[rank], -ABOVE]}
        laid |= {x: axes[x] | {"domain": _beside(column, across)}, y: axes[y] | place}
    return tall, laid


def _wide(text: str) -> float:
    """Return how wide words are on one line [px]; a Chinese letter counts as two digits."""
    plain = re.sub("<[^>]*>", " ", text)
    return sum(LETTER_PX if letter > "\u2e80" else LATIN_PX for letter in plain)


def _xaxis(panel: Panel, suffix: str, top_fen: float) -> Spec:
    return {
        "anchor": f"y{suffix}",
        "side": "top",
        "range": [0, round(top_fen * ROOM / 100, 2)],
        "nticks": 3,
        "exponentformat": "none",
        "showgrid": False,  # words stand where lines would run
        "ticks": "outside",
        "tickcolor": GRID,
        "zeroline": True,
        "zerolinecolor": INK,
        "fixedrange": True,
        "automargin": True,
        "title": {"text": bold(panel.title) + BREAK + panel.note, "standoff": 4},
    }


def _yaxis(suffix: str) -> Spec:
    return {"anchor": f"x{suffix}", "visible": False, "fixedrange": True}


def _bars(panel: Panel, suffix: str, lines: int, row_px: int) -> Spec:
    at = (LINE_PX * lines + BAR_PX / 2) / row_px
    drawn = [(n, row, bar) for n, row in enumerate(panel.rows) for bar in row.bars]
    return {
        "type": "bar",
        "orientation": "h",
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
        "y": [round(n + at, 3) for n, _, _ in drawn],
        "width": round(BAR_PX / row_px, 3),
        "base": [round(bar.start / 100, 2) for _, _, bar in drawn],
        "x": [round((bar.end - bar.start) / 100, 2) for _, _, bar in drawn],
        "marker": {
            "color": [_fill(bar) for _, _, bar in drawn],
            "line": {"color": [bar.color for _, _, bar in drawn], "width": 1.5},
            "pattern": {
                "shape": ["/" if bar.kind == BAND else "" for _, _, bar in drawn],
                "fgcolor": [bar.color for _, _, bar in drawn],
                "fillmode": "overlay",
                "bgcolor": PAPER,
                "fgopacity": 0.9,
                "size": 7,
            },
        },
        "hovertext": [row.words for _, row, _ in drawn],
        "hoverinfo": "text",
    }


def _fill(bar: Bar) -> str:
    return bar.color if bar.kind == FILLED else tint(bar.color, 0.08)


def _words(panel: Panel, suffix: str, lines: int, row_px: int) -> Spec:
    at = LINE_PX * lines / 2 / row_px
    return {
        "type": "scatter",
        "mode": "text",
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
        "x": [0] * len(panel.rows),
        "y": [round(n + at, 3) for n in range(len(panel.rows))],
        "text": [_set_out(row.words, lines) for row in panel.rows],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _set_out(text: str, lines: int) -> str:
    """Indent words a hair from the axis, on one line or on two."""
    return "\u2009" + text.replace(BREAK, BREAK + "\u2009" if lines > 1 else "\u3000")


def _mark(at_fen: float, suffix: str) -> Spec:
    return {
        "type": "line",
        "xref": f"x{suffix}",
        "yref": f"y{suffix} domain",
        "x0": at_fen / 100,
        "x1": at_fen / 100,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": INK, "width": 1, "dash": "dot"},
    }
