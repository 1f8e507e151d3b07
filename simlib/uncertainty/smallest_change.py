"""The smallest change of facts that turns a result: what would have to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, floor, hypot, inf
from typing import TYPE_CHECKING, overload

import numpy as np

from simlib.fault import GRADES, grade
from simlib.interval import Interval
from simlib.liability.assigned_forms import scored
from simlib.uncertainty.grid import not_at_once
from simlib.uncertainty.question import Lever, Question, Stand, lever, question_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
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


@dataclass(frozen=True, slots=True)
class Change:
    """One lever moved just far enough.

    Attributes
    ----------
    key, unit
        the lever's, as for `Lever`
    before, after
        where it stands, None if nobody knows, and the first value that turns the result
    short
        the value one step before, which does not turn it; None at the edge of the range
    distance
        how far that is: of the range, for money of the loss, for a grade of the five
    rounded
        a rounder value a little further on, two decimals or whole yuan, that turns it too
    """

    key: str
    unit: str
    before: Stand
    after: Stand
    short: Stand
    distance: float
    rounded: Stand

    @property
    def way(self) -> str:
        """`up`, `down` or `other` for what has no order; for an unknown fact, towards what."""
        short, after = self.short, self.after
        if self.unit in ("flag", "grade") or short is None or after is None:
            return "other"
        if isinstance(short, str) or isinstance(after, str):
            return "other"
        return "up" if after > short else "down"


@dataclass(frozen=True, slots=True)
class Needed:
    """The answer.

    Attributes
    ----------
    target
        what was to be reached
    changes
        the smallest change: one lever, or two together; empty if the target is reached already
    distance
        how far they are from where things stand, together
    singles
        what each lever has to become if it alone moves, nearest first
    never
        levers that alone cannot do it, wherever they are put
    end
        the end at which unknown facts stand against the target; None if none matters
    checked
        whether `decide` agrees on both sides: it turns with the changes, and not one step before
    """

    target: Target
    changes: tuple[Change, ...]
    distance: float
    singles: tuple[Change, ...]
    never: tuple[str, ...]
    end: str | None
    checked: bool


def needed(
    case: Case,
    target: Target,
    levers: Sequence[str],
    mode: str = "risk_benefit",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
) -> Needed | None:
    """Return the smallest change of facts that reaches a target, or None if these levers never do.

    1. each lever alone: all its values to four decimals are tried, and the nearest that reaches
       the target is taken, whatever lies on the way; money is tried at ten thousand places, and
       to the fen between the two where it turns
    2. two levers together: for every value of the first the nearest of the second that does, by
       halving; the result is taken to be monotone in both. Of all pairs the one nearest to where
       things stand, each lever measured by its range
    3. `decide` is asked on both sides

    An unknown fact stands against the target, and so does one that is a lever: how far it has to
    be known otherwise is what is found.

    Parameters
    ----------
    target
        `at_most(500_000)`, `proved("zhang")`, `uncapped("zhang")`, `mode_is("zhang", "joint")`, …
    levers
        paths of facts, `parameter:<key>`, or words and flags (`"zhang.grade"`, `"zhang.direct"`);
        two are also moved together if both are numbers, and none of them a loss with listed
        transfers, a band or a rule, whose every value is a case of its own
    mode, rules, regime
        as for `decide`

    Raises
    ------
    UnknownName
        for a path, parameter, party, output, mode, rule or regime we do not have

    Examples
    --------
    >>> from simlib import load_case
    >>> from simlib.uncertainty import at_least
    >>> found = needed(load_case("fix-1"), at_least(400_000), ["A.gain_direct_fen"], "benefit_cap")
    >>> found.changes[0].before, found.changes[0].after
    (50000, 200000)
    """
    question = question_of(case, mode, target.output, rules, regime)
    moved = [lever(question, key) for key in levers]
    end = _open_end(question, target)
    if target.reached(question):
        return Needed(target, (), 0.0, (), (), end, True)
    alone = {each.key: _alone(question, target, each) for each in moved}
    singles = sorted((c for c in alone.values() if c), key=lambda c: c.distance)
    singles = [_rounded(question, target, (c,))[0] for c in singles]
    best = tuple(singles[:1])
    pair = _together(question, target, moved) if len(moved) == 2 else None
    if pair and (not best or _length(pair) < best[0].distance):
        best = _rounded(question, target, pair)
    if not best:
        return None
    never = tuple(key for key, change in alone.items() if change is None)
    return Needed(
        target, best, _length(best), tuple(singles), never, end, _checked(question, target, best)
    )


def _length(changes: Sequence[Change]) -> float:
    return hypot(*(c.distance for c in changes))


def _rounded(question: Question, target: Target, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes with numbers a reader can keep in mind, if these turn the result as well."""
    rounder = {c.key: _round(c) for c in changes}
    if rounder == {c.key: c.after for c in changes} or not target.reached(question.given(rounder)):
        return changes
    for one in changes[1:] and changes:  # of two, each has to be needed beside the rounder other
        rest = {k: v for k, v in rounder.items() if k != one.key}
        if one.before is None or target.reached(question.given(rest)):
            return changes
    return tuple(replace(c, rounded=rounder[c.key]) for c in changes)


