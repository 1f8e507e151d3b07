"""Where along an edge of the box amounts turn: points that no corner shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.interval import Interval, Number, high_end
from simlib.liability.facts import own_fault_against
from simlib.liability.solve import start
from simlib.liability.unknown_facts import fineness
from simlib.money import WEIGHT_UNITS

if TYPE_CHECKING:
    from simlib.liability.records import Setting

Corner: TypeAlias = tuple[Number, ...]  # a value of each unknown fact
MOST_EDGES = 12  # places looked at where the set of answerers changes


def turns(setting: Setting, corners: list[Corner]) -> list[Corner]:
    """Return the points on the edges from these corners at which a form or a rule turns."""
    everybody = tuple(range(len(setting.debtors)))
    if setting.pieces is not None:
        groups = dict.fromkeys(of.piece.members for of in setting.pieces.low(setting))
        found = [p for group in groups for p in _kinks(setting, corners, group)]
        found += [p for group in groups for p in _nothing_left(setting, corners, group)]
        return found + _cuts(setting, corners)
    found = _kinks(setting, corners, everybody)
    found += _under_the_largest(setting, corners + found)
    return found + _nothing_left(setting, corners, everybody)


def _cuts(setting: Setting, corners: list[Corner]) -> list[Corner]:
    """Where an unknown amount moves the cut: at and beside where who answers for it changes."""
    pieces = setting.pieces
    axes = pieces.last_axes if pieces else ()
    points: list[Corner] = []
    for corner in corners if axes else ():
        for edge in pieces.cut.edges()[:MOST_EDGES] if pieces else ():
            for axis in axes:
                of = setting.box.axes[axis]
                near = (edge - 1, edge, edge + 1)
                points += [
                    (*corner[:axis], x, *corner[axis + 1 :]) for x in near if of.low <= x <= of.high
                ]
    return list(dict.fromkeys(points))


def _kinks(setting: Setting, corners: list[Corner], among: tuple[int, ...]) -> list[Corner]:
    """Where the model's group step turns: a score as large as what it leaves to the principals.

    Beyond that it is cut, so that a larger score is worth less; and beyond 1 − p_min together all
    are scaled. Only where scores can be so large.
    """
    scored = {i: each.share for i, each in setting.assessed.items() if i in among}
    highs = [high_end(v) for v in scored.values()]
    if not highs or sum(highs) + max(highs) <= 1:
        return []
    own, minimum = [a.owner for a in setting.box.axes], setting.regime.value("p_min")
    points: list[Corner] = []
    for axis, owner in enumerate(own):
        if owner not in scored:
            continue
        low, high = setting.box.axes[axis].low, setting.box.axes[axis].high
        for corner in corners:
            values: dict[int, Number] = {
                i: v for i, v in scored.items() if not isinstance(v, Interval)
            }
            values |= {o: x for o, x in zip(own, corner, strict=True) if o in scored}
            others = sum(values.values()) - values[owner]
            for turn in ((1 - others) / 2, 1 - minimum - others):
                if low < turn < high:
                    points.append((*corner[:axis], turn, *corner[axis + 1 :]))
    return points


def _nothing_left(setting: Setting, corners: list[Corner], among: tuple[int, ...]) -> list[Corner]:
    """Where a court's parts leave nothing to the principals: there, and just below.

    Beyond that all parts count in proportion, so that a larger one takes from the others. However
    little is left, several principals stand for it by their shares; of nothing they pay alike.
    """
    fixed = [form.fixes_share and i in among for i, form in enumerate(setting.forms)]
    if not any(fixed):
        return []
    fine, own_fault = fineness(setting.forms, len(setting.heads)), setting.claim.own_fault
    kept = [1 - own_fault_against(d, setting.facts, own_fault) for d in setting.debtors]
    points: list[Corner] = []
    for corner in corners:
        units = [unit // fine for unit in setting.box.read(corner)[0]]
        left = WEIGHT_UNITS - sum(unit for unit, own in zip(units, fixed, strict=True) if own)
        for axis, of in enumerate(setting.box.axes):
            for unit in (left + units[of.owner] - 1, left + units[of.owner]):
                value = float(unit * kept[of.owner] / WEIGHT_UNITS)
                if fixed[of.owner] and of.low <= value <= of.high:
                    points.append((*corner[:axis], value, *corner[axis + 1 :]))
    return list(dict.fromkeys(points))


def _under_the_largest(setting: Setting, corners: list[Corner]) -> list[Corner]:
    """Where nested caps turn: an open limit as large as another, which all together pay up to.

    Below it a larger one takes from the others' payments, above it it adds to the sum.
    """
    if setting.rules["caps"] != "nested":
        return []
    open_ = [
        place
        for place, axis in enumerate(setting.box.axes)
        if setting.forms[axis.owner].capped and axis.fen
    ]
    points: list[Corner] = []
    for corner in corners if open_ else ():
        here = start(setting, corner)
        sizes = {m - b for m, b in zip(here.measured, here.before, strict=True)}
        sizes |= {d.own_part - b for d, b in zip(setting.debtors, here.before, strict=True)
                  if d.own_part is not None}  # fmt: skip
        for size in sizes:
            for moved in (open_, *([axis] for axis in open_)):
                point = list(corner)
                for axis in moved:
                    of = setting.box.axes[axis]
                    turn = size + here.before[of.owner]
                    point[axis] = max(of.low, min(of.high, turn))
                points.append(tuple(point))
    return list(dict.fromkeys(points))
