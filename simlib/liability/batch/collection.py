"""Who really pays, on arrays: `simlib.liability.collection`, for many columns at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simlib.liability.batch.numbers import divided, odd_fen


def pay_together(
    total: np.ndarray, caps: Sequence[np.ndarray], units: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """What debtors who pay together pay: each min(cap, share·t), with t as large as needed.

    Who reaches his cap pays the cap; the rest is split by share among the others. A share of 0
    pays last, equally. Only columns in which the caps can meet the total need a split.
    """
    shape = np.broadcast_shapes(total.shape, *(a.shape for a in (*caps, *units)))
    paid = np.array([np.broadcast_to(cap, shape) for cap in caps])
    enough = np.broadcast_to(total < sum(caps), shape)
    if enough.any():
        of = [np.broadcast_to(a, shape)[enough] for a in (total, *caps, *units)]
        count = len(caps)
        paid[:, enough] = _filled(of[0], np.array(of[1 : count + 1]), np.array(of[count + 1 :]))
    return list(paid)


def _filled(total: np.ndarray, caps: np.ndarray, units: np.ndarray) -> np.ndarray:
    """One row a debtor, one column a case; every total is below the sum of the caps."""
    paid = np.zeros_like(caps)
    left = _fill(total, units > 0, caps, units, paid)
    if left.any():
        _fill(left, units == 0, caps, np.ones_like(units), paid)
    return paid


def _fill(
    left: np.ndarray, active: np.ndarray, caps: np.ndarray, units: np.ndarray, paid: np.ndarray
) -> np.ndarray:
    """Fill the active; returns what they leave unpaid in each column.

    Round by round, over the columns still open: who would pay his cap or more pays the cap; if
    nobody would, the rest is split by share, and the column is done.
    """
    left = left.copy()
    todo = np.flatnonzero((left > 0) & active.any(axis=0))
    active = active[:, todo]
    while todo.size:
        owed, most = left[todo], caps[:, todo]
        part = np.where(active, units[:, todo], 0)
        quotients, rests = divided(owed, part, part.sum(axis=0))
        full = active & (quotients >= most)
        capped = np.where(full, most, 0)
        last = ~full.any(axis=0)
        done = todo[last]
        quotients, rests = quotients[:, last], rests[:, last]
        odd = owed[last] - quotients.sum(axis=0)
        paid[:, done] += quotients + np.array(odd_fen(odd, list(rests)))
        left[done] = 0
        paid[:, todo] += capped
        left[todo] -= capped.sum(axis=0)
        active &= ~full
        still = (left[todo] > 0) & active.any(axis=0)
        todo, active = todo[still], active[:, still]
    return left
