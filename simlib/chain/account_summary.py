"""What the transfers listed say of some accounts: from whom to whom, how much, and how far on.

The many transfers of a file are columns and are looked up as arrays. Those of a case's own text are
few and are looked at one by one, so that numpy stays out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from simlib.case.columns import BoolArray, Columns, IntArray, exact_sum
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Account, Transfer
    from simlib.case.transfers import Transfers

MANY = 200  # accounts from which on it pays to remember what was asked of all of them
MOST_KEPT = 32  # answers to `steps`, each as long as the accounts are many
MOST_SUMS, MOST_IDS = 500, 100  # sums kept, and ids between which a sum is kept
Ids: TypeAlias = Collection[str]
Sides: TypeAlias = tuple[frozenset[str] | None, frozenset[str] | None]  # payers, payees
T = TypeVar("T")
_last: tuple[Sequence[Account], dict[str, list[str]]] = ((), {})


class Ways:
    """Who paid whom, for many transfers; kept beside them."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.place = {name: n for n, name in enumerate(columns.names)}
        self._kept: dict[tuple[frozenset[str], bool], dict[str, int]] = {}
        self._totals: dict[Sides, Fen | None] = {}
        self._receipts: dict[Sides, dict[str, Fen]] = {}

    @classmethod
    def of(cls, transfers: Transfers) -> Ways:
        """Return that of a file's transfers, made once."""
        ways = transfers.memo.get("ways")
        if not isinstance(ways, Ways):
            ways = transfers.memo["ways"] = cls(transfers.columns)
        return ways

    def between(self, payers: Ids | None, payees: Ids | None) -> IntArray:
        """Return the numbers of transfers from some accounts to some; None stands for anybody."""
        import numpy as np

        numbers = np.arange(len(self.columns))
        sides = ((payers, self.columns.payer), (payees, self.columns.payee))
        limited = [(ids, codes) for ids, codes in sides if ids is not None]
        for ids, codes in sorted(limited, key=lambda side: len(side[0])):  # the fewest first
            left = codes if len(numbers) == len(codes) else codes[numbers]
            numbers = numbers[self._among(ids, left)]
        return numbers

    def _among(self, ids: Ids, codes: IntArray) -> BoolArray:
        """Return which of some accounts are among these, by looking up the fewer of both."""
        import numpy as np

        if len(codes) >= len(ids) or not isinstance(ids, Set):
            return self._marked(ids)[codes]
        names = self.columns.names
        return np.fromiter((names[n] in ids for n in codes.tolist()), bool, len(codes))

    def paid(self, payers: Ids | None, payees: Ids | None) -> Fen | None:
        """Return what these transfers come to [fen]; None if there are none."""
        return _remembered(self._totals, self._paid, payers, payees)

    def received(self, payees: Ids | None, payers: Ids | None) -> dict[str, Fen]:
        """Return account → what it received [fen], where it received anything."""
        return _remembered(self._receipts, self._received, payers, payees)

    def _paid(self, payers: Ids | None, payees: Ids | None) -> Fen | None:
        numbers = self.between(payers, payees)
        return exact_sum(self.columns.amount_fen[numbers]) if len(numbers) else None

    def _received(self, payers: Ids | None, payees: Ids | None) -> dict[str, Fen]:
        import numpy as np

        numbers = self.between(payers, payees)
        codes, amounts = self.columns.payee[numbers], self.columns.amount_fen[numbers]
        # in two halves, each exact as a float and together as long as need be
        high = np.bincount(codes, amounts >> 32).astype(np.int64)
        low = np.bincount(codes, amounts & 0xFFFFFFFF).astype(np.int64)
        names = self.columns.names
        return {names[n]: (int(high[n]) << 32) + int(low[n]) for n in np.flatnonzero(high | low)}

    def steps(self, starts: Ids, back: bool) -> dict[str, int]:
        """Return account → how many transfers it is away, of those that can be come to."""
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
            next_ = ends[_ranges(first[fresh], first[fresh + 1])]
            fresh = np.unique(next_[depth[next_] < 0])
            depth[fresh] = away
        names = self.columns.names
        reached = np.flatnonzero(depth >= 0)
        far = zip(reached.tolist(), depth[reached].tolist(), strict=True)
        return dict.fromkeys(starts, 0) | {names[n]: away for n, away in far}

    @cached_property
    def _ahead(self) -> tuple[IntArray, IntArray]:
        return _adjacent(self.columns.payer, self.columns.payee, len(self.place))

    @cached_property
    def _back(self) -> tuple[IntArray, IntArray]:
        return _adjacent(self.columns.payee, self.columns.payer, len(self.place))

    def _marked(self, ids: Ids) -> BoolArray:
        import numpy as np

        marks = np.zeros(len(self.place), bool)
        marks[[self.place[id] for id in ids if id in self.place]] = True
        return marks


