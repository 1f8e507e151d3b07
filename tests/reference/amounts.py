"""Exact numbers, whole fen, and who pays how much of a common debt."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor, isqrt


def number(value: object) -> Fraction | None:
    """The decimal as written."""
    if value is None or isinstance(value, Fraction):
        return value
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def half_up(amount: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return floor(amount + Fraction(1, 2))


def units(weights: list) -> list[int]:
    """Weights in billionths; if all are 0 they count as equal."""
    whole = [half_up(number(w) * 10**9) for w in weights]
    return whole if any(whole) else [1] * len(whole)


def split(total: int, weights: list) -> list[int]:
    """Largest remainder, ties in order."""
    if not weights:
        return []
    w = units(weights)
    whole = sum(w)
    parts = [total * x // whole for x in w]
    order = sorted(range(len(w)), key=lambda i: (-(total * w[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def root(x: Fraction) -> Fraction:
    """The square root to 30 decimals."""
    return Fraction(isqrt(floor(x * 10**60)), 10**30)


def power(x: Fraction, exponent: float) -> Fraction:
    """`x` to the `exponent`, to 40 decimals."""
    if x == 0:
        return Fraction(0)
    with localcontext(prec=60):
        value = (Decimal(x.numerator) / Decimal(x.denominator)) ** Decimal(repr(exponent))
    return round(Fraction(value), 40)


def fill(total: int, caps: list[int], weights: list) -> list[int]:
    """Each pays min(cap, weight·t) with the t that meets `total`; weight 0 pays last, equally."""
    whole = [half_up(number(w) * 10**9) for w in weights]
    paid = [0] * len(caps)
    for last in (False, True):
        still = [i for i, w in enumerate(whole) if (w == 0) == last]
        w = {i: 1 if last else whole[i] for i in still}
        rest = total - sum(paid)
        while still:
            full = [i for i in still if caps[i] * sum(w[j] for j in still) <= rest * w[i]]
            if not full:
                for i, part in zip(still, split(rest, [w[i] for i in still]), strict=True):
                    paid[i] = part
                break
            for i in full:
                paid[i], rest = caps[i], rest - caps[i]
            still = [i for i in still if i not in full]
    return paid
