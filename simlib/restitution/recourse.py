"""Recourse over all victims' debts: what two debtors owe each other, set off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import high_end, low_end
from simlib.restitution.ledger import added, between
from simlib.trace import plain

if TYPE_CHECKING:
    from simlib.liability.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Recourse:
    """What one debtor may recover from another over all victims' debts.

    Attributes
    ----------
    creditor, debtor
        who recovers, from whom
    fen
        how much, what he owes the other on other debts set off [fen]
    by_victim
        victim → what of it comes from his debt; below 0 what is set off
    behind
        victims with whose claims against the debtor it must not interfere (519(2)): those who got
        less than they are owed, from whose debts it comes
    """

    creditor: str
    debtor: str
    fen: object
    by_victim: dict[str, object]
    behind: tuple[str, ...]

    @property
    def subordinate(self) -> bool:
        """Whether it stands behind the claim of a victim."""
        return bool(self.behind)

    def to_json(self) -> dict:
        """The claim as plain JSON data."""
        return {
            "creditor": self.creditor,
            "debtor": self.debtor,
            "fen": plain(self.fen),
            "by_victim": {v: plain(fen) for v, fen in self.by_victim.items()},
            "behind": list(self.behind),
        }


def across(outcomes: dict[str, Outcome]) -> tuple[Recourse, ...]:
    """The claims of recourse of all suits, added up for each pair of debtors and set off.

    Every suit gives recourse on its own debt: what one paid above his burden there, spread over the
    others by what they are short of theirs. Claims that go both ways between the same two are set
    off; claims among three are not.
    """
    claims: dict[tuple[str, str], dict[str, object]] = {}
    behind: dict[tuple[str, str], list[str]] = {}
    for v, outcome in outcomes.items():
        for creditor, found in outcome.parties.items():
            for claim in found.recourse:
                pair = (creditor, claim.against)
                claims.setdefault(pair, {})[v] = claim.fen
                if claim.subordinate:
                    behind.setdefault(pair, []).append(v)
    netted = []
    for pair, own in claims.items():
        back = claims.get((pair[1], pair[0]), {})
        amount = _net(own, back)
        if high_end(amount) > 0:
            by_victim = own | {v: _minus(fen, own.get(v, 0)) for v, fen in back.items()}
            netted.append(Recourse(*pair, amount, by_victim, tuple(behind.get(pair, ()))))
    return tuple(netted)


def _net(own: dict[str, object], back: dict[str, object]) -> object:
    mine, theirs = added(own.values()), added(back.values())
    low, high = low_end(mine) - high_end(theirs), high_end(mine) - low_end(theirs)
    return between(max(0, low), max(0, high))


def _minus(fen: object, own: object) -> object:
    return between(low_end(own) - high_end(fen), high_end(own) - low_end(fen))
