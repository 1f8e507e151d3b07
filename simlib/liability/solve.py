"""From a setting to amounts: one point of the unknowns, then the ends over all of them.

Equal inputs give equal integers: everything here is whole fen and billionths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end, hull, low_end
from simlib.liability.collection import pay_together, recourse, respread
from simlib.liability.forms import CAPPED_JOINT
from simlib.money import half_up, split_units

if TYPE_CHECKING:
    from simlib.liability.setting import Setting

EXACT_AXES = 8  # up to here every corner is visited, so that the ends are reached


@dataclass(frozen=True, slots=True)
class Solution:
    """Amounts for every debtor, in the setting's order [fen]; shares in [0, 1], units in 10⁻⁹.

    `exact` is False where more unknowns enter than are searched to their ends: the intervals
    then hold every value but may be wider than needed.
    """

    units: list
    share: list
    part: list
    exposure: list
    paid: list
    burden: list
    short: list
    recourse: list[list]
    received: object
    exact: bool = True


def solve(setting: Setting) -> Solution:
    """All amounts; intervals as far as unknown facts leave them open."""
    box = setting.box
    if not box.axes:
        return evaluate(setting, [])
    few = len(box.axes) <= EXACT_AXES
    points = _probes(setting) if few else _directed(box.axes)
    found = _odd_fen(setting, _hull([evaluate(setting, point) for point in points]))
    moving = any(isinstance(w.value, Interval) for w in setting.weights) or (
        setting.principals_first and any(isinstance(u, Interval) for u in found.units)
    )
    if few and not moving:
        return found
    return _outer(setting, found)  # payments may move against burdens: bound what joins them


def evaluate(setting: Setting, point: list) -> Solution:
    """The amounts at one point of the unknown facts.

    1. shares, and each one's part of the damages
    2. principals' exposures, and what they pay where they pay first
    3. helpers' exposures, and the collection
    4. burdens, what each is short of his, and recourse
    """
    units, measured = setting.box.read(point)
    debtors, count = setting.debtors, len(setting.debtors)
    damages, owed, before = setting.claim.damages_fen, setting.claim.fen, setting.before
    parts = split_units(damages, units) if count else []
    exposure, paid = [0] * count, [0] * count
    principals = [i for i in range(count) if debtors[i].principal]
    helpers = [i for i in range(count) if not debtors[i].principal]
    for i in principals:
        exposure[i] = _exposure(setting, i, parts, measured, 0)
    now = 0
    if setting.principals_first:
        now = _collect(setting, owed, principals, [exposure[i] for i in principals], units, paid)
    for i in helpers:
        exposure[i] = _exposure(setting, i, parts, measured, now)
    payers = helpers if setting.principals_first else list(range(count))
    reach = [exposure[i] for i in payers]
    total = owed - now
    if setting.principals_first and setting.mode in CAPPED_JOINT:
        reach = [
            _after_principals(setting, e, now + sum(before[i] for i in principals)) for e in reach
        ]
        total = _stacked(setting, total, payers, reach)
    _collect(setting, total, payers, reach, units, paid)
    return _settle(setting, units, parts, exposure, paid)


def _exposure(setting: Setting, i: int, parts: list[int], measured: list[int], now: int) -> int:
    form, debtor = setting.forms[i], setting.debtors[i]
    owed, before = setting.claim.fen, setting.before[i]
    if form.measure == "nothing":
        return 0
    if form.measure == "claim":
        amount = owed
    elif form.measure in ("share", "score"):
        amount = parts[i] - before
    elif form.measure in ("limit", "gain"):
        amount = measured[i] - before
    elif form.measure == "rest":
        amount = owed - now
    elif form.measure == "limited_rest":
        amount = min(measured[i] - before, owed - now)
    else:  # proof
        amount = owed if setting.measures[i].value else 0
    if debtor.flow_cap is not None:
        amount = min(amount, debtor.flow_cap - before)
    return max(0, min(amount, owed))


def _collect(
    setting: Setting,
    total: int,
    payers: list[int],
    reach: list[int],
    units: list[int],
    paid: list[int],
) -> int:
    """Let sued payers pay together; fills `paid`, returns the sum."""
    sued = [(i, e) for i, e in zip(payers, reach, strict=True) if setting.debtors[i].sued]
    caps = [
        e if setting.debtors[i].assets is None else min(e, setting.debtors[i].assets)
        for i, e in sued
    ]
    amounts = pay_together(total, caps, [units[i] for i, _ in sued])
    for (i, _), amount in zip(sued, amounts, strict=True):
        paid[i] = amount
    return sum(amounts)


def _after_principals(setting: Setting, exposure: int, by_principals: int) -> int:
    """What is left of a helper's limited exposure after the principals' payments."""
    way, damages = setting.rules["partial_payment"], setting.claim.damages_fen
    if way == "inner":
        return max(0, exposure - by_principals)
    if way == "pro_rata" and damages:
        return half_up(Fraction(exposure * max(0, damages - by_principals), damages))
    return exposure


def _stacked(setting: Setting, total: int, payers: list[int], reach: list[int]) -> int:
    if setting.rules["caps"] == "stack":
        return total
    sued = [e for i, e in zip(payers, reach, strict=True) if setting.debtors[i].sued]
    return min(total, max(sued, default=0))


def _settle(
    setting: Setting, units: list[int], parts: list[int], exposure: list[int], paid: list[int]
) -> Solution:
    joint = [
        form.joint and (form.measure != "proof" or bool(setting.measures[i].value))
        for i, form in enumerate(setting.forms)
    ]
    broke = [d.assets == 0 for d in setting.debtors]
    weights = respread(units, joint, broke)
    burden = split_units(setting.claim.damages_fen, weights) if weights else []
    if any(form.measure == "nothing" for form in setting.forms):
        burden = [0] * len(burden)  # a dismissal charges nobody with anything
    done = [p + b for p, b in zip(paid, setting.before, strict=True)]
    short = [max(0, b - p) for b, p in zip(burden, done, strict=True)]
    excess = [max(0, p - b) for b, p in zip(burden, done, strict=True)]
    whole = sum(units)
    share = [u / whole for u in units] if whole else [1 / len(units)] * len(units)
    return Solution(
        units, share, parts, exposure, paid, burden, short, recourse(excess, short), sum(paid)
    )


def _hull(solutions: list[Solution]) -> Solution:
    def over(name: str) -> list:
        return [
            hull(list(values))
            for values in zip(*(getattr(s, name) for s in solutions), strict=True)
        ]

    claims = [
        [hull([s.recourse[i][j] for s in solutions]) for j in range(len(solutions[0].paid))]
        for i in range(len(solutions[0].paid))
    ]
    names = ("units", "share", "part", "exposure", "paid", "burden", "short")
    return Solution(*(over(n) for n in names), claims, hull([s.received for s in solutions]))


def _odd_fen(setting: Setting, found: Solution) -> Solution:
    """Let each part take the fen that a split among three or more may give or deny it.

    Between the ends of open shares the remainders of a split fall now here, now there: a part may
    be its exact amount rounded down or up, whoever the ends gave the odd fen to.
    """
    count = len(found.part)
    if count < 3 or not any(isinstance(u, Interval) for u in found.units):
        return found
    damages, owed = setting.claim.damages_fen, setting.claim.fen
    downs, ups = [], []
    for share, part in zip(found.share, found.part, strict=True):
        downs.append(max(0, low_end(part) - floor(round(low_end(share) * damages, 6))))
        ups.append(max(0, ceil(round(high_end(share) * damages, 6)) - high_end(part)))

    def wider(values: list, most: list[int]) -> list:
        return [
            hull([max(0, low_end(v) - down), max(high_end(v), min(high_end(v) + up, top))])
            for v, down, up, top in zip(values, downs, ups, most, strict=True)
        ]

    purses = [owed if d.assets is None else d.assets for d in setting.debtors]
    purses = [p if d.sued else 0 for p, d in zip(purses, setting.debtors, strict=True)]
    low, high = low_end(found.received) - sum(downs), high_end(found.received) + sum(ups)
    paid = wider(found.paid, purses)
    reach = min(owed, sum(high_end(p) for p in paid))
    return replace(
        found,
        part=wider(found.part, [damages] * count),
        exposure=wider(found.exposure, [owed] * count),
        paid=paid,
        burden=wider(found.burden, [damages] * count),
        short=wider(found.short, [damages] * count),
        received=hull([max(0, low), max(high_end(found.received), min(high, reach))]),
    )


def _directed(axes: tuple) -> Iterator[list]:
    """All unknowns low, all high, and each one alone at the end opposite to the others."""
    low, high = [a[0] for a in axes], [a[1] for a in axes]
    yield low
    yield high
    for i in range(len(axes)):
        yield [*low[:i], high[i], *low[i + 1 :]]
        yield [*high[:i], low[i], *high[i + 1 :]]


def _probes(setting: Setting) -> list[list]:
    """Points of the box at which every amount takes its ends.

    Shares, exposures, payments and burdens are monotone in each unknown: the corners hold their
    ends. What the claimant receives is not, where shares move and purses are limited: a larger
    share of one may fill his purse or empty another's claim. Its top is climbed to, line by line.
    """
    corners = [list(p) for p in product(*setting.box.axes)]
    levels = _levels(setting)
    if not levels:
        return corners
    best = sorted(corners, key=lambda p: -evaluate(setting, p).received)[:3]
    return corners + [point for start in best for point in _climb(setting, start, levels)]


def _levels(setting: Setting) -> dict[int, list[int]]:
    """Parts of the damages at which a debtor's purse or flow cap gives out, where shares move."""
    moving = any(
        m is not None and m.key == "model_share" and isinstance(m.value, Interval)
        for m in setting.measures
    )
    if not moving and setting.share_rule in ("stated", "equal"):
        return {}
    if not any(form.measure in ("share", "score") for form in setting.forms):
        return {}
    levels = {}
    for i, debtor in enumerate(setting.debtors):
        limits = [debtor.flow_cap]
        if debtor.sued and debtor.assets is not None:
            limits.append(debtor.assets + setting.before[i])
        levels[i] = [x for x in limits if x is not None]
    return {i: found for i, found in levels.items() if found}


