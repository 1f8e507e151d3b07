"""A generated chain, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from simlib.case.columns import Columns, IntArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case

ROLES = ("victim", "card", "shop", "tech", "promotion", "cash", "wallet")
VICTIM, CARD, SHOP, TECH, PROMOTION, CASH, WALLET = range(len(ROLES))


class Numbered(Sequence[str]):
    """Ids that are counted, made when they are read: t1, t2, …"""

    __slots__ = ("_count", "_letter")

    def __init__(self, letter: str, count: int) -> None:
        self._letter, self._count = letter, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [f"{self._letter}{n + 1}" for n in range(*at.indices(self._count))]
        return f"{self._letter}{range(self._count)[at] + 1}"


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """An invented fraud chain: hypothetical, whatever its numbers.

    Attributes
    ----------
    columns
        the transfers, in the order of time; whole seconds, so that many share one
    layers
        how many layers of cards there are
    role
        int8 for each of `columns.names`: its place in `ROLES`
    layer
        int8 for each name: the layer of a card, else 0
    opening_fen
        int64 for each name: what was there before the first transfer [fen]
    frozen_fen, frozen_at_us
        int64 for each name: what was frozen [fen] and when (`UNDATED` where nothing was)
    gain_fen
        int64 for each name: what a card's holder kept, or a service was paid [fen]
    settings
        the value of every setting it was made with
    """

    columns: Columns
    layers: int
    role: IntArray
    layer: IntArray
    opening_fen: IntArray
    frozen_fen: IntArray
    frozen_at_us: IntArray
    gain_fen: IntArray
    settings: Mapping[str, float]

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def victims(self) -> tuple[str, ...]:
        """The victims' names, in the order of their first payments; the first is the claimant."""
        return self.named(VICTIM)

    @property
    def opening(self) -> dict[str, int]:
        """What each name had before the first transfer, where it had anything [fen]."""
        names = self.columns.names
        return {names[n]: int(self.opening_fen[n]) for n in self.opening_fen.nonzero()[0]}

    def named(self, role: int) -> tuple[str, ...]:
        """Return the names of one role."""
        return tuple(self.columns.names[n] for n in (self.role == role).nonzero()[0])

    def to_case(self, id: str = "hypo-generated") -> Case:
        """Return the chain as a hypothetical case; people beyond a case's limits are put together.

        Raises
        ------
        SyntheticError
            if it has more transfers than a case may have
        """
        from simlib.synthetic.case_export import to_case

        return to_case(self, id)

    def write(self, folder: str | Path, made_by: str = "") -> Path:
        """Write the chain as a folder that `load_case` reads (`case.toml`, `flows.csv`); return it.

        Parameters
        ----------
        folder
            is made if it is not there, and must be empty
        made_by
            what made the chain, for its first lines: e.g. the command with its seed

        Raises
        ------
        SyntheticError
            if the folder holds anything, cannot be written, or the chain is too long for a case
        """
        from simlib.synthetic.case_export import write

        return write(self, Path(folder), made_by)
