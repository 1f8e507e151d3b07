"""Where modes come apart: the engine over one party's means, and the exact place.

A few dozen single decisions, not a sweep: they take less time than loading numpy would, and a
reader's kernel stays small.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.figures.liability import Curve
from simlib.interval import Interval
from simlib.liability import decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.liability import Outcome

STEPS = 20
BENT = 1e-3  # slopes are 0 or 1 but for roundings to the fen


@dataclass(frozen=True, slots=True)
class Parting:
    """Curves of what the victim receives over one party's means [fen].

    Attributes
    ----------
    means_fen, curves
        the means, rising, and a curve a mode
    at_fen
        the most means at which the first two modes still give the same; None: they differ from
        the beginning, or never
    """

    means_fen: list[int]
    curves: list[Curve]
    at_fen: int | None

    def met(self, now_fen: int, outcomes: Mapping[str, Outcome]) -> Parting:
        """With the reader's own place among the means, as it was decided already."""
        means = sorted({*self.means_fen, now_fen})
        curves = []
        for curve in self.curves:
            known = dict(zip(self.means_fen, curve.received, strict=True))
            known[now_fen] = outcomes[curve.mode].received_fen
            curves.append(Curve(curve.mode, tuple(known[fen] for fen in means)))
        return Parting(means, curves, self.at_fen)


def parting(case: Case, party: str, modes: Sequence[str], rules: dict[str, Any]) -> Parting:
    """The curves of some modes over one party's means, from nothing to the loss.

    1. even steps
    2. where a curve bends, so that its corners are corners
    3. where the first two modes part, to the fen: at a bend, else by halving a step
    """
    columns: list[dict[int, FenRange]] = [{} for _ in modes]

    def read(n: int, fen: int) -> FenRange:
        if fen not in columns[n]:
            at = case.set({f"{party}.assets_fen": fen})
            columns[n][fen] = decide(at, modes[n], rules).received_fen
        return columns[n][fen]

    grid = [case.loss_fen * k // STEPS for k in range(STEPS + 1)]
    bends = [fen for n in range(len(modes)) for fen in _bends(grid, [read(n, fen) for fen in grid])]
    at = _parted(grid, bends, read) if len(modes) > 1 else None
    means = sorted({*grid, *bends, *([at] if at is not None else [])})
    curves = [Curve(m, tuple(read(n, fen) for fen in means)) for n, m in enumerate(modes)]
    return Parting(means, curves, at)


def _parted(
    grid: Sequence[int], bends: Sequence[int], read: Callable[[int, int], FenRange]
) -> int | None:
    def differ(fen: int) -> bool:
        return read(0, fen) != read(1, fen)

    first = next((n for n, fen in enumerate(grid) if differ(fen)), None)
    if not first:
        return None
    between = range(grid[first - 1], grid[first])
    likely = [fen for fen in (*bends, between[0]) if fen in between]
    found = next((fen for fen in likely if not differ(fen) and differ(fen + 1)), None)
    if found is not None:
        return found
    return between[0] + bisect_left(between, True, key=differ) - 1


def _bends(grid: Sequence[int], received: Sequence[FenRange]) -> list[int]:
    """Inside which steps a broken line bends: where the lines on both sides of a step meet."""
    values = [value for value in received if not isinstance(value, Interval)]
    if len(values) < len(received):
        return []
    slopes = [(values[n + 1] - values[n]) / (grid[n + 1] - grid[n]) for n in range(len(grid) - 1)]
    found = []
    for n in range(1, len(slopes) - 1):
        before, after = slopes[n - 1], slopes[n + 1]
        if abs(before - after) < BENT:
            continue
        gap = values[n + 1] - after * grid[n + 1] - values[n] + before * grid[n]
        meet = round(gap / (before - after))
        if grid[n] < meet < grid[n + 1]:
            found.append(meet)
    return found
