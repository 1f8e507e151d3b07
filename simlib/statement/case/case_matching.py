"""Who of some statements is who in a case that is there, and which of their rows concern it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from simlib.case.checks import rows
from simlib.case.fields import Raw
from simlib.case.places import row_id
from simlib.statement.concern import Parts, without_part
from simlib.statement.deduplicate import HeldAccount, Imported, TransferRow
from simlib.statement.identity import OTHERS
from simlib.statement.roles import VICTIM


class Inside:
    """The case's parties and accounts beside the holders of the statements.

    Parameters
    ----------
    raw
        the case
    said
        holder → party, as the reader says; other holders are known by an account that the case
        has already, or by their pseudonym
    """

    def __init__(self, raw: Raw, imported: Imported, said: Mapping[str, str]) -> None:
        accounts, parties = ([row for _, row in rows(raw, t)] for t in ("accounts", "parties"))
        self.held = {str(row_id(row)): str(row.get("holder")) for row in accounts}
        self.roles = {str(row_id(row)): row.get("role") for row in parties}
        self.holder_of = {account.id: account.holder for account in imported.accounts}
        self.party = {**self._known(imported), **said}
        victims = {id for id, role in self.roles.items() if role == VICTIM}
        alone = {self.roles[id] for id in self._with_part(parties)} <= {VICTIM}
        self.parts = Parts(self.party_of, frozenset(victims), alone)

    def party_of(self, end: str) -> str:
        """Return the party of the case whom an account or holder of the statements belongs to."""
        if end in self.held:
            return self.held[end]
        return self.party.get(self.holder_of.get(end, end), OTHERS)

    def _with_part(self, parties: Iterable[Raw]) -> Iterator[str]:
        """Yield the parties who have a part; a fraudster nobody knows can have been paid
        nothing."""
        known = {*self.held.values(), *self.party.values()}
        for row in parties:
            id, role = str(row_id(row)), row.get("role")
            unknown = role == "principal" and row.get("sued") is False and id not in known
            if role is not None and not (id == OTHERS or unknown or without_part(row)):
                yield id

    def _known(self, imported: Imported) -> dict[str, str]:
        """Return holder → party; a holder whose accounts the case gives to several is nobody."""
        found: dict[str, set[str]] = defaultdict(set)
        for account, holder in self.holder_of.items():
            found[holder] |= {self.held.get(account, OTHERS)} - {OTHERS}
        for id in (holder.id for holder in imported.holders):
            if id in self.roles and not found[id]:
                found[id] = {id}
        return {holder: party for holder, (party, *more) in _some(found) if not more}

    def sort_out(
        self, transfers: Sequence[TransferRow]
    ) -> tuple[list[TransferRow], list[str], list[str]]:
        """Return the transfers that concern the case, the ids of those between a victim and people
        without a part, and of those that no money of the case leads to."""
        kept = [row for row in transfers if self.parts.concerns(row)]
        near = self._reached(kept)
        joined = [row for row in kept if self.parts.alone or near & {row["payer"], row["payee"]}]
        ids, written = {row["id"] for row in kept}, {row["id"] for row in joined}
        left_out = [row["id"] for row in transfers if row["id"] not in ids]
        return joined, left_out, [row["id"] for row in kept if row["id"] not in written]

    def fresh(self, imported: Imported, new: Iterable[TransferRow]) -> list[HeldAccount]:
        """Return the accounts that the case gets: those money moved on, and those of its parties
        whose statement was read."""
        ends = {end for row in new for end in (row["payer"], row["payee"])}
        fresh = [account for account in imported.accounts if account.id not in self.held]
        return [a for a in fresh if a.id in ends or (a.own and self.party_of(a.id) != OTHERS)]

    def _reached(self, transfers: Iterable[TransferRow]) -> set[str]:
        """Return the ends that are the case's, and the accounts that money leads to from them or
        from which it came."""
        beside: dict[str, list[str]] = defaultdict(list)
        for row in transfers:
            beside[row["payer"]].append(row["payee"])
            beside[row["payee"]].append(row["payer"])
        todo = [end for end in beside if end in self.held or self.party_of(end) != OTHERS]
        reached = set(todo)
        while todo:
            more = {end for end in beside[todo.pop()] if end in self.holder_of} - reached
            reached |= more
            todo += more
        return reached


def _some(found: Mapping[str, set[str]]) -> list[tuple[str, list[str]]]:
    return [(holder, sorted(parties)) for holder, parties in found.items() if parties]
