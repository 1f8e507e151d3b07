"""The map: the share, or the form of liability, over any two inputs, with the place one stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from simlib.deciding import lever_words
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import bold
from simlib.figures.style import FIELDS, GRID, INK, LEAST, MOST, PAPER, Spec, layout
from simlib.lessons.riskbenefit.knobs import path_of
from simlib.lessons.riskbenefit.model import MODE
from simlib.text import amount, percent, words
from simlib.uncertainty import decision_map
from simlib.uncertainty import flips as flips_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.lessons.riskbenefit.model import Model
    from simlib.uncertainty import Axis, Flip, Map

Point: TypeAlias = tuple[float, float]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Edge: TypeAlias = tuple[bool, int, int]  # whether it lies flat; row and column of its start

HEIGHT_PX, TABLE = 430, 5
UNNAMED = ("not_liable", "answered_for", "principal")  # no modes of the law
NEAR = 0.02  # a flip or an area nearer to an end of the axis has no room for words
TINTS, BENDS = 21, 48  # values an axis that are coloured; points of one line
STEPS = (1, 2, 5, 10, 20)  # percent between two lines
FINE, COARSE = 200, 41  # values an input: lines are found on the fine grid; areas are carried whole


def draw_plane(at: Model, what: str, sides: tuple[str, str], end: str, lang: str = "zh") -> Drawing:
    """Draw the share under the model, or form and grade under the law in force, over two inputs.

    Parameters
    ----------
    what
        `share`, `mode` or `grade`
    sides
        the inputs across and upward
    end
        where other unknown facts stand: `low` or `high`, as makes the share

    Raises
    ------
    SimlibError
        where the engine refuses an input's range
    """
    grid, flips = _reckoned(at, what, sides, end)
    x, y = _shown(grid.x), _shown(grid.y)
    data = _contours(grid, x, y) if grid.kind == "share" else _fields(grid, x, y, lang)
    figure: Spec = {
        "data": [*data, *_now(grid)],
        "layout": layout(
            HEIGHT_PX,
            xaxis=_axis(lever_words(grid.x.key, at.case, lang), grid.x, x, lang),
            yaxis=_axis(lever_words(grid.y.key, at.case, lang), grid.y, y, lang),
            shapes=[_line(f) for f in flips],
            annotations=[_note(f) for f in flips if f.at >= NEAR],
            showlegend=False,
            margin={"l": 8, "r": 12, "t": 26, "b": 8},
        ),
    }
    across = [int(i) for i in np.linspace(0, len(grid.x.values) - 1, TABLE)]
    down = [int(i) for i in np.linspace(len(grid.y.values) - 1, 0, TABLE)]
    columns = (_say("plane.corner", lang), *(_place(grid.x, i, lang) for i in across))
    table = tuple(
        (Cell(_place(grid.y, j, lang)), *(Cell(_value_words(grid, j, i, lang)) for i in across))
        for j in down
    )
    return Drawing(figure, columns, table, _sentence(at.case, grid, flips, what, lang))


def _reckoned(at: Model, what: str, sides: tuple[str, str], end: str) -> tuple[Map, Sequence[Flip]]:
    """The values of a map; of one of forms or grades, the lines where they change."""
    x, y = (path_of(key, at.party) for key in sides)
    output = f"{at.party}.{what}"
    if what != "share":
        lines = flips_of(at.case, x, y, at.party, "auto", what)
        return decision_map(at.case, x, y, "auto", output, COARSE), lines
    # without a kind of act the model is reckoned point by point: fewer of them
    open_act = any(p.act is None for p in at.case.parties if p.role in ("platform", "operator"))
    points = COARSE if open_act else FINE
    found = decision_map(at.case, x, y, MODE, output, points, at.rules, at.regime, end)
    return found if at.scale == 1 else replace(found, z=found.z * at.scale), ()


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
        "textfont": {"color": INK},
    }
    return [shared | drawn, shared | labels]


def _fields(grid: Map, x: list[float], y: list[float], lang: str) -> list[Spec]:
    """Colour the areas of each mode or grade, and name each where it is widest."""
    names = [_named(grid.names[n], grid.kind, lang) for n in range(len(grid.names))]
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
    unit = _say("plane.yuan", lang, name=name)
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


def _named(name: str, kind: str, lang: str) -> str:
    if name in UNNAMED:
        return _say(f"plane.{name}", lang)
    table = "forms" if kind == "mode" else "grades"
    return words("terms", f"{table}.{name}", lang)


def _value_words(grid: Map, j: int, i: int, lang: str) -> str:
    value = grid.z[j, i]
    if grid.kind == "share":
        return percent(float(value), lang)
    return _named(grid.names[value], grid.kind, lang)


def _place(axis: Axis, n: int, lang: str) -> str:
    value = axis.values[n]
    return amount(int(value), lang) if axis.lever.unit == "fen" else f"{float(value):.2g}"


def _sentence(case: Case, grid: Map, flips: Sequence[Flip], what: str, lang: str) -> str:
    names = {"x": lever_words(grid.x.key, case, lang), "y": lever_words(grid.y.key, case, lang)}
    text = _say(f"plane.{what}", lang, **names)
    if grid.kind == "share":
        low, high = (percent(float(v), lang) for v in (grid.z.min(), grid.z.max()))
        text += _say("plane.range", lang, low=low, high=high)
    for flip in flips:
        which = names[flip.axis]
        values = {"at": f"{flip.at:g}", "lever": which}
        values |= {"below": _named(flip.below, what, lang), "above": _named(flip.above, what, lang)}
        text += _say("plane.flip", lang, **values)
    if flips:
        text += _say("plane.scale", lang)
    elif grid.kind != "share":
        text += _say("plane.no_flip", lang)
    text += _say(f"plane.{'now' if grid.now else 'nowhere'}", lang)
    return text + (_say(f"plane.end_{grid.end}", lang) if grid.end else "")


def _say(key: str, lang: str, **values: object) -> str:
    return words("riskbenefit_lab", key, lang, **values)


# ------------------------------------------------ lines of equal value
# the page would take far longer to find them than to draw them


def contour(x: Floats, y: Floats, z: Floats, level: float) -> list[list[tuple[float, float]]]:
    """Return the lines on which `z` crosses `level`, each from end to end.

    1. on every edge between two neighbours, where a straight line between them meets the level
    2. within every cell, from crossing to crossing (marching squares; of a saddle, two pairs)
    3. pieces that share an edge are one line

    Parameters
    ----------
    x, y
        the grid's values, rising
    z
        one row a value of `y`
    level
        which value

    Returns
    -------
    list of list of (float, float)
        points (x, y) of each line; none where nothing crosses

    References
    ----------
    Lorensen & Cline, Marching cubes, SIGGRAPH 1987, in the plane.
    """
    above = z >= level
    across, upward = above[:, 1:] != above[:, :-1], above[1:] != above[:-1]
    spots = {
        **_spots(x, y, z, level, across, flat=True),
        **_spots(x, y, z, level, upward, flat=False),
    }
    return [[spots[edge] for edge in line] for line in _chained(_pieces(across, upward))]


def _spots(
    x: Floats, y: Floats, z: Floats, level: float, crossed: Bools, flat: bool
) -> dict[Edge, tuple[float, float]]:
    """Map each crossed edge to the point where the level lies."""
    j, i = np.nonzero(crossed)
    below, beyond = z[j, i], z[j, i + 1] if flat else z[j + 1, i]
    part = (level - below) / (beyond - below)
    if flat:
        along, other = x[i] + part * (x[i + 1] - x[i]), y[j]
    else:
        along, other = x[i], y[j] + part * (y[j + 1] - y[j])
    keys = zip((flat,) * len(j), j.tolist(), i.tolist(), strict=True)
    return dict(zip(keys, zip(along.tolist(), other.tolist(), strict=True), strict=True))


def _pieces(across: Bools, upward: Bools) -> list[tuple[Edge, Edge]]:
    """Pair the edges that a line joins within a cell."""
    sides = np.stack([across[:-1], upward[:, 1:], across[1:], upward[:, :-1]], axis=-1)
    pieces: list[tuple[Edge, Edge]] = []
    for j, i in np.argwhere(sides.any(axis=-1)).tolist():
        edges = ((True, j, i), (False, j, i + 1), (True, j + 1, i), (False, j, i))
        crossed = [edge for edge, yes in zip(edges, sides[j, i], strict=True) if yes]
        pieces += zip(crossed[::2], crossed[1::2], strict=True)
    return pieces


def _chained(pieces: list[tuple[Edge, Edge]]) -> list[list[Edge]]:
    """Join pieces end to end: open lines first, then rings."""
    beside: dict[Edge, list[Edge]] = {}
    for one, other in pieces:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    lines: list[list[Edge]] = []
    seen: set[Edge] = set()
    for start in sorted(beside, key=lambda edge: len(beside[edge])):
        if start in seen:
            continue
        line: list[Edge] = []
        at: Edge | None = start
        while at is not None:
            seen.add(at)
            line.append(at)
            at = next((edge for edge in beside[at] if edge not in seen), None)
        closed = len(line) > 2 and start in beside[line[-1]]
        lines.append([*line, start] if closed else line)
    return [line for line in lines if len(line) > 1]
