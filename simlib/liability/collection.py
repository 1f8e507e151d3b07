"""Who really pays: caps, common payment, burdens and recourse, in whole fen."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.money import split_units


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