def _remembered(
    kept: dict[Sides, T],
    work: Callable[[Ids | None, Ids | None], T],
    payers: Ids | None,
    payees: Ids | None,
) -> T:
    """Return what was worked out for these before; a model needs the same thousands of times."""
    if max(len(ids or ()) for ids in (payers, payees)) > MOST_IDS:
        return work(payers, payees)
    key = (
        None if payers is None else frozenset(payers),
        None if payees is None else frozenset(payees),
    )
    if key not in kept:
        if len(kept) >= MOST_SUMS:
            kept.clear()
        kept[key] = work(payers, payees)
    return kept[key]


def _adjacent(one: IntArray, other: IntArray, count: int) -> tuple[IntArray, IntArray]:
    """Return where each account's neighbours begin, and the neighbours, each pair once."""
    import numpy as np

    pairs = np.unique(one.astype(np.int64) * count + other)
    ones, others = np.divmod(pairs, max(1, count))
    return np.searchsorted(ones, np.arange(count + 1)), others


def _ranges(starts: IntArray, stops: IntArray) -> IntArray:
    """Return all the whole numbers of several ranges, one after another."""
    import numpy as np

    lengths = stops - starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())


def accounts_of(case: Case, party_id: str) -> set[str]:
    """Return every id under which a party can pay or receive: his accounts and himself."""
    if len(case.accounts) < MANY:
        return {account.id for account in case.accounts if account.holder == party_id} | {party_id}
    return {party_id, *_by_holder(case.accounts).get(party_id, ())}


def _by_holder(accounts: Sequence[Account]) -> dict[str, list[str]]:
    """Return party → his accounts; kept for the last accounts given."""
    global _last
    known, holdings = _last
    if known is not accounts:  # holding on to them keeps their identity theirs
        holdings = {}
        for account in accounts:
            holdings.setdefault(account.holder, []).append(account.id)
        _last = accounts, holdings
    return holdings


def payments(case: Case, payers: Ids | None, payees: Ids | None = None) -> Sequence[Transfer]:
    """Return the transfers from some accounts to some others, in the order of the file.

    None stands for anybody.
    """
    transfers = case.transfers
    if not isinstance(transfers, tuple):
        return transfers.take(Ways.of(transfers).between(payers, payees))
    return tuple(t for t in transfers if _among(t.payer, payers) and _among(t.payee, payees))


def touching(case: Case, account: str) -> dict[int, Transfer]:
    """Return number → transfer of those an account pays or is paid by, in the order of the file."""
    transfers = case.transfers
    if not isinstance(transfers, tuple):
        ways = Ways.of(transfers)
        numbers = {*ways.between({account}, None).tolist(), *ways.between(None, {account}).tolist()}
        return {n: transfers[n] for n in sorted(numbers)}
    return {n: t for n, t in enumerate(transfers) if account in (t.payer, t.payee)}


def paid(case: Case, payers: Ids | None, payees: Ids | None = None) -> Fen | None:
    """Return what was paid from some accounts to some others [fen]; None if nothing is listed."""
    if not isinstance(case.transfers, tuple):
        return Ways.of(case.transfers).paid(payers, payees)
    amounts = [t.amount_fen for t in payments(case, payers, payees)]
    return sum(amounts) if amounts else None


def receipts(case: Case, payees: Ids, payers: Ids | None = None) -> dict[str, Fen]:
    """Return account → what it received from some accounts, or from anybody [fen]; 0 where
    nothing is listed."""
    received: dict[str, Fen] = dict.fromkeys(payees, 0)
    if not isinstance(case.transfers, tuple):
        return received | Ways.of(case.transfers).received(payees, payers)
    for transfer in case.transfers:
        if transfer.payee in received and _among(transfer.payer, payers):
            received[transfer.payee] += transfer.amount_fen
    return received


def steps(case: Case, starts: Ids, back: bool = False) -> dict[str, int]:
    """Return every account money can have come to from some accounts along the transfers listed,
    and the fewest transfers it takes; `back`, every account it can have come from to these."""
    if not isinstance(case.transfers, tuple):
        return Ways.of(case.transfers).steps(starts, back)
    away = dict.fromkeys(starts, 0)
    depth, fresh = 0, set(away)
    while fresh:
        depth += 1
        if back:
            fresh = {t.payer for t in case.transfers if t.payee in fresh} - away.keys()
        else:
            fresh = {t.payee for t in case.transfers if t.payer in fresh} - away.keys()
        away |= dict.fromkeys(fresh, depth)
    return away


def _among(id: str, ids: Ids | None) -> bool:
    return ids is None or id in ids
