"""Helpers' shares next to the principals': the step after every share by itself is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.money import Share


def group_step(shares: Sequence[Share], exempt: Sequence[bool], minimum: Share) -> list[Share]:
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
    whole = sum(shares)
    if whole > 1 - minimum:
        shares = [s * (1 - minimum) / whole for s in shares]
    left = 1 - sum(shares)
    return [s if free else min(s, left) for s, free in zip(shares, exempt, strict=True)]
