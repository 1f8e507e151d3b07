"""One point of the unknown facts: from shares to what everybody owes, pays and gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from simlib.liability.burden import burdens, jointly_liable, reaches
from simlib.liability.collection import pay_together, recourse
from simlib.money import half_up, split_units, weight

if TYPE_CHECKING:
    from simlib.liability.setting import Setting

NO_ROOMS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Solution:
    """Amounts for every debtor, in the setting's order [fen]; shares in [0, 1], units in 10⁻⁹.

    `before` is what each paid already, what came back without a known payer included. `owed` is the
    claim less what the claimant gave up by releasing a debtor. `joint` says who is jointly liable;
    None where that is open. `exact` is False where more unknowns enter than are searched to their
    ends: the intervals then hold every value but may be wider than needed.
    """

    units: list
    share: list
    part: list
    before: list
    exposure: list
    paid: list
    burden: list
    short: list
    recourse: list[list]
    received: object
    owed: object
    joint: list
    exact: bool = True


@dataclass(slots=True)
class Point:
    """The shares at one point, and what each pays and owes as the rounds go by [fen]."""

    setting: Setting
    units: list[int]
    measured: list[int]
    parts: list[int]
    before: list[int]
    owed: int
    exposure: list[int]
    paid: list[int]
    now: int = 0
    by_principals: int = 0
    several: list[int] = field(default_factory=list)  # hybrid: his part of the other loss
    jointly: int = 0  # hybrid: the economic loss, for which all stand

    @property
    def whole(self) -> int:
        """The sum of all units, 0 only where nobody is liable."""
        return sum(self.units)


def evaluate(setting: Setting, point: list) -> Solution:
    """The amounts at one point of the unknown facts.

    1. shares, and each one's part of the damages; what a release leaves of the claim
    2. round by round: exposures, then what those who are sued pay together
    3. burdens, what each is short of his, and recourse
    """
    here = start(setting, point)
    realloc = reallocated(here) if setting.has("realloc") else None
    for rank in setting.ranks:
        group = [i for i, form in enumerate(setting.forms) if form.rank == rank]
        for i in group:
            here.exposure[i] = exposure(here, i, realloc)
        collect(here, group, payments(here, group))
    return settle(here)


def start(setting: Setting, point: list) -> Point:
    """A point of the unknown facts, before anybody pays."""
    units, measured = setting.box.read(point)
    count = len(setting.debtors)
    units = units if any(units) else [1] * count  # weights that are all 0 count as equal
    parts = _parts(setting, units) if count else []
    paid_before = _before(setting, units)
    given_up = sum(
        max(0, part - before)
        for d, part, before in zip(setting.debtors, parts, paid_before, strict=True)
        if d.released
    )
    owed = max(0, setting.claim.fen - given_up)
    here = Point(setting, units, measured, parts, paid_before, owed, [0] * count, [0] * count)
    if setting.has("hybrid"):
        here.several, here.jointly = _two_losses(here)
    return here


def _parts(setting: Setting, units: list[int]) -> list[int]:
    """Each one's part of the damages; of two kinds of loss, his parts of both together."""
    damages = setting.claim.damages_fen
    if not setting.has("hybrid"):
        return split_units(damages, units)
    other = setting.noneconomic_fen
    pairs = zip(split_units(damages - other, units), split_units(other, units), strict=True)
    return [a + b for a, b in pairs]


def _before(setting: Setting, units: list[int]) -> list[int]:
    """What each paid already; what has no known payer counts as the principals', by share."""
    before = list(setting.known_before)
    heads = [i for i, d in enumerate(setting.debtors) if d.principal]
    if heads and setting.unknown_before:
        parts = split_units(setting.unknown_before, [units[i] for i in heads])
        for i, part in zip(heads, parts, strict=True):
            before[i] += part
    return before


def exposure(here: Point, i: int, realloc: list[int] | None) -> int:
    """What the claimant can ask of one debtor once earlier rounds have paid [fen]."""
    setting = here.setting
    form, debtor, before = setting.forms[i], setting.debtors[i], here.before[i]
    if form.measure == "nothing" or debtor.released:
        return 0
    amount = _amount(here, i, realloc)
    if debtor.flow_cap is not None:
        amount = min(amount, debtor.flow_cap - before)
    return max(0, min(amount, here.owed))


def _amount(here: Point, i: int, realloc: list[int] | None) -> int:
    """What the form gives, before the flow cap and never mind the claim."""
    measure, before = here.setting.forms[i].measure, here.before[i]
    if measure == "claim" or (measure == "threshold" and reaches(here, i)):
        return here.owed
    if measure in ("share", "score", "threshold"):
        return here.parts[i] - before
    if measure in ("limit", "gain", "enlarged", "chance"):
        return here.measured[i] - before
    if measure == "rest":
        return here.owed - here.now
    if measure == "limited_rest":
        return min(here.measured[i] - before, here.owed - here.now)
    if measure == "realloc":
        return realloc[i] - before
    if measure == "hybrid":
        return here.jointly + here.several[i]
    return here.owed if here.setting.measures[i].value else 0  # proof


