"""Transfers as columns: what tracing and large files work on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from simlib.case.tables import Transfer

UNDATED = -(2**63)  # stands in `at_us` where no instant is known
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """n transfers in the order of the file.

    Attributes
    ----------
    names
        every account or party that pays or is paid, once, in order of appearance
    ids
        the transfers' ids
    payer, payee
        int32, shape (n,): who pays and who is paid, as a place in `names`
    amount_fen, fee_fen
        int64, shape (n,) [fen]; the fee leaves the payer besides the amount
    at_us
        int64, shape (n,): microseconds since 1970-01-01 UTC; `UNDATED` where unknown
    """

    names: tuple[str, ...]
    ids: Sequence[str]
    payer: np.ndarray
    payee: np.ndarray
    amount_fen: np.ndarray
    fee_fen: np.ndarray
    at_us: np.ndarray

    def __len__(self) -> int:
        return len(self.payer)


def columns(transfers: Sequence[Transfer]) -> Columns:
    """Transfers as columns; those that are columns already stay what they are."""
    import numpy as np

    if isinstance(transfers, Columns):
        return transfers
    place: dict[str, int] = {}
    for transfer in transfers:
        place.setdefault(transfer.payer, len(place))
        place.setdefault(transfer.payee, len(place))

    def column(values: object, kind: type) -> np.ndarray:
        return np.fromiter(values, kind, len(transfers))

    return Columns(
        tuple(place),
        [t.id for t in transfers],
        column((place[t.payer] for t in transfers), np.int32),
        column((place[t.payee] for t in transfers), np.int32),
        column((t.amount_fen for t in transfers), np.int64),
        column((t.fee_fen for t in transfers), np.int64),
        column((_microseconds(t.at) for t in transfers), np.int64),
    )


def _microseconds(at: datetime.datetime | None) -> int:
    return UNDATED if at is None else (at - _EPOCH) // _MICROSECOND
