"""Where the victim's money went in lesson 01: by which cards it came to a helper, and on from him.

Of what a file does not tell, nothing is supposed: a link whose money may be another's has no
amount, and after the last card that is known comes the fraudster, by a way nobody found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen

MOST = 3  # cards in one row
_kept: list[Any] = [None, None, {}]  # transfers and accounts that were read last, and their links


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody on the way of her money.

    Attributes
    ----------
    fen
        how much of hers came to him; None: nobody knows
    """

    id: str
    fen: Fen | None = None


def road(case: Case, party: str) -> list[Stop]:
    """Follow her money: the victim, cards in order, the fraudster.

    Where none came to the helper it goes from her to the fraudster, and he is not in the list.
    """
    links = _links(case)
    ends = [each.id for each in case.parties if each.role == "principal"]
    way = _way_to(party, case.claimant, links)
    if not way:
        return [Stop(case.claimant), Stop(ends[0], case.loss_fen)]
    while way[-1] not in ends:
        onward = {to: fen for (who, to), fen in links.items() if who == way[-1] and to not in way}
        if not onward:
            break
        way.append(max(onward, key=lambda to: onward[to]))
    whole = way if way[-1] in ends else [*way, ends[0]]
    return [Stop(id, _hers(case, whole[: n + 1], links)) for n, id in enumerate(whole)]


def _links(case: Case) -> dict[tuple[str, str], Fen]:
    """From whom to whom how much went [fen]; read once while the transfers stay the same."""
    moves, accounts, found = _kept
    if moves is not case.transfers or accounts is not case.accounts:
        found = _read(case)
        _kept[:] = [case.transfers, case.accounts, found]
    people = {party.id for party in case.parties}
    return {link: fen for link, fen in found.items() if people.issuperset(link)}


def _read(case: Case) -> dict[tuple[str, str], Fen]:
    holder = {account.id: account.holder or account.id for account in case.accounts}
    found: dict[tuple[str, str], Fen] = {}
    for move in case.transfers or ():
        link = holder.get(move.payer, move.payer), holder.get(move.payee, move.payee)
        found[link] = found.get(link, 0) + move.amount_fen
    return found


def _way_to(party: str, start: str, links: dict[tuple[str, str], Fen]) -> list[str]:
    """The shortest way of money from one to another; empty if there is none."""
    ways = [[start]]
    for way in ways:
        if way[-1] == party:
            return way
        ways += [[*way, to] for who, to in links if who == way[-1] and to not in way]
    return []


def _hers(case: Case, way: list[str], links: dict[tuple[str, str], Fen]) -> Fen | None:
    """How much of hers came to the last on a way: not known once it was mixed with another's."""
    if len(way) == 1:
        return None
    mixed = [id for id in way[1:-1] if any(to == id and who not in way for who, to in links)]
    return None if mixed else links.get((way[-2], way[-1]))
