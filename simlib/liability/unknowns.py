"""The ends of every amount over all that unknown facts allow.

Corners of the box give most ends exactly; what is not monotone is climbed to, or bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, TypeAlias

from simlib.interval import FenRange, Interval, N, Number, high_end, hull, low_end
from simlib.liability.after_payment import heirs
from simlib.liability.bounds import outer, outer_of_pieces
from simlib.liability.facts import due
from simlib.liability.joint_extremes import search
from simlib.liability.records import AMOUNTS, Solution
from simlib.liability.solve import evaluate, start
from simlib.liability.turning_points import turns
from simlib.money import split_units

if TYPE_CHECKING:
    from simlib.liability.records import Box, Setting
    from simlib.money import Fen

Corner: TypeAlias = tuple[Number, ...]  # a value of each unknown fact

EXACT_AXES = 8  # up to here every corner is visited, so that the ends are reached


def solve(setting: Setting) -> Solution:
    """Return all amounts; intervals as far as unknown facts leave them open."""
    box = setting.box
    if not box.axes:
        return evaluate(setting, [])
    few, at = len(box.axes) <= EXACT_AXES, Evaluated(setting)
    points = _probes(setting, at) if few else _directed(box)
    known = at.all(points)
    solution = hull_of(known)
    if not few:
        widen = outer if setting.pieces is None else outer_of_pieces
        return widen(setting, _odd_fen(setting, solution))
    if _entangled(setting, solution):
        solution = hull_of([*known, *search(box, at)])
    return _odd_fen(setting, solution)


class Evaluated:
    """The solutions at points of the unknown facts, each evaluated once."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._known: dict[Corner, Solution] = {}

    def __call__(self, point: Sequence[Number]) -> Solution:
        """Return the solution at a point."""
        key = tuple(point)
        if key not in self._known:
            self._known[key] = evaluate(self.setting, point)
        return self._known[key]

    def all(self, points: Iterable[Sequence[Number]]) -> list[Solution]:
        """Return the solutions at some points, each different one once."""
        return [self(point) for point in dict.fromkeys(map(tuple, points))]


def _entangled(setting: Setting, solution: Solution) -> bool:
    """Tell whether unknowns move amounts against each other, so that corners may miss an end.

    Open shares do, and limits that fall as principals pay.
    """
    if setting.rules["partial_payment"] != "outer" and any(f.capped for f in setting.forms):
        return True
    if setting.pieces is not None:  # what one piece takes of the assets another lacks
        return any(not setting.forms[axis.owner].outside for axis in setting.box.axes)
    return any(isinstance(u, Interval) for u in solution.units)


def hull_of(solutions: list[Solution]) -> Solution:
    """Return several solutions of one setting as one: an interval wherever they differ."""

    first = solutions[0]

    def over(rows: Iterable[Sequence[N | Interval[N]]]) -> list[N | Interval[N]]:
        return [hull(values) for values in zip(*rows, strict=True)]

    flags = zip(*(s.joint for s in solutions), strict=True)
    return Solution(
        units=over(s.units for s in solutions),
        share=over(s.share for s in solutions),
        part=over(s.part for s in solutions),
        due=over(s.due for s in solutions),
        before=over(s.before for s in solutions),
        exposure=over(s.exposure for s in solutions),
        paid=over(s.paid for s in solutions),
        outer=over(s.outer for s in solutions),
        burden=over(s.burden for s in solutions),
        carried=over(s.carried for s in solutions),
        short=over(s.short for s in solutions),
        recourse={
            kind: [over(s.recourse[kind][i] for s in solutions) for i in range(len(first.paid))]
            for kind in first.recourse
        },
        received=hull([s.received for s in solutions]),
        owed=hull([s.owed for s in solutions]),
        joint=[each[0] if len(set(each)) == 1 else None for each in flags],
        pieces=[hull_of([s.pieces[k] for s in solutions]) for k in range(len(first.pieces))],
    )


def _odd_fen(setting: Setting, solution: Solution) -> Solution:
    """Let each part take the fen that a split may give or deny it, in each piece of the loss."""
    if setting.pieces is None:
        return _odd_fen_of_one(setting, solution)
    widened = replace(solution)
    pieces = []
    for of, own in zip(setting.pieces.low(setting), solution.pieces, strict=False):
        more = own if of.setting is None else _odd_fen_of_one(of.setting, own)
        pieces.append(more)
        widened = _widened_by(widened, of.piece.members, own, more)
    return replace(widened, pieces=pieces)


