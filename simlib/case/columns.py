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
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
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
    zones, zone
        the zones instants were written in, and int32, shape (n,): each one's place in `zones`;
        None if all stand in the first
    """

    names: tuple[str, ...]
    ids: Sequence[str]
    payer: np.ndarray
    payee: np.ndarray
    amount_fen: np.ndarray
    fee_fen: np.ndarray
    at_us: np.ndarray
    zones: tuple[datetime.tzinfo, ...] = (datetime.UTC,)
    zone: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.payer)


def columns(transfers: Sequence[Transfer]) -> Columns:
    """Transfers as columns; those that are columns already stay what they are."""
    import numpy as np

    if isinstance(transfers, Columns):
        return transfers
    if not isinstance(transfers, list | tuple):  # those of a file keep theirs
        return transfers.columns
    names, zones = Numbering(), Numbering()

    def column(values: object, kind: type) -> np.ndarray:
        return np.fromiter(values, kind, len(transfers))

    ends = [(names[t.payer], names[t.payee]) for t in transfers]
    zone = column((zones[t.at.tzinfo] if t.at else 0 for t in transfers), np.int32)
    return Columns(
        tuple(names),
        [t.id for t in transfers],
        column((payer for payer, _ in ends), np.int32),
        column((payee for _, payee in ends), np.int32),
        column((t.amount_fen for t in transfers), np.int64),
        column((t.fee_fen for t in transfers), np.int64),
        column((microseconds(t.at) for t in transfers), np.int64),
        tuple(zones) or (datetime.UTC,),
        zone,
    )


class Numbering(dict):
    """What was asked for, numbered from 0 in order of appearance."""

    def __missing__(self, key: object) -> int:
        self[key] = place = len(self)
        return place


def microseconds(at: datetime.datetime | None) -> int:
    """An instant as `at_us` has it."""
    return UNDATED if at is None else (at - EPOCH) // _MICROSECOND


def instant(at_us: int, zone: datetime.tzinfo) -> datetime.datetime | None:
    """The instant again, as it was written."""
    if at_us == UNDATED:
        return None
    since = datetime.timedelta(microseconds=at_us)
    if isinstance(zone, datetime.timezone):  # not by way of UTC, which may lie in the year 0
        return (EPOCH.replace(tzinfo=zone)) + (since + zone.utcoffset(None))
    return (EPOCH + since).astimezone(zone)


def exact_sum(amounts: np.ndarray) -> int:
    """The sum of an int64 array, which may be more than int64 holds."""
    high, low = amounts >> 32, amounts & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())
