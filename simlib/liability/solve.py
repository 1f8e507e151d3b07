"""One point of the unknown facts: from shares to what everybody owes, pays and gets back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from simlib.liability.after_payment import burdens, carry, claims, jointly_liable, taken_over
from simlib.liability.facts import due
from simlib.liability.numbers import WHOLE, F, N, Once
from simlib.liability.records import Solution

if TYPE_CHECKING:
    from simlib.interval import FenRange, Number
    from simlib.liability.numbers import Numbers
    from simlib.liability.records import Debtor, Facts, Setting
    from simlib.money import Fen, Units

T = TypeVar("T")
NO_ROOMS: Mapping[int, Any] = MappingProxyType({})  # of amounts of either world


class Point(Generic[N, F]):
    """The shares at one point of the facts, and what each pays and owes as the rounds go by [fen].

    One point of one case, or one point of each of many cases. A list has one entry a debtor. What
    is not asked for is not computed: what the claimant receives needs no split among who pays.

    Attributes
    ----------
    rounds
        those that have paid
    now
        what they pay
    reach, exposure
        what each owes before the claim limits it, and after; of rounds that have begun
    owes
        what is left of an exposure as his round begins, before those in it pay; of the same rounds
    """

    def __init__(self, setting: Setting, facts: Facts[N, F]) -> None:
        self.setting = setting
        self.facts: Facts[N, F] = facts
        self.numbers: Numbers[N, F] = facts.numbers
        self.none: N = facts.constant(0)
        self.rounds: list[Round[N, F]] = []
        self.now: N = self.none
        self.reach: list[N] = [self.none] * len(setting.debtors)
        self.exposure: list[N] = [self.none] * len(setting.debtors)
        self.owes: list[N] = [self.none] * len(setting.debtors)
        self._kept: dict[object, object] = {}

    def constant(self, number: int) -> N:
        """Return a number that is the same everywhere."""
        return self.facts.constant(number)

    @Once
    def units(self) -> Sequence[N]:
        """Internal shares in billionths of `whole`."""
        raise NotImplementedError

    @Once
    def measured(self) -> Sequence[N]:
        """What each one's form measures; 0 where it measures nothing."""
        raise NotImplementedError

    def known_before(self) -> tuple[Sequence[N], N]:
        """Return what each is known to have paid already, and what came back from nobody known."""
        raise NotImplementedError

    def assets(self, i: int) -> N | None:
        """Return what is left of a debtor's assets once others' restitution is served [fen].

        Whatever rank the judgment has: a form asks what he could bear in full. None is unlimited.
        """
        means = self.facts.means(self.setting.debtors[i])
        return None if means is None else means.cleared

    def once(self, make: Callable[[Any], T]) -> T:  # makers ask for their own kind of point
        """Return what several debtors' amounts share, computed when first asked for."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return cast(T, self._kept[make])  # each entry was made by the function it is kept under

    @Once
    def whole(self) -> N:
        """The sum of all units, 0 only where nobody has a share."""
        return self.numbers.total(self.units, self.none)

    @Once
    def recovered(self) -> N:
        """What came back already, whoever paid it."""
        return self.facts.claim.recovered_fen

    @Once
    def before(self) -> Sequence[N]:
        """What each paid already; what has no known payer counts as the principals', by share."""
        known, anonymous = self.known_before()
        heads = self.setting.heads
        if not heads or not self.numbers.anywhere(anonymous):
            return known
        before = list(known)
        parts = self.numbers.split(anonymous, [self.units[i] for i in heads])
        for i, part in zip(heads, parts, strict=True):
            before[i] = before[i] + part
        return before

    @Once
    def parts(self) -> Sequence[N]:
        """Each one's part of the damages."""
        if not self.setting.sharing:
            return [self.none] * len(self.units)
        return self.setting.leading.parts(self)

    @Once
    def dues(self) -> Sequence[N]:
        """What own fault leaves of each one's part where it lets off the negligent alone."""
        pairs = zip(self.setting.debtors, self.parts, strict=True)
        return [due(debtor, self.facts, part) for debtor, part in pairs]

    @Once
    def owed(self) -> N:
        """The claim less what the claimant gave up by releasing debtors."""
        return less_given_up(self, self.facts.claim.fen)

    @property
    def paid(self) -> list[N]:
        """What each pays."""
        paid = [self.none] * len(self.setting.debtors)
        for each in self.rounds:
            for i, amount in zip(each.sued, each.amounts, strict=True):
                paid[i] = amount
        return paid

    @property
    def by_principals(self) -> N:
        """What the principals of the rounds that have paid pay."""
        return self.numbers.total([each.by_principals for each in self.rounds], self.none)

    @property
    def received(self) -> N:
        """What the claimant receives."""
        return self.numbers.total([each.sum for each in self.rounds], self.none)


