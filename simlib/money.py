"""Exact money: whole fen, decimals read as written, splits and payments that always add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Fen: TypeAlias = int  # an amount of money: whole hundredths of a yuan
Share: TypeAlias = float | Fraction  # a part of a whole, in [0, 1]; a float is read as written
Weight: TypeAlias = float | Fraction  # what parts are in proportion to, ≥ 0
Units: TypeAlias = int  # a share or weight in billionths: what scalar and batch compute with

WEIGHT_UNITS = 10**9  # weights are compared in billionths, so that scalar and batch agree


@lru_cache(4096, typed=True)  # a float equals a fraction that is read otherwise
def exact(number: Weight) -> Fraction:
    """Return the decimal a reader wrote, exactly: `exact(0.1) == Fraction(1, 10)`."""
    return Fraction(number) if isinstance(number, int | Fraction) else Fraction(repr(number))


def half_up(amount: Fraction) -> int:
    """Return the nearest whole number of a non-negative amount, halves upwards."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def times(amount_fen: Fen, factor: Weight) -> Fen:
    """Multiply an amount, halves of a fen upwards; the factor is read as written.

    Examples
    --------
    >>> times(2_500_000, 0.4)
    1000000
    >>> times(100, 0.285)
    29
    """
    return half_up(amount_fen * exact(factor))


def weight(number: Weight) -> Units:
    """Return a share or weight in billionths, halves upwards."""
    return half_up(exact(number) * WEIGHT_UNITS)


def split_units(total_fen: Fen, units: Sequence[Units]) -> list[Fen]:
    """Do what `split` does, for weights that are whole numbers already."""
    whole = sum(units)
    if whole == 0:
        units, whole = [1] * len(units), len(units)
    parts = [total_fen * u // whole for u in units]
    left = total_fen - sum(parts)
    if left:
        by_remainder = sorted(range(len(units)), key=lambda i: -(total_fen * units[i] % whole))
        for i in by_remainder[:left]:
            parts[i] += 1
    return parts


def split(total_fen: Fen, weights: Sequence[Weight]) -> list[Fen]:
    """Divide an amount by weights so that the parts add up to it, to the fen.

    Each part is the exact share rounded down; the fen left over go one each to the largest
    remainders, ties to whoever comes first. Weights that are all 0 count as equal.

    Parameters
    ----------
    total_fen
        the amount, ≥ 0 [fen]
    weights
        one number ≥ 0 a party, read to 10⁻⁹; they need not add up to 1

    Returns
    -------
    list
        one part a weight, in order [fen]

    Raises
    ------
    ValueError
        without weights, or if an amount or a weight is negative

    Examples
    --------
    >>> split(2_500_000, [1, 1, 1])
    [833334, 833333, 833333]
    """
    units = [weight(w) for w in weights]
    if not units or total_fen < 0 or min(units) < 0:
        raise ValueError("split needs an amount and weights that are not negative, at least one")
    return split_units(total_fen, units)


def pay_together(total_fen: int, caps: Sequence[int], units: Sequence[int]) -> list[int]:
    """Return what debtors who pay together pay: each min(cap, share·t), with t as large as needed.

    Who reaches his cap pays the cap; the rest is split by share among the others. A share of 0
    pays last, equally.

    Parameters
    ----------
    total_fen
        what is claimed of them together, ≥ 0 [fen]
    caps
        the most each can and must pay, ≥ 0 [fen]
    units
        shares in billionths, ≥ 0

    Returns
    -------
    list of int
        one payment a debtor [fen]; their sum is `total_fen`, or all the caps
    """
    return _fill(total_fen, caps, units)[0]


def reach_cap(total_fen: int, caps: Sequence[int], units: Sequence[int]) -> set[int]:
    """Return who pays his whole cap in `pay_together` because his share asks for as much or more.

    A part that the largest remainder lifts to the cap is split, not capped.
    """
    return _fill(total_fen, caps, units)[1]


def _fill(total_fen: int, caps: Sequence[int], units: Sequence[int]) -> tuple[list[int], set[int]]:
    """Payments, and who is at his cap: first those with a share, then, equally, the others."""
    paid = [0] * len(caps)
    at_cap: set[int] = set()
    left = min(total_fen, sum(caps))
    weights = [u or 1 for u in units]
    for with_share in (True, False):
        active = [i for i, u in enumerate(units) if bool(u) is with_share]
        while active and left:
            whole = sum(weights[i] for i in active)
            full = [i for i in active if left * weights[i] >= caps[i] * whole]
            if not full:
                parts = split_units(left, [weights[i] for i in active])
                for i, part in zip(active, parts, strict=True):
                    paid[i] = part
                return paid, at_cap
            for i in full:
                paid[i] = caps[i]
                left -= caps[i]
            at_cap.update(full)
            active = [i for i in active if i not in full]
    return paid, at_cap
