"""One point of the unknown facts: from shares to what everybody owes, pays and gets back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from simlib.liability.burden import burdens, carry, jointly_liable, taken_over
from simlib.liability.collection import pay_together
from simlib.liability.recourse import claims
from simlib.money import half_up, split_units

if TYPE_CHECKING:
    from simlib.interval import FenRange, Number, ShareRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.setting import Setting
    from simlib.money import Fen, Units

T = TypeVar("T")
NO_ROOMS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Solution:
    """Amounts for every debtor, in the setting's order [fen]; shares in [0, 1], units in 10⁻⁹.

    `before` is what each paid already, what came back without a known payer included; `outer` what
    each could be held to had nobody paid anything. `recourse` is kind → `[creditor][debtor]`.
    `owed` is the claim less what the claimant gave up by releasing a debtor. `joint` says who is
    jointly liable; None where that is open. `exact` is False where more unknowns enter than are
    searched to their ends: the intervals then hold every value but may be wider than needed.
    """

    units: Sequence[FenRange]
    share: Sequence[ShareRange]
    part: Sequence[FenRange]
    before: Sequence[FenRange]
    exposure: Sequence[FenRange]
    paid: Sequence[FenRange]
    outer: Sequence[FenRange]
    burden: Sequence[FenRange]
    carried: Sequence[FenRange]
    short: Sequence[FenRange]
    recourse: Mapping[str, Sequence[Sequence[FenRange]]]
    received: FenRange
    owed: FenRange
    joint: Sequence[bool | None]
    exact: bool = True


@dataclass(slots=True)
class Point:
    """The shares at one point, and what each pays and owes as the rounds go by [fen].

    `recovered` is all that came back, whoever paid it; `purses` is what each has (None is
    unlimited), `reach` what each owes before the claim limits it.
    """

    setting: Setting
    units: list[Units]
    measured: list[Fen]
    before: list[Fen]
    recovered: Fen
    purses: list[Fen | None]
    parts: list[Fen] = field(default_factory=list)
    owed: Fen = 0
    reach: list[Fen] = field(default_factory=list)
    exposure: list[Fen] = field(default_factory=list)
    paid: list[Fen] = field(default_factory=list)
    now: Fen = 0
    by_principals: Fen = 0
    _kept: dict[object, object] = field(default_factory=dict)

    @property
    def facts(self) -> AtEnd:
        """The facts that do not vary between points."""
        return self.setting.facts

    @property
    def whole(self) -> Units:
        """The sum of all units, 0 only where nobody has a share."""
        return sum(self.units)

    def constant(self, number: int) -> int:
        """Return the number."""
        return number

    def assets(self, i: int) -> Fen | None:
        """Return what is left of a debtor's assets once others' restitution is served [fen].

        Whatever rank the judgment has: a form asks what he could bear in full. None is unlimited.
        """
        return self.purses[i]

    def once(self, make: Callable[[Point], T]) -> T:
        """Return what several debtors' amounts share, computed when first asked for."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return cast(T, self._kept[make])  # each entry was made by the function it is kept under


def evaluate(setting: Setting, point: Sequence[Number]) -> Solution:
    """Compute the amounts at one point of the unknown facts.

    1. shares, and each one's part of the damages; what a release leaves of the claim
    2. round by round: exposures, then what those who are sued pay together
    3. burdens, what each is short of his, and recourse
    """
    here = start(setting, point)
    for rank in setting.ranks:
        group = [i for i, form in enumerate(setting.forms) if form.rank == rank]
        for i in group:
            owe(here, i)
        collect(here, group, payments(here, group))
    return settle(here)


def start(setting: Setting, point: Sequence[Number]) -> Point:
    """Read a point of the unknown facts, before anybody pays."""
    units, measured = setting.box.read(point)
    count = len(setting.debtors)
    if not any(units):  # weights that are all 0 count as equal
        units = [int(i in setting.sharing) for i in range(count)]
    purses = [d.cleared for d in setting.debtors]
    before = _before(setting, units)
    here = Point(setting, units, measured, before, setting.claim.recovered_fen, purses)
    here.parts = setting.leading.parts(here) if any(units) else [0] * count
    here.owed = max(0, setting.claim.fen - _given_up(here))
    here.reach, here.exposure, here.paid = [0] * count, [0] * count, [0] * count
    return here


def _given_up(here: Point) -> Fen:
    """What of the claim the claimant gave up by releasing debtors."""
    return sum(max(0, here.parts[i] - here.before[i]) for i in here.setting.given_up)


def _before(setting: Setting, units: list[Units]) -> list[Fen]:
    """What each paid already; what has no known payer counts as the principals', by share."""
    before = list(setting.known_before)
    heads = setting.heads
    if heads and setting.unknown_before:
        parts = split_units(setting.unknown_before, [units[i] for i in heads])
        for i, part in zip(heads, parts, strict=True):
            before[i] += part
    return before


def owe(here: Point, i: int) -> None:
    """Write down what the claimant can ask of one debtor once earlier rounds have paid [fen]."""
    here.reach[i] = reach(here, i)
    here.exposure[i] = min(here.reach[i], here.owed)


