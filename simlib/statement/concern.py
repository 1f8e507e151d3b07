"""Which transfers concern a case, and what a victim lost by them: one rule for a case that is
written and for rows that are added to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from simlib.case.fields import Raw
from simlib.money import Fen
from simlib.statement.deduplicate import TransferRow
from simlib.statement.identity import OTHERS


def without_part(party: Raw) -> bool:
    """Tell whether nobody says what a party of a case has to do with it: he is not identified, in
    the word of today or in that of older files, an unsued helper without fault."""
    unsued = party.get("grade") == "none" and party.get("sued") is False
    return party.get("role") == "unknown" or unsued


@dataclass(frozen=True, slots=True)
class Parts:
    """Who has a part in a case.

    Attributes
    ----------
    party_of
        end of a transfer → party of the case, `OTHERS` for whoever has no part
    victims
        the parties who lost something
    alone
        nobody but victims has a part yet, so that nobody can tell through whom they lost it
    also
        ids of transfers that belong to the case because the reader says so
    """

    party_of: Callable[[str], str]
    victims: frozenset[str]
    alone: bool
    also: frozenset[str] = frozenset()

    def concerns(self, row: TransferRow) -> bool:
        """Tell whether a transfer is more than a victim's own business with people without a
        part."""
        ends = {self.party_of(row["payer"]), self.party_of(row["payee"])}
        business = OTHERS in ends and bool(ends & self.victims)
        return self.alone or not business or row["id"] in self.also

    def paid(self, rows: Iterable[TransferRow], victim: str) -> list[TransferRow]:
        """Return what the victim paid others: all of it is loss."""
        if self.alone:
            return []
        return [row for row in rows if self._from_to(row["payer"], row["payee"], victim)]

    def returned(self, rows: Iterable[TransferRow], victim: str) -> Fen:
        """Return how much others paid the victim."""
        return sum(
            row["amount_fen"] for row in rows if self._from_to(row["payee"], row["payer"], victim)
        )

    def _from_to(self, his: str, other: str, victim: str) -> bool:
        return self.party_of(his) == victim != self.party_of(other)
