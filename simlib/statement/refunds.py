"""The rows of refunds in one table, and whether one of them belongs to a payment."""

from __future__ import annotations

from bisect import bisect_left, insort

from simlib.money import Fen


class Refunds:
    """Rows that bring money back, as they are looked up."""

    def __init__(self) -> None:
        self._serials: list[str] = []
        self._least: dict[str, Fen] = {}  # name → its smallest refund
        self._nameless: set[Fen] = set()
        self.amounts: set[Fen] = set()

    def add(self, serial: str, name: str, amount: Fen) -> None:
        """Take one row of a refund."""
        if serial:
            insort(self._serials, serial)
        if name:
            self._least[name] = min(amount, self._least.get(name, amount))
        else:
            self._nameless.add(amount)
        self.amounts.add(amount)

    def of(self, serial: str, name: str, amount: Fen) -> bool:
        """Tell whether a payment has one: its number goes on from the payment's, or it has the same
        name and no more money, or no name and just this amount.

        Examples
        --------
        >>> known = Refunds()
        >>> known.add("77_1", "某服饰店", 5_00)
        >>> known.of("77", "", 9_00), known.of("78", "某服饰店", 9_00), known.of("78", "王强", 5_00)
        (True, True, False)
        """
        place = bisect_left(self._serials, serial)
        follows = serial and place < len(self._serials) and self._serials[place].startswith(serial)
        return (
            bool(follows) or self._least.get(name, amount + 1) <= amount or amount in self._nameless
        )
