"""In which order transfers are traced.

By instant; at the same instant as the file has them. A transfer without an instant stands right
after the one before it in the file; those that open the file without one come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from simlib.case.columns import Columns
    from simlib.case.tables import Transfer


def order_of(transfers: Sequence[Transfer] | Columns) -> tuple[Sequence[int], bool]:
    """Places of the transfers in the order in which they are traced; whether the file settled it.

    It does where an instant is missing or stands more than once.
    """
    if hasattr(transfers, "at_us"):
        return _of_columns(transfers.at_us)
    instants, last = [], None
    for transfer in transfers:
        last = transfer.at if transfer.at is not None else last
        instants.append(last)
    undated = instants.count(None)  # these open the file: an instant once known stays
    order = [*range(undated), *sorted(range(undated, len(instants)), key=instants.__getitem__)]
    return order, len(instants) > 1 and (undated > 0 or len(set(instants)) < len(instants))


def _of_columns(at_us: np.ndarray) -> tuple[Sequence[int], bool]:
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
