"""Transfers of a file: columns outside and in, a record only where one is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from simlib.case.columns import UNDATED, Columns, I_co, IntArray, K, columns, instant
from simlib.case.fields import Kinds, SourceIds
from simlib.case.tables import Transfer

ARRAYS = ("payer", "payee", "amount_fen", "fee_fen", "at_us", "zone")
NOTES = ("kinds", "sources")


class Transfers(Sequence[Transfer]):
    """Many transfers, as a case keeps those of its transfers file.

    A sequence of `Transfer` as a tuple is one; slices are `Transfers` again. It compares with
    others of its kind by value (never with a tuple) and cannot change.

    Parameters
    ----------
    columns
        the transfers; taken as they are: whoever makes them sees to it that they are right
    noted
        number → record of those with kinds or sources, which columns do not hold
    """

    __slots__ = ("_columns", "_hash", "_noted", "memo")

    def __init__(self, columns: Columns, noted: Mapping[int, Transfer] | None = None) -> None:
        self._columns = dataclasses.replace(columns, ids=tuple(columns.ids))
        self._noted = dict(noted or {})
        self._hash: int | None = None
        self.memo: dict[str, object] = {}  # what others worked out and may keep beside them
        for name in ARRAYS:
            array = getattr(columns, name)
            if array is not None:
                array.flags.writeable = False

    @classmethod
    def of(cls, records: Sequence[Transfer]) -> Transfers:
        """Return records as columns, with their notes."""
        records = tuple(records)
        return cls(columns(records), {n: r for n, r in enumerate(records) if has_notes(r)})

    @property
    def columns(self) -> Columns:
        """The same as arrays, which are read-only."""
        return self._columns

    @property
    def noted(self) -> Mapping[int, Transfer]:
        """Number → record of those with kinds or sources."""
        return self._noted

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, number: int) -> Transfer: ...

    @overload
    def __getitem__(self, number: slice) -> Transfers: ...

    def __getitem__(self, number: int | slice) -> Transfer | Transfers:
        if isinstance(number, slice):
            return self.take(range(*number.indices(len(self))))
        number = range(len(self))[number]  # refuses what is outside, and counts from the end
        return self._noted.get(number) or Transfer.model_validate(row(self._columns, number))

    def __iter__(self) -> Iterator[Transfer]:
        return (self[number] for number in range(len(self)))

    def take(self, numbers: Sequence[int] | IntArray) -> Transfers:
        """Return those with these numbers, in this order."""
        import numpy as np

        places = np.asarray(numbers, np.int64)
        known, listed = self._columns, places.tolist()
        taken = dataclasses.replace(
            known,
            ids=tuple(known.ids[n] for n in listed),
            payer=known.payer[places],
            payee=known.payee[places],
            amount_fen=known.amount_fen[places],
            fee_fen=known.fee_fen[places],
            at_us=known.at_us[places],
            zone=None if known.zone is None else known.zone[places],
        )
        noted = {at: self._noted[n] for at, n in enumerate(listed) if n in self._noted}
        return Transfers(taken, noted)

    def replaced(self, records: Mapping[int, Transfer]) -> Transfers:
        """Return the same with other records at some numbers; ids stay."""
        noted = {n: r for n, r in self._noted.items() if n not in records}
        noted |= {n: r for n, r in records.items() if has_notes(r)}
        return Transfers(overlaid(self._columns, records), noted)

    def index_of(self, id: str) -> int | None:
        """Return the number of the transfer of this id, or None."""
        try:
            return self._columns.ids.index(id)
        except ValueError:
            return None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Transfers):
            return NotImplemented
        if self is other:
            return True
        mine, yours = self._columns, other._columns
        return mine.ids == yours.ids and _same(mine, yours) and _notes(self) == _notes(other)

    def __hash__(self) -> int:
        if self._hash is None:
            arrays = (getattr(self._columns, name).tobytes() for name in ARRAYS[2:5])
            self._hash = hash((self._columns.ids, *arrays))
        return self._hash

    def __repr__(self) -> str:
        return f"<Transfers: {len(self)}>"

    def __reduce__(self) -> tuple[type[Transfers], tuple[Columns, Mapping[int, Transfer]]]:
        return Transfers, (self._columns, self._noted)

    def __copy__(self) -> Transfers:
        return self

    def __deepcopy__(self, memo: object) -> Transfers:
        return self


def row(listed: Columns[str | None], number: int) -> dict[str, object]:
    """Return one transfer of columns as the data of a record."""
    zone = listed.zones[0 if listed.zone is None else listed.zone[number]]
    data: dict[str, object] = {
        "id": listed.ids[number],
        "payer": listed.names[listed.payer[number]],
        "payee": listed.names[listed.payee[number]],
        "amount_fen": int(listed.amount_fen[number]),
        "fee_fen": int(listed.fee_fen[number]),
    }
    if listed.at_us[number] != UNDATED:
        data["at"] = instant(int(listed.at_us[number]), zone)
    return data


def overlaid(listed: Columns[I_co], records: Mapping[int, Transfer]) -> Columns[I_co]:
    """Return columns with other values at some numbers; names nobody had are put behind the
    others."""
    if not records:
        return listed
    new = columns(tuple(records.values()))
    names = dict.fromkeys((*listed.names, *new.names))
    zones = dict.fromkeys((*listed.zones, *new.zones))
    name_at, zone_at = _numbers(names, new.names), _numbers(zones, new.zones)
    places = list(records)
    arrays = {name: array.copy() for name, array in _arrays(listed).items()}
    if "zone" not in arrays:
        arrays["zone"] = (listed.payer * 0).astype("int32")
    for name in ("amount_fen", "fee_fen", "at_us"):
        arrays[name][places] = getattr(new, name)
    for name, at in (("payer", name_at), ("payee", name_at), ("zone", zone_at)):
        arrays[name][places] = [at[code] for code in getattr(new, name).tolist()]
    return dataclasses.replace(
        listed,
        names=tuple(names),
        zones=tuple(zones),
        payer=arrays["payer"],
        payee=arrays["payee"],
        amount_fen=arrays["amount_fen"],
        fee_fen=arrays["fee_fen"],
        at_us=arrays["at_us"],
        zone=arrays["zone"],
    )


def has_notes(record: Transfer) -> bool:
    """Tell whether a record says of what kind its facts are, or where they come from."""
    return bool(record.kinds or record.sources)


def _numbers(known: Iterable[K], some: Sequence[K]) -> list[int]:
    place = {name: n for n, name in enumerate(known)}
    return [place[name] for name in some]


def _arrays(listed: Columns[str | None]) -> dict[str, IntArray]:
    arrays: dict[str, IntArray | None] = {name: getattr(listed, name) for name in ARRAYS}
    return {name: array for name, array in arrays.items() if array is not None}


def _notes(listed: Transfers) -> dict[int, tuple[Kinds, SourceIds]]:
    return {n: (record.kinds, record.sources) for n, record in listed.noted.items()}


def _same(mine: Columns, yours: Columns) -> bool:
    """Tell whether the arrays say the same, whatever the order of the names; zones do not
    matter."""
    import numpy as np

    if not all(np.array_equal(getattr(mine, n), getattr(yours, n)) for n in ARRAYS[2:5]):
        return False
    place = {name: n for n, name in enumerate(mine.names)}
    codes = np.array([place.get(name, -1) for name in yours.names], np.int32)
    ends = ((mine.payer, yours.payer), (mine.payee, yours.payee))
    return all(np.array_equal(one, codes[other]) for one, other in ends)
