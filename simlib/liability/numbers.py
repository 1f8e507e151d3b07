"""The numbers that forms of liability are written in: of one case, or of many as arrays.

A form's formula says `numbers.minimum(a, b)` and runs on whole fen in plain Python (`WHOLE`) and
on arrays of them (`simlib.liability.batch.arithmetic`) alike. `N` is an amount [fen], `F` a
fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeVar

from simlib import money
from simlib.liability.collection import pay_together
from simlib.money import exact, half_up

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simlib.case.model import Party
    from simlib.law.rule import Rules
    from simlib.liability.facts import Debtor
    from simlib.liability.setting import Setting

N = TypeVar("N", int, "NDArray[np.int64]")
N_co = TypeVar("N_co", int, "NDArray[np.int64]", covariant=True)
F = TypeVar("F")
F_co = TypeVar("F_co", covariant=True)
F_contra = TypeVar("F_contra", contravariant=True)
T = TypeVar("T")


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


class ClaimNumbers(Protocol[N_co, F_co]):
    """The claim: damages D, what was recovered, what is open, and the loss before own fault."""

    @property
    def damages_fen(self) -> N_co:
        """D, the damages before any recovery."""

    @property
    def recovered_fen(self) -> N_co:
        """What came back already."""

    @property
    def loss_fen(self) -> N_co:
        """The loss that the victim's own fault is taken from."""

    @property
    def own_fault(self) -> F_co:
        """The victim's own fault, in [0, 1)."""


class Facts(Protocol[N, F]):
    """The facts a form measures; of an unknown one an end."""

    @property
    def numbers(self) -> Numbers[N, F]:
        """The arithmetic of these facts."""

    @property
    def claim(self) -> ClaimNumbers[N, F]:
        """The claim."""

    @property
    def rules(self) -> Rules:
        """The choices this decision is made by."""

    def of_case(self, field: str) -> N:
        """Return an amount the case states."""

    def amount(self, party: Party, field: str) -> N:
        """Return an amount stated of a party."""

    def fraction(self, party: Party, field: str) -> F:
        """Return a fraction stated of a party."""

    def cause(self, debtor: Debtor) -> F:
        """Return a debtor's causal force."""

    def gains(self, party: Party) -> N:
        """Direct and indirect gains, apportioned to the claimant's money."""

    def lost_chance(self, party: Party) -> N:
        """Return the chance of recovery that help after the loss cost, before own fault."""

    def proved(self, party: Party, element: str) -> N:
        """1 where an element of liability is proved to the standard, else 0."""


class Point(Protocol[N, F]):
    """One point of the facts: the shares, and what each owes and paid [fen], one a debtor."""

    @property
    def setting(self) -> Setting:
        """Who answers how."""

    @property
    def facts(self) -> Facts[N, F]:
        """The facts."""

    @property
    def units(self) -> Sequence[N]:
        """Internal shares in billionths of `whole`."""

    @property
    def whole(self) -> N:
        """The sum of all units."""

    @property
    def parts(self) -> Sequence[N]:
        """Each one's part of the damages."""

    @property
    def measured(self) -> Sequence[N]:
        """What each one's form measures; 0 where it measures nothing."""

    @property
    def before(self) -> Sequence[N]:
        """What each paid already."""

    @property
    def recovered(self) -> N:
        """What came back already, whoever paid it."""

    @property
    def owed(self) -> N:
        """The claim less what the claimant gave up by releasing a debtor."""

    @property
    def now(self) -> N:
        """What earlier rounds pay."""

    def constant(self, number: int) -> N:
        """Return a number that is the same everywhere."""

    def assets(self, i: int) -> N | None:
        """Return what can be collected from a debtor; None is unlimited."""

    def once(self, make: Callable[[Point[N, F]], T]) -> T:
        """Return what several debtors' amounts share: computed when first asked for, and kept."""


class Whole:
    """Whole fen in plain Python; fractions are read as the decimals written."""

    def minimum(self, one: int, other: int) -> int:
        """See `Numbers`."""
        return min(one, other)

    def maximum(self, one: int, other: int) -> int:
        """See `Numbers`."""
        return max(one, other)

    def above_zero(self, amount: int) -> int:
        """See `Numbers`."""
        return max(0, amount)

    def where(self, flag: int, one: int, other: int) -> int:
        """See `Numbers`."""
        return one if flag else other

    def total(self, amounts: Sequence[int], none: int) -> int:
        """See `Numbers`."""
        return sum(amounts, none)

    def less(self, amount: int, fraction: float | Fraction) -> int:
        """See `Numbers`."""
        return half_up(amount * (1 - exact(fraction)))

    def times(self, amount: int, fraction: float | Fraction) -> int:
        """See `Numbers`."""
        return money.times(amount, fraction)

    def weight(self, fraction: float | Fraction) -> int:
        """See `Numbers`."""
        return money.weight(fraction)

    def weight_less(self, units: int, whole: int, fraction: float | Fraction) -> int:
        """See `Numbers`."""
        return money.weight(Fraction(units, whole) * (1 - exact(fraction)))

    def reaches(self, units: int, whole: int, least: float) -> int:
        """See `Numbers`."""
        return int(units >= exact(least) * whole)

    def split(self, amount: int, units: Sequence[int]) -> list[int]:
        """See `Numbers`."""
        return money.split_units(amount, units)

    def pay_together(self, total: int, caps: Sequence[int], units: Sequence[int]) -> list[int]:
        """See `Numbers`."""
        return pay_together(total, caps, units)


WHOLE = Whole()
