"""From a setting to amounts, at one point of the unknown facts.

Equal inputs give equal integers: everything here is whole fen and billionths.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.liability.collection import pay_together, recourse, respread
from simlib.liability.forms import CAPPED_JOINT
from simlib.money import half_up, split_units

if TYPE_CHECKING:
    from simlib.liability.setting import Setting


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
