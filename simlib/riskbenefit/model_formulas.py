"""The formulas of the model, on numbers of one case or on arrays of many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import prod
from operator import mul
from typing import Any, Protocol, TypeAlias

Real: TypeAlias = Any  # a float, a fraction, or an array of floats: + − × ÷ ** as they have it
MIDDLE = 0.25  # so that three scores of ½ give the multiplicative score ½ as well


class Reals(Protocol):
    """What these formulas need beyond + − × ÷ and powers, on numbers or on arrays of them."""

    def minimum(self, one: Real, other: Real, /) -> Real:
        """Return the smaller of two numbers."""

    def maximum(self, one: Real, other: Real, /) -> Real:
        """Return the larger of two numbers."""

    def where(self, flag: Real, one: Real, other: Real, /) -> Real:
        """`one` where the flag holds, else `other`."""

    def anywhere(self, flag: Real, /) -> bool:
        """Tell whether a flag holds, in any case."""

    def over(self, part: Real, whole: Real, /) -> Real:
        """Return part/whole, 0 where the whole is 0."""


class Plain:
    """Numbers of one case: see `Reals`."""

    def minimum(self, one: Real, other: Real) -> Real:
        """See `Reals`."""
        return min(one, other)

    def maximum(self, one: Real, other: Real) -> Real:
        """See `Reals`."""
        return max(one, other)

    def where(self, flag: Real, one: Real, other: Real) -> Real:
        """See `Reals`."""
        return one if flag else other

    def anywhere(self, flag: Real) -> bool:
        """See `Reals`."""
        return bool(flag)

    def over(self, part: Real, whole: Real) -> Real:
        """See `Reals`."""
        return part / whole if whole else 0 * part


PLAIN = Plain()


def gain(
    gains: tuple[Real, Real],
    indirect: Real,
    part: Real,
    loss: Real,
    half: Real,
    numbers: Reals = PLAIN,
) -> Real:
    """G = g / (g + g½), g = the claimant's part of the gains over the attributable loss.

    Parameters
    ----------
    gains, indirect
        direct and indirect gains, and how much the latter count
    half
        g½, at which G is ½
    """
    earned = gains[0] + indirect * gains[1]
    ratio = numbers.over(earned * part, loss)
    return ratio / (ratio + half)


def attributable(loss: Real, received: Real | None, numbers: Reals = PLAIN) -> Real:
    """Return the loss a gain is measured against: what of it he received, the whole if no card."""
    return loss if received is None else numbers.minimum(received, loss)


def risk(rho: Real, foresight: Real, control: Real, lift: Real, powers: Sequence[Real]) -> Real:
    """R = ρ^a · foresight^b · control′^c; a professional is held to more control, by `lift`."""
    return _powers((rho, foresight, 1 - (1 - control) * (1 - lift)), powers)


def joined(aggregator: str, scores: Sequence[Real], weights: Sequence[Real], floor: Real) -> Real:
    """Z of the scores G, R, C, with the gain lifted by its floor γ."""
    known, *others = scores
    lifted = (floor + (1 - floor) * known, *others)
    if aggregator == "additive":
        return sum(w * s for w, s in zip(weights, lifted, strict=True))
    if aggregator == "multiplicative":
        return prod(lifted) / MIDDLE
    return _powers(lifted, weights)


def raw_share(score: Real, base: Real | None) -> Real:
    """Return the share before cap and floor: base · Z / ½, or Z itself without a base."""
    return score if base is None else base * score / 0.5


def limited(limit: str, raw: Real, floor: Real, cap: Real, numbers: Reals = PLAIN) -> Real:
    """Return the share between the direct `floor` and 1, or below the `cap` of his act, or 1."""
    if limit == "direct":
        return numbers.minimum(1.0, numbers.maximum(floor, raw))
    return numbers.minimum(cap if limit == "capped" else 1.0, raw)


def group_step(
    shares: Sequence[Real], exempt: Sequence[Real], minimum: Real, numbers: Reals = PLAIN
) -> list[Real]:
    """Bring helpers' shares into line with the principals': both steps of the paper's order.

    Shares that sum to more than 1 − `minimum` are scaled down to it; then, in one pass, each
    that is not `exempt` (direct, or in concert) is cut to what is left for the principals.

    Parameters
    ----------
    shares
        one a helper, in [0, 1]
    exempt
        whether he may bear more than the principals
    minimum
        the principals' least share, in [0, 1]

    Returns
    -------
    list of float
        one a helper; the rest, 1 minus their sum, is the principals'
    """
    whole, where = sum(shares), numbers.where
    over = whole > 1 - minimum
    if numbers.anywhere(over):
        by = where(over, whole, 1)
        shares = [where(over, s * (1 - minimum) / by, s) for s in shares]
    left = 1 - sum(shares)
    return [
        where(free, s, numbers.minimum(s, left)) for s, free in zip(shares, exempt, strict=True)
    ]


def _powers(bases: Sequence[Real], powers: Sequence[Real]) -> Real:
    return reduce(mul, (base**power for base, power in zip(bases, powers, strict=True)), 1.0)
