"""Steps of a lever, and the first of them from where it stands that turns a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, inf
from typing import TYPE_CHECKING, overload

import numpy as np

from simlib.liability.route import scored
from simlib.uncertainty.grid import not_at_once

if TYPE_CHECKING:
    from simlib.uncertainty.question import Lever, Question
    from simlib.uncertainty.target import Target

Ray = tuple[int, int, int]  # first step, last step, direction

DECIMALS = 10_000  # fractions and parameters are tried to four decimals, money to the fen
TRIED = 10_001  # values looked at together; a longer range is looked at again between two of them
SLOWLY = 65  # the same where each value is decided on its own


@dataclass(frozen=True, slots=True)
class Scale:
    """A lever as whole steps: ten-thousandths, or fen."""

    lever: Lever
    steps: int
    low: int
    high: int
    start: float
    length: float

    def value(self, step: int) -> float | int:
        return int(step) if self.steps == 1 else int(step) / self.steps

    def values(self, steps: np.ndarray) -> np.ndarray:
        return steps if self.steps == 1 else steps / self.steps

    @overload
    def far(self, steps: int) -> float: ...

    @overload
    def far(self, steps: np.ndarray) -> np.ndarray: ...

    def far(self, steps: int | np.ndarray) -> float | np.ndarray:
        """Return how far from where the lever stands, of its range."""
        return np.abs(steps - self.start) / self.length


def steps_of(question: Question, target: Target, moved: Lever) -> Scale:
    steps = 1 if moved.unit == "fen" else DECIMALS
    high = moved.high
    if high == inf:
        high = 1000 * question.case.loss_fen
    low, high = round(moved.low * steps), round(high * steps)
    length = question.case.loss_fen if moved.unit == "fen" else high - low
    start = moved.number * steps if moved.number is not None else None
    if start is None:  # where nobody knows it, it stands at the end that is against the target
        at = [{moved.key: np.array([low, high]) / steps if steps > 1 else np.array([low, high])}]
        below, above = target.holds(question, at)
        start = low if above and not below else high
    return Scale(moved, steps, low, high, start, length)


def rays(scale: Scale) -> Iterator[tuple[int, int, int]]:
    """Yield the steps downwards and upwards from where a lever stands: first, last, direction."""
    down, up = int(np.floor(scale.start)), int(np.ceil(scale.start))
    if down >= scale.low:
        yield down, scale.low, -1
    if up <= scale.high:
        yield up, scale.high, 1


def room(question: Question, moved: Sequence[Lever]) -> int:
    """Return how many values can be looked at together.

    Few where each makes a case or a regime of its own, or where somebody is scored without an act
    of help, so that only single decisions can tell.
    """
    parties = question.case.parties
    actless = any(p.act is None for p in parties if p.role not in ("victim", "principal"))
    apart = any(not_at_once(question, each.key) for each in moved)
    return SLOWLY if apart or (actless and scored(question.mode, question.regime)) else TRIED


def first(
    holds: Callable[[np.ndarray], np.ndarray], ray: tuple[int, int, int], most: int
) -> tuple[int, int] | None:
    """Return the first step of a ray that holds, and the one before it.

    A ray longer than `most` values is tried at places, and again between two of them.
    """
    first, last, way = ray
    while True:
        count = min(abs(last - first) + 1, most)
        steps = np.unique(np.round(np.linspace(first, last, count)).astype(np.int64))[::way]
        turned = holds(steps)
        if not turned.any():
            return None
        n = int(np.argmax(turned))
        before = int(steps[n - 1]) if n else int(steps[0]) - way
        if abs(int(steps[n]) - before) == 1 or n == 0:
            return int(steps[n]), before
        first, last = before, int(steps[n])


def length_of(scales: Sequence[Scale], steps: Sequence[int]) -> float:
    return hypot(*(float(s.far(step)) for s, step in zip(scales, steps, strict=True)))


def nearest(
    question: Question, target: Target, scales: Sequence[Scale], rays: Sequence[Ray], most: int
) -> tuple[int, int] | None:
    """Find the pair nearest to where the levers stand, within one quarter of the plane.

    A first lever with more than `most` values is tried at places, and again around the best.
    """
    (x0, x1, x_way), (y0, y1, y_way) = rays

    def holds(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        axis = {s.lever.key: s.values(v) for s, v in zip(scales, (x, y), strict=True)}
        return target.holds(question, [axis])

    if not holds(np.array([x1]), np.array([y1])).any():
        return None
    while True:
        count = min(abs(x1 - x0) + 1, most)
        xs = np.unique(np.round(np.linspace(x0, x1, count)).astype(np.int64))[::x_way]
        ys = _frontier(holds, xs, y0, y1, y_way)
        far = np.where(ys < 0, np.inf, np.hypot(scales[0].far(xs), scales[1].far(ys)))
        n = int(np.argmin(far))
        x0, x1 = int(xs[max(0, n - 1)]), int(xs[min(len(xs) - 1, n + 1)])
        if count < most or abs(x1 - x0) <= 2:
            return int(xs[n]), int(ys[n])


def _frontier(
    holds: Callable[[np.ndarray, np.ndarray], np.ndarray],
    xs: np.ndarray,
    first: int,
    last: int,
    way: int,
) -> np.ndarray:
    """Find for each x the first y that holds, by halving; −1 where none does."""
    near = np.full(len(xs), first)
    far = np.full(len(xs), last)
    reaches = holds(xs, far)
    far = np.where(holds(xs, near), near, far)
    while (np.abs(far - near) > 1).any():
        middle = near + way * (np.abs(far - near) // 2)
        turned = holds(xs, middle)
        far, near = np.where(turned, middle, far), np.where(turned, near, middle)
    return np.where(reaches, far, -1)
