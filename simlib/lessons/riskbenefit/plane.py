"""The map: the share, or the form of liability, over any two inputs, with the place one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simlib.deciding import lever_words
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import bold
from simlib.figures.riskbenefit.contours import contour
from simlib.figures.style import FIELDS, FONT, GRID, INK, LEAST, MOST, PAPER, Spec, layout
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.uncertainty import Axis, Flip, Map

Point: TypeAlias = tuple[float, float]

HEIGHT_PX, LETTER_PX, TABLE = 430, 13, 5
UNNAMED = ("not_liable", "answered_for", "principal")  # no modes of the law
NEAR = 0.02  # a flip or an area nearer to an end of the axis has no room for words
TINTS, BENDS = 21, 48  # values an axis that are coloured; points of one line
STEPS = (1, 2, 5, 10, 20)  # percent between two lines


def draw_plane(
    case: Case, grid: Map, lang: str = "zh", flips: Sequence[Flip] = (), what: str = "share"
) -> Drawing:
    """Draw a map with labelled contours, or with lines where a mode or a grade changes.

    Parameters
    ----------
    grid
        as `simlib.uncertainty.decision_map` gives it
    flips
        the lines of a map of modes or grades
    what
        `share`, `mode` or `grade`
    """
    x, y = _shown(grid.x), _shown(grid.y)
    data = _contours(grid, x, y) if grid.kind == "share" else _fields(grid, x, y, lang)
    figure: Spec = {
        "data": [*data, *_now(grid)],
        "layout": layout(
            HEIGHT_PX,
            xaxis=_axis(lever_words(grid.x.key, case, lang), grid.x, x, lang),
            yaxis=_axis(lever_words(grid.y.key, case, lang), grid.y, y, lang),
            shapes=[_line(f) for f in flips],
            annotations=[_note(f) for f in flips if f.at >= NEAR],
            showlegend=False,
            margin={"l": 8, "r": 12, "t": 26, "b": 8},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
        ),
    }
    corner = words("riskbenefit_lab", "plane.corner", lang)
    across = [int(i) for i in np.linspace(0, len(grid.x.values) - 1, TABLE)]
    columns = (corner, *(_place(grid.x, i, lang) for i in across))
    down = [int(i) for i in np.linspace(len(grid.y.values) - 1, 0, TABLE)]
    table = tuple(
        (Cell(_place(grid.y, j, lang)), *(Cell(_value_words(grid, j, i, lang)) for i in across))
        for j in down
    )
    return Drawing(figure, columns, table, _sentence(case, grid, flips, what, lang))


def _shown(axis: Axis) -> list[float]:
    """Return an axis's values as drawn: in yuan, or the numbers themselves."""
    scale = 100 if axis.lever.unit == "fen" else 1
    return [round(float(v) / scale, 4) for v in axis.values]