def _climb(setting: Setting, start: list, levels: dict[int, list[int]]) -> list[list]:
    """From a corner to the largest receipt, one unknown at a time; every point tried on the way."""
    tried, point, best = [], start, evaluate(setting, start).received
    for _ in range(3):
        before = list(point)
        for i in range(len(point)):
            line = [[*point[:i], x, *point[i + 1 :]] for x in _crossings(setting, point, i, levels)]
            tried += line
            for candidate in line:
                received = evaluate(setting, candidate).received
                if received >= best:
                    best, point = received, candidate
        if point == before:
            break
    return tried


def _crossings(setting: Setting, point: list, i: int, levels: dict[int, list[int]]) -> list[float]:
    """Where, along one unknown, somebody's part of the damages passes one of his levels."""

    def part(x: float, j: int) -> int:
        units, _ = setting.box.read([*point[:i], x, *point[i + 1 :]])
        return split_units(setting.claim.damages_fen, units)[j]

    low, high = setting.box.axes[i]
    found = [low, high]
    for j, limits in levels.items():
        ends = part(low, j), part(high, j)
        found += [
            x
            for level in limits
            if min(ends) < level <= max(ends)
            for x in _bisect(lambda x, j=j: part(x, j), level, low, high)
        ]
    return found


def _bisect(part: object, level: int, low: float, high: float) -> tuple[float, float]:
    rising = part(high) >= level
    for _ in range(40):  # beyond the billionth to which shares are read
        middle = (low + high) / 2
        if (part(middle) >= level) == rising:
            high = middle
        else:
            low = middle
    return low, high