class Round(Generic[N, F]):
    """Those who pay in the same round.

    Attributes
    ----------
    sued
        places of those who pay: the unsued pay nothing
    caps, total
        the most each can and must pay, and what they are asked for together [fen]
    own
        what each pays ahead of that, if a form has him [fen]
    """

    def __init__(
        self,
        here: Point[N, F],
        sued: Sequence[int],
        caps: Sequence[N],
        total: N,
        own: Sequence[N] = (),
    ) -> None:
        self.here: Point[N, F] = here
        self.sued = sued
        self.caps: Sequence[N] = caps
        self.total: N = total
        self.own: Sequence[N] = own

    @classmethod
    def of(cls, here: Point[N, F], amounts: Mapping[int, N]) -> Round[N, F]:
        """Return a round in which each pays what others have found he pays: debtor → fen."""
        made = cls(here, list(amounts), [], here.none)
        made.amounts = list(amounts.values())
        made.sum = here.numbers.total(made.amounts, here.none)
        return made

    @Once
    def sum(self) -> N:
        """What they pay in all."""
        numbers, none = self.here.numbers, self.here.none
        paid = numbers.minimum(self.total, numbers.total(self.caps, none))
        return paid + numbers.total(self.own, none) if self.own else paid

    @Once
    def amounts(self) -> Sequence[N]:
        """What each of them pays."""
        if not self.sued:
            return []
        units = [pays_by(self.here, i) for i in self.sued]
        amounts = self.here.numbers.pay_together(self.total, self.caps, units)
        if not self.own:
            return amounts
        return [a + b for a, b in zip(self.own, amounts, strict=True)]

    @property
    def by_principals(self) -> N:
        """What the principals among them pay."""
        heads = [self.here.setting.debtors[i].principal for i in self.sued]
        if all(heads):
            return self.sum
        paid = [fen for fen, head in zip(self.amounts, heads, strict=True) if head]
        return self.here.numbers.total(paid, self.here.none)


class WholePoint(Point[int, float | Fraction]):
    """One point of one case, in whole fen.

    `returned` is what each paid before, where it counts as his again.
    """

    def __init__(
        self,
        setting: Setting,
        units: Sequence[Units],
        measured: Sequence[Fen],
        returned: Sequence[Fen] = (),
    ) -> None:
        super().__init__(setting, setting.facts)
        self.units, self.measured, self.returned = units, measured, returned

    def known_before(self) -> tuple[Sequence[Fen], Fen]:
        """Return what the setting knows of it."""
        return self.setting.known_before, self.setting.unknown_before

    def assets(self, i: int) -> Fen | None:
        """Return what is left of a debtor's assets, what he paid before among them if returned."""
        assets = self.setting.debtors[i].cleared
        return assets + self.returned[i] if self.returned and assets is not None else assets


# ---------------------------------------------------------------- rules, for one case or many


def pay_all(here: Point[N, F]) -> None:
    """Go through all rounds: exposures, then what those who are sued pay together."""
    for group in here.setting.rounds.values():
        begin(here, group)
        here.rounds.append(asked(here, group))


def begin(here: Point[N, F], group: Sequence[int]) -> None:
    """Begin a round: write down what the claimant can ask of each who is in it."""
    if here.rounds:
        here.now = here.received
    for i in group:
        here.reach[i] = reach(here, i, here.setting.forms[i].exposure)
        here.exposure[i] = here.numbers.minimum(here.reach[i], here.owed)
        here.owes[i] = owed_now(here, i)


def reach(here: Point[N, F], i: int, amount: Callable[[Point[N, F], int], N]) -> N:
    """Return what one debtor owes before the claim limits it; nothing if released.

    An amount up to what caps it, less what he paid himself.
    """
    debtor = here.setting.debtors[i]
    if debtor.released:
        return here.none
    fen = amount(here, i)
    cap = here.facts.own_part(debtor)
    if cap is not None:
        fen = here.numbers.minimum(fen, cap - here.before[i])
    return here.numbers.above_zero(fen)


def less_given_up(here: Point[N, F], claimed: N) -> N:
    """Return what is left of a claim once the claimant gave up parts by releasing debtors."""
    above_zero, gone = here.numbers.above_zero, here.setting.given_up
    if not gone:
        return claimed
    parts = [above_zero(here.dues[i] - here.before[i]) for i in gone]
    return above_zero(claimed - here.numbers.total(parts, here.none))


def asked(
    here: Point[N, F], group: Sequence[int], rooms: Mapping[int, N] = NO_ROOMS
) -> Round[N, F]:
    """Return what those of one round who are sued are asked for together.

    Parameters
    ----------
    rooms
        debtor → the most he can pay here, where others draw on his assets too [fen]
    """
    setting, numbers = here.setting, here.numbers
    sued = [i for i in group if setting.debtors[i].sued]
    owes = [here.owes[i] for i in sued]
    total = here.owed - here.now
    if setting.rules["caps"] == "nested" and any(setting.forms[i].capped for i in sued):
        total = numbers.minimum(total, reduce(numbers.maximum, owes))
    caps = []
    for i, fen in zip(sued, owes, strict=True):
        means = here.facts.means(setting.debtors[i])
        cap = fen if means is None else means.collectable(fen)
        caps.append(numbers.minimum(cap, rooms[i]) if i in rooms else cap)
    outside = all(setting.forms[i].outside for i in group)
    first = None if outside else setting.leading.pay_first(here, sued, caps, total)
    if first is None:
        return Round(here, sued, caps, total)
    own, caps, total = first
    return Round(here, sued, caps, total, own)