def _widened_by(whole: Solution, members: Sequence[int], own: Solution, more: Solution) -> Solution:
    """Return a sum over pieces wider by as much as one of its pieces became wider."""

    def over(sums: Sequence[FenRange], before: Sequence[FenRange],
             after: Sequence[FenRange]) -> list[FenRange]:  # fmt: skip
        wider = list(sums)
        for n, i in enumerate(members):
            low = low_end(before[n]) - low_end(after[n])
            high = high_end(after[n]) - high_end(before[n])
            wider[i] = hull([max(0, low_end(sums[i]) - low), high_end(sums[i]) + high])
        return wider

    recourse = {kind: [list(row) for row in rows] for kind, rows in whole.recourse.items()}
    for kind, rows in recourse.items():
        for n, i in enumerate(members):
            if own.recourse[kind]:
                rows[i] = over(rows[i], own.recourse[kind][n], more.recourse[kind][n])
    amounts = {
        name: over(getattr(whole, name), getattr(own, name), getattr(more, name))
        for name in AMOUNTS
    }
    low = low_end(own.received) - low_end(more.received)
    high = high_end(more.received) - high_end(own.received)
    received = hull([max(0, low_end(whole.received) - low), high_end(whole.received) + high])
    return replace(whole.with_amounts(amounts), recourse=recourse, received=received)


def _odd_fen_of_one(setting: Setting, solution: Solution) -> Solution:
    """Let each part take the fen that a split among three or more may give or deny it.

    Between the ends of open shares the remainders of a split fall now here, now there: a part may
    be its exact amount rounded down or up, whoever the ends gave the odd fen to.
    """
    count = len(solution.part)
    if count < 3 or not any(isinstance(u, Interval) for u in solution.units):
        return solution
    damages, owed = setting.claim.damages_fen, setting.claim.fen
    downs, ups = [], []
    for share, part in zip(solution.share, solution.part, strict=True):
        least, most = float(low_end(share)), float(high_end(share))
        downs.append(max(0, low_end(part) - floor(round(least * damages, 6))))
        ups.append(max(0, ceil(round(most * damages, 6)) - high_end(part)))

    taking = heirs(setting) if _cuts(setting, solution) else []
    more = [int(i in taking) for i in range(count)]  # a split of its own rounds what they take over
    own = [isinstance(share, Interval) for share in solution.share]
    by_part = [mine and form.by_part for mine, form in zip(own, setting.forms, strict=True)]

    def wider(
        values: Sequence[FenRange], most: Sequence[Fen], moved: Sequence[bool], extra: int = 0
    ) -> list[FenRange]:
        return [
            _wider(value, down + extra * odd, up + extra * odd, top)
            if moves or _open(value)
            else value
            for value, down, up, odd, top, moves in zip(
                values, downs, ups, more, most, moved, strict=True
            )
        ]

    purses = [owed if d.assets is None else d.assets for d in setting.debtors]
    purses = [p if d.sued else 0 for p, d in zip(purses, setting.debtors, strict=True)]
    paid, received = wider(solution.paid, purses, by_part), solution.received
    if _open(received):
        payers = [n for n, p in enumerate(paid) if high_end(p)]  # who pays nothing widens nothing
        reach = min(owed, sum(high_end(paid[n]) for n in payers))
        less, more_paid = sum(downs[n] for n in payers), sum(ups[n] for n in payers)
        received = _wider(received, less, more_paid, reach)
    whole, nobody = [damages] * count, [False] * count
    short = wider(solution.short, whole, nobody, 1)
    return replace(
        solution,
        part=wider(solution.part, whole, own),
        due=wider(solution.due, whole, own),
        exposure=wider(solution.exposure, [owed] * count, by_part),
        outer=wider(solution.outer, whole, by_part),
        paid=paid,
        burden=wider(solution.burden, whole, own, 1),
        carried=wider(solution.carried, whole, own, 1),
        short=[
            _wider(s, 1, 1, damages) if _open(s) or (_open(b) and _open(p)) else s
            for s, b, p in zip(short, solution.burden, paid, strict=True)
        ],
        recourse={
            kind: [[_wider(f, 1, 1, damages) if _open(f) else f for f in row] for row in rows]
            for kind, rows in solution.recourse.items()
        },
        received=received,
    )


def _open(value: FenRange) -> bool:
    return isinstance(value, Interval)


