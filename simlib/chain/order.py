"""In which order transfers are traced.

By instant; at the same instant as the file has them. A transfer without an instant stands right
after the one before it in the file; those that open the file without one come first.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

from simlib.case.columns import Columns, IntArray


class Dated(Protocol):
    """A transfer, as far as its instant goes."""

    @property
    def at(self) -> datetime.datetime | None: ...


def order_of(transfers: Sequence[Dated] | Columns) -> tuple[Sequence[int] | IntArray, bool]:
    """Return the transfers' places in the order traced, and whether the file settled it.

    It does where an instant is missing or stands more than once.
    """
    if isinstance(transfers, Columns):
        return _of_columns(transfers.at_us)
    instants: list[datetime.datetime] = []  # of those from the first dated one on
    for transfer in transfers:
        at = transfer.at
        if at is not None or instants:
            instants.append(instants[-1] if at is None else at)
    undated = len(transfers) - len(instants)  # these open the file: an instant once known stays
    dated = sorted(range(len(instants)), key=instants.__getitem__)
    order = [*range(undated), *(undated + place for place in dated)]
    return order, len(order) > 1 and (undated > 0 or len(set(instants)) < len(instants))


def _of_columns(at_us: IntArray) -> tuple[Sequence[int] | IntArray, bool]:
    import numpy as np

    from simlib.case.columns import UNDATED

    dated = at_us != UNDATED
    opens = len(at_us) > 1 and not dated[0]
    if not dated.all():
        last = np.maximum.accumulate(np.where(dated, np.arange(len(at_us)), 0))
        at_us = at_us[last]
    steps = np.diff(at_us)
    least = steps.min(initial=1)
    if least >= 0:
        return range(len(at_us)), bool(opens or least == 0)
    order = np.argsort(at_us, kind="stable")
    return order, bool(opens or (np.diff(at_us[order]) == 0).any())
