"""Lines of equal value on a grid: the page would take far longer to find them than to draw them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Edge: TypeAlias = tuple[bool, int, int]  # whether it lies flat; row and column of its start


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