def _contours(grid: Map, x: list[float], y: list[float]) -> list[Spec]:
    """Colour the share, and draw lines of equal share with their percentages."""
    z = grid.z * 100
    low, high = float(z.min()), float(z.max())
    step = next((s for s in STEPS if high - low <= s * 8), STEPS[-1])
    # colour at a few values an axis, which the page blends; the lines are found on all of them
    across, up = _thinned(len(x), TINTS), _thinned(len(y), TINTS)
    heat = {
        "type": "heatmap",
        "x": [x[i] for i in across],
        "y": [y[j] for j in up],
        "z": np.round(z[np.ix_(up, across)], 1).tolist(),
        "colorscale": [[0, LEAST], [1, MOST]],
        "zmin": 0,
        "zmax": max(40.0, high),
        "zsmooth": "fast",
        "showscale": False,
        "hovertemplate": "%{x} · %{y}<br>%{z:.0f}%<extra></extra>",
    }
    levels = [n * step for n in range(1, int(high // step) + 1) if n * step > low]
    # where a cap makes a plateau, a line a hair below it has no steps
    at = [level - step / 50 if abs(high - level) < step / 50 else level for level in levels]
    crossings = [contour(np.array(x), np.array(y), z, a) for a in at]
    lines = list(zip(levels, crossings, strict=True))
    return [heat, *_drawn([(level, line) for level, some in lines for line in some])]


def _thinned(count: int, most: int) -> list[int]:
    """Return at most `most` evenly spread places of `count`, both ends included."""
    return sorted({int(i) for i in np.linspace(0, count - 1, min(count, most))})


def _drawn(lines: list[tuple[float, list[Point]]]) -> list[Spec]:
    """Return all lines as one trace, and a percentage at the middle of each."""
    across, up, middles = [], [], []
    for level, points in lines:
        line = [points[i] for i in _thinned(len(points), BENDS)]
        across += [*(round(x, 3) for x, _ in line), None]
        up += [*(round(y, 3) for _, y in line), None]
        middles.append((*line[len(line) // 2], level))
    shared = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": True}
    drawn = {"mode": "lines", "x": across, "y": up, "line": {"color": INK, "width": 1.2}}
    labels = {
        "mode": "text",
        "x": [round(x, 4) for x, _, _ in middles],
        "y": [round(y, 4) for _, y, _ in middles],
        "text": [bold(f"{level:g}%") for _, _, level in middles],
        "textfont": {"size": 12, "color": INK},
    }
    return [shared | drawn, shared | labels]


def _fields(grid: Map, x: list[float], y: list[float], lang: str) -> list[Spec]:
    """Colour the areas of each mode or grade, and name each where it is widest."""
    names = [_name(grid, n, lang) for n in range(len(grid.names))]
    top = max(1, len(names) - 1)
    colors = [[n / top, FIELDS[n % len(FIELDS)]] for n in range(len(names))]
    heat = {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": grid.z.tolist(),
        "zmin": 0,
        "zmax": top,
        "colorscale": colors if len(colors) > 1 else [[0, FIELDS[0]], [1, FIELDS[0]]],
        "showscale": False,
        "hoverinfo": "skip",
    }
    places = [(names[n], np.argwhere(grid.z == n)) for n in range(len(names))]
    wide = [(name, p) for name, p in places if len(p) > 4 * NEAR * grid.z.size]
    middle = [np.median(p, axis=0).astype(int) for _, p in wide]
    label = {
        "type": "scatter",
        "mode": "text",
        "x": [x[m[1]] for m in middle],
        "y": [y[m[0]] for m in middle],
        "text": [name for name, _ in wide],
        "hoverinfo": "skip",
    }
    return [heat, label]


def _now(grid: Map) -> list[Spec]:
    if grid.now is None:
        return []
    at = [v / (100 if a.lever.unit == "fen" else 1)
          for v, a in zip(grid.now, (grid.x, grid.y), strict=True)]  # fmt: skip
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": at[:1],
            "y": at[1:],
            "cliponaxis": False,
            "marker": {"size": 15, "symbol": "x", "color": PAPER,
                       "line": {"color": INK, "width": 2}},
            "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _axis(name: str, axis: Axis, shown: list[float], lang: str) -> Spec:
    unit = words("riskbenefit_lab", "plane.yuan", lang, name=name)
    return {
        "title": {"text": unit if axis.lever.unit == "fen" else name, "standoff": 6},
        "range": [shown[0], shown[-1]],
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "exponentformat": "none",
        "nticks": 6,
    }


def _line(flip: Flip) -> Spec:
    upright = flip.axis == "x"
    ends = {"x0": flip.at, "x1": flip.at, "yref": "paper", "y0": 0, "y1": 1}
    level = {"y0": flip.at, "y1": flip.at, "xref": "paper", "x0": 0, "x1": 1}
    return {"type": "line", **(ends if upright else level), "line": {"color": INK, "width": 2}}


def _note(flip: Flip) -> Spec:
    place = {"x": flip.at, "yref": "paper", "y": 1, "yanchor": "bottom"}
    if flip.axis == "y":
        place = {"y": flip.at, "xref": "paper", "x": 1, "xanchor": "right", "yanchor": "bottom"}
    return {**place, "showarrow": False, "text": f"{flip.at:g}"}


def _name(grid: Map, n: int, lang: str) -> str:
    return _named(grid.names[n], grid.kind, lang)


def _named(name: str, kind: str, lang: str) -> str:
    if name in UNNAMED:
        return words("riskbenefit_lab", f"plane.{name}", lang)
    table = "forms" if kind == "mode" else "grades"
    return words("terms", f"{table}.{name}", lang)


def _value_words(grid: Map, j: int, i: int, lang: str) -> str:
    value = grid.z[j, i]
    return percent(float(value), lang) if grid.kind == "share" else _name(grid, value, lang)


def _place(axis: Axis, n: int, lang: str) -> str:
    value = axis.values[n]
    return amount(int(value), lang) if axis.lever.unit == "fen" else f"{float(value):.2g}"


def _sentence(case: Case, grid: Map, flips: Sequence[Flip], what: str, lang: str) -> str:
    names = {"x": lever_words(grid.x.key, case, lang), "y": lever_words(grid.y.key, case, lang)}
    text = words("riskbenefit_lab", f"plane.{what}", lang, **names)
    if grid.kind == "share":
        low, high = (percent(float(v), lang) for v in (grid.z.min(), grid.z.max()))
        text += words("riskbenefit_lab", "plane.range", lang, low=low, high=high)
    for flip in flips:
        which = names[flip.axis]
        values = {"at": f"{flip.at:g}", "lever": which}
        values |= {"below": _named(flip.below, what, lang), "above": _named(flip.above, what, lang)}
        text += words("riskbenefit_lab", "plane.flip", lang, **values)
    if flips:
        text += words("riskbenefit_lab", "plane.scale", lang)
    elif grid.kind != "share":
        text += words("riskbenefit_lab", "plane.no_flip", lang)
    text += words("riskbenefit_lab", f"plane.{'now' if grid.now else 'nowhere'}", lang)
    return text + (words("riskbenefit_lab", f"plane.end_{grid.end}", lang) if grid.end else "")
