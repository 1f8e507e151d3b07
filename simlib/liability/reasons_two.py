"""The reasons of two modes of foreign law: shares spread again, and two kinds of loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end, hull, low_end
from simlib.liability.solve import reallocated, start, whole_loss
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.liability.reasons import Reasons


def spread_again(reasons: Reasons, i: int) -> tuple[Trace, ...]:
    """His part of the whole loss once what no purse meets is spread again, the claimant's too."""
    setting = reasons.setting
    own = setting.claim.damages.children[-1]
    if setting.box.axes:
        value, rests = _plus_before(reasons, i), (reasons.weights, own)
        rule = "reallocated.open"
    else:
        value, rule = reallocated(start(setting, []))[i], "reallocated.filled"
        rests = (_whole(reasons), reasons.weights, own, _purses(reasons))
    return (Trace("reallocated", value, "fen", rule, rests, party=reasons.ids[i]),)


def _plus_before(reasons: Reasons, i: int) -> object:
    value, before = reasons.solution.exposure[i], reasons.solution.before[i]
    return hull([low_end(value), high_end(value) + high_end(before)])


def _whole(reasons: Reasons) -> Trace:
    """The loss that is spread, less what came back (where that counts first) and less releases."""
    claim, setting = reasons.setting.claim, reasons.setting
    loss = Trace("loss", setting.case.loss_fen, "fen", source="case:loss_fen")
    first = setting.rules["deduction"] == "restitution_first"
    given = [p for p, d in zip(reasons.parts, setting.debtors, strict=True) if d.released]
    if not first and not given:
        return loss
    rests = (loss, *([claim.recovered] if first else []), *given)
    return Trace("loss_left", whole_loss(start(setting, [])), "fen", "loss_left", rests)


def _purses(reasons: Reasons) -> Trace:
    """What each could bear at most: his assets and what he paid before."""
    nodes = tuple(_purse(reasons, k) for k in range(len(reasons.ids)))
    return Trace("purses", len(nodes), "", "purses", nodes)


def _purse(reasons: Reasons, k: int) -> Trace:
    debtor, before = reasons.setting.debtors[k], reasons.solution.before[k]
    if debtor.released:
        return Trace("purse", 0, "fen", "purse.released", (reasons.released(k),), party=debtor.id)
    value = None if debtor.assets is None else debtor.assets + before
    rests = (reasons.assets(k), *reasons.before(k))
    return Trace("purse", value, "fen", "purse.sum", rests, party=debtor.id)


def lost_twice(reasons: Reasons, i: int) -> tuple[Trace, ...]:
    """The economic loss, for which all stand, and his own part of the other."""
    setting = reasons.setting
    if setting.box.axes:
        return (economic_step(reasons), noneconomic_step(reasons), reasons.weights)
    here, other = start(setting, []), noneconomic_step(reasons)
    rests = (other, reasons.weights, *reasons.before(i))
    several = Trace(
        "several_part", here.several[i], "fen", "several_part", rests, party=reasons.ids[i]
    )
    economic = economic_step(reasons)
    gone = economic.value - here.jointly
    below = (setting.claim.recovered, other, reasons.weights)
    paid = Trace("economic_gone", gone, "fen", "economic_gone", below)
    joint = Trace("joint_part", here.jointly, "fen", "joint_part.left", (economic, paid))
    return joint, several


def noneconomic_step(reasons: Reasons) -> Trace:
    """The damages that are not economic."""
    case, own = reasons.setting.case, reasons.setting.claim.damages.children[-1]
    stated = Trace(
        "loss_noneconomic", case.loss_noneconomic_fen, "fen", source="case:loss_noneconomic_fen"
    )
    value = reasons.setting.noneconomic_fen
    return Trace("noneconomic", value, "fen", "noneconomic.less-own-fault", (stated, own))


def economic_step(reasons: Reasons) -> Trace:
    """The damages that are economic."""
    damages, other = reasons.setting.claim.damages, noneconomic_step(reasons)
    value = damages.value - other.value
    return Trace("economic", value, "fen", "economic.rest", (damages, other))