def reach(here: Point, i: int) -> Fen:
    """Return what one debtor owes before the claim limits it [fen]."""
    return _capped(here, i, here.setting.forms[i].exposure)


def _capped(here: Point, i: int, amount: Callable[[Point, int], Fen]) -> Fen:
    """Return an amount of one debtor up to what came into his accounts; none if released."""
    debtor = here.setting.debtors[i]
    if debtor.released:
        return 0
    fen = amount(here, i)
    if debtor.flow_cap is not None:
        fen = min(fen, debtor.flow_cap - here.before[i])
    return max(0, fen)


def unpaid(here: Point) -> Point:
    """Return the point as if nobody had paid anything: what each paid before is his again."""
    purses = [
        None if purse is None else purse + paid
        for purse, paid in zip(here.purses, here.before, strict=True)
    ]
    before = [0] * len(purses)
    nobody = replace(here, before=before, recovered=0, purses=purses, now=0, _kept={})
    nobody.owed = max(0, here.setting.claim.damages_fen - _given_up(nobody))
    forms = here.setting.forms
    nobody.reach = [_capped(nobody, i, form.held_to) for i, form in enumerate(forms)]
    nobody.exposure = [min(most, nobody.owed) for most in nobody.reach]
    return nobody


def payments(
    here: Point, group: Sequence[int], rooms: Mapping[int, Fen] = NO_ROOMS
) -> dict[int, Fen]:
    """Return what each of one round pays when its sued pay together; the unsued pay nothing [fen].

    Parameters
    ----------
    rooms
        debtor → the most he can pay here, where others draw on his assets too [fen]
    """
    setting = here.setting
    sued = [i for i in group if setting.debtors[i].sued]
    owes = [owed_now(here, i) for i in sued]
    total = here.owed - here.now
    if setting.rules["caps"] == "nested" and any(setting.forms[i].capped for i in sued):
        total = min(total, max(owes, default=0))
    caps = []
    for i, owed in zip(sued, owes, strict=True):
        cap = setting.debtors[i].collectable(owed)
        caps.append(min(cap, rooms.get(i, cap)))
    units = [pays_by(here, i) for i in sued]
    first = setting.leading.pay_first(here, sued, caps, total)
    if first is None:
        amounts = pay_together(total, caps, units)
    else:
        own, caps, total = first
        rest = pay_together(total, caps, units)
        amounts = [a + b for a, b in zip(own, rest, strict=True)]
    return dict.fromkeys(group, 0) | dict(zip(sued, amounts, strict=True))


def collect(here: Point, group: Sequence[int], amounts: Mapping[int, Fen]) -> None:
    """Write down what one round pays."""
    for i in group:
        here.paid[i] = amounts[i]
    here.now += sum(amounts.values())
    here.by_principals += sum(here.paid[i] for i in group if here.setting.debtors[i].principal)


def pays_by(here: Point, i: int) -> int:
    """Return what one pays in proportion to: his share, or, outside the loss, what he owes."""
    return here.exposure[i] if here.setting.forms[i].outside else here.units[i]


def owed_now(here: Point, i: int) -> Fen:
    """Return what is left of an exposure, up to a limit if any, once principals paid [fen].

    The rule on partial payment is applied to what he owes before the claim limits it, so that a
    recovery is not counted twice.
    """
    setting, amount = here.setting, here.reach[i]
    if not setting.forms[i].capped:
        return here.exposure[i]
    paid = here.by_principals + sum(here.before[k] for k in setting.heads)
    way, damages = setting.rules["partial_payment"], setting.claim.damages_fen
    if way == "inner":
        amount = max(0, amount - paid)
    if way == "pro_rata" and damages:
        amount = half_up(Fraction(amount * max(0, damages - paid), damages))
    return min(amount, here.owed)


def settle(here: Point) -> Solution:
    """Compute what follows payment: burdens, what each carries of them, and recourse.

    1. what each could be held to outward had nobody paid, and his burden below it
    2. what each carries where others cannot pay theirs (519(3))
    3. what each is short of his burden, and who may recover what from whom
    """
    nobody = unpaid(here)
    outer = nobody.exposure
    own = burdens(here, outer)
    taken = taken_over(here, own, outer)
    burden = [a + b for a, b in zip(own, taken, strict=True)]
    joint = [jointly_liable(here, i) for i in range(len(burden))]
    able = [
        d.able_to(paid, most)
        for d, paid, most in zip(here.setting.debtors, here.before, outer, strict=True)
    ]
    carried = carry(nobody, joint, burden, taken, able)
    done = [p + b for p, b in zip(here.paid, here.before, strict=True)]
    whole = here.whole or 1
    return Solution(
        here.units,
        [u / whole for u in here.units],
        here.parts,
        here.before,
        here.exposure,
        here.paid,
        outer,
        burden,
        carried,
        [max(0, b - p) for b, p in zip(burden, done, strict=True)],
        claims(here, burden, carried, done),
        sum(here.paid),
        here.owed,
        joint,
    )
