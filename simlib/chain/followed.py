"""What following money gives, whichever way it is done.

`scalar.Walk` follows transfer by transfer, in whole numbers of any size; a `plan.Plan` follows all
of them on arrays. The two are different algorithms, and a test holds them equal to the fen. This
is all that a `Tracing` asks of either.

Transfers, accounts and origins are numbers here. A colour is the number of an origin, or one more
for other money.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from simlib.money import Fen

Colours: TypeAlias = dict[int, Fen]  # colour → money [fen]


class Followed(Protocol):
    """How the money of each origin went."""

    @property
    def unlisted(self) -> Mapping[int, Fen]:
        """Account → other money it must have received besides the transfers listed [fen]."""

    @property
    def paid(self) -> Sequence[Fen]:
        """What each origin paid out to others, fees included [fen]."""

    @property
    def lacking(self) -> bool:
        """Whether any account paid more than lay in it."""

    @property
    def stops(self) -> bool:
        """Whether money came to an account of an origin, where it stops."""

    def of(self, transfer: int) -> Colours:
        """Return whose money a transfer was."""

    def fee_of(self, transfer: int) -> Colours:
        """Return whose money the fee for a transfer was."""

    def came(self, accounts: set[int], colour: int) -> Fen:
        """Return how much of a colour came into these accounts from others [fen]."""

    def arrived(self, origin: int) -> dict[int, Fen]:
        """Return account → an origin's money that came into it from other accounts [fen]."""

    def carrying(self, origins: Sequence[int]) -> list[int]:
        """Return the transfers that carried money of these origins, in the order traced."""

    def balance(self, account: int) -> Colours:
        """Return what lies in an account at the end; in an origin's, what came to it."""

    def ends(self, origin: int) -> dict[int, Fen]:
        """Return account → what lies there of an origin's money that he paid out [fen]."""

    def fees_paid(self, origin: int) -> Fen:
        """Return what of an origin's money went to fees [fen]."""