def _cuts(setting: Setting, solution: Solution) -> bool:
    """Tell whether anybody's outer limit may cut his part; who answers by his part has no other."""
    rows = zip(setting.debtors, setting.forms, solution.outer, solution.part, strict=True)
    lets_off = setting.rules["victim_fault"] == "negligent" and setting.claim.own_fault
    return any(
        (d.own_part is not None or not form.by_part or (lets_off and d.negligent))
        and low_end(limit) < high_end(part)
        for d, form, limit, part in rows
    )


def _wider(value: FenRange, down: Fen, up: Fen, most: Fen) -> FenRange:
    """Return an amount wider by some fen, within what it can be."""
    low, high = low_end(value), high_end(value)
    return hull([max(0, low - down), max(high, min(high + up, most))])


def _directed(box: Box) -> Iterator[list[Number]]:
    """All unknowns low, all high, and each one's own at the end opposite to everybody else's."""
    low, high = [a.low for a in box.axes], [a.high for a in box.axes]
    yield low
    yield high
    for owner in dict.fromkeys(a.owner for a in box.axes):
        own = [a.owner == owner for a in box.axes]
        yield [h if mine else x for x, h, mine in zip(low, high, own, strict=True)]
        yield [x if mine else h for x, h, mine in zip(low, high, own, strict=True)]


def _probes(setting: Setting, at: Evaluated) -> list[Corner]:
    """Return points of the box at which every amount takes its ends.

    Shares, exposures, payments and burdens are monotone in each unknown: the corners hold their
    ends. What the claimant receives is not, where shares move and purses are limited: a larger
    share of one may fill his purse or empty another's claim. Its top is climbed to, line by line.
    """
    corners = list(product(*((a.low, a.high) for a in setting.box.axes)))
    corners += turns(setting, corners)
    levels = {} if setting.pieces else _levels(setting)  # pieces are searched anyway
    if not levels:
        return corners
    best = sorted(corners, key=lambda p: -_received(at, p))[:3]
    return corners + [point for start in best for point in _climb(at, start, levels)]


def _received(at: Evaluated, point: Corner) -> Fen:
    """Return what the claimant receives at a point, where nothing is open."""
    return low_end(at(point).received)


def _levels(setting: Setting) -> dict[int, list[int]]:
    """Parts of the damages at which a debtor's purse or flow cap gives out, where shares move."""
    moving = any(isinstance(a.share, Interval) for a in setting.assessed.values())
    if not moving and setting.share_rule in ("stated", "equal"):
        return {}
    if not any(form.by_part for form in setting.forms):
        return {}
    levels: dict[int, list[Fen]] = {}
    before = start(setting, [axis.low for axis in setting.box.axes]).before
    for i, debtor in enumerate(setting.debtors):
        limits = [] if debtor.own_part is None else [debtor.own_part]
        if debtor.sued and debtor.assets is not None:
            limits.append(debtor.assets + before[i])
        if limits:
            levels[i] = limits
    return levels


def _climb(at: Evaluated, start: Corner, levels: dict[int, list[Fen]]) -> list[Corner]:
    """Climb from a corner to the largest receipt, one unknown at a time; return what was tried."""
    tried: list[Corner] = []
    point, best = start, _received(at, start)
    for _ in range(3):
        before = point
        for i in range(len(point)):
            places = _crossings(at.setting, point, i, levels)
            line: list[Corner] = [(*point[:i], x, *point[i + 1 :]) for x in places]
            tried += line
            for candidate in line:
                received = _received(at, candidate)
                if received >= best:
                    best, point = received, candidate
        if point == before:
            break
    return tried


def _crossings(
    setting: Setting, point: Corner, i: int, levels: dict[int, list[Fen]]
) -> list[Number]:
    """Return where, along one unknown, somebody's part of the damages passes one of his levels."""

    def part(j: int, x: Number) -> Fen:
        units, _ = setting.box.read([*point[:i], x, *point[i + 1 :]])
        whole = split_units(setting.claim.damages_fen, units)[j]
        return due(setting.debtors[j], setting.facts, whole)

    low, high = setting.box.axes[i].low, setting.box.axes[i].high
    places = [low, high]
    for j, limits in levels.items():
        ends = part(j, low), part(j, high)
        for level in limits:
            if min(ends) < level <= max(ends):
                places += _bisect(partial(part, j), level, low, high)
    return places


def _bisect(
    part: Callable[[Number], Fen], level: Fen, low: Number, high: Number
) -> tuple[Number, Number]:
    rising = part(high) >= level
    for _ in range(40):  # beyond the billionth to which shares are read
        middle = (low + high) / 2
        if (part(middle) >= level) == rising:
            high = middle
        else:
            low = middle
    return low, high
