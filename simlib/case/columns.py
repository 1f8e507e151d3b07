"""Transfers as columns: what tracing and large files work on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from typing_extensions import TypeVar  # Python 3.11's own knows no default

    from simlib.case.tables import Transfer

    I_co = TypeVar("I_co", bound=str | None, covariant=True, default=str)
else:
    from typing import TypeVar

    I_co = TypeVar("I_co", covariant=True)

IntArray: TypeAlias = "npt.NDArray[np.integer]"
BoolArray: TypeAlias = "npt.NDArray[np.bool_]"
FloatArray: TypeAlias = "npt.NDArray[np.float64]"
K = TypeVar("K")
UNDATED = -(2**63)  # stands in `at_us` where no instant is known
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class Columns(Generic[I_co]):
    """n transfers in the order of the file; an id may be None in `Columns[str | None]`.

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
    ids: Sequence[I_co]
    payer: IntArray
    payee: IntArray
    amount_fen: IntArray
    fee_fen: IntArray
    at_us: IntArray
    zones: tuple[datetime.tzinfo, ...] = (datetime.UTC,)
    zone: IntArray | None = None

    def __len__(self) -> int:
        return len(self.payer)


def columns(transfers: Sequence[Transfer] | Columns) -> Columns:
    """Return transfers as columns; those that are columns already stay what they are."""
    import numpy as np

    transfers = columns_of(transfers)
    if isinstance(transfers, Columns):
        return transfers
    names: Numbering[str] = Numbering()
    zones: Numbering[datetime.tzinfo] = Numbering()

    def column(values: Iterable[int], kind: type[np.integer]) -> IntArray:
        return np.fromiter(values, kind, len(transfers))

    ends = [(names[t.payer], names[t.payee]) for t in transfers]
    zone = column((zones[zone_of(t.at)] if t.at else 0 for t in transfers), np.int32)
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


def columns_of(transfers: Sequence[K] | Columns) -> Sequence[K] | Columns:
    """Return the columns that the transfers of a file keep; records as they are."""
    kept: Columns | None = getattr(transfers, "columns", None)
    return transfers if kept is None else kept


class Numbering(dict[K, int]):
    """Numbers from 0 for keys, in order of their first use."""

    def __missing__(self, key: K) -> int:
        self[key] = place = len(self)
        return place


def zone_of(at: datetime.datetime) -> datetime.tzinfo:
    """Return the zone an instant was written in; UTC for a time without one."""
    return at.tzinfo or datetime.UTC


def microseconds(at: datetime.datetime | None) -> int:
    """Return an instant as `at_us` has it."""
    return UNDATED if at is None else (at - EPOCH) // _MICROSECOND


def instant(at_us: int, zone: datetime.tzinfo) -> datetime.datetime | None:
    """Return the instant again, as it was written; None where it is unknown."""
    return None if at_us == UNDATED else dated(at_us, zone)


def dated(at_us: int, zone: datetime.tzinfo) -> datetime.datetime:
    """Return an instant that is known, in a zone."""
    since = datetime.timedelta(microseconds=at_us)
    if isinstance(zone, datetime.timezone):  # not by way of UTC, which may lie in the year 0
        return (EPOCH.replace(tzinfo=zone)) + (since + zone.utcoffset(None))
    return (EPOCH + since).astimezone(zone)


def exact_sum(amounts: IntArray) -> int:
    """Return the sum of an int64 array, which may be more than int64 holds."""
    high, low = amounts >> 32, amounts & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())