def _round(change: Change) -> Stand:
    """Return the next whole yuan or hundredth in the direction of the change."""
    after = change.after
    if change.way == "other" or after is None or isinstance(after, str):
        return after
    towards = ceil if change.way == "up" else floor
    if change.unit == "fen":
        return towards(after / 100) * 100
    return towards(round(after * 100, 6)) / 100


def _open_end(question: Question, target: Target) -> str | None:
    """Return the end that counts; None where the result is one number."""
    if target.key == "mode_is":
        return None
    return target.end if isinstance(target.of(question).value(), Interval) else None


def _checked(question: Question, target: Target, changes: Sequence[Change]) -> bool:
    """Tell whether `decide` agrees: it turns with the changes, and not with any one step less."""
    full = {c.key: c.after for c in changes}
    if not target.reached(question.given(full), by_decide=True):
        return False
    steps = [{**full, c.key: c.short} for c in changes if c.short is not None]
    return not any(target.reached(question.given(step), by_decide=True) for step in steps)


def _alone(question: Question, target: Target, moved: Lever) -> Change | None:
    """Return the nearest value of one lever that reaches the target."""
    if moved.unit in ("flag", "grade"):
        return _word(question, target, moved)
    scale = steps_of(question, target, moved)

    def holds(steps: np.ndarray) -> np.ndarray:
        return target.holds(question, [{moved.key: scale.values(steps)}])

    most = room(question, [moved])
    turns = [turn for ray in rays(scale) if (turn := first(holds, ray, most)) is not None]
    if not turns:
        return None
    step, before = min(turns, key=lambda turn: scale.far(turn[0]))
    return _change(scale, step, before)


def _change(scale: Scale, step: int, before: int) -> Change:
    now, after = scale.lever.number, scale.value(step)
    short = scale.value(before) if scale.low <= before <= scale.high else None
    if now is not None and abs(now * scale.steps - step) <= abs(before - step):
        short = now  # where it stands is nearer than a whole step
    unit, far = scale.lever.unit, float(scale.far(step))
    return Change(scale.lever.key, unit, now, after, short, far, after)


def _word(question: Question, target: Target, moved: Lever) -> Change | None:
    """Return the nearest word or flag that reaches the target."""
    words: Sequence[Stand] = (False, True)
    now = moved.now
    if moved.unit == "grade":
        party = question.case.party(moved.key.rpartition(".")[0])
        words, now = GRADES, grade(party, question.regime).value
    at = words.index(now)
    for n in sorted(range(len(words)), key=lambda n: abs(n - at)):
        if n != at and target.reached(question.given({moved.key: words[n]})):
            far = abs(n - at) / (len(words) - 1)
            short = words[n + (1 if n < at else -1)]
            return Change(moved.key, moved.unit, now, words[n], short, far, words[n])
    return None


def _together(
    question: Question, target: Target, moved: Sequence[Lever]
) -> tuple[Change, Change] | None:
    """Return the nearest pair of values of two levers that reaches the target."""
    most = room(question, moved)
    if most < TRIED or any(each.unit in ("flag", "grade") for each in moved):
        return None
    scales = [steps_of(question, target, each) for each in moved]
    pairs = [
        pair
        for quarter in product(*(list(rays(s)) for s in scales))
        if (pair := nearest(question, target, scales, quarter, most)) is not None
    ]
    if not pairs:
        return None
    one, two = min(pairs, key=lambda p: length_of(scales, p))
    ways = [1 if step >= s.start else -1 for s, step in zip(scales, (one, two), strict=True)]
    first_, second = (
        _change(s, step, step - way) for s, step, way in zip(scales, (one, two), ways, strict=True)
    )
    return first_, second
