"""The numbers that rules are written in: of one case, or of many cases as arrays.

A rule says `numbers.minimum(a, b)` and runs on whole fen in plain Python (`WHOLE`) and on arrays of
them (`simlib.liability.batch.arithmetic`) alike. `N` is an amount [fen], `F` a fraction. A rule
reads what a case states through `Stated`, and what unknown facts leave open through `Facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from simlib import money
from simlib.law.rule import word
from simlib.money import exact, half_up
from simlib.riskbenefit.model_formulas import Real

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simlib.case.model import Case, Party
    from simlib.law.rule import Rules

N = TypeVar("N", int, "NDArray[np.int64]")
F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)
T = TypeVar("T")


class Once(Generic[T]):
    """An attribute computed when it is first read.

    `functools.cached_property` without the lock it takes in Python 3.11, which costs more than
    most of what is computed here.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:  # a method of whatever has it
        self._make, self.__doc__ = make, make.__doc__

    def __get__(self, here: object, _: type) -> T:
        value = here.__dict__[self._make.__name__] = self._make(here)
        return value


class Numbers(Protocol[N, F_contra]):
    """Whole-number arithmetic on amounts [fen] and fractions, to the same fen in both worlds."""

    def minimum(self, one: N, other: N) -> N:
        """Return the smaller of two amounts."""

    def maximum(self, one: N, other: N) -> N:
        """Return the larger of two amounts."""

    def above_zero(self, amount: N) -> N:
        """Return the amount, or 0 where it is negative."""

    def where(self, flag: N, one: N, other: N) -> N:
        """`one` where the flag is not 0, else `other`."""

    def total(self, amounts: Sequence[N], none: N) -> N:
        """Return the sum of some amounts; `none`, a 0, if there are none."""

    def less(self, amount: N, fraction: F_contra) -> N:
        """Return what is left of an amount after a fraction of it, halves of a fen upwards."""

    def times(self, amount: N, fraction: F_contra) -> N:
        """Return a fraction of an amount, halves of a fen upwards."""

    def weight(self, fraction: F_contra) -> N:
        """Return a fraction in billionths, halves upwards."""

    def weight_less(self, units: N, whole: N, fraction: F_contra) -> N:
        """Return what is left of the share units/whole after a fraction of it, in billionths."""

    def reaches(self, units: N, whole: N, least: float) -> N:
        """1 where the share units/whole is at or above a number, else 0."""

    def split(self, amount: N, units: Sequence[N]) -> list[N]:
        """Return the amount by largest remainder; units that are all 0 count as equal."""

    def pay_together(self, total: N, caps: Sequence[N], units: Sequence[N]) -> list[N]:
        """Return what debtors pay together: each min(cap, share·t), with t as large as needed."""

    def anywhere(self, flag: N) -> bool:
        """Tell whether a number is not 0, in any case."""

    def reduced(self, amount: N, kept: N, whole: N) -> N:
        """Return amount·kept/whole, halves of a fen upwards; the amount where `whole` is 0."""

    def apportioned(self, amount: N, part: Fraction) -> N:
        """Return a known part of an amount, halves of a fen upwards."""

    def product(self, one: F_contra, other: F_contra) -> N:
        """Return a product of two fractions in billionths, halves upwards."""

    def weight_of_rest(self, fraction: F_contra, own: F_contra) -> N:
        """Return a fraction of a whole as one of what `own` leaves of it, ≤ 1, in billionths."""

    def joined(
        self, join: Join, ones: Sequence[F_contra], others: Sequence[F_contra]
    ) -> Sequence[N]:
        """Join each x/Σx with its y/Σy, in billionths; parts of a sum of 0 are equal."""


class Join(Protocol):
    """A mean of two numbers, exact or floating, of one case or of many."""

    def __call__(self, one: Real, other: Real, root: Callable[[Real], Real], /) -> Real:
        """Return the mean; `root` is the square root of its numbers."""