def reallocated(here: Point) -> list[int]:
    """Everyone's part of the whole loss once what a purse cannot meet is spread again.

    The claimant takes part with her own fault, and can bear all. Who is not sued is not thereby
    unable; who was released takes no part: his own part is the claimant's. Parts are before what
    each already paid.
    """
    setting, whole = here.setting, whole_loss(here)
    gone = [d.released for d in setting.debtors]
    purses = [
        0 if out else whole if d.assets is None else d.assets + before
        for d, before, out in zip(setting.debtors, here.before, gone, strict=True)
    ]
    kept = 1 - setting.own_fault
    units = [
        0 if out else weight(Fraction(u, here.whole) * kept)
        for u, out in zip(here.units, gone, strict=True)
    ]
    return pay_together(whole, [*purses, whole], [*units, weight(setting.own_fault)])[:-1]


def whole_loss(here: Point) -> int:
    """The loss that is spread again: before the claimant's own fault, less released parts [fen]."""
    setting, whole = here.setting, here.setting.case.loss_fen
    if setting.rules["deduction"] == "restitution_first":
        whole = max(0, whole - setting.claim.recovered.value)
    given_up = sum(p for p, d in zip(here.parts, setting.debtors, strict=True) if d.released)
    return max(0, whole - given_up)


def _two_losses(here: Point) -> tuple[list[int], int]:
    """What each owes severally of the non-economic loss, and what all owe of the economic one.

    A payment discharges the payer's own several part first; what goes beyond it, and a recovery
    nobody is credited with, reduces the economic part. So does a released debtor's part of that.
    """
    setting = here.setting
    if not here.units:
        return [], 0
    parts = split_units(setting.noneconomic_fen, here.units)
    pairs = list(zip(parts, here.before, strict=True))
    several = [max(0, part - before) for part, before in pairs]
    spilt = [max(0, before - part) for part, before in pairs]
    credited = sum(here.before)
    counts = setting.rules["deduction"] == "liability_first"
    loose = max(0, setting.claim.recovered.value - credited) if counts else 0
    economic = setting.claim.damages_fen - setting.noneconomic_fen
    given_up = sum(
        max(0, part - gone)
        for d, part, gone in zip(
            setting.debtors, split_units(economic, here.units), spilt, strict=True
        )
        if d.released
    )
    return several, max(0, economic - sum(spilt) - loose - given_up)


def payments(here: Point, group: list[int], rooms: Mapping[int, int] = NO_ROOMS) -> dict[int, int]:
    """What each of one round pays when its sued pay together; the unsued pay nothing [fen].

    Parameters
    ----------
    rooms
        debtor → the most he can pay here, where others draw on his assets too [fen]
    """
    setting = here.setting
    sued = [i for i in group if setting.debtors[i].sued]
    reach = [owed_now(here, i) for i in sued]
    total = here.owed - here.now
    if setting.rules["caps"] == "nested" and any(setting.forms[i].capped for i in sued):
        total = min(total, max(reach, default=0))
    caps = [
        e if setting.debtors[i].assets is None else min(e, setting.debtors[i].assets)
        for i, e in zip(sued, reach, strict=True)
    ]
    caps = [min(cap, rooms.get(i, cap)) for i, cap in zip(sued, caps, strict=True)]
    if here.several:
        amounts = _first_severally(here, sued, caps, total)
    else:
        amounts = pay_together(total, caps, [here.units[i] for i in sued])
    return dict.fromkeys(group, 0) | dict(zip(sued, amounts, strict=True))


def collect(here: Point, group: list[int], amounts: Mapping[int, int]) -> None:
    """Write down what one round pays."""
    for i in group:
        here.paid[i] = amounts[i]
    here.now += sum(amounts.values())
    here.by_principals += sum(here.paid[i] for i in group if here.setting.debtors[i].principal)


def _first_severally(here: Point, sued: list[int], caps: list[int], total: int) -> list[int]:
    """Each his own several part first, then the economic loss together, by share."""
    units = [here.units[i] for i in sued]
    several = [min(cap, here.several[i]) for i, cap in zip(sued, caps, strict=True)]
    own = pay_together(total, several, units)
    left = min(here.jointly, total - sum(own))
    room = [cap - part for cap, part in zip(caps, own, strict=True)]
    joint = pay_together(max(0, left), room, units)
    return [a + b for a, b in zip(own, joint, strict=True)]


def owed_now(here: Point, i: int) -> int:
    """What is left of an exposure, up to a limit where there is one, once principals paid [fen]."""
    setting, exposure = here.setting, here.exposure[i]
    if not setting.forms[i].capped:
        return exposure
    paid = here.by_principals + sum(
        before for d, before in zip(setting.debtors, here.before, strict=True) if d.principal
    )
    way, damages = setting.rules["partial_payment"], setting.claim.damages_fen
    if way == "inner":
        return max(0, exposure - paid)
    if way == "pro_rata" and damages:
        return half_up(Fraction(exposure * max(0, damages - paid), damages))
    return exposure


def settle(here: Point) -> Solution:
    """What follows payment: burdens, what each is short of his, and recourse."""
    units = here.units
    joint = [jointly_liable(here, i) for i in range(len(units))]
    burden = burdens(here, joint)
    done = [p + b for p, b in zip(here.paid, here.before, strict=True)]
    short = [max(0, b - p) for b, p in zip(burden, done, strict=True)]
    excess = [max(0, p - b) for b, p in zip(burden, done, strict=True)]
    return Solution(
        units,
        [u / here.whole for u in units],
        here.parts,
        here.before,
        here.exposure,
        here.paid,
        burden,
        short,
        recourse(excess, short),
        sum(here.paid),
        here.owed,
        joint,
    )
