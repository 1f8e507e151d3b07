"""Put a chain's transfers in the order of time, and number its people as they appear."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.case.columns import IntArray
from simlib.synthetic.people import Group
from simlib.synthetic.stream import Stream

ROW_BITS = 24  # 16.7 million rows


def by_time(streams: list[Stream]) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Return all streams as five columns, in the order of time; within a second as they were drawn.

    The streams are used up on the way: at 10⁷ transfers two copies are a matter of memory.
    """
    import numpy as np

    n = sum(len(part) for part in streams)
    key = np.concatenate([part.at for part in streams], dtype=np.int64)
    key <<= ROW_BITS
    key |= np.arange(n)
    key.sort()
    row = (key & ((1 << ROW_BITS) - 1)).astype(np.int32)
    key >>= ROW_BITS
    parts = [(s.payer, s.payee, s.amount, s.fee) for s in streams]
    streams.clear()
    kinds = (np.int32, np.int32, np.int64, np.int64)
    columns: list[IntArray] = []
    for place, kind in enumerate(kinds):
        column = np.concatenate([part[place] for part in parts], dtype=kind, casting="unsafe")
        columns.append(column[row])
    payer, payee, amount, fee = columns
    return payer, payee, amount, fee, key


def renumber(
    payer: IntArray, payee: IntArray, groups: Sequence[Group]
) -> tuple[tuple[str, ...], IntArray, IntArray, IntArray]:
    """Number everybody by first appearance, in place; who never appears is dropped.

    Returns
    -------
    tuple
        the names; the number each had before; role and layer of each, int8
    """
    import numpy as np

    count, n = groups[-1].start + groups[-1].count, len(payer)
    first = np.full(count, 2 * n, np.int64)
    for ends, shift in ((payee, 1), (payer, 0)):
        seen = np.full(count, 2 * n, np.int64)
        seen[ends[::-1]] = np.arange(2 * (n - 1) + shift, -1, -2)  # the earliest is written last
        np.minimum(first, seen, out=first)
    old = np.argsort(first, kind="stable")[: int((first < 2 * n).sum())]
    new = np.full(count, -1, np.int32)
    new[old] = np.arange(len(old))
    for ends in (payer, payee):
        ends[:] = new[ends]
    group = np.repeat(np.arange(len(groups)), [g.count for g in groups])[old]
    role = np.array([one.role for one in groups], np.int8)[group]
    layer = np.array([one.layer for one in groups], np.int8)[group]
    return _names(group, groups), old, role, layer


def _names(group: IntArray, groups: Sequence[Group]) -> tuple[str, ...]:
    """Return an id for each, counted within its group in the order of appearance."""
    import numpy as np

    names = np.empty(len(group), object)
    for place, one in enumerate(groups):
        mine = np.flatnonzero(group == place)
        names[mine] = [one.name(n + 1) for n in range(len(mine))]
    return tuple(names)