class Stated(Protocol[N, F]):
    """What the file of one case states, or the files of many that differ in numbers only."""

    @property
    def numbers(self) -> Numbers[N, F]:
        """The arithmetic of these facts."""

    @property
    def case(self) -> Case:
        """The case, or one of many: for who there is, and for what is the same in all."""

    @property
    def rules(self) -> Rules:
        """The choices this decision is made by."""

    @property
    def no_fraction(self) -> F:
        """The fraction 0."""

    def constant(self, number: int) -> N:
        """Return a number that is the same everywhere."""

    def fact(self, *spot: str | int) -> N:
        """Return an amount of the case by where it stands: its steps."""

    def of(self, party: Party, field: str) -> N:
        """Return an amount stated of a party."""

    def fraction(self, party: Party, field: str) -> F:
        """Return a fraction stated of a party."""

    def flow(self, of: Callable[[Case, str, str], T], party: Party) -> T:
        """Return what a function of `simlib.chain` says of a party's accounts."""


class Whole:
    """Whole fen in plain Python; fractions are read as the decimals written. See `Numbers`."""

    times, weight = staticmethod(money.times), staticmethod(money.weight)
    split, pay_together = staticmethod(money.split_units), staticmethod(money.pay_together)

    def minimum(self, one: int, other: int) -> int:
        """See `Numbers`."""
        return one if one < other else other

    def maximum(self, one: int, other: int) -> int:
        """See `Numbers`."""
        return one if one > other else other

    def anywhere(self, flag: int) -> bool:
        """See `Numbers`."""
        return bool(flag)

    def above_zero(self, amount: int) -> int:
        """See `Numbers`."""
        return amount if amount > 0 else 0

    def where(self, flag: int, one: int, other: int) -> int:
        """See `Numbers`."""
        return one if flag else other

    def total(self, amounts: Sequence[int], none: int) -> int:
        """See `Numbers`."""
        return sum(amounts, none)

    def less(self, amount: int, fraction: float | Fraction) -> int:
        """See `Numbers`."""
        return half_up(amount * (1 - exact(fraction)))

    def weight_less(self, units: int, whole: int, fraction: float | Fraction) -> int:
        """See `Numbers`."""
        return money.weight(Fraction(units, whole) * (1 - exact(fraction)))

    def weight_of_rest(self, fraction: float | Fraction, own: float | Fraction) -> int:
        """See `Numbers`."""
        return money.weight(min(Fraction(1), exact(fraction) / (1 - exact(own))))

    def reaches(self, units: int, whole: int, least: float) -> int:
        """See `Numbers`."""
        return int(units >= exact(least) * whole)

    def reduced(self, amount: int, kept: int, whole: int) -> int:
        """See `Numbers`."""
        return half_up(Fraction(amount * kept, whole)) if whole else amount

    def apportioned(self, amount: int, part: Fraction) -> int:
        """See `Numbers`."""
        return half_up(amount * part)

    def product(self, one: float | Fraction, other: float | Fraction) -> int:
        """See `Numbers`."""
        return money.weight(exact(one) * exact(other))

    def joined(
        self, join: Join, ones: Sequence[float | Fraction], others: Sequence[float | Fraction]
    ) -> list[int]:
        """See `Numbers`."""
        pairs = zip(_parts(ones), _parts(others), strict=True)
        return [money.weight(join(one, other, sqrt)) for one, other in pairs]


WHOLE = Whole()


def _parts(numbers: Sequence[float | Fraction]) -> list[Fraction]:
    """Return each as a part of their sum."""
    known = [exact(number) for number in numbers]
    whole = sum(known)
    return [n / whole for n in known] if whole else [Fraction(1, len(known))] * len(known)


@dataclass(frozen=True, slots=True)
class OneCase:
    """What one case states: see `Stated`."""

    case: Case
    rules: Rules = field(default_factory=dict)
    numbers: ClassVar[Whole] = WHOLE
    no_fraction: ClassVar[float | Fraction] = 0

    def constant(self, number: int) -> int:
        """Return the number."""
        return number

    def fact(self, *spot: str | int) -> int:
        """See `Stated`."""
        value: Any = self.case  # each step is a field or a row
        for step in spot:
            value = value[step] if isinstance(step, int) else getattr(value, step)
        amount: int = value
        return amount

    def of(self, party: Party, field: str) -> int:
        """See `Stated`."""
        stated: int = getattr(party, field)
        return stated

    def fraction(self, party: Party, field: str) -> float | Fraction:
        """See `Stated`."""
        stated: float | Fraction = getattr(party, field)
        return stated

    def flow(self, of: Callable[[Case, str, str], T], party: Party) -> T:
        """See `Stated`."""
        return of(self.case, party.id, word(self.rules, "tracing"))
