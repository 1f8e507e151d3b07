"""Transfers as the files give them, right or wrong: columns, and raw rows where they are odd.

The schema checks odd rows only; what must hold between rows is checked on the columns.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, overload

from simlib.case.columns import UNDATED, Columns, IntArray, exact_sum
from simlib.case.fields import MOST_FEN
from simlib.case.problem_places import row_id
from simlib.case.tables import Transfer
from simlib.case.transfers import Transfers, has_notes, overlaid, row

UNKNOWN = -(2**63)  # stands in `amount_fen` where no amount a case can have is given
NOBODY = -1  # stands in `payer` and `payee` where no text is given
Rows = Mapping[int, object]


@dataclass(frozen=True, eq=False)
class Unchecked(Sequence[object]):
    """Raw transfers, those of the case first, then those of its file.

    Attributes
    ----------
    columns
        all of them; ids may be None, ends `NOBODY` and amounts `UNKNOWN`, and where a row is odd
        fees and instants mean nothing
    odd
        number → raw row of those the schema has to see: the case's own, and whatever may be wrong
    head
        the keys of a row of the file, in its order
    label, places
        what a place in the file is called, and int32, shape (n,): where in the file each row stands
    own
        how many stand in the case itself
    """

    columns: Columns[str | None]
    odd: Rows
    head: tuple[str, ...] = ()
    label: str = ""
    places: IntArray | None = None
    own: int = 0

    @classmethod
    def of(cls, known: Transfers, changed: Rows) -> Unchecked:
        """Return transfers of a case, some of them with other facts."""
        noted: dict[int, object] = {n: record.__dict__ for n, record in known.noted.items()}
        return cls(filled(known.columns, changed), noted | dict(changed), own=len(known))

    def __len__(self) -> int:
        return len(self.columns)

    @overload
    def __getitem__(self, number: int) -> object: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[object]: ...

    def __getitem__(self, number: int | slice) -> object:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        number = range(len(self))[number]
        if number in self.odd:
            return self.odd[number]
        data = row(self.columns, number)
        return {key: data[key] for key in self.head or data if key in data}

    def index_of(self, id: str) -> int | None:
        """Return the number of the first row of this id, or None."""
        try:
            return self.columns.ids.index(id)
        except ValueError:
            return None

    def place(self, number: int) -> str | None:
        """Return where in the file a row stands: `line7`; None for one of the case itself."""
        if number < self.own or self.places is None or number >= len(self):
            return None
        return f"{self.label}{self.places[number - self.own]}"

    def naming(self, end: str, known: Collection[str | None]) -> Iterator[tuple[int, str]]:
        """Yield the rows whose `payer` or `payee` is a text that is not known, in order."""
        import numpy as np

        names, codes = self.columns.names, getattr(self.columns, end)
        strange = np.array([name not in known for name in names] + [False])  # the last is NOBODY
        for n in np.flatnonzero(strange[codes]).tolist():
            yield n, names[codes[n]]

    def to_itself(self, ids: Collection[str | None]) -> Iterator[tuple[int, str]]:
        """Yield the rows in which one of these ids pays itself, in order."""
        import numpy as np

        names, payer = self.columns.names, self.columns.payer
        for n in np.flatnonzero((payer == self.columns.payee) & (payer != NOBODY)).tolist():
            if names[payer[n]] in ids:
                yield n, names[payer[n]]

    def paid(self, ids: Collection[str]) -> tuple[int, int | None]:
        """Return how many rows lead from these ids to others, and their sum; None if it is
        unknown."""
        import numpy as np

        inside = np.array([name in ids for name in self.columns.names] + [False])
        amounts = self.columns.amount_fen[inside[self.columns.payer] & ~inside[self.columns.payee]]
        unknown = (amounts == UNKNOWN).any()
        return len(amounts), None if unknown else exact_sum(amounts)

    def checked(self, records: Sequence[Transfer]) -> Transfers:
        """Return the transfers, once the odd ones have passed: their records, in order."""
        passed = dict(zip(self.odd, records, strict=True))
        noted = {n: record for n, record in passed.items() if has_notes(record)}
        listed = cast("Columns", overlaid(self.columns, passed))  # the schema wants an id of each
        return Transfers(listed, noted)


def filled(listed: Columns[str | None], rows: Rows) -> Columns[str | None]:
    """Return columns with what raw rows say at some numbers, as far as it can be read."""
    if not rows:
        return listed
    names = {name: n for n, name in enumerate(listed.names)}
    ids = list(listed.ids)
    changed = ("payer", "payee", "amount_fen", "at_us")
    arrays: dict[str, IntArray] = {name: getattr(listed, name).copy() for name in changed}
    for n, raw in rows.items():
        facts = raw if isinstance(raw, Mapping) else {}
        ids[n] = row_id(raw)
        for end in ("payer", "payee"):
            name = facts.get(end)
            arrays[end][n] = place_of(name, names)
        arrays["amount_fen"][n] = amount_of(facts.get("amount_fen"))
        arrays["at_us"][n] = UNDATED
    return dataclasses.replace(
        listed,
        names=tuple(names),
        ids=ids,
        payer=arrays["payer"],
        payee=arrays["payee"],
        amount_fen=arrays["amount_fen"],
        at_us=arrays["at_us"],
    )


def place_of(name: object, names: dict[str, int]) -> int:
    """Return the place of a name, a new one if it had none; `NOBODY` if it is no text."""
    return names.setdefault(name, len(names)) if isinstance(name, str) else NOBODY


def amount_of(value: object) -> int:
    """Return an amount of a size a case can have, or `UNKNOWN`."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_FEN:
        return value
    return UNKNOWN
