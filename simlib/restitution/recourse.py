"""Recourse over all victims' debts: what two debtors owe each other, set off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import FenRange, added, high_end, hull, low_end
from simlib.money import split
from simlib.restitution.ledger import less
from simlib.trace import plain

if TYPE_CHECKING:
    from simlib.liability.model import Setting
    from simlib.liability.outcome import Outcome, PartyOutcome


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
    fen: FenRange
    by_victim: dict[str, FenRange]
    behind: tuple[str, ...]

    @property
    def subordinate(self) -> bool:
        """Whether it stands behind the claim of a victim."""
        return bool(self.behind)

    def to_json(self) -> dict[str, object]:
        """Return the claim as plain JSON data."""
        return {
            "creditor": self.creditor,
            "debtor": self.debtor,
            "fen": plain(self.fen),
            "by_victim": {v: plain(fen) for v, fen in self.by_victim.items()},
            "behind": list(self.behind),
        }


def across(outcomes: dict[str, Outcome], settings: dict[str, Setting]) -> tuple[Recourse, ...]:
    """Return the claims of recourse of all suits, added up for each pair of debtors and set off.

    Every suit gives recourse on its own debt: what one paid above his burden there, spread over the
    others by what they are short of theirs. What came back without a known payer discharges the
    principals' parts but was no payment of theirs: it gives them no recourse (frozen money given
    back is the victims' own, 刑法64). Claims that go both ways between the same two are set off;
    claims among three are not.
    """
    claims: dict[tuple[str, str], dict[str, FenRange]] = {}
    behind: dict[tuple[str, str], list[str]] = {}
    for v, outcome in outcomes.items():
        for creditor, answer in outcome.parties.items():
            really = _really(settings[v], creditor, answer)
            for claim, fen in zip(answer.recourse, really, strict=True):
                if not high_end(fen):
                    continue
                pair = (creditor, claim.against)
                own = claims.setdefault(pair, {})
                own[v] = added((own.get(v, 0), fen))
                if claim.subordinate and v not in behind.setdefault(pair, []):
                    behind[pair].append(v)
    netted = []
    for pair, own in claims.items():
        back = claims.get((pair[1], pair[0]), {})
        amount = _net(own, back)
        if high_end(amount) > 0:
            by_victim = own | {v: _minus(fen, own.get(v, 0)) for v, fen in back.items()}
            netted.append(Recourse(*pair, amount, by_victim, tuple(behind.get(pair, ()))))
    return tuple(netted)


def _really(setting: Setting, creditor: str, answer: PartyOutcome) -> list[FenRange]:
    """Return his claims of recourse as far as he himself paid above his burden [fen]."""
    claims = [claim.fen for claim in answer.recourse]
    places = [i for i, d in enumerate(setting.debtors) if d.id == creditor]
    if not any(setting.debtors[i].principal for i in places):
        return claims
    known = sum(setting.known_before[i] for i in places)
    own = less(added((answer.paid_fen, known)), answer.burden_fen)
    sure = [fen for fen in claims if isinstance(fen, int)]
    if isinstance(own, int) and len(sure) == len(claims):
        return claims if sum(sure) <= own else [*split(own, sure)]
    top = high_end(own)
    return [
        hull([min(low_end(fen), low_end(own)) if top >= high_end(added(claims)) else 0,
              min(high_end(fen), top)])
        for fen in claims
    ]  # fmt: skip


def _net(own: dict[str, FenRange], back: dict[str, FenRange]) -> FenRange:
    return less(added(own.values()), added(back.values()))


def _minus(fen: FenRange, own: FenRange) -> FenRange:
    return hull([low_end(own) - high_end(fen), high_end(own) - low_end(fen)])
