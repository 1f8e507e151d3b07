"""What would have to change: the smallest change of facts that turns a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, floor, hypot
from typing import TYPE_CHECKING

import numpy as np

from simlib.fault import GRADES, grade
from simlib.interval import Interval
from simlib.uncertainty.question import Lever, Question, Stand, lever, question_of
from simlib.uncertainty.search import TRIED, Scale, first, length_of, nearest, rays, room, steps_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.uncertainty.target import Target


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