def _outer(setting: Setting, found: Solution) -> Solution:
    """Widen what many unknowns may move jointly until no value can lie outside."""
    before, owed = setting.before, setting.claim.fen
    found = replace(found, burden=_respread_bounds(setting, found))
    low_paid, high_paid = [low_end(p) for p in found.paid], [high_end(p) for p in found.paid]
    short = [
        hull([max(0, low_end(b) - high - done), max(0, high_end(b) - low - done)])
        for b, low, high, done in zip(found.burden, low_paid, high_paid, before, strict=True)
    ]
    claims = [
        [
            hull(
                [
                    0,
                    0
                    if i == j
                    else min(
                        max(0, high_paid[i] + before[i] - low_end(found.burden[i])),
                        high_end(short[j]),
                    ),
                ]
            )
            for j in range(len(short))
        ]
        for i in range(len(short))
    ]
    received = hull([min(owed, sum(low_paid)), min(owed, sum(high_paid))])
    return Solution(
        found.units,
        found.share,
        found.part,
        found.exposure,
        found.paid,
        found.burden,
        short,
        claims,
        received,
        exact=False,
    )


def _respread_bounds(setting: Setting, found: Solution) -> list:
    """Burdens where open shares are re-spread: his own part, with at most all that was lost."""
    damages = setting.claim.damages_fen
    gone = [f.joint and d.assets == 0 for f, d in zip(setting.forms, setting.debtors, strict=True)]
    lost = sum(high_end(p) for p, g in zip(found.part, gone, strict=True) if g)
    if not lost or not any(isinstance(u, Interval) for u in found.units):
        return found.burden
    return [
        burden if g else hull([burden, part, min(damages, high_end(part) + lost)])
        for burden, part, g in zip(found.burden, found.part, gone, strict=True)
    ]
