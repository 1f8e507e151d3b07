"""Where amounts take their ends if open shares move them against each other.

Most amounts are monotone in each unknown, so that a corner of the box holds their ends. What a
principal takes over, what is carried, recovered and received is not: along one unknown it rises
and falls, with bends where a part meets a purse or a limit. So the edges of the box are looked at,
some places within it, and from the best of these each line that leads higher is followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from simlib.interval import low_end

if TYPE_CHECKING:
    from simlib.interval import FenRange, Number
    from simlib.liability.records import Box, Solution

Place = tuple[float, ...]  # of a point in the box: 0 at the low end of an axis, 1 at the high one
Look = Callable[[Sequence["Number"]], "Solution"]
Spot = tuple[float, float]  # a place on a line, and an amount there

ALONG = (0.06, 0.25, 0.5, 0.75, 0.92)  # places looked at on the only axis
BETWEEN = {2: 3, 3: 2, 4: 1}  # places looked at between the ends of an edge of several
GRID = {3: (0.25, 0.75), 4: (0.25, 0.75)}  # places within, along each axis
MANY = 5  # unknowns whose corners alone are many
WITHIN = 8  # further places within, for each axis, where anybody has recourse
BESIDE = 0.02  # so far from the end of an axis it is asked whether an amount rises inwards
STEPS = 14  # looks along one line, at most
JUMP = 32  # halvings until shares of both sides differ by less than a billionth
BENDS = 4  # looks for where a purse is just enough along an edge
ROUNDS = 3  # how often all lines through the best place are followed
FOLLOWED = 150  # looks along lines in all, what she receives first and recourse last
FROM_CORNERS = 60  # further looks along lines from corners, from where amounts mostly fall


def search(box: Box, look: Look) -> list[Solution]:
    """Return the solutions at places that hold the ends of every amount.

    1. corners and edges of the box, and some places within
    2. along edges, both sides of where somebody becomes jointly liable, and where a purse suffices
    3. for each amount and direction the lines through its best place, those from corners last
    """
    found, count = _Found(box, look), len(box.axes)
    for place in _first(count):
        found.at(place)
    if 1 < count < MANY and found.claims():
        for place in _within(count):
            found.at(place)
    found.jumps()
    if 1 < count < MANY:
        found.bends()
    todo = list(product(range(len(found.best)), (-1, 1)))
    corners = [end for end in todo if found.falls_from_a_corner(*end)]
    for ends, looks in (([e for e in todo if e not in corners], FOLLOWED), (corners, FROM_CORNERS)):
        most = len(found.rows) + looks
        for amount, sign in ends:
            if len(found.rows) < most:
                found.follow(amount, sign)
    return list(found.solutions.values())


def _within(count: int) -> Iterator[Place]:
    """Yield places within the box that no grid has, always the same."""
    chance = Random(count)
    for _ in range(WITHIN * count):
        yield tuple(chance.choice((chance.random(), chance.random() ** 3)) for _ in range(count))


def _first(count: int) -> Iterator[Place]:
    """Yield corners, places on edges, and places within."""
    yield from product((0.0, 1.0), repeat=count)
    if count == 1:
        yield from ((u,) for u in ALONG)
        return
    parts = BETWEEN.get(count, 0)
    for axis in range(count):
        for others in product((0.0, 1.0), repeat=count - 1):
            for k in range(1, parts + 1):
                yield (*others[:axis], k / (parts + 1), *others[axis:])
    yield (0.5,) * count
    if count in GRID:
        yield from product(GRID[count], repeat=count)


def amounts(solution: Solution) -> list[float]:
    """Return all amounts of a solution that nothing leaves open, in one row."""
    row = [solution.received, solution.owed, *solution.paid, *solution.burden, *solution.carried]
    row += [*solution.exposure, *solution.outer, *solution.short, *_claims(solution)]
    return [low_end(value) for value in row]


def _claims(solution: Solution) -> list[FenRange]:
    return [fen for rows in solution.recourse.values() for claims in rows for fen in claims]


class _Found:
    """What was looked at, and the best place of each amount downwards and upwards."""

    def __init__(self, box: Box, look: Look) -> None:
        self.box, self._look = box, look
        self.solutions: dict[Place, Solution] = {}
        self.rows: dict[Place, list[float]] = {}
        self.best: list[dict[int, Place]] = []
        self._ends: tuple[list[float], list[float]] = [], []  # the lowest and highest of each
        self._recourse = 0  # where in each row claims of recourse begin
        self._middles = [(axis.low + axis.high) / 2 for axis in box.axes]

    def at(self, place: Place) -> list[float]:
        """Return the amounts at a place, and remember what they are best for."""
        if place in self.rows:
            return self.rows[place]
        point = [self._value(axis, u) for axis, u in enumerate(place)]
        solution = self._look(point)
        row = self.rows[place] = amounts(solution)
        self.solutions[place] = solution
        if not self.best:
            self._recourse = len(row) - len(_claims(solution))
            self.best = [{-1: place, 1: place} for _ in row]
            self._ends = list(row), list(row)
        lows, highs = self._ends
        for amount, value in enumerate(row):
            if value < lows[amount]:
                lows[amount], self.best[amount][-1] = value, place
            if value > highs[amount]:
                highs[amount], self.best[amount][1] = value, place
        return row

    def _value(self, place: int, u: float) -> Number:
        """Return the value at a place along an axis; of a weight, even in the share it gives."""
        axis = self.box.axes[place]
        low, high = axis.low, axis.high
        if u in (0, 1):
            return high if u else low
        if axis.fen:
            return round(low + (high - low) * u)
        if axis.total is None:
            return low + (high - low) * u
        beside = (
            middle
            for k, middle in enumerate(self._middles)
            if k != place and self.box.axes[k].total == axis.total
        )
        rest = self.box.totals[axis.total] + sum(beside) or 1e-9
        ends = [end / (end + rest) for end in (low, high)]
        share = ends[0] + (ends[1] - ends[0]) * u
        return min(high, max(low, rest * share / (1 - share)))

    def claims(self) -> bool:
        """Tell whether anybody has recourse anywhere that was looked at."""
        return any(any(row[self._recourse :]) for row in self.rows.values())

    def jumps(self) -> None:
        """Look at both sides of where joint liability begins along an edge."""
        for before, after in self._edges():
            self._jump(before, after)

    def bends(self) -> None:
        """Look where along an edge a debtor begins to owe more than he can pay."""
        for before, after in self._edges():
            ends = [self._owes(before, u, after) for u in (0.0, 1.0)]
            for debtor, (first, last) in enumerate(zip(*ends, strict=True)):
                if (first[0] > first[1]) != (last[0] > last[1]):
                    self._bend(before, after, debtor)

    def _edges(self) -> Iterator[tuple[Place, Place]]:
        """Yield each edge of the box: the places before and after its own axis."""
        count = len(self.box.axes)
        for axis in range(count):
            for others in product((0.0, 1.0), repeat=count - 1):
                yield others[:axis], others[axis:]

    def _owes(self, before: Place, u: float, after: Place) -> list[Spot]:
        """Return what each debtor owes and what he pays at a place on an edge [fen]."""
        self.at((*before, u, *after))
        there = self.solutions[*before, u, *after]
        pairs = zip(there.exposure, there.paid, strict=True)
        return [(low_end(owed), low_end(paid)) for owed, paid in pairs]

    def _bend(self, before: Place, after: Place, debtor: int) -> None:
        """Narrow down where what a debtor owes is just what his purse holds."""
        ends = [(u, *self._owes(before, u, after)[debtor]) for u in (0.0, 1.0)]
        (enough, owed, _), (short, more, purse) = sorted(ends, key=lambda end: end[1] - end[2])
        for _ in range(BENDS):
            if min(more - purse, purse - owed) < 1:
                return
            u = enough + (short - enough) * (purse - owed) / (more - owed)
            now = self._owes(before, u, after)[debtor][0]
            if now > purse:
                short, more = u, now
            else:
                enough, owed = u, now

    def _jump(self, before: Place, after: Place) -> None:
        low, high = 0.0, 1.0

        def joint(u: float) -> Sequence[bool | None]:
            self.at((*before, u, *after))
            return self.solutions[*before, u, *after].joint

        first = joint(low)
        if first == joint(high):
            return
        for _ in range(JUMP):
            middle = (low + high) / 2
            low, high = (middle, high) if joint(middle) == first else (low, middle)

    def falls_from_a_corner(self, amount: int, sign: int) -> bool:
        """Tell whether the best place of an amount is a corner, from where it mostly falls.

        A claim of recourse may rise towards the middle; another amount only where a purse, a
        limit or what is given up with a released debtor turns it.
        """
        corner = all(u in (0, 1) for u in self.best[amount][sign])
        return corner and (amount < self._recourse or sign < 0)

    def follow(self, amount: int, sign: int) -> None:
        """Follow the lines through the best place of an amount, while they lead higher."""
        for _ in range(ROUNDS):
            place = self.best[amount][sign]
            if self._ends[0][amount] == self._ends[1][amount]:
                return
            for axis in range(len(place)):
                self._climb(amount, sign, axis)
            if self.best[amount][sign] == place:
                return

    def _climb(self, amount: int, sign: int, axis: int) -> None:
        """Narrow down the peak along one axis through the best place."""
        place = self.best[amount][sign]

        def there(u: float) -> Spot:
            return u, sign * self.at((*place[:axis], u, *place[axis + 1 :]))[amount]

        middle = place[axis]
        if middle in (0, 1):
            beside = BESIDE if middle == 0 else 1 - BESIDE
            if there(beside)[1] <= sign * self.rows[place][amount]:
                return  # it falls from here
            middle = beside
        step = 0.1 if len(place) == 1 else 1 / (BETWEEN.get(len(place), 0) + 1)
        spots = sorted({there(u) for u in (0.0, max(0.0, middle - step), middle,
                                            min(1.0, middle + step), 1.0)})  # fmt: skip
        for _ in range(STEPS):
            u = _next(spots)
            if u is None:
                return
            spots = sorted({*spots, there(u)})


def _next(spots: Sequence[Spot]) -> float | None:
    """Return where to look next beside the highest spot; None once less than a fen is to gain."""
    top = max(range(len(spots)), key=lambda i: spots[i][1])
    left, right = max(0, top - 1), min(len(spots) - 1, top + 1)
    (a, low), (b, best), (c, other) = spots[left], spots[top], spots[right]
    if c - a < 1e-12 or max(best - low, best - other) < 1:
        return None
    peak = _meeting(spots, top)
    near = [u for u, _ in spots]
    if peak is not None and a < peak < c and min(abs(peak - u) for u in near) > 1e-13:
        return peak
    return (a + b) / 2 if b - a > c - b else (b + c) / 2


def _meeting(spots: Sequence[Spot], top: int) -> float | None:
    """Return where the lines meet that lead up to the highest spot from both sides."""
    for i, j in ((top, top + 1), (top - 1, top)):  # the gap with the peak in it
        if i < 1 or j + 1 >= len(spots):
            continue
        (u0, v0), (u1, v1), (u2, v2), (u3, v3) = spots[i - 1], spots[i], spots[j], spots[j + 1]
        rise, fall = (v1 - v0) / (u1 - u0), (v3 - v2) / (u3 - u2)
        if rise > fall:
            u = (v2 - fall * u2 - v1 + rise * u1) / (rise - fall)
            if u1 < u < u2:
                return u
    return None
