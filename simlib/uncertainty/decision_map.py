"""Two inputs against each other: how much, or which mode and grade, and where these flip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from simlib.uncertainty.grid import reckon
from simlib.uncertainty.mode_at_inputs import labels
from simlib.uncertainty.question import Lever, Question, lever, question_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules

SIZE = 200
PARTS = (0.1, 0.25, 0.5, 0.75, 1.0)  # of the loss, at which amounts mean something to a reader
NAMED = ("mode", "grade")
STEPS = 10_000  # a flip is found on a grid of four decimals


@dataclass(frozen=True, slots=True)
class Axis:
    """One input of a map: its lever, and the values it takes from left to right."""

    lever: Lever
    values: np.ndarray

    @property
    def key(self) -> str:
        """The lever's key."""
        return self.lever.key


@dataclass(frozen=True, slots=True)
class Contour:
    """A line worth drawing on a map: where a part of the loss is reached [fen, or a share]."""

    part: float
    level: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A line on which a mode or a grade changes.

    Attributes
    ----------
    axis
        the input whose value decides: `x` (an upright line) or `y` (a level one)
    at
        the first value, on four decimals, that is on the far side
    below, above
        the mode or grade before and from there on
    """

    axis: str
    at: float
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Map:
    """A result over two inputs.

    Attributes
    ----------
    x, y
        the inputs
    z
        one row a value of `y`: amounts in fen (int64), shares, or numbers of `names`
    kind
        `amount`, `share`, `mode` or `grade`
    names
        what the numbers of a map of modes or grades stand for
    contours
        levels inside the map
    now
        where the case stands; None where one of the two is unknown
    end
        at which end of the result unknown facts stand; None if none is unknown
    """

    x: Axis
    y: Axis
    z: np.ndarray
    kind: str
    names: tuple[str, ...]
    contours: tuple[Contour, ...]
    now: tuple[float, float] | None
    end: str | None


def decision_map(
    case: Case,
    x: str,
    y: str,
    mode: str = "risk_benefit",
    output: str = "received_fen",
    size: int = SIZE,
    rules: Rules | None = None,
    regime: str | Regime | None = None,
    end: str = "low",
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
) -> Map:
    """Return a result at every combination of two inputs, all else as it is.

    Parameters
    ----------
    x, y
        paths of facts that are numbers, `parameter:<key>` or `rule:<key>`
    output
        as for `sweep`; or `"<id>.mode"`, `"<id>.grade"`: in which form a party answers, and his
        grade of fault
    size
        values an input
    end
        which end of the result is shown where facts are unknown: `low` or `high`. The party the
        output is about stands at this end with all of them, others at the opposite one.
    x_range, y_range
        first and last value; all the input may be if not given

    Raises
    ------
    UnknownName
        for a path, parameter, output, mode, rule or regime we do not have
    CaseError, OutOfScope
        for a range beyond what an input may be
    """
    party, _, field = output.rpartition(".")
    named = field in NAMED and bool(party)
    question = question_of(case, mode, f"{party}.share" if named else output, rules, regime)
    axes = [_axis(question, k, size, r) for k, r in ((x, x_range), (y, y_range))]
    now = axes[0].lever.number, axes[1].lever.number
    columns = [{axis.key: axis.values} for axis in axes]
    names: tuple[str, ...] = ()
    contours: tuple[Contour, ...] = ()
    if named:
        z, names = labels(question, columns, party, field)
        kind = field
    else:
        z = reckon(question, columns, end)
        kind = "share" if field == "share" else "amount"
        contours = _contours(z, 1 if kind == "share" else case.loss_fen)
    shown = None if named or not _open(question, axes) else end
    stands = None if now[0] is None or now[1] is None else (now[0], now[1])
    return Map(axes[0], axes[1], z.T, kind, names, contours, stands, shown)


def _axis(question: Question, key: str, size: int, ends: tuple[float, float] | None) -> Axis:
    """Return values from end to end: whole fen, or numbers of four decimals."""
    moved = lever(question, key)
    low, high = ends or (moved.low, _shown_top(question, moved))
    values = np.linspace(low, high, size)
    if moved.unit == "fen":
        return Axis(moved, np.unique(np.round(values)).astype(np.int64))
    return Axis(moved, np.unique(np.round(values, 4)))


def _shown_top(question: Question, moved: Lever) -> float:
    """Return the upper bound of an unbounded money axis: the loss, or twice the present value."""
    if moved.unit != "fen":
        return moved.high
    top = max(question.case.loss_fen, 2 * (moved.number or 0))
    return min(moved.high, top) if moved.high != inf else top


def _contours(z: np.ndarray, whole: float) -> tuple[Contour, ...]:
    low, high = z.min(), z.max()
    levels = [(p, p * whole if whole == 1 else round(p * whole)) for p in PARTS]
    return tuple(Contour(p, level) for p, level in levels if low < level <= high)


def _open(question: Question, axes: Sequence[Axis]) -> bool:
    """Tell whether facts other than the two inputs leave the result open."""
    middle = [{a.key: a.values[len(a.values) // 2 :][:1]} for a in axes]
    return any(
        reckon(question, at, "low")[0, 0] != reckon(question, at, "high")[0, 0]
        for at in (middle, [{a.key: a.values[:1]} for a in axes])
    )


def flips(
    case: Case,
    x: str,
    y: str,
    party: str,
    mode: str = "auto",
    of: str = "mode",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
) -> tuple[Flip, ...]:
    """Return the lines on a map where a party's mode or grade flips, as far as one input decides.

    Parameters
    ----------
    x, y, x_range, y_range
        the map's inputs and their ranges
    of
        `mode` or `grade`

    Returns
    -------
    tuple of Flip
        from left to right, then from bottom to top
    """
    question = question_of(case, mode, f"{party}.share", rules, regime)
    lines = []
    for name, key, ends in (("x", x, x_range), ("y", y, y_range)):
        axis = _axis(question, key, SIZE, ends)
        z, names = labels(question, [{key: axis.values}], party, of)
        lines += [
            _flip(question, name, axis, int(i), party, of, names[z[i]], names[z[i + 1]])
            for i in np.flatnonzero(np.diff(z))
        ]
    return tuple(lines)


def _flip(
    question: Question, name: str, axis: Axis, i: int, party: str, of: str, below: str, above: str
) -> Flip:
    """Return the first value between two neighbours that is on the far side."""
    scale = 1 if axis.lever.unit == "fen" else STEPS
    low, high = (round(float(axis.values[n]) * scale) for n in (i, i + 1))
    between = np.arange(low, high + 1)
    values = between if scale == 1 else between / scale
    z, names = labels(question, [{axis.key: values}], party, of)
    first = int(np.argmax(z == names.index(above)))
    return Flip(name, values[first].item(), below, above)
