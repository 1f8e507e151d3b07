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
    for with_share in (True, False):
        active = [i for i, u in enumerate(units) if bool(u) is with_share]
        weights = [u or 1 for u in units]
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


def respread(units: Sequence[int], joint: Sequence[bool], broke: Sequence[bool]) -> list[int]:
    """Shares after 519(3): among joint debtors, those without assets leave theirs to the others.

    Once and by share; the weights that come back are whole numbers of another scale. If no joint
    debtor has assets, the shares stay as they are.
    """
    gone = [j and b for j, b in zip(joint, broke, strict=True)]
    stay = [j and not b for j, b in zip(joint, broke, strict=True)]
    if not any(gone) or not any(stay):
        return list(units)
    weights = list(units)
    if not sum(u for u, s in zip(units, stay, strict=True) if s):
        # nobody who stays has a share to measure by: they take the lost shares equally
        lost, heirs = sum(u for u, g in zip(units, gone, strict=True) if g), sum(stay)
        return [
            0 if g else lost if s else u * heirs for u, g, s in zip(units, gone, stay, strict=True)
        ]
    kept = sum(u for u, s in zip(weights, stay, strict=True) if s)
    whole = kept + sum(u for u, g in zip(weights, gone, strict=True) if g)
    return [
        0 if g else u * whole if s else u * kept
        for u, g, s in zip(weights, gone, stay, strict=True)
    ]


def recourse(excess: Sequence[int], short: Sequence[int]) -> list[list[int]]:
    """Return who may recover what from whom: excess payments spread over the others by their short.

    Returns
    -------
    list of list of int
        `[creditor][debtor]` [fen]; no debtor owes more than he is short, no creditor gets more
        than he paid too much
    """
    left = list(short)
    claims = []
    for amount in excess:
        amount = min(amount, sum(left))
        parts = split_units(amount, left) if amount else [0] * len(left)
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
        claims.append(parts)
    return claims
