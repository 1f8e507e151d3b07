"""The transfers of a file as a web of accounts, asked as arrays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from simlib.case.columns import Columns

MOST_KEPT = 8  # answers to `steps`, each as long as the accounts are many
MOST_SUMS, MOST_IDS = 500, 100  # sums kept, and ids between which a sum is kept
Ids = Collection[str] | None


class Ways:
    """Who paid whom, for many transfers; kept beside them."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.place = {name: n for n, name in enumerate(columns.names)}
        self._kept: dict[tuple, dict[str, int]] = {}
        self._sums: dict[tuple, object] = {}

    @classmethod
    def of(cls, transfers: Sequence) -> Ways | None:
        """That of a file's transfers; None for those that are records already."""
        if isinstance(transfers, tuple | list):
            return None
        if "ways" not in transfers.memo:
            transfers.memo["ways"] = cls(transfers.columns)
        return transfers.memo["ways"]

    def between(self, payers: Ids, payees: Ids) -> np.ndarray:
        """The numbers of the transfers from some accounts to some; None stands for anybody."""
        import numpy as np

        found = np.arange(len(self.columns))
        sides = ((payers, self.columns.payer), (payees, self.columns.payee))
        asked = [side for side in sides if side[0] is not None]
        for ids, codes in sorted(asked, key=lambda side: len(side[0])):  # the fewest first
            found = found[self._among(ids, codes if len(found) == len(codes) else codes[found])]
        return found

    def _among(self, ids: Collection[str], codes: np.ndarray) -> np.ndarray:
        """Which of some accounts are among these, asked of the fewer of both."""
        import numpy as np

        if len(codes) >= len(ids) or not isinstance(ids, Set):
            return self._marked(ids)[codes]
        names = self.columns.names
        return np.fromiter((names[n] in ids for n in codes.tolist()), bool, len(codes))

    def paid(self, payers: Ids, payees: Ids) -> int | None:
        """What these transfers come to [fen]; None if there are none."""
        return self._remembered(self._paid, payers, payees)

    def received(self, payees: Ids, payers: Ids) -> Mapping[str, int]:
        """Account → what it received [fen], where it received anything."""
        return self._remembered(self._received, payers, payees)

    def _remembered(self, work: Callable, payers: Ids, payees: Ids) -> object:
        """What was worked out for these before; a model asks the same thousands of times."""
        if max(len(ids or ()) for ids in (payers, payees)) > MOST_IDS:
            return work(payers, payees)
        sides = (None if ids is None else frozenset(ids) for ids in (payers, payees))
        key = (work.__name__, *sides)
        if key not in self._sums:
            if len(self._sums) >= MOST_SUMS:
                self._sums.clear()
            self._sums[key] = work(payers, payees)
        return self._sums[key]

    def _paid(self, payers: Ids, payees: Ids) -> int | None:
        from simlib.case.columns import exact_sum

        found = self.between(payers, payees)
        return exact_sum(self.columns.amount_fen[found]) if len(found) else None

    def _received(self, payers: Ids, payees: Ids) -> Mapping[str, int]:
        import numpy as np

        found = self.between(payers, payees)
        codes, amounts = self.columns.payee[found], self.columns.amount_fen[found]
        # in two halves, each exact as a float and together as long as need be
        high = np.bincount(codes, amounts >> 32).astype(np.int64)
        low = np.bincount(codes, amounts & 0xFFFFFFFF).astype(np.int64)
        names = self.columns.names
        return {names[n]: (int(high[n]) << 32) + int(low[n]) for n in np.flatnonzero(high | low)}

    def steps(self, starts: Ids, back: bool) -> dict[str, int]:
        """How many transfers each account is away that can be come to."""
        key = (frozenset(starts), back)
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = self._steps(starts, back)
        return dict(self._kept[key])

    def _steps(self, starts: Ids, back: bool) -> dict[str, int]:
        import numpy as np

        first, ends = self._back if back else self._ahead
        depth = np.full(len(self.place), -1, np.int64)
        fresh = np.array([self.place[id] for id in starts if id in self.place], np.int64)
        away = depth[fresh] = 0
        while len(fresh):
            away += 1
            found = ends[_ranges(first[fresh], first[fresh + 1])]
            fresh = np.unique(found[depth[found] < 0])
            depth[fresh] = away
        names = self.columns.names
        reached = np.flatnonzero(depth >= 0)
        far = zip(reached.tolist(), depth[reached].tolist(), strict=True)
        return dict.fromkeys(starts, 0) | {names[n]: away for n, away in far}

    @cached_property
    def _ahead(self) -> tuple[np.ndarray, np.ndarray]:
        return _adjacent(self.columns.payer, self.columns.payee, len(self.place))

    @cached_property
    def _back(self) -> tuple[np.ndarray, np.ndarray]:
        return _adjacent(self.columns.payee, self.columns.payer, len(self.place))

    def _marked(self, ids: Collection[str]) -> np.ndarray:
        import numpy as np

        marks = np.zeros(len(self.place), bool)
        marks[[self.place[id] for id in ids if id in self.place]] = True
        return marks


def _adjacent(one: np.ndarray, other: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each account's neighbours begin, and the neighbours, each pair once."""
    import numpy as np

    pairs = np.unique(one.astype(np.int64) * count + other)
    ones, others = np.divmod(pairs, max(1, count))
    return np.searchsorted(ones, np.arange(count + 1)), others


def _ranges(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """All the whole numbers of several ranges, one after another."""
    import numpy as np

    lengths = stops - starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