def pays_by(here: Point[N, F], i: int) -> N:
    """Return what one pays in proportion to: his share, or, outside the loss, what he owes."""
    return here.exposure[i] if here.setting.forms[i].outside else here.units[i]


def owed_now(here: Point[N, F], i: int) -> N:
    """Return what is left of an exposure, up to a limit if any, once principals paid.

    The rule on partial payment is applied to what he owes before the claim limits it, so that a
    recovery is not counted twice.
    """
    setting, numbers, amount = here.setting, here.numbers, here.reach[i]
    way, damages = setting.rules["partial_payment"], here.facts.claim.damages_fen
    if not setting.forms[i].capped or way == "outer":
        return here.exposure[i]
    met = [here.before[k] for k in setting.heads]
    met.append(here.by_principals)
    paid = numbers.total(met, here.none)
    if way == "inner":
        amount = numbers.above_zero(amount - paid)
    else:
        amount = numbers.reduced(amount, numbers.above_zero(damages - paid), damages)
    return numbers.minimum(amount, here.owed)


def equal_if_none(units: Sequence[N], setting: Setting, numbers: Numbers[N, F]) -> Sequence[N]:
    """Return the units; where all of them are 0, those who have a share count as equal."""
    flat: Any = reduce(add, units) == 0 if units else False  # a comparison gives no amount
    if not numbers.anywhere(flat):
        return units
    equal: list[Any] = [int(i in setting.sharing) for i in range(len(units))]  # of any column
    return [numbers.where(flat, one, unit) for one, unit in zip(equal, units, strict=True)]


# ---------------------------------------------------------------- one case


def evaluate(setting: Setting, point: Sequence[Number]) -> Solution:
    """Compute the amounts at one point of the unknown facts.

    1. shares, and each one's part of the damages; what a release leaves of the claim
    2. round by round: exposures, then what those who are sued pay together
    3. burdens, what each is short of his, and recourse
    """
    if setting.pieces is not None:
        return setting.pieces.evaluate(setting, point)
    here = start(setting, point)
    pay_all(here)
    return settle(here)


def start(setting: Setting, point: Sequence[Number]) -> WholePoint:
    """Read a point of the unknown facts, before anybody pays."""
    units, measured = setting.box.read(point)
    return WholePoint(setting, equal_if_none(units, setting, WHOLE), measured)


def unpaid(here: WholePoint) -> WholePoint:
    """Return the point as if nobody had paid anything: what each paid before is his again."""
    nobody = WholePoint(here.setting, here.units, here.measured, here.before)
    nobody.before, nobody.recovered, nobody.parts = [0] * len(here.units), 0, here.parts
    nobody.dues = here.dues
    nobody.owed = less_given_up(nobody, here.setting.claim.damages_fen)
    forms = here.setting.forms
    nobody.reach = [reach(nobody, i, form.held_to) for i, form in enumerate(forms)]
    nobody.exposure = [min(most, nobody.owed) for most in nobody.reach]
    return nobody


def settle(here: WholePoint, carriers: Sequence[Debtor] = ()) -> Solution:
    """Compute what follows payment: burdens, what each carries of them, and recourse.

    1. what each could be held to outward had nobody paid, and his burden below it
    2. what each carries where others cannot pay theirs (519(3))
    3. what each is short of his burden, and who may recover what from whom

    Parameters
    ----------
    carriers
        the debtors with what they have to carry a part, if that is not what they pay from
    """
    nobody = unpaid(here)
    outer = nobody.exposure
    own = burdens(here, outer)
    taken = taken_over(here, own, outer)
    burden = [a + b for a, b in zip(own, taken, strict=True)]
    joint = [jointly_liable(here, i) for i in range(len(burden))]
    able = [
        d.able_to(paid, most, here.owed)
        for d, paid, most in zip(carriers or here.setting.debtors, here.before, outer, strict=True)
    ]
    carried = carry(nobody, joint, burden, taken, able)
    paid = here.paid
    done = [p + b for p, b in zip(paid, here.before, strict=True)]
    recourse = claims(here, burden, carried, done)
    open_ = here.owed > sum(paid)
    sought = [open_ or _named(recourse, i) for i in range(len(paid))]
    whole = here.whole or 1
    return Solution(
        here.units,
        [u / whole for u in here.units],
        here.parts,
        here.dues,
        here.before,
        here.exposure,
        paid,
        outer,
        burden,
        carried,
        [max(0, b - p) if s else 0 for b, p, s in zip(burden, done, sought, strict=True)],
        recourse,
        sum(paid),
        here.owed,
        joint,
    )


def closed(solution: Solution) -> Solution:
    """Return what a piece comes to once nothing of it is open: short is whom recourse names."""
    short = [s if _named(solution.recourse, i) else 0 for i, s in enumerate(solution.short)]
    return replace(solution, short=short)


def _named(recourse: Mapping[str, Sequence[Sequence[FenRange]]], i: int) -> bool:
    """Tell whether others may recover anything from a debtor."""
    return any(row[i] for rows in recourse.values() for row in rows)
